import type { ProjectAccess } from '../../access/project-access';
import { SqlParams, shownOn, visibleTasks } from '../../access/rows';
import type { Sql } from '../../platform/database';
import type { InvoiceState } from './time-entry.entity';
import type { Bucket, Gate, Sums } from './totals.logic';

/** A project, and the days that are asked for; null is open. */
export interface RangeOfProject {
  projectId: string;
  from: string | null;
  to: string | null;
}

export const isDated = ({ from, to }: RangeOfProject): boolean => from !== null || to !== null;

export interface GatedRange extends RangeOfProject {
  gate: Gate;
}

interface CostBucket {
  invoiceState: InvoiceState;
  costMinor: bigint;
}

/**
 * The rollups of many projects, kept with every entry that is written: whole lives from `project_total`, ranges from
 * `project_day`, so at most two statements for all; never a sum over the entries themselves.
 */
export const readBuckets = (db: Sql, keys: readonly RangeOfProject[]): Promise<Bucket[][]> =>
  readByInvoiceState<Bucket>(db, keys, MEASURES);

/** The costs alone, apart from the rest: a statement for those who see no costs does not even name them (L-06). */
export const readCostBuckets = (db: Sql, keys: readonly RangeOfProject[]): Promise<CostBucket[][]> =>
  readByInvoiceState<CostBucket>(db, keys, COST);

async function readByInvoiceState<T>(db: Sql, keys: readonly RangeOfProject[], sums: SqlSums): Promise<T[][]> {
  const found = keys.map((): T[] => []);
  for (const dated of [false, true]) {
    const nths = [...keys.keys()].filter((nth) => isDated(keys[nth]) === dated);
    if (nths.length === 0) continue;
    const rows = await db.rows<T & { nth: number }>(
      byInvoiceState(dated ? ROLLUP_OF.day : WHOLE_LIVES, sums),
      columnsOf(nths.map((nth) => keys[nth])),
    );
    for (const row of rows) found[nths[row.nth - 1]].push(row);
  }
  return found;
}

const byInvoiceState = (source: Source, sums: SqlSums) => `
  select k.nth::int as nth, s.invoice_state, ${asColumns(sums)}
  from unnest($1::text[], $2::date[], $3::date[]) with ordinality as k (project_id, from_date, to_date, nth)
    ${joined(source)}
  group by k.nth, s.invoice_state`;

const within = (date: string): string =>
  `(k.from_date is null or ${date} >= k.from_date) and (k.to_date is null or ${date} <= k.to_date)`;

/** What the totals are split by; `key` is null where the viewer does not see the thing. */
export interface SplitRow extends Sums {
  nth: number;
  key: string | null;
}

interface SplitCost {
  nth: number;
  key: string | null;
  costMinor: bigint;
}

export type SplitBy = 'task' | 'person' | 'day';

/** The parts of many projects: all of them of ranges of days, or all of whole lives. */
export function readSplit(
  db: Sql,
  access: ProjectAccess,
  by: SplitBy,
  keys: readonly GatedRange[],
): Promise<SplitRow[]> {
  const params = rangeParams(keys);
  return db.rows<SplitRow>(splitSql({ access, by, params, source: sourceOf(by, keys), sums: SUMS }), params.values);
}

/** For owners and admins alone. */
export function readSplitCosts(
  db: Sql,
  access: ProjectAccess,
  by: SplitBy,
  keys: readonly GatedRange[],
): Promise<SplitCost[]> {
  const params = rangeParams(keys);
  const split = { access, by, params, source: sourceOf(by, keys), sums: COST };
  return db.rows<SplitCost>(splitSql(split), params.values);
}

export interface DayOfTask {
  nth: number;
  date: string;
  taskId: string | null;
  billedSeconds: bigint;
  billableSeconds: bigint;
}

/** Time by day and task; tasks that the viewer does not see are one row without a task. */
export function readDays(db: Sql, access: ProjectAccess, keys: readonly GatedRange[]): Promise<DayOfTask[]> {
  const params = rangeParams(keys);
  const sql = `select k.nth::int as nth, s.date, t.id as task_id, sum(s.billed_seconds)::bigint as billed_seconds,
      sum(s.billable_seconds)::bigint as billable_seconds
    ${inRange(ENTRIES)} and (not k.billable_only or s.billable)
      left join task t on t.id = s.task_id and ${visibleTasks(access, params)}
    group by k.nth, s.date, t.position, t.id order by k.nth, s.date, t.position nulls last, t.id`;
  return db.rows<DayOfTask>(sql, params.values);
}

