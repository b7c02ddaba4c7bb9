import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import path from 'node:path';
import pg from 'pg';
import { migrate, openDatabase } from '../../src/platform/open-database';
import { PRESETS_FOR_PEERS, type ServerName } from './processes';

export interface Data {
  /** The database that Portico itself serves. */
  url: string;
  /** A copy of it with row level security, for PostGraphile. */
  urlOfCopy: string;
}

/** Seeds a database of its own on the server of `serverUrl` unless it is there, and copies it for PostGraphile. */
export async function prepareData(serverUrl: string, scale: number): Promise<Data> {
  const rowSecurity = rowSecuritySql();
  const name = `portico_bench_${scale === 1 ? 'large' : `x${scale}`.replace('.', '_')}`;
  const url = databaseOn(serverUrl, name);
  const urlOfCopy = databaseOn(serverUrl, `${name}_rls`);
  const server = new pg.Client(serverUrl);
  await server.connect();
  try {
    await seed(server, { name, url, scale });
    const of = await fingerprint(server, name, url, rowSecurity);
    if ((await commentOn(server, `${name}_rls`)) !== of) {
      console.log(`Copying the data for row level security …`);
      await server.query(`drop database if exists ${name}_rls with (force)`);
      await server.query(`create database ${name}_rls template ${name}`);
      await asked(urlOfCopy, (db) => db.query(rowSecurity));
      await asked(urlOfCopy, (db) => db.query('vacuum (analyze)'));
      await server.query(`comment on database ${name}_rls is '${of}'`);
    }
  } finally {
    await server.end();
  }
  return { url, urlOfCopy };
}

/** PostgreSQL's side of PostGraphile is written in the language of its server. */
function rowSecuritySql(): string {
  const script = path.join(__dirname, 'servers/print-row-security.mjs');
  return execFileSync(process.execPath, [script], { env: { ...process.env, ...PRESETS_FOR_PEERS }, encoding: 'utf8' });
}

/** Row level security is in a copy, so that nobody else runs with it. */
export const databaseOf = (server: ServerName, { url, urlOfCopy }: Data): string =>
  server === 'postgraphile' ? urlOfCopy : url;

/** Asks a database by a connection that is closed afterwards. */
export async function asked<T>(url: string, work: (db: pg.Client) => Promise<T>): Promise<T> {
  const db = new pg.Client(url);
  await db.connect();
  try {
    return await work(db);
  } finally {
    await db.end();
  }
}

async function seed(server: pg.Client, { name, url, scale }: { name: string; url: string; scale: number }) {
  const { rowCount } = await server.query('select from pg_database where datname = $1', [name]);
  if (rowCount === 0) await server.query(`create database ${name} template template0 encoding 'UTF8'`);
  if (await bringUpToDate(url)) return;
  console.log(`Seeding ${name} …`);
  const seeding = ['scripts/run.cjs', 'scripts/seed-large.ts', '--scale', String(scale)];
  const env = { ...process.env, DATABASE_URL: url };
  execFileSync(process.execPath, seeding, { cwd: path.join(__dirname, '../..'), env, stdio: 'inherit' });
}

/** Runs the migrations that are new since it was seeded; false when there is nothing in it. */
async function bringUpToDate(url: string): Promise<boolean> {
  const { database, close } = await openDatabase({ databaseUrl: url, poolSize: 1 });
  try {
    const migrated = await migrate(database, { databaseUrl: url });
    const filled = (await database.row('select from workspace limit 1')) !== null;
    if (filled && migrated.length > 0) await database.rows('vacuum (analyze)');
    return filled;
  } finally {
    await close();
  }
}

/** Another one when the data was seeded anew, migrated, or is to be guarded otherwise. */
async function fingerprint(server: pg.Client, name: string, url: string, rowSecurity: string): Promise<string> {
  const { rows } = await server.query<{ oid: number }>('select oid from pg_database where datname = $1', [name]);
  const migrations = await asked(url, async (db) => (await db.query('select name from migrations order by name')).rows);
  const facts = JSON.stringify([rows[0].oid, migrations, rowSecurity]);
  return createHash('sha256').update(facts).digest('hex');
}

async function commentOn(server: pg.Client, name: string): Promise<string | undefined> {
  const { rows } = await server.query<{ comment: string }>(
    `select shobj_description(oid, 'pg_database') as comment from pg_database where datname = $1`,
    [name],
  );
  return rows[0]?.comment;
}

function databaseOn(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}
