import pg from 'pg';
import { type PutBack, withoutTriggers } from '../../scripts/large/bare-table';
import { idOf, insert } from '../../scripts/large/sql';
import { TimeEntry } from '../../src/domains/time/time-entry.entity';
import type { Database } from '../../src/platform/database';
import { newId } from '../../src/platform/ids';
import { cpuBetween, cpuTimesOf } from '../cpu';
import { median, medianIfKnown } from './measure';
import { ms, percent, table, verdict } from './report';
import type { World } from './world';

const GOAL = 0.4;
const BULK_GOAL = 0.25;
const BULK = 20_000;

interface Writing {
  seconds: number;
  rounds: number;
}

/** A way of writing. `isTime`: its figure is the milliseconds of one statement, else commits per second. */
interface Way {
  name: string;
  write(): Promise<Written>;
  isTime?: boolean;
}

interface Written {
  figure: number;
  entries: number;
  /** What PostgreSQL spent on each entry, in µs. */
  cpu?: number;
}

/** What the rollups cost whoever writes: the same with their triggers and without, in turns. */
export async function writes(world: World, { seconds, rounds }: Writing): Promise<string> {
  const { database, databaseUrl } = world;
  const clients = await Promise.all(Array.from({ length: 8 }, () => connected(databaseUrl)));
  try {
    const ways = await waysOf(database, clients, seconds);
    const found = ways.map((): Found => ({ on: [], off: [] }));
    for (let round = 0; round < rounds; round++) {
      for (const [i, way] of ways.entries()) {
        for (const which of round % 2 === 0 ? (['on', 'off'] as const) : (['off', 'on'] as const)) {
          found[i][which].push(await written(world, way, which));
        }
      }
    }
    return report(ways, found);
  } finally {
    await Promise.all(clients.map((client) => client.end()));
  }
}

type Found = Record<'on' | 'off', Written[]>;

async function written({ database, backends }: World, way: Way, which: 'on' | 'off'): Promise<Written> {
  const off = (): Promise<PutBack> => database.transaction((tx) => withoutTriggers(tx, 'time_entry'));
  const putBack = which === 'off' ? await off() : undefined;
  const before = cpuTimesOf(await backends());
  const figures = await way.write();
  const spent = cpuBetween(before, cpuTimesOf(await backends()));
  await putBack?.(database);
  // What was taken back is in nobody's way the next time.
  if (way.isTime) await database.rows('vacuum time_entry, project_day, project_total');
  return { ...figures, cpu: spent === undefined ? undefined : (1000 * spent) / figures.entries };
}

async function waysOf(database: Database, clients: pg.Client[], seconds: number): Promise<Way[]> {
  const spread = await entryMaker(database, { hot: false });
  const hot = await entryMaker(database, { hot: true });
  const single = (words: string, next: EntryMaker, count: number): Way => ({
    name: `${words}, ${count} connection${count > 1 ? 's' : ''}`,
    write: () => commitsPerSecond(clients.slice(0, count), next, seconds),
  });
  const bulk = (words: string, which: string): Way => ({
    name: `${BULK.toLocaleString('en')} in one statement, ${words}`,
    write: () => bulkMs(clients[0], which),
    isTime: true,
  });
  return [
    single('any project and day', spread, 1),
    single('any project and day', spread, 8),
    single('one project and day', hot, 1),
    single('one project and day', hot, 8),
    bulk('of all projects', 'true'),
    bulk('of one project', `project_id = (select id from project where code = 'P-0001')`),
  ];
}

async function connected(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  return client;
}

type EntryMaker = () => { text: string; values: unknown[] };

