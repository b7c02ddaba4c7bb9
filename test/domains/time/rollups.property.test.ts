import fc from 'fast-check';
import type { Project } from '../../../src/domains/projects/project.entity';
import { Billing } from '../../../src/domains/projects/project.enums';
import type { Task } from '../../../src/domains/tasks/task.entity';
import { repairRollups } from '../../../src/domains/time/repair-rollups';
import { findStaleRollups } from '../../../src/domains/time/rollups.repository';
import { priced } from '../../../src/domains/time/time.logic';
import { type InvoiceState, TimeEntry } from '../../../src/domains/time/time-entry.entity';
import { newId } from '../../../src/platform/ids';
import { aProject } from '../../support/builders';
import { TestServer } from '../../support/server';
import { aTask, aTimeEntry } from '../../support/time-builders';

let server: TestServer;
let projects: Project[];
let tasks: Task[];
/** One of each project. */
let ownTask: string[];
let line: string;

beforeAll(async () => {
  server = await TestServer.start();
  projects = [await aProject(server, { name: 'One' }), await aProject(server, { name: 'Two' })];
  tasks = [await aTask(server, projects[0]), await aTask(server, projects[0], { clientVisible: false })];
  ownTask = [tasks[0].id, (await aTask(server, projects[1])).id];
  const drafted = await aTimeEntry(server, await aProject(server, { name: 'Elsewhere' }), { invoiceState: 'DRAFT' });
  line = drafted.invoiceLineId!;
});
afterAll(() => server.close());

type Entry = Pick<
  TimeEntry,
  | 'id'
  | 'projectId'
  | 'taskId'
  | 'personId'
  | 'date'
  | 'rawSeconds'
  | 'billedSeconds'
  | 'billable'
  | 'billableAmountMinor'
  | 'costAmountMinor'
> & { invoiceState: InvoiceState; billRateMinor: bigint | null; costRateMinor: bigint | null };

const DATES = ['2026-02-28', '2026-03-01', '2026-03-02'];
const STATES: InvoiceState[] = ['NONE', 'DRAFT', 'ISSUED'];
const rates = fc.option(fc.bigInt({ min: 0n, max: 10_000_000n }), { nil: null });

const work = fc.record({
  projectIndex: fc.nat(1),
  onTask: fc.boolean(),
  person: fc.constantFrom('wim' as const, 'cora' as const),
  dateIndex: fc.nat(2),
  rawSeconds: fc.integer({ min: 1, max: 86_400 }),
  rounding: fc.integer({ min: 0, max: 3600 }),
  billable: fc.boolean(),
  billRateMinor: rates,
  costRateMinor: rates,
});
type Work = typeof work extends fc.Arbitrary<infer W> ? W : never;

const some = <T>(what: fc.Arbitrary<T>, maxLength: number) => fc.array(what, { minLength: 1, maxLength });

/** What may happen to entries; `which` chooses among those that there are. */
const event = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('log' as const), works: some(work, 8) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('edit' as const), which: fc.nat(), work }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('delete' as const),
      which: fc.nat(),
      count: fc.integer({ min: 1, max: 4 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('move' as const), which: fc.nat() }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('reprice' as const), projectIndex: fc.nat(1), billRateMinor: rates }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('invoice' as const),
      projectIndex: fc.nat(1),
      state: fc.constantFrom(...STATES),
    }),
  },
);
type Event = typeof event extends fc.Arbitrary<infer E> ? E : never;

const measured = ({ projectIndex, onTask, person, dateIndex, rounding, ...rest }: Work) => {
  const facts = { ...rest, billedSeconds: Math.min(rest.rawSeconds + rounding, 90_000) };
  const of = {
    projectId: projects[projectIndex].id,
    taskId: onTask ? ownTask[projectIndex] : null,
    personId: server.cast.people[person],
    date: DATES[dateIndex],
  };
  return { ...of, ...facts, ...priced(facts, Billing.HOURLY) };
};

/** Does it to the database, one statement each time, and to a plain list of entries. */
async function happen(entries: Map<string, Entry>, what: Event): Promise<void> {
  const chosen = (which: number): Entry | undefined => [...entries.values()][which % Math.max(entries.size, 1)];
  const ownOf = (nth: number) => [...entries.values()].filter(({ projectId }) => projectId === projects[nth].id);
  const write = async (changed: Entry[]) => {
    for (const entry of changed) entries.set(entry.id, entry);
    const lines = changed.map(({ invoiceState }) => (invoiceState === 'NONE' ? null : line));
    await server.database.rows(UPDATE, [...COLUMNS.map((key) => changed.map((entry) => entry[key])), lines]);
  };
  switch (what.kind) {
    case 'log': {
      const state = { invoiceState: 'NONE' as const };
      const added = what.works.map((each) => ({ id: newId('TimeEntry'), ...measured(each), ...state }));
      for (const entry of added) entries.set(entry.id, entry);
      await server.database.transaction((tx) => tx.insert(TimeEntry, added.map(asRow)));
      break;
    }
    case 'edit': {
      const entry = chosen(what.which);
      if (entry) await write([{ ...entry, ...measured(what.work) }]);
      break;
    }
    case 'delete': {
      const ids = [...entries.keys()].slice(what.which % Math.max(entries.size, 1)).slice(0, what.count);
      for (const id of ids) entries.delete(id);
      await server.database.rows('delete from time_entry where id = any($1::text[])', [ids]);
      break;
    }
    case 'move': {
      const entry = chosen(what.which);
      const to = projects.findIndex(({ id }) => id !== entry?.projectId);
      const taskId = entry?.taskId == null ? null : ownTask[to];
      if (entry) await write([{ ...entry, projectId: projects[to].id, taskId }]);
      break;
    }
    case 'reprice': {
      const own = ownOf(what.projectIndex);
      const priceless = own.map((entry) => ({ ...entry, billRateMinor: what.billRateMinor }));
      await write(priceless.map((entry) => ({ ...entry, ...priced(entry, Billing.HOURLY) })));
      break;
    }
    case 'invoice': {
      const own = ownOf(what.projectIndex);
      await write(own.map((entry) => ({ ...entry, invoiceState: what.state })));
      break;
    }
  }
}

