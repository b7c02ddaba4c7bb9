import type { ProjectAccess } from '../../src/access/project-access';
import { hours, minutes } from '../../src/platform/clock';
import { aGrant, aProject } from '../support/builders';
import { TestServer } from '../support/server';
import type { Random } from '../two-worlds/asking/random';

/** All that is read when it is asked who somebody is and what they hold; what is often changed more often. */
export const TABLES = [
  ...['membership', 'project_grant', 'project_grant', 'project', 'project', 'client_organisation'],
  ...['contact', 'workspace', 'app_user', 'session'],
];

/** Projects and grants that there are to change; two grants begin and end in two hours. */
export async function aChangingWorld(): Promise<TestServer> {
  const server = await TestServer.start();
  for (const client of ['acme', 'borealis', 'acme'] as const) await aProject(server, { client });
  const { id } = await aProject(server, { grants: {} });
  const soon = new Date(server.clock.now().getTime() + hours(2));
  await aGrant(server, id, 'clara', { clientView: true }, { startsAt: soon });
  await aGrant(server, id, 'wim', { clientView: true }, { expiresAt: soon });
  return server;
}

/** All that a decision may rest on, in words that can be compared. */
export function inWords({ session, memberships, granted }: ProjectAccess): string {
  const { sessionId, userId, email, expiresAt } = session ?? {};
  const people = memberships.map(({ lastSeq: _, epoch: __, organisationIds, ...held }) => [
    held,
    [...organisationIds].sort(),
  ]);
  return JSON.stringify([
    [sessionId, userId, email, expiresAt],
    people,
    granted.map((permit) => JSON.stringify(permit)).sort(),
  ]);
}

/** Nobody is left out for good. */
export async function restore(server: TestServer): Promise<void> {
  const facts = [server.clock.now(), new Date('2030-01-01')];
  await server.database.transaction(async (tx) => {
    await tx.rows('update session set revoked_at = null, last_used_at = $1, expires_at = $2', facts);
    for (const table of ['app_user', 'membership', 'client_organisation', 'project', 'project_grant']) {
      await tx.rows(`update ${table} set status = 'ACTIVE'`);
    }
  });
}

interface Column {
  name: string;
  type: string;
  /** What its checks name: what it may be. */
  words: string[];
}

/** Something that changes in one row, in whichever column; or time passes. */
export class Changes {
  private constructor(
    private readonly server: TestServer,
    private readonly random: Random,
    private readonly columns: Map<string, Column[]>,
    private readonly often: string | undefined,
  ) {}

  /** `often`: the table that most of them change. */
  static async of(server: TestServer, random: Random, often?: string): Promise<Changes> {
    const all = await Promise.all(TABLES.map(async (table) => [table, await columnsOf(server, table)] as const));
    return new Changes(server, random, new Map(all), often);
  }

  async one(): Promise<string> {
    const { random, server } = this;
    if (random.percent(10)) {
      const passed = random.pick([1, 10, 60, 200]);
      server.clock.advance(minutes(passed));
      return `${passed} minutes`;
    }
    const table = this.often && random.percent(70) ? this.often : random.pick(TABLES);
    const column = random.pick(this.columns.get(table)!);
    const ids = await this.idsIn(table);
    const row = `where id = '${random.pick(ids)}'`;
    const value = column.name.endsWith('_id')
      ? `(select ${column.name} from ${table} where id = '${random.pick(ids)}')`
      : this.valueOf(column);
    const sql =
      random.percent(3) && ids.length > 5
        ? `delete from ${table} ${row}`
        : `update ${table} set ${column.name} = ${value} ${row}`;
    // What the database does not take is no change.
    await server.database.rows(sql).catch(() => undefined);
    return sql;
  }

  private async idsIn(table: string): Promise<string[]> {
    const rows = await this.server.database.rows<{ id: string }>(`select id from ${table} order by id`);
    return rows.map(({ id }) => id);
  }

  private valueOf({ name, type, words }: Column): string {
    const { random } = this;
    const word = random.pick(words.length > 0 ? words : ['x', 'new@demo.test', 'Asia/Tokyo']);
    const moment = new Date(this.server.clock.now().getTime() + minutes(random.pick([-120, 20, 60, 1800])));
    const values: Record<string, string[]> = {
      bool: [`not ${name}`],
      int4: [`${name} + 1`],
      int8: [`${name} + 1`],
      timestamptz: [`'${moment.toISOString()}'`, 'null'],
      jsonb: [`'{"hours": "HIDE"}'`, `'{"tasks": "SHOW"}'`, `'{}'`],
      _text: [`'{${word}}'`, `'{}'`],
    };
    return random.pick(values[type] ?? [`'${word}'`]);
  }
}

function columnsOf(server: TestServer, table: string): Promise<Column[]> {
  return server.database.rows<Column>(
    `select c.column_name as name, c.udt_name as type, array(
       select w[1] from pg_constraint k, pg_attribute a, regexp_matches(pg_get_constraintdef(k.oid), '''([A-Z_]+)''', 'g') w
       where k.conrelid = c.table_name::regclass and k.contype = 'c' and a.attrelid = k.conrelid and a.attname = c.column_name
         and a.attnum = any(k.conkey)
     ) as words
     from information_schema.columns c
     where c.table_schema = 'public' and c.table_name = $1 and c.column_name <> 'id' order by c.ordinal_position`,
    [table],
  );
}
