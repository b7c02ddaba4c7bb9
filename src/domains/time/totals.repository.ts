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

export interface GatedRange extends RangeOfProject {
  gate: Gate;
}

export interface CostBucket {
  invoiceState: InvoiceState;
  costMinor: bigint;
}

/**
 * The rollups of many projects, kept with every entry that is written: whole lives from `project_total`, ranges from
 * `project_day`, so at most two statements for all; never a sum over the entries themselves (performance.md §6.1).
 */
export const readBuckets = (db: Sql, keys: readonly RangeOfProject[]): Promise<Bucket[][]> =>
  readRollups<Bucket>(db, keys, ['raw_seconds', 'billed_seconds', 'billable_seconds', 'billable_amount_minor']);

/** The costs alone, apart from the rest: a statement for those who see no costs does not even name them (L-06). */
export const readCostBuckets = (db: Sql, keys: readonly RangeOfProject[]): Promise<CostBucket[][]> =>
  readRollups<CostBucket>(db, keys, ['cost_amount_minor as cost_minor']);

async function readRollups<T>(db: Sql, keys: readonly RangeOfProject[], measures: string[]): Promise<T[][]> {
  const found = keys.map((): T[] => []);
  const isDated = ({ from, to }: RangeOfProject) => from !== null || to !== null;
  for (const dated of [false, true]) {
    const nths = [...keys.keys()].filter((nth) => isDated(keys[nth]) === dated);
    if (nths.length === 0) continue;
    const asked = nths.map((nth) => keys[nth]);
    const rows = await db.rows<T & { nth: number }>(dated ? overDays(measures) : overall(measures), [
      asked.map((key) => key.projectId),
      ...(dated ? [asked.map((key) => key.from), asked.map((key) => key.to)] : []),
    ]);
    for (const row of rows) found[nths[row.nth - 1]].push(row);
  }
  return found;
}

const overall = (measures: readonly string[]) => `
  select k.nth::int as nth, t.invoice_state, ${measures.map((m) => `t.${m}`).join(', ')}
  from unnest($1::text[]) with ordinality as k (project_id, nth) join project_total t on t.project_id = k.project_id`;

const overDays = (measures: readonly string[]) => `
  select k.nth::int as nth, d.invoice_state, ${measures.map(summed).join(', ')}
  from unnest($1::text[], $2::date[], $3::date[]) with ordinality as k (project_id, from_date, to_date, nth)
    join project_day d on d.project_id = k.project_id and ${within('d.date')}
  group by k.nth, d.invoice_state`;

const summed = (measure: string): string => {
  const [column, , name = column] = measure.split(' ');
  return `sum(d.${column})::bigint as ${name}`;
};

const within = (date: string): string =>
  `(k.from_date is null or ${date} >= k.from_date) and (k.to_date is null or ${date} <= k.to_date)`;

/** What the totals are split by; `key` is null where the viewer does not see the thing. */
export interface SplitRow extends Sums {
  nth: number;
  key: string | null;
}

export interface SplitCost {
  nth: number;
  key: string | null;
  costMinor: bigint;
}

export type SplitBy = 'task' | 'person' | 'day';

export function readSplit(
  db: Sql,
  access: ProjectAccess,
  by: SplitBy,
  keys: readonly GatedRange[],
): Promise<SplitRow[]> {
  const params = rangeParams(keys);
  const measures = by === 'day' ? SUMS_OF_DAYS : SUMS_OF_ENTRIES;
  return db.rows<SplitRow>(splitSql({ access, by, params, measures }), params.values);
}

/** For owners and admins alone (access.md §3.2). */
export function readSplitCosts(
  db: Sql,
  access: ProjectAccess,
  by: SplitBy,
  keys: readonly GatedRange[],
): Promise<SplitCost[]> {
  const params = rangeParams(keys);
  const measures = `sum(${by === 'day' ? 'd' : 'e'}.cost_amount_minor)::bigint as cost_minor`;
  return db.rows<SplitCost>(splitSql({ access, by, params, measures }), params.values);
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
  const sql = `select k.nth::int as nth, e.date, t.id as task_id, sum(e.billed_seconds)::bigint as billed_seconds, ${BILLABLE_SECONDS}
    ${ENTRIES_IN_RANGE} and (not k.billable_only or e.billable) ${TASK_AS_SHOWN(access, params)}
    group by k.nth, e.date, t.position, t.id order by k.nth, e.date, t.position nulls last, t.id`;
  return db.rows<DayOfTask>(sql, params.values);
}

export interface OwnRange extends RangeOfProject {
  personId: string;
}

