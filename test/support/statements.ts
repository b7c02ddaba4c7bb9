import type { Pool } from 'pg';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver';
import type { Database } from '../../src/platform/database';

interface Asked {
  text: string;
  values: unknown[];
}

/**
 * What the server asked its database for the requests of `work`: each SQL text, without the bounds of transactions. It is
 * done once before: what is asked the first time is asked alone.
 */
export async function statementsOf(server: { database: Database }, work: () => Promise<unknown>): Promise<string[]> {
  return (await askedFor(server.database, work)).map(({ text }) => text);
}

/** What was asked, with the values of its parameters. */
export async function askedFor(database: Database, work: () => Promise<unknown>): Promise<Asked[]> {
  await work();
  const pool = poolOf(database);
  const asked: Asked[] = [];
  const query = pool.query;
  pool.query = function counted(this: Pool, ...args: unknown[]) {
    const [config] = args as [string | Asked];
    asked.push(typeof config === 'string' ? { text: config, values: [] } : config);
    return Reflect.apply(query, pool, args);
  } as typeof pool.query;
  try {
    await work();
  } finally {
    pool.query = query;
  }
  return asked.filter(({ text }) => !NOT_ASKED_FOR.test(text.trim()));
}

export const poolOf = (database: Database): Pool => (database.dataSource.driver as PostgresDriver).master as Pool;

/** The bounds of transactions, and the relay's own look for what has no number yet. */
const NOT_ASKED_FOR = /^(begin|commit|rollback|start transaction)|where seq is null$/i;
