import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { dataSourceOptions } from '../../ormconfig';
import { Database } from './database';
import { lockFolder } from './folder-lock';
import { PreparedNames } from './prepared-names';

/** The database cannot be used. The message is a sentence for people, without the password. */
export class DatabaseUnavailable extends Error {}

interface OpenDatabaseOptions {
  /** PostgreSQL 15 or later. Undefined: the embedded database. */
  databaseUrl?: string;
  poolSize?: number;
  /** PostgreSQL stops a statement after this; the embedded database ignores it. */
  statementTimeoutMs?: number;
  /** Where the embedded database keeps its files, locked against a second process. Undefined: in memory. */
  dataDir?: string;
  /** A dump of the embedded database to start from. */
  loadFrom?: Blob;
}

export interface OpenDatabase {
  database: Database;
  /** A copy of the embedded database, for `loadFrom`. */
  dump?: () => Promise<Blob>;
  close(): Promise<void>;
}

/** Opens the database; does not migrate it. */
export function openDatabase(options: OpenDatabaseOptions): Promise<OpenDatabase> {
  return options.databaseUrl === undefined ? openEmbedded(options) : openServer(options.databaseUrl, options);
}

interface MigrateOptions {
  databaseUrl?: string;
  /** Runs after the migrations, still while no other process does the same: for what fills an empty database. */
  afterwards?: () => Promise<void>;
}

/**
 * Runs what is pending and answers the names of what ran. On PostgreSQL several processes may start at once: one
 * migrates, the others wait for it. The embedded database has one process, by the lock on its folder.
 */
export async function migrate(database: Database, options: MigrateOptions = {}): Promise<string[]> {
  const { databaseUrl, afterwards } = options;
  const prepare = async (): Promise<string[]> => {
    const ran = databaseUrl ? await migrateServer(databaseUrl) : await runPending(database.dataSource);
    await afterwards?.();
    return ran;
  };
  return databaseUrl ? inWords(databaseUrl, () => alone(databaseUrl, prepare)) : prepare();
}

/** Which migrations this build brings that the database has not seen. */
export async function pendingMigrations(database: Database): Promise<string[]> {
  const table = await database.row<{ known: boolean }>(`SELECT to_regclass('migrations') IS NOT NULL AS known`);
  const done = table?.known ? await database.rows<{ name: string }>('SELECT name FROM migrations') : [];
  const names = new Set(done.map((row) => row.name));
  return database.dataSource.migrations
    .map((migration) => migration.name ?? migration.constructor.name)
    .filter((name) => !names.has(name));
}

const NAME = 'portico';
const MIGRATION_LOCK = 7_043_201;
const OLDEST_SERVER = 15;
const CONNECTION_TIMEOUT_MS = 5000;
const EMBEDDED_WAIT_MS = 15_000;
/**
 * PostgreSQL's own compiler takes tens of milliseconds to save some: nothing here runs so long. And a row found by an
 * index costs about what the next one costs, in memory as on today's disks; PostgreSQL reckons with turning ones. And what
 * comes again is planned once: for the very values it would often be planned anew, which costs more than to run it.
 */
const SESSION = '-c TimeZone=UTC -c jit=off -c random_page_cost=1.1 -c plan_cache_mode=force_generic_plan';

async function runPending(dataSource: DataSource): Promise<string[]> {
  return (await dataSource.runMigrations()).map((migration) => migration.name);
}

/** What whoever runs the server can set right; a migration that fails for another reason is a fault of ours. */
async function inWords<T>(databaseUrl: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const words = reasonOf(databaseUrl, error as DriverError);
    throw words === undefined ? error : new DatabaseUnavailable(words);
  }
}

/** A connection of its own holds the lock: it goes with the process, and no pool hands it to somebody else. */
async function alone<T>(databaseUrl: string, work: () => Promise<T>): Promise<T> {
  const lock = new pg.Client({ connectionString: databaseUrl, application_name: `${NAME} migration lock` });
  await lock.connect();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    return await work();
  } finally {
    await lock.end();
  }
}

/** A pool of its own too: a migration may take longer than a statement of a request. */
async function migrateServer(databaseUrl: string): Promise<string[]> {
  const patient = serverDataSource(databaseUrl, { poolSize: 1 });
  await patient.initialize();
  try {
    return await runPending(patient);
  } finally {
    await patient.destroy();
  }
}

async function openServer(url: string, options: OpenDatabaseOptions): Promise<OpenDatabase> {
  const dataSource = serverDataSource(url, options);
  try {
    await dataSource.initialize();
  } catch (error) {
    throw new DatabaseUnavailable(whyUnreachable(url, error as DriverError));
  }
  const database = new Database(dataSource, { prepared: new PreparedNames() });
  const version = await database.row<{ major: number }>(
    `SELECT current_setting('server_version_num')::int / 10000 AS major`,
  );
  if (version === null || version.major < OLDEST_SERVER) {
    await dataSource.destroy();
    throw new DatabaseUnavailable(
      `The database server is PostgreSQL ${version?.major}; Portico needs PostgreSQL ${OLDEST_SERVER} or later.`,
    );
  }
  return { database, close: () => dataSource.destroy() };
}

