import type { Pool } from 'pg';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver';
import { currentRequest } from '../../src/api/current-request';
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
    // The relay looks into the database as well, and for no request.
    if (currentRequest()) asked.push(typeof config === 'string' ? config : config.text);
    return Reflect.apply(query, pool, args);
  } as typeof pool.query;
  try {
    await work();
  } finally {
    pool.query = query;
  }
  return asked.filter((text) => !/^(begin|commit|rollback|start transaction)/i.test(text.trim()));
}
