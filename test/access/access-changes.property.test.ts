import { loadAccessOfMany, loadChanges } from '../../src/access/load-access';
import type { ProjectAccess } from '../../src/access/project-access';
import { Standing } from '../../src/access/standing';
import { CAST_NAMES, type CastName } from '../../src/demo/cast';
import { AccessWatch } from '../../src/events/access-watch';
import { hours, minutes } from '../../src/platform/clock';
import { aGrant, aProject } from '../support/builders';
import { TestServer, tokenOf } from '../support/server';
import { Random } from '../two-worlds/asking/random';

/** Another seed changes other things: `SEED=8 npx jest test/access/access-changes.property`. */
const SEED = Number(process.env.SEED ?? 7);
const CHANGES = 300;

/** All that is read when it is asked who somebody is and what they hold; what is often changed more often. */
const TABLES = [
  ...['membership', 'project_grant', 'project_grant', 'project', 'project', 'client_organisation'],
  ...['contact', 'workspace', 'app_user', 'session'],
];

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
  for (const client of ['acme', 'borealis', 'acme'] as const) await aProject(server, { client });
  const { id } = await aProject(server, { grants: {} });
  const soon = new Date(server.clock.now().getTime() + hours(2));
  await aGrant(server, id, 'clara', { clientView: true }, { startsAt: soon });
  await aGrant(server, id, 'wim', { clientView: true }, { expiresAt: soon });
});
afterAll(() => server.close());

it(`whatever changes, in any column of any row: what is confirmed is what would be read`, async () => {
  const { mistake, confirmed, changed } = await changeAndCompare();
  expect(mistake).toBeNull();
  expect(confirmed).toBeGreaterThan(CHANGES);
  expect(changed).toBeGreaterThan(CHANGES / 5);
}, 120_000);

it.each([...new Set(TABLES)])(
  'and it is found out when changes of %s are not counted',
  async (table) => {
    await server.database.rows(`alter table ${table} disable trigger user`);
    const { mistake } = await changeAndCompare(table);
    await server.database.rows(`alter table ${table} enable trigger user`);
    expect(mistake).not.toBeNull();
  },
  120_000,
);

interface Compared {
  /** What was confirmed, and would not have been read. */
  mistake: { after: string; of: CastName } | null;
  confirmed: number;
  changed: number;
}

/** Changes something again and again, with a word on what `often` changes, and compares what is kept with what is read. */
async function changeAndCompare(often?: string): Promise<Compared> {
  const changes = await Changes.of(new Random(SEED), often);
  await restore();
  const { workspaceId } = server.cast;
  let kept = keep(await accessOf());
  const { epoch } = kept.get('ada')!.standing.in(workspaceId)!;
  const since = async (from: { workspaceId: string; epoch: number }) => (await loadChanges(server.database, [from]))[0];
  const watch = new AccessWatch({ workspaceId, epoch }, since);
  const compared: Compared = { mistake: null, confirmed: 0, changed: 0 };
  for (let nth = 1; nth <= CHANGES && !compared.mistake; nth++) {
    const what = await changes.one();
    await watch.look();
    const read = await accessOf();
    for (const [i, name] of CAST_NAMES.entries()) {
      const own = kept.get(name);
      const isSame = own?.words === inWords(read[i]);
      if (own && !isSame) compared.changed++;
      if (!own || !watch.confirms(own.standing, server.clock.now())) continue;
      compared.confirmed++;
      if (!isSame) compared.mistake = { after: what, of: name };
    }
    kept = keep(read);
    if (nth % 20 === 0) await restore();
  }
  return compared;
}

const accessOf = (): Promise<ProjectAccess[]> =>
  loadAccessOfMany(server.database, server.clock, CAST_NAMES.map(tokenOf));

function keep(read: readonly ProjectAccess[]): Map<CastName, { words: string; standing: Standing }> {
  const signedIn = CAST_NAMES.flatMap((name, i) => (read[i].session ? [[name, read[i]] as const] : []));
  return new Map(signedIn.map(([name, access]) => [name, { words: inWords(access), standing: new Standing(access) }]));
}

/** All that a decision may rest on, in words that can be compared. */
function inWords({ session, memberships, granted }: ProjectAccess): string {
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
async function restore(): Promise<void> {
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
class Changes {
  private constructor(
    private readonly random: Random,
    private readonly columns: Map<string, Column[]>,
    private readonly often: string | undefined,
  ) {}

  static async of(random: Random, often: string | undefined): Promise<Changes> {
    const all = await Promise.all(TABLES.map(async (table) => [table, await columnsOf(table)] as const));
    return new Changes(random, new Map(all), often);
  }

  async one(): Promise<string> {
    const { random } = this;
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
    const rows = await server.database.rows<{ id: string }>(`select id from ${table} order by id`);
    return rows.map(({ id }) => id);
  }

  private valueOf({ name, type, words }: Column): string {
    const { random } = this;
    const word = random.pick(words.length > 0 ? words : ['x', 'new@demo.test', 'Asia/Tokyo']);
    const moment = new Date(server.clock.now().getTime() + minutes(random.pick([-120, 20, 60, 1800])));
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

function columnsOf(table: string): Promise<Column[]> {
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
