import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata';
import type { Database } from '../../src/platform/database';
import { migrate, type OpenDatabase, openDatabase, pendingMigrations } from '../../src/platform/open-database';
import { createEmptyDatabase, onPostgres } from '../support/database';

interface Fresh extends OpenDatabase {
  databaseUrl?: string;
}

const embedded = (): Promise<Fresh> => openDatabase({});

async function server(): Promise<Fresh> {
  const { databaseUrl, drop } = await createEmptyDatabase();
  const opened = await openDatabase({ databaseUrl, poolSize: 1 });
  const close = async (): Promise<void> => {
    await opened.close();
    await drop();
  };
  return { ...opened, databaseUrl, close };
}

const kinds: [string, () => Promise<Fresh>][] = [['the embedded database', embedded]];
if (onPostgres) kinds.push(['PostgreSQL', server]);

/** Nothing to copy from: the embedded database is made from nothing. */
const MAKING_A_DATABASE_MS = 120_000;

describe.each(kinds)('the migrations on %s', (_name, open) => {
  let fresh: Fresh;
  beforeAll(async () => {
    fresh = await open();
  }, MAKING_A_DATABASE_MS);
  afterAll(() => fresh.close());

  it('lead up, all the way down, and up to the same tables again', async () => {
    const { database, databaseUrl } = fresh;
    await migrate(database, { databaseUrl });
    const first = await everything(database);
    expect(first.length).toBeGreaterThan(100);
    for (const _ of database.dataSource.migrations) await database.dataSource.undoLastMigration();
    expect(await everything(database)).toEqual([]);
    await migrate(database, { databaseUrl });
    expect(await everything(database)).toEqual(first);
  });

  it('and mend what could be written once and be used by nobody: a time zone that the database does not know', async () => {
    const { database, databaseUrl } = fresh;
    while (!(await pendingMigrations(database)).some((name) => name.startsWith('TimeZones'))) {
      await database.dataSource.undoLastMigration();
    }
    for (const [i, zone] of ['US/Pacific-New', 'europe/oslo', 'AGT'].entries()) {
      await database.rows(
        `insert into workspace (id, name, slug, timezone, default_currency, created_at, updated_at)
         values ($1, $1, $1, $2, 'EUR', now(), now())`,
        [`wsp_${i}`, zone],
      );
    }
    await migrate(database, { databaseUrl });
    const zones = await database.rows(`select timezone from workspace where id like 'wsp_%' order by id`);
    expect(zones).toEqual([{ timezone: 'UTC' }, { timezone: 'europe/oslo' }, { timezone: 'UTC' }]);
  });

  it('and take duties that opened nothing from whoever had them, though what they hold is counted', async () => {
    const { database, databaseUrl } = fresh;
    while (!(await pendingMigrations(database)).some((name) => name.startsWith('WorkingDuties'))) {
      await database.dataSource.undoLastMigration();
    }
    await database.rows(
      `insert into app_user (id, email, display_name, created_at, updated_at) values ('usr_1', 'a@x.test', 'A', now(), now())`,
    );
    await database.rows(
      `insert into membership (id, workspace_id, user_id, person_type, role, business_roles, created_at, updated_at)
       values ('per_1', 'wsp_0', 'usr_1', 'EMPLOYEE', 'MEMBER', '{PEOPLE,BILLING}', now(), now())`,
    );
    await migrate(database, { databaseUrl });
    const duties = await database.rows(`select business_roles from membership where id = 'per_1'`);
    expect(duties).toEqual([{ businessRoles: ['BILLING'] }]);
  });

  it('and the entities agree on every column and on which may be null', async () => {
    const inTables = await columns(fresh.database);
    for (const { tableName, columns: ofEntity } of fresh.database.dataSource.entityMetadatas) {
      const inEntity = Object.fromEntries(ofEntity.map((column) => [column.databaseName, describeColumn(column)]));
      expect({ tableName, columns: inEntity }).toEqual({ tableName, columns: inTables[tableName] });
    }
  });
});

/** Whatever a migration makes, one line each, but for the list of migrations itself. */
async function everything(database: Database): Promise<string[]> {
  const rows = await database.rows<{ what: string }>(`
    select concat_ws(' ', 'column', table_name, column_name, data_type, is_nullable, column_default, collation_name) as what
      from information_schema.columns where table_schema = 'public' and table_name <> 'migrations'
    union all select concat_ws(' ', 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid))
      from pg_constraint where connamespace = 'public'::regnamespace and conrelid <> 'migrations'::regclass
    union all select concat_ws(' ', 'index', indexdef)
      from pg_indexes where schemaname = 'public' and tablename <> 'migrations'
    union all select concat_ws(' ', 'trigger', pg_get_triggerdef(oid)) from pg_trigger where not tgisinternal
    union all select concat_ws(' ', 'function', proname, prosrc)
      from pg_proc where pronamespace = 'public'::regnamespace
    union all select concat_ws(' ', 'sequence', sequencename)
      from pg_sequences where schemaname = 'public' and sequencename <> 'migrations_id_seq'
    union all select concat_ws(' ', 'type', typname)
      from pg_type where typnamespace = 'public'::regnamespace and typtype = 'e'
    order by what`);
  return rows.map((row) => row.what);
}

async function columns(database: Database): Promise<Record<string, Record<string, string>>> {
  const rows = await database.rows<{ table: string; column: string; type: string; nullable: string }>(`
    select table_name as "table", column_name as "column", udt_name as "type", is_nullable as "nullable"
      from information_schema.columns where table_schema = 'public'`);
  const tables: Record<string, Record<string, string>> = {};
  for (const { table, column, type, nullable } of rows) {
    tables[table] = { ...tables[table], [column]: `${type}${nullable === 'YES' ? ' or null' : ''}` };
  }
  return tables;
}

/** PostgreSQL's own names of the types that entities write in words. */
const TYPES: Record<string, string> = {
  int: 'int4',
  integer: 'int4',
  bigint: 'int8',
  boolean: 'bool',
  varchar: 'varchar',
};

function describeColumn({ type, isArray, isNullable }: ColumnMetadata): string {
  const name = TYPES[String(type)] ?? String(type);
  return `${isArray ? '_' : ''}${name}${isNullable ? ' or null' : ''}`;
}