const COLUMNS = [
  ...(['id', 'projectId', 'date', 'rawSeconds', 'billedSeconds', 'billable', 'billableAmountMinor'] as const),
  ...(['costAmountMinor', 'invoiceState', 'taskId', 'personId'] as const),
];
const UPDATE = `update time_entry e set project_id = k.project_id, date = k.date, raw_seconds = k.raw, billed_seconds = k.billed,
  billable = k.billable, billable_amount_minor = k.amount, cost_amount_minor = k.cost, invoice_state = k.state, invoice_line_id = k.line,
  task_id = k.task_id, person_id = k.person_id
  from unnest($1::text[], $2::text[], $3::date[], $4::int[], $5::int[], $6::boolean[], $7::bigint[], $8::bigint[], $9::text[], $10::text[], $11::text[], $12::text[])
    as k (id, project_id, date, raw, billed, billable, amount, cost, state, task_id, person_id, line) where e.id = k.id`;

const asRow = (entry: Entry) => ({
  ...entry,
  workspaceId: server.cast.workspaceId,
  createdById: server.cast.people.wim,
  description: '',
  invoiceLineId: null,
  version: 1,
  createdAt: server.clock.now(),
  updatedAt: server.clock.now(),
});

type Sums = Record<string, bigint[]>;

const addedUp = (entries: Iterable<Entry>, keyOf: (entry: Entry) => string): Sums => {
  const sums: Sums = {};
  for (const entry of entries) {
    const own = [
      1n,
      BigInt(entry.rawSeconds),
      BigInt(entry.billedSeconds),
      entry.billable ? BigInt(entry.billedSeconds) : 0n,
      entry.billableAmountMinor,
      entry.costAmountMinor,
    ];
    const sum = sums[keyOf(entry)] ?? own.map(() => 0n);
    sums[keyOf(entry)] = sum.map((value, i) => value + own[i]);
  }
  return sums;
};

async function kept(table: string, key: string): Promise<Sums> {
  const rows = await server.database.rows<{ key: string; sums: string[] }>(
    `select ${key} as key, array[entries, raw_seconds, billed_seconds, billable_seconds, billable_amount_minor, cost_amount_minor]::text[] as sums
     from ${table} where project_id = any($1::text[]) and entries <> 0`,
    [projects.map(({ id }) => id)],
  );
  return Object.fromEntries(rows.map(({ key, sums }) => [key, sums.map(BigInt)]));
}

describe('the sums kept with every entry', () => {
  it('are exactly what the entries add up to, after whatever was logged, edited, moved, repriced, invoiced and deleted', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 5, maxLength: 25 }), async (history) => {
        await server.database.rows('delete from time_entry where project_id = any($1::text[])', [
          projects.map(({ id }) => id),
        ]);
        const entries = new Map<string, Entry>();
        for (const what of history) await happen(entries, what);
        const all = [...entries.values()];
        expect(await kept('project_total', `project_id || '/' || invoice_state`)).toEqual(
          addedUp(all, (entry) => `${entry.projectId}/${entry.invoiceState}`),
        );
        expect(await kept('project_day', `project_id || '/' || date || '/' || invoice_state`)).toEqual(
          addedUp(all, (entry) => `${entry.projectId}/${entry.date}/${entry.invoiceState}`),
        );
        expect(await kept('task_total', `project_id || '/' || coalesce(task_id, '') || '/' || invoice_state`)).toEqual(
          addedUp(all, (entry) => `${entry.projectId}/${entry.taskId ?? ''}/${entry.invoiceState}`),
        );
        expect(await kept('person_total', `project_id || '/' || person_id || '/' || invoice_state`)).toEqual(
          addedUp(all, (entry) => `${entry.projectId}/${entry.personId}/${entry.invoiceState}`),
        );
        expect(await findStaleRollups(server.database)).toEqual([]);
      }),
      { numRuns: 25 },
    );
  }, 120_000);

  it('are found wrong and repaired when somebody wrote around the triggers', async () => {
    const [one] = projects;
    await aTimeEntry(server, one, { seconds: 3600, billRate: 6000 });
    const before = await kept('project_day', 'project_id || date || invoice_state');
    await server.database.rows('update project_total set billed_seconds = billed_seconds + 1 where project_id = $1', [
      one.id,
    ]);
    await server.database.rows('delete from project_day where project_id = $1', [one.id]);
    expect(await repairRollups(server.database)).toEqual([one.id]);
    expect(await kept('project_day', 'project_id || date || invoice_state')).toEqual(before);
    expect(await repairRollups(server.database)).toEqual([]);
  });
});

