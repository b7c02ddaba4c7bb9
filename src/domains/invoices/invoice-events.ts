import { type Doer, emit } from '../../events/outbox';
import type { Tx } from '../../platform/database';
import type { Invoice } from './invoice.entity';
import type { InvoiceLine } from './invoice-line.entity';

type Of = Pick<Invoice, 'id' | 'workspaceId' | 'projectId'>;

/** Drafts are for those who bill: nobody else is told that there is one, nor that there was once it is sent. */
export const emitDraft = (tx: Tx, by: Doer, { id, workspaceId, projectId }: Of): Promise<void> =>
  emit(tx, by, 'invoice.updated', { id, workspaceId, projectId, changed: ['Invoice.version'] });

export const emitDraftGone = (tx: Tx, by: Doer, { workspaceId, projectId }: Of): Promise<void> =>
  emit(tx, by, 'project.updated', { workspaceId, projectId, changed: ['InvoiceLine.fromTime'] });

/** An invoice was issued: where hours are released by invoices, they are seen with it. */
export async function emitSent(tx: Tx, by: Doer, invoice: Of, lines: readonly InvoiceLine[]): Promise<void> {
  const { id, workspaceId, projectId } = invoice;
  await emit(tx, by, 'invoice.sent', { id, workspaceId, projectId, changed: ['Invoice.id', ...MONEY] });
  if (!lines.some((line) => line.fromTime)) return;
  await emit(tx, by, 'time.released', { workspaceId, projectId, changed: HOURS, timeRelease: 'WITH' });
}

/** An invoice was withdrawn, and the hours on it with it. */
export async function emitVoided(tx: Tx, by: Doer, invoice: Of, lines: readonly InvoiceLine[]): Promise<void> {
  const { id, workspaceId, projectId } = invoice;
  await emit(tx, by, 'invoice.voided', { id, workspaceId, projectId, changed: ['Invoice.status', ...MONEY] });
  if (!lines.some((line) => line.fromTime)) return;
  await emit(tx, by, 'project.updated', { workspaceId, projectId, changed: HOURS, timeRelease: 'WITH' });
}

/** A payment moves the invoice that it is for: whoever sees that sees what is left of it. */
export async function emitPayment(
  tx: Tx,
  by: Doer,
  kind: 'payment.received' | 'payment.withdrawn',
  { id, workspaceId, projectId, isPaid }: Of & { isPaid: boolean },
): Promise<void> {
  const what = { id, workspaceId, projectId, changed: ['Invoice.balance', 'Project.financials'] };
  await emit(tx, by, kind, what);
  if (isPaid) await emit(tx, by, 'invoice.paid', { ...what, changed: ['Invoice.status'] });
}

const MONEY = ['Project.financials', 'ProjectTotals.uninvoicedAmount'];
const HOURS = [
  'ProjectTotals.totalTime',
  'ProjectTotals.billableTime',
  'ProjectTotals.billableAmount',
  'ProjectTotals.internalCost',
];