/** The statement that the product writes an entry with, with other ids, project and day each time. */
async function entryMaker(database: Database, { hot }: { hot: boolean }): Promise<EntryMaker> {
  const places = await database.rows<Place>(
    `select workspace_id, project_id, person_id, date from time_entry order by md5(id) limit 5000`,
  );
  const { workspaceId, projectId, personId, date } = places[0];
  const now = new Date();
  const entry: Omit<TimeEntry, 'currency'> = {
    ...{ id: newId('TimeEntry'), workspaceId, projectId, personId, date, createdById: personId, taskId: null },
    ...{ startedAt: null, endedAt: null, rawSeconds: 5400, billedSeconds: 5400, billable: true },
    ...{ description: 'Talked it through', internalNote: null, billRateMinor: 10_000n, costRateMinor: 4_000n },
    ...{ billableAmountMinor: 15_000n, costAmountMinor: 6_000n, invoiceState: 'NONE', invoiceLineId: null },
    ...{ version: 1, createdAt: now, updatedAt: now },
  };
  const builder = database.dataSource.createQueryBuilder().insert().into(TimeEntry).values(entry);
  const [text, values] = builder.getQueryAndParameters() as unknown as [string, unknown[]];
  const [atId, atProject, atDate] = [entry.id, projectId, date].map((value) => values.indexOf(value));
  let nth = 0;
  return () => {
    const place = places[hot ? 0 : nth++ % places.length];
    const own = [...values];
    own[atId] = newId('TimeEntry');
    own[atProject] = place.projectId;
    own[atDate] = place.date;
    return { text, values: own };
  };
}

interface Place {
  workspaceId: string;
  projectId: string;
  personId: string;
  date: string;
}

async function commitsPerSecond(clients: pg.Client[], next: EntryMaker, seconds: number): Promise<Written> {
  let commits = 0;
  const begun = performance.now();
  const end = begun + 1000 * seconds;
  await Promise.all(
    clients.map(async (client) => {
      while (performance.now() < end) {
        await client.query(next());
        commits++;
      }
    }),
  );
  return { figure: (1000 * commits) / (performance.now() - begun), entries: commits };
}

const COPIED =
  `workspace_id project_id task_id person_id date raw_seconds billed_seconds billable description bill_rate_minor
  cost_rate_minor billable_amount_minor cost_amount_minor created_by created_at updated_at`.split(/\s+/);

/** Copies the newest entries, and takes that back. */
async function bulkMs(client: pg.Client, which: string): Promise<Written> {
  const columns = Object.fromEntries(COPIED.map((column) => [column, column]));
  const from = `from time_entry where ${which} order by date desc, id limit ${BULK}`;
  await client.query('begin');
  const begun = performance.now();
  const { rowCount } = await client.query(
    insert('time_entry', { id: idOf('TimeEntry', `'copy/' || id`), ...columns }, from),
  );
  const taken = performance.now() - begun;
  await client.query('rollback');
  return { figure: (taken * BULK) / rowCount!, entries: rowCount! };
}

function report(ways: Way[], found: Found[]): string {
  const rows = ways.map(({ name, isTime }, i) => {
    const { on, off } = found[i];
    const figure = (written: Written[]) => median(written.map((one) => one.figure));
    // Of what was measured one after the other: the machine is not the same all the time.
    const ratio = median(on.map((one, round) => one.figure / off[round].figure));
    const loss = isTime ? ratio - 1 : 1 - ratio;
    const unit = (value: number) => (isTime ? `${ms(value)} ms` : `${Math.round(value)}/s`);
    const cpu = (written: Written[]) => medianIfKnown(written.map((one) => one.cpu))?.toFixed(0) ?? '–';
    const judged = verdict(loss, isTime ? BULK_GOAL : GOAL, percent(loss));
    return [name, unit(figure(off)), unit(figure(on)), judged, `${cpu(off)} → ${cpu(on)}`];
  });
  return [
    `### What rollups cost whoever writes (goals: ≤ ${percent(GOAL)} of commits, ≤ ${percent(BULK_GOAL)} more time in bulk)`,
    '',
    table(['one entry and its commit; many at once', 'without', 'with rollups', 'cost', 'CPU, µs an entry'], rows),
    '',
    'Medians of rounds in turns, the cost of the ratios of each round; without: the triggers dropped. The statement of one entry is the one that `logTime` runs. CPU: ' +
      'of PostgreSQL.',
  ].join('\n');
}
