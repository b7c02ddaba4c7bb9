import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { migrate, openDatabase } from '../../src/platform/open-database';
import { clonesOf, FOLDER, newName, removeLeftovers } from './leftovers';

/** What the test processes are told about the template, by environment variables. */
export const TEMPLATE_DATABASE = 'PORTICO_TEST_TEMPLATE_DATABASE';
export const TEMPLATE_FILE = 'PORTICO_TEST_TEMPLATE_FILE';

export async function prepareTemplate(): Promise<Record<string, string>> {
  const server = process.env.TEST_DATABASE_URL;
  await removeLeftovers(server);
  return server ? { [TEMPLATE_DATABASE]: await prepareOnServer(server) } : { [TEMPLATE_FILE]: await prepareEmbedded() };
}

/** The template of the run, and on a server every database that was cloned from it. */
export async function removeTestDatabases(): Promise<void> {
  const server = process.env.TEST_DATABASE_URL;
  const { [TEMPLATE_DATABASE]: database, [TEMPLATE_FILE]: file } = process.env;
  if (server && database) await dropOnServer(server, database);
  if (file) await rm(dirname(file), { recursive: true, force: true });
}

export const urlOf = (server: string, database: string): string => {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
};

export async function onServer(server: string, statement: string): Promise<Record<string, string>[]> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

/**
 * The clones go at the end of a run, all at once: while files are dropped, many file systems make new ones several times
 * slower, and each test file makes a database.
 */
async function dropOnServer(server: string, template: string): Promise<void> {
  const clones = await onServer(server, `SELECT datname FROM pg_database WHERE datname LIKE '${clonesOf(template)}'`);
  for (const { datname } of [...clones, { datname: template }]) {
    await onServer(server, `DROP DATABASE IF EXISTS ${datname} WITH (FORCE)`);
  }
}

async function prepareOnServer(server: string): Promise<string> {
  const name = newName('template');
  await onServer(server, `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`);
  const databaseUrl = urlOf(server, name);
  const { database, close } = await openDatabase({ databaseUrl, poolSize: 1 });
  await migrate(database, { databaseUrl });
  await close();
  // Nobody may connect to it by accident: a template with a visitor cannot be cloned.
  await onServer(server, `ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
  return name;
}

async function prepareEmbedded(): Promise<string> {
  const { database, dump, close } = await openDatabase({});
  await migrate(database);
  const file = join(await mkdtemp(join(tmpdir(), FOLDER)), 'database.tar');
  await writeFile(file, Buffer.from(await (await dump!()).arrayBuffer()));
  await close();
  return file;
}
