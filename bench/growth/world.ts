import pg from 'pg';
import { loadLarge } from '../../scripts/large/load-large';
import type { LargePlan } from '../../scripts/large/plan';
import type { Database } from '../../src/platform/database';
import { migrate, openDatabase } from '../../src/platform/open-database';

/** A database of its own on the server of DATABASE_URL, filled with a large world. */
export interface World {
  databaseUrl: string;
  database: Database;
  /** The processes of PostgreSQL that work on it. */
  backends(): Promise<number[]>;
  drop(): Promise<void>;
}

export async function makeWorld(server: string, name: string, plan: LargePlan): Promise<World> {
  const databaseUrl = new URL(server);
  databaseUrl.pathname = `/${name}`;
  await onServer(server, `drop database if exists ${name} with (force)`);
  await onServer(server, `create database ${name} template template0 encoding 'UTF8'`);
  const { database, close } = await openDatabase({ databaseUrl: databaseUrl.href, poolSize: 1 });
  const drop = async (): Promise<void> => {
    await close();
    await onServer(server, `drop database ${name} with (force)`);
  };
  try {
    await migrate(database, { databaseUrl: databaseUrl.href });
    await loadLarge(database, plan);
  } catch (error) {
    await drop();
    throw error;
  }
  return { databaseUrl: databaseUrl.href, database, backends: () => backends(server, name), drop };
}

export async function postgresVersion(server: string): Promise<string> {
  const [{ server_version: version }] = await onServer<{ server_version: string }>(server, 'show server_version');
  return version.split(' ')[0];
}

async function backends(server: string, name: string): Promise<number[]> {
  const rows = await onServer<{ pid: number }>(server, `select pid from pg_stat_activity where datname = '${name}'`);
  return rows.map(({ pid }) => pid);
}

async function onServer<T>(server: string, statement: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    return (await client.query(statement)).rows as T[];
  } finally {
    await client.end();
  }
}
