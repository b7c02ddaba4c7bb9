import { readFile } from 'node:fs/promises';
import type { Database } from '../../src/platform/database';
import { openDatabase } from '../../src/platform/open-database';
import { cloneName, newName } from './leftovers';
import { onServer, TEMPLATE_DATABASE, TEMPLATE_FILE, urlOf } from './template';

export interface TestDatabase {
  database: Database;
  /** Only on PostgreSQL: for tests that start processes of their own. */
  databaseUrl?: string;
  close(): Promise<void>;
}

/** True where races can happen: the embedded database has one connection. */
export const onPostgres = Boolean(process.env.TEST_DATABASE_URL);

/** A fresh, migrated, empty database for one test file. */
export function openTestDatabase(): Promise<TestDatabase> {
  const server = process.env.TEST_DATABASE_URL;
  return server ? cloneOnServer(server) : loadEmbedded();
}

/** An empty database on the server, not even migrated: for processes that start on it. */
export async function createEmptyDatabase(): Promise<{ databaseUrl: string; drop(): Promise<void> }> {
  const server = process.env.TEST_DATABASE_URL!;
  const name = newName('test');
  await onServer(server, `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`);
  const drop = async (): Promise<void> => {
    await onServer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  };
  return { databaseUrl: urlOf(server, name), drop };
}

const POOL_SIZE = 5;

async function cloneOnServer(server: string): Promise<TestDatabase> {
  const template = process.env[TEMPLATE_DATABASE]!;
  const name = cloneName(template);
  await onServer(server, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  const databaseUrl = urlOf(server, name);
  const { database, close } = await openDatabase({ databaseUrl, poolSize: POOL_SIZE, statementTimeoutMs: 10_000 });
  return { database, databaseUrl, close };
}

async function loadEmbedded(): Promise<TestDatabase> {
  const bytes = await readFile(process.env[TEMPLATE_FILE]!);
  // Node reads a blob in small pieces, which takes a third of a second here.
  const loadFrom = Object.assign(new Blob([]), { arrayBuffer: async () => bytes.buffer });
  const { database, close } = await openDatabase({ loadFrom });
  return { database, close };
}