interface OwnRange extends RangeOfProject {
  personId: string;
}

/** One's own time on projects: no gate, for what one wrote oneself one may read. */
export function readOwnTime(db: Sql, keys: readonly OwnRange[]): Promise<(OwnTime & { nth: number })[]> {
  return db.rows<OwnTime & { nth: number }>(
    `select k.nth::int as nth, sum(e.raw_seconds)::bigint as raw_seconds, sum(e.billed_seconds)::bigint as billed_seconds,
       coalesce(sum(e.billed_seconds) filter (where e.billable), 0)::bigint as billable_seconds
     from unnest($1::text[], $2::date[], $3::date[], $4::text[]) with ordinality as k (project_id, from_date, to_date, person_id, nth)
       join time_entry e on e.project_id = k.project_id and e.person_id = k.person_id and ${within('e.date')}
     group by k.nth`,
    [...columnsOf(keys), keys.map((key) => key.personId)],
  );
}

export interface OwnTime {
  rawSeconds: bigint;
  billedSeconds: bigint;
  billableSeconds: bigint;
}

interface GatedTask {
  projectId: string;
  taskId: string;
  gate: Gate;
}

export const readTaskSums = (db: Sql, keys: readonly GatedTask[]): Promise<(Sums & { id: string })[]> =>
  db.rows(taskSql(SUMS), taskParams(keys));

export const readTaskCosts = (db: Sql, keys: readonly GatedTask[]): Promise<{ id: string; costMinor: bigint }[]> =>
  db.rows(taskSql(COST), taskParams(keys));

/** What of a fixed fee stands on issued invoices, net. */
export function readNetInvoiced(db: Sql, projectIds: readonly string[]): Promise<{ id: string; minor: bigint }[]> {
  return db.rows(
    `select i.project_id as id, sum(i.subtotal_minor)::bigint as minor from invoice i
     where i.project_id = any($1::text[]) and i.status not in ('DRAFT', 'VOID') group by i.project_id`,
    [projectIds],
  );
}

/** Sums over the source `s`, by the column that each comes as. */
type SqlSums = Record<string, string>;

const MEASURES: SqlSums = {
  raw_seconds: 'sum(s.raw_seconds)',
  billed_seconds: 'sum(s.billed_seconds)',
  billable_seconds: 'sum(s.billable_seconds)',
  billable_amount_minor: 'sum(s.billable_amount_minor)',
};
const SUMS: SqlSums = {
  ...MEASURES,
  uninvoiced_minor: `coalesce(sum(s.billable_amount_minor) filter (
    where s.invoice_state = 'NONE' or (s.invoice_state = 'DRAFT' and k.drafts_are_uninvoiced)), 0)`,
};
const COST: SqlSums = { cost_minor: 'sum(s.cost_amount_minor)' };

const asColumns = (sums: SqlSums): string =>
  Object.entries(sums)
    .map(([name, sum]) => `${sum}::bigint as ${name}`)
    .join(', ');

/** What is added up, as `s`: a rollup, or the entries themselves, which come with the columns of one. */
interface Source {
  table: string;
  hasDays: boolean;
}

const ENTRIES: Source = {
  table:
    '(select e.*, 1 as entries, case when e.billable then e.billed_seconds else 0 end as billable_seconds from time_entry e)',
  hasDays: true,
};
const ROLLUP_OF: Record<SplitBy, Source> = {
  day: { table: 'project_day', hasDays: true },
  task: { table: 'task_total', hasDays: false },
  person: { table: 'person_total', hasDays: false },
};
const WHOLE_LIVES: Source = { table: 'project_total', hasDays: false };

const sourceOf = (by: SplitBy, keys: readonly RangeOfProject[]): Source =>
  keys.some(isDated) && !ROLLUP_OF[by].hasDays ? ENTRIES : ROLLUP_OF[by];

const RANGES = `unnest($1::text[], $2::date[], $3::date[], $4::boolean[], $5::boolean[], $6::boolean[]) with ordinality
  as k (project_id, from_date, to_date, issued_only, drafts_are_uninvoiced, billable_only, nth)`;