function serverDataSource(url: string, options: { poolSize?: number; statementTimeoutMs?: number }): DataSource {
  return new DataSource({
    ...dataSourceOptions,
    driver: { Pool: pg.Pool },
    url,
    applicationName: NAME,
    poolSize: options.poolSize ?? 10,
    connectTimeoutMS: CONNECTION_TIMEOUT_MS,
    extra: { statement_timeout: options.statementTimeoutMs ?? false, keepAlive: true, options: SESSION },
  } satisfies DataSourceOptions);
}

async function openEmbedded(options: OpenDatabaseOptions): Promise<OpenDatabase> {
  const lock = options.dataDir === undefined ? undefined : await lockFolder(options.dataDir);
  try {
    const lite = await createPglite(options);
    const dataSource = new DataSource({
      ...dataSourceOptions,
      driver: { Pool: await poolOfOne(lite) },
    } satisfies DataSourceOptions);
    await dataSource.initialize();
    return {
      database: new Database(dataSource),
      dump: () => lite.dumpDataDir('none'),
      close: async () => {
        await dataSource.destroy();
        await lite.close();
        await lock?.release();
      },
    };
  } catch (error) {
    await lock?.release();
    throw error;
  }
}

type PgliteModule = typeof import('@electric-sql/pglite', { with: { 'resolution-mode': 'import' }});
type Pglite = InstanceType<PgliteModule['PGlite']>;

async function createPglite({ dataDir, loadFrom }: OpenDatabaseOptions): Promise<Pglite> {
  const { PGlite } = await import('@electric-sql/pglite');
  if (dataDir === undefined) return PGlite.create({ loadDataDir: loadFrom, startParams: inMemory(PGlite) });
  const files = join(dataDir, 'database');
  if (!existsSync(files)) {
    // Made beside its place and moved there when it is whole: a kill in the middle leaves nothing that looks like one.
    const unfinished = join(dataDir, 'database.new');
    await rm(unfinished, { recursive: true, force: true });
    const made = await PGlite.create({ dataDir: unfinished, loadDataDir: loadFrom });
    await made.close();
    await rename(unfinished, files);
  }
  return PGlite.create({ dataDir: files });
}

/** Files in memory need no cache before them; to set up the usual 128 MB took most of the time of opening. */
const inMemory = ({ defaultStartParams }: PgliteModule['PGlite']): string[] => [
  ...defaultStartParams,
  '-c',
  'shared_buffers=16MB',
];

/** The embedded database has one connection: whoever comes second waits, and says so rather than wait forever. */
async function poolOfOne(lite: Pglite): Promise<typeof pg.Pool> {
  const { createPgConfig } = await import('@electric-sql/pglite/node-postgres');
  /** A connection of its own: pg ends the client whose statement failed, and would end the next one with it. */
  class LiteClient extends pg.Client {
    constructor(options?: pg.ClientConfig) {
      super({ ...options, ...(createPgConfig(lite) as unknown as pg.ClientConfig) });
    }
  }
  return class LitePool extends pg.Pool {
    constructor(options: pg.PoolConfig) {
      const one = { max: 1, idleTimeoutMillis: 0, connectionTimeoutMillis: EMBEDDED_WAIT_MS };
      super({ ...options, Client: LiteClient, ...one });
    }
  };
}

type DriverError = Error & { code?: string };

const whyUnreachable = (url: string, error: DriverError): string => {
  const { server, database } = placeOf(url);
  return reasonOf(url, error) ?? `Cannot open the database "${database}" on ${server}: ${error.message || error.code}.`;
};

/** In words, by the code of the driver or of PostgreSQL; undefined for what nobody can set right outside. */
function reasonOf(url: string, error: DriverError): string | undefined {
  const { server, database, user } = placeOf(url);
  switch (error.code) {
    case 'ECONNREFUSED':
      return `Nothing answers as ${server}. Start it, or correct DATABASE_URL.`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `The host of ${server} is unknown. Correct DATABASE_URL.`;
    case '28P01':
    case '28000':
      return `${capitalised(server)} refuses the user or the password of DATABASE_URL.`;
    case '3D000':
      return `${capitalised(server)} has no database "${database}". Create it, or correct DATABASE_URL.`;
    case '53300':
      return `${capitalised(server)} has no connection left. Raise its max_connections, or lower DATABASE_POOL_SIZE.`;
    case '42501':
      return (
        `The user "${user}" may not make tables in the database "${database}" on ${server}. Let its owner say: ` +
        `GRANT CREATE ON SCHEMA public TO "${user}";`
      );
    default:
      return undefined;
  }
}

function placeOf(url: string): { server: string; database: string; user: string } {
  const { host, pathname, username } = new URL(url);
  const user = decodeURIComponent(username);
  const database = decodeURIComponent(pathname.slice(1)) || user;
  return { server: `the PostgreSQL server at ${host || 'the local socket'}`, database, user };
}

const capitalised = (text: string): string => text[0].toUpperCase() + text.slice(1);
