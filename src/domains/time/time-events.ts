import { changedFields, type FieldNames } from '../../events/changed-fields';
import { type Doer, emit } from '../../events/outbox';
import type { Tx } from '../../platform/database';
import type { TimeEntry } from './time-entry.entity';

type Counted = Pick<TimeEntry, 'billable' | 'billableAmountMinor' | 'costAmountMinor'>;
type Entry = Counted & Pick<TimeEntry, 'id' | 'workspaceId' | 'projectId' | 'personId'>;

export const emitLogged = (tx: Tx, by: Doer, entry: Entry): Promise<void> =>
  emit(tx, by, 'time.logged', { ...ofEntry(entry), changed: ['TimeEntry.id', ...totalsMovedBy(entry)] });

/** Taken off its project: its numbers go down, and whoever worked finds it gone. */
export const emitGone = (tx: Tx, by: Doer, { workspaceId, projectId, personId, ...entry }: Entry): Promise<void> =>
  emit(tx, by, 'project.updated', {
    workspaceId,
    projectId,
    personId,
    changed: totalsMovedBy(entry),
    timeRelease: 'BEFORE',
  });

export async function emitCorrected(tx: Tx, by: Doer, before: TimeEntry, after: TimeEntry): Promise<void> {
  // Whose it was sees it no more, or never did whose it is.
  if (before.projectId !== after.projectId || before.personId !== after.personId) {
    await emitGone(tx, by, before);
    return emitLogged(tx, by, after);
  }
  const own = changedFields('TimeEntry', before, after, FIELDS);
  const isMoved = own.some((field) => COUNTED.has(field));
  const totals = isMoved ? new Set([...totalsMovedBy(before), ...totalsMovedBy(after)]) : [];
  await emit(tx, by, 'time.updated', { ...ofEntry(after), changed: [...own, ...totals] });
}

const ofEntry = ({ id, workspaceId, projectId }: Entry) => ({
  id,
  workspaceId,
  projectId,
  timeRelease: 'BEFORE' as const,
});

/** The numbers of the project that an entry is part of: who sees none of them is not told that there is one. */
function totalsMovedBy({ billable, billableAmountMinor, costAmountMinor }: Counted): string[] {
  return [
    'ProjectTotals.totalTime',
    billable ? 'ProjectTotals.billableTime' : 'ProjectTotals.nonBillableTime',
    ...(billableAmountMinor === 0n ? [] : ['ProjectTotals.billableAmount']),
    ...(costAmountMinor === 0n ? [] : ['ProjectTotals.internalCost']),
  ];
}

const FIELDS: FieldNames<TimeEntry> = {
  taskId: 'task',
  personId: 'person',
  rawSeconds: 'rawTime',
  billedSeconds: 'time',
  billRateMinor: 'billRate',
  costRateMinor: 'costRate',
  billableAmountMinor: 'billableAmount',
  costAmountMinor: 'costAmount',
  invoiceState: 'invoiced',
  invoiceLineId: 'invoiced',
  currency: [],
};

/** What totals are made of. */
const COUNTED = new Set(
  ['date', 'time', 'billable', 'billableAmount', 'costAmount', 'task'].map((f) => `TimeEntry.${f}`),
);
