import type { Pool } from 'pg';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver';
import type { TestServer } from './server';

/**
 * What the server asked its database for the requests of `work`: each SQL text, without the bounds of transactions. It is
 * done once before: what is asked the first time is asked alone.
 */
export async function statementsOf(server: TestServer, work: () => Promise<unknown>): Promise<string[]> {
  await work();
  const pool = (server.database.dataSource.driver as PostgresDriver).master as Pool;
  const asked: string[] = [];
  const query = pool.query;
  pool.query = function counted(this: Pool, ...args: unknown[]) {
    const [config] = args as [string | { text: string }];
    asked.push(typeof config === 'string' ? config : config.text);
    return Reflect.apply(query, pool, args);
  } as typeof pool.query;
  try {
    await work();
  } finally {
    pool.query = query;
  }
  return asked.filter((text) => !NOT_ASKED_FOR.test(text.trim()));
}

/** The bounds of transactions, and the relay's own look for what has no number yet. */
const NOT_ASKED_FOR = /^(begin|commit|rollback|start transaction)|where seq is null$/i;