/** One's own time on projects: no gate, for what one wrote oneself one may read. */
export function readOwnTime(db: Sql, keys: readonly OwnRange[]): Promise<(OwnTime & { nth: number })[]> {
  return db.rows<OwnTime & { nth: number }>(
    `select k.nth::int as nth, sum(e.raw_seconds)::bigint as raw_seconds, sum(e.billed_seconds)::bigint as billed_seconds, ${BILLABLE_SECONDS}
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

export interface GatedTask {
  taskId: string;
  gate: Gate;
}

export const readTaskSums = (db: Sql, keys: readonly GatedTask[]): Promise<(Sums & { id: string })[]> =>
  db.rows(taskSql(SUMS_OF_ENTRIES), taskParams(keys));

export const readTaskCosts = (db: Sql, keys: readonly GatedTask[]): Promise<{ id: string; costMinor: bigint }[]> =>
  db.rows(taskSql('sum(e.cost_amount_minor)::bigint as cost_minor'), taskParams(keys));

/** What of a fixed fee stands on issued invoices, net. */
export function readNetInvoiced(db: Sql, projectIds: readonly string[]): Promise<{ id: string; minor: bigint }[]> {
  return db.rows(
    `select i.project_id as id, sum(i.subtotal_minor)::bigint as minor from invoice i
     where i.project_id = any($1::text[]) and i.status not in ('DRAFT', 'VOID') group by i.project_id`,
    [projectIds],
  );
}

const UNINVOICED = (of: string) =>
  `${of}.invoice_state = 'NONE' or (${of}.invoice_state = 'DRAFT' and k.drafts_are_uninvoiced)`;

const BILLABLE_SECONDS = `coalesce(sum(e.billed_seconds) filter (where e.billable), 0)::bigint as billable_seconds`;

const SUMS_OF_ENTRIES = `
  sum(e.raw_seconds)::bigint as raw_seconds, sum(e.billed_seconds)::bigint as billed_seconds, ${BILLABLE_SECONDS},
  sum(e.billable_amount_minor)::bigint as billable_amount_minor,
  coalesce(sum(e.billable_amount_minor) filter (where ${UNINVOICED('e')}), 0)::bigint as uninvoiced_minor`;

const SUMS_OF_DAYS = `
  sum(d.raw_seconds)::bigint as raw_seconds, sum(d.billed_seconds)::bigint as billed_seconds,
  sum(d.billable_seconds)::bigint as billable_seconds, sum(d.billable_amount_minor)::bigint as billable_amount_minor,
  coalesce(sum(d.billable_amount_minor) filter (where ${UNINVOICED('d')}), 0)::bigint as uninvoiced_minor`;

const RANGES = `unnest($1::text[], $2::date[], $3::date[], $4::boolean[], $5::boolean[], $6::boolean[]) with ordinality
  as k (project_id, from_date, to_date, issued_only, drafts_are_uninvoiced, billable_only, nth)`;

const ENTRIES_IN_RANGE = `
  from ${RANGES} join time_entry e on e.project_id = k.project_id and ${within('e.date')}
    and (not k.issued_only or e.invoice_state = 'ISSUED')`;

const TASK_AS_SHOWN = (access: ProjectAccess, params: SqlParams) =>
  `left join task t on t.id = e.task_id and ${visibleTasks(access, params)}`;

interface SplitSql {
  access: ProjectAccess;
  by: SplitBy;
  params: SqlParams;
  measures: string;
}

function splitSql({ access, by, params, measures }: SplitSql): string {
  if (by === 'task') {
    return `select k.nth::int as nth, t.id as key, ${measures} ${ENTRIES_IN_RANGE} ${TASK_AS_SHOWN(access, params)}
      group by k.nth, t.position, t.id order by k.nth, t.position nulls last, t.id`;
  }
  if (by === 'person') {
    return `select k.nth::int as nth, m.id as key, ${measures} ${ENTRIES_IN_RANGE}
      left join membership m on m.id = e.person_id and ${shownOn(access, params, 'e.project_id')}
      group by k.nth, m.id order by k.nth, m.id is null, sum(e.billed_seconds) desc, m.id`;
  }
  // A day on which nothing is left that the viewer may see is no day.
  return `select k.nth::int as nth, d.date as key, ${measures}
    from ${RANGES} join project_day d on d.project_id = k.project_id and ${within('d.date')}
      and (not k.issued_only or d.invoice_state = 'ISSUED')
    group by k.nth, d.date
    having sum(d.entries) > 0 and (not bool_or(k.billable_only) or sum(d.billable_seconds) <> 0 or sum(d.billable_amount_minor) <> 0)
    order by k.nth, d.date`;
}

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

const taskSql = (measures: string) => `
  select k.id, ${measures}
  from unnest($1::text[], $2::boolean[], $3::boolean[]) as k (id, issued_only, drafts_are_uninvoiced)
    join time_entry e on e.task_id = k.id and (not k.issued_only or e.invoice_state = 'ISSUED')
  group by k.id`;

const taskParams = (keys: readonly GatedTask[]) => [
  keys.map((key) => key.taskId),
  keys.map(({ gate }) => gate.issuedOnly),
  keys.map(({ gate }) => gate.draftsAreUninvoiced),
];