const joined = ({ table, hasDays }: Source): string =>
  `join ${table} s on s.project_id = k.project_id${hasDays ? ` and ${within('s.date')}` : ''}`;

const inRange = (source: Source) => `
  from ${RANGES} ${joined(source)}
    and (not k.issued_only or s.invoice_state = 'ISSUED')`;

interface SplitSql {
  access: ProjectAccess;
  by: SplitBy;
  params: SqlParams;
  source: Source;
  sums: SqlSums;
}

/** A part whose entries are all gone keeps sums of zero, and is no part any more. */
function splitSql({ access, by, params, source, sums }: SplitSql): string {
  if (by === 'task') {
    const task = `select t.id, t.position from task t where t.id = x.task_id and ${visibleTasks(access, params)}`;
    return splitByThing({ source, sums, id: 'task_id', thing: task, order: 'y.position nulls last' });
  }
  if (by === 'person') {
    const person = `select m.id, null as position from membership m
      where m.id = x.person_id and ${shownOn(access, params, 'x.project_id')}`;
    return splitByThing({ source, sums, id: 'person_id', thing: person, order: 'y.id is null, sum(x.time) desc' });
  }
  // A day on which nothing is left that the viewer may see is no day.
  return `select k.nth::int as nth, s.date as key, ${asColumns(sums)} ${inRange(source)}
    group by k.nth, s.date
    having sum(s.entries) > 0 and (not bool_or(k.billable_only) or sum(s.billable_seconds) <> 0 or sum(s.billable_amount_minor) <> 0)
    order by k.nth, s.date`;
}

interface SplitByThing extends Pick<SplitSql, 'source' | 'sums'> {
  id: 'task_id' | 'person_id';
  /** SQL of the thing `x` hangs on, if the viewer sees it. */
  thing: string;
  order: string;
}

/**
 * Added up first, and then each thing looked up once: joined to the sums as a whole, all tasks or people of the workspace
 * would be read (`offset 0` keeps PostgreSQL from that). What the viewer does not see is one part without a name.
 */
const splitByThing = ({ source, sums, id, thing, order }: SplitByThing): string => `
  select x.nth::int as nth, y.id as key, ${asColumns(sumsOfSums(sums))}
  from (select k.nth, s.project_id, s.${id}, sum(s.billed_seconds) as time, ${asColumns(sums)} ${inRange(source)}
      group by k.nth, s.project_id, s.${id} having sum(s.entries) > 0) x
    left join lateral (${thing} offset 0) y on true
  group by x.nth, y.position, y.id order by x.nth, ${order}, y.id`;

/** The same sums, over rows `x` that are sums already. */
const sumsOfSums = (sums: SqlSums): SqlSums =>
  Object.fromEntries(Object.keys(sums).map((name) => [name, `sum(x.${name})`]));

const columnsOf = (keys: readonly RangeOfProject[]) => [
  keys.map((key) => key.projectId),
  keys.map((key) => key.from),
  keys.map((key) => key.to),
];

function rangeParams(keys: readonly GatedRange[]): SqlParams {
  const params = new SqlParams();
  for (const column of columnsOf(keys)) params.add(column);
  params.add(keys.map(({ gate }) => gate.issuedOnly));
  params.add(keys.map(({ gate }) => gate.draftsAreUninvoiced));
  params.add(keys.map(({ gate }) => gate.billableOnly));
  return params;
}

/** Task by task: joined as a whole, the table would be read as a whole. */
const taskSql = (sums: SqlSums) => `
  select k.id, x.*
  from unnest($1::text[], $2::text[], $3::boolean[], $4::boolean[]) as k (project_id, id, issued_only, drafts_are_uninvoiced)
    cross join lateral (
      select ${asColumns(sums)} from task_total s
      where s.project_id = k.project_id and s.task_id = k.id and (not k.issued_only or s.invoice_state = 'ISSUED')
      having count(*) > 0) x`;

const taskParams = (keys: readonly GatedTask[]) => [
  keys.map((key) => key.projectId),
  keys.map((key) => key.taskId),
  keys.map(({ gate }) => gate.issuedOnly),
  keys.map(({ gate }) => gate.draftsAreUninvoiced),
];