const EVERYTHING = `query ($id: ID!) { project(id: $id) {
  totals { ...sums byTask { ...task } byPerson { ...person } byDay { ...day } } march: totals(from: "2026-03-01", to: "2026-03-31") { ...sums }
  timeEntries(first: 100) { nodes { date time { seconds } rawTime { seconds } billable billableAmount { amount } costAmount { amount } invoiced } }
  tasks { nodes { trackedTime { seconds } billableAmount { amount } cost { amount } } } } }
  fragment sums on ProjectTotals { totalTime { seconds } billableTime { seconds } rawTime { seconds } billableAmount { amount } internalCost { amount } uninvoicedAmount { amount } }
  fragment task on TaskTotals { task { id } totalTime { seconds } billableTime { seconds } billableAmount { amount } uninvoicedAmount { amount } cost { amount } }
  fragment person on PersonTotals { totalTime { seconds } billableTime { seconds } billableAmount { amount } uninvoicedAmount { amount } cost { amount } }
  fragment day on DayTotals { totalTime { seconds } billableTime { seconds } billableAmount { amount } uninvoicedAmount { amount } cost { amount } }`;

const cents = (money: { amount: string }): bigint => BigInt(money.amount.replace('.', ''));
const sumOf = (rows: any[], value: (row: any) => bigint): bigint => rows.reduce((sum, row) => sum + value(row), 0n);

describe('one number everywhere', () => {
  it('Ada’s entries, tasks, people and days add up to the totals to the second and the cent', async () => {
    const [one] = projects;
    const place = fc.tuple(
      work,
      fc.constantFrom(0, 1, null),
      fc.constantFrom('wim', 'cora', 'max'),
      fc.constantFrom(...STATES),
    );
    const anywhere = some(place, 12);
    await fc.assert(
      fc.asyncProperty(anywhere, async (all) => {
        await server.database.rows('delete from time_entry where project_id = $1', [one.id]);
        const rows = all.map(([each, task, person, invoiceState]) => ({
          ...asRow({ id: newId('TimeEntry'), ...measured({ ...each, projectIndex: 0 }), invoiceState }),
          taskId: task === null ? null : tasks[task].id,
          personId: server.cast.people[person as 'wim'],
          invoiceLineId: invoiceState === 'NONE' ? null : line,
        }));
        await server.database.transaction((tx) => tx.insert(TimeEntry, rows));
        const { project } = await server.data('ada', EVERYTHING, { id: one.id });
        const { totals, march, timeEntries, tasks: seen } = project;
        const entries = timeEntries.nodes;
        expect(sumOf(entries, (row) => BigInt(row.time.seconds))).toBe(BigInt(totals.totalTime.seconds));
        expect(sumOf(entries, (row) => BigInt(row.rawTime.seconds))).toBe(BigInt(totals.rawTime.seconds));
        expect(sumOf(entries, (row) => cents(row.billableAmount))).toBe(cents(totals.billableAmount));
        expect(sumOf(entries, (row) => cents(row.costAmount))).toBe(cents(totals.internalCost));
        for (const parts of [totals.byTask, totals.byPerson, totals.byDay]) {
          expect(sumOf(parts, (row) => BigInt(row.totalTime.seconds))).toBe(BigInt(totals.totalTime.seconds));
          expect(sumOf(parts, (row) => BigInt(row.billableTime.seconds))).toBe(BigInt(totals.billableTime.seconds));
          expect(sumOf(parts, (row) => cents(row.billableAmount))).toBe(cents(totals.billableAmount));
          expect(sumOf(parts, (row) => cents(row.uninvoicedAmount))).toBe(cents(totals.uninvoicedAmount));
          expect(sumOf(parts, (row) => cents(row.cost))).toBe(cents(totals.internalCost));
        }
        const onTasks = totals.byTask.filter((row: { task: object | null }) => row.task);
        expect(sumOf(seen.nodes, (row) => cents(row.cost))).toBe(sumOf(onTasks, (row) => cents(row.cost)));
        expect(sumOf(seen.nodes, (row) => BigInt(row.trackedTime.seconds))).toBe(
          sumOf(onTasks, (row) => BigInt(row.totalTime.seconds)),
        );
        const inMarch = entries.filter((row: { date: string }) => row.date >= '2026-03-01');
        expect(sumOf(inMarch, (row) => cents(row.billableAmount))).toBe(cents(march.billableAmount));
      }),
      { numRuns: 15 },
    );
  }, 120_000);
});
