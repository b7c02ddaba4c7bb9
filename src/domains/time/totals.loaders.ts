import type { Context } from '../../context';
import { batched, groupedBy, inOrderOf } from '../../platform/batch';
import type { Task } from '../tasks/task.entity';
import { gateOf, type Sums, sumsThrough } from './totals.logic';
import {
  type DayOfTask,
  type GatedRange,
  isDated,
  type OwnTime,
  type RangeOfProject,
  readBuckets,
  readCostBuckets,
  readDays,
  readNetInvoiced,
  readOwnTime,
  readSplit,
  readSplitCosts,
  readTaskCosts,
  readTaskSums,
  type SplitBy,
  type SplitRow,
} from './totals.repository';

/** Totals of a project that the viewer sees, for the days that are asked for. */
interface TotalsKey extends RangeOfProject {
  workspaceId: string;
}

const rangeKey = ({ projectId, from, to }: RangeOfProject): string => `${projectId}/${from}/${to}`;

const gated = ({ access }: Context, { workspaceId, projectId, from, to }: TotalsKey): GatedRange => ({
  projectId,
  from,
  to,
  gate: gateOf(access.permit({ workspaceId, projectId })!),
});

/** Hours and amounts of a project, as far as the viewer's gate lets them through. */
export const loadSums = batched<Context, TotalsKey, Sums>(async (context, keys) => {
  const buckets = await readBuckets(context.db, keys);
  return keys.map((key, i) => sumsThrough(gated(context, key).gate, buckets[i]));
}, rangeKey);

/** What the work of a project cost, through the same gate as its amounts. */
export const loadCost = batched<Context, TotalsKey, bigint>(async (context, keys) => {
  const buckets = await readCostBuckets(context.db, keys);
  return keys.map((key, i) => {
    const { issuedOnly } = gated(context, key).gate;
    const shown = buckets[i].filter((bucket) => !issuedOnly || bucket.invoiceState === 'ISSUED');
    return shown.reduce((sum, bucket) => sum + bucket.costMinor, 0n);
  });
}, rangeKey);

/** What of a fixed fee stands on issued invoices, net. */
export const loadNetInvoiced = batched<Context, string, bigint>(async ({ db }, ids) => {
  const rows = await readNetInvoiced(db, ids);
  return inOrderOf(ids, rows, ({ id }) => id).map((row) => row?.minor ?? 0n);
});

interface SplitKey extends TotalsKey {
  by: SplitBy;
}

const splitKey = (key: SplitKey): string => `${key.by}/${rangeKey(key)}`;

/** The totals of a project by task, person or day. */
export const loadSplit = batched<Context, SplitKey, SplitRow[]>(
  (context, keys) =>
    bySplit(keys, (by, own) =>
      readSplit(
        context.db,
        context.access,
        by,
        own.map((key) => gated(context, key)),
      ),
    ),
  splitKey,
);

/** What each part of a split cost, by its key. */
export const loadSplitCosts = batched<Context, SplitKey, Map<string | null, bigint>>(async (context, keys) => {
  const read = (by: SplitBy, own: SplitKey[]) =>
    readSplitCosts(
      context.db,
      context.access,
      by,
      own.map((key) => gated(context, key)),
    );
  const rows = await bySplit(keys, read);
  return rows.map((parts) => new Map(parts.map(({ key, costMinor }) => [key, costMinor])));
}, splitKey);

/** Time by day and task. */
export const loadDays = batched<Context, TotalsKey, DayOfTask[]>(async (context, keys) => {
  const rows = await readDays(
    context.db,
    context.access,
    keys.map((key) => gated(context, key)),
  );
  return perKey(keys, rows);
}, rangeKey);

/** The viewer's own time on a project. */
export const loadOwnTime = batched<Context, TotalsKey, OwnTime>(async ({ db, access }, keys) => {
  const own = keys.map((key) => ({ ...key, personId: access.permit(key)!.personId }));
  return perKey(keys, await readOwnTime(db, own)).map(([row]) => row ?? NO_TIME);
}, rangeKey);

const taskKey = ({ id }: Task): string => id;

/** Hours and amounts of a task, through the gate of its project. */
export const loadTaskSums = batched<Context, Task, Sums>(async (context, tasks) => {
  const rows = await readTaskSums(
    context.db,
    tasks.map((task) => gatedTask(context, task)),
  );
  return inOrderOf(tasks.map(taskKey), rows, ({ id }) => id).map((row) => row ?? sumsThrough(NO_GATE, []));
}, taskKey);

export const loadTaskCost = batched<Context, Task, bigint>(async (context, tasks) => {
  const rows = await readTaskCosts(
    context.db,
    tasks.map((task) => gatedTask(context, task)),
  );
  return inOrderOf(tasks.map(taskKey), rows, ({ id }) => id).map((row) => row?.costMinor ?? 0n);
}, taskKey);

const NO_TIME: OwnTime = { rawSeconds: 0n, billedSeconds: 0n, billableSeconds: 0n };
const NO_GATE = { issuedOnly: false, draftsAreUninvoiced: false, billableOnly: false };

const gatedTask = ({ access }: Context, task: Task) => ({
  projectId: task.projectId,
  taskId: task.id,
  gate: gateOf(access.permit(task)!),
});

/** One statement for each way of splitting, and one for ranges of days, however many projects. */
async function bySplit<R extends { nth: number }>(
  keys: readonly SplitKey[],
  read: (by: SplitBy, own: SplitKey[]) => Promise<R[]>,
): Promise<R[][]> {
  const found = new Map<SplitKey, R[]>();
  const wayOf = (key: SplitKey) => `${key.by}/${isDated(key)}`;
  const readOne = async (own: SplitKey[]) => {
    const parts = perKey(own, await read(own[0].by, own));
    for (const [i, key] of own.entries()) found.set(key, parts[i]);
  };
  await Promise.all(groupedBy([...new Set(keys.map(wayOf))], keys, wayOf).map(readOne));
  return keys.map((key) => found.get(key)!);
}

/** Rows carry the number of the key that they answer, from 1. */
function perKey<R extends { nth: number }>(keys: readonly unknown[], rows: readonly R[]): R[][] {
  return groupedBy([...keys.keys()], rows, ({ nth }) => nth - 1);
}
