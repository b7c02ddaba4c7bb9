import { emitAll, systemAt } from '../../events/outbox';
import type { Clock } from '../../platform/clock';
import type { Transactional } from '../../platform/database';
import { inPieces } from '../../platform/jobs';
import { takeOverdue } from './overdue.repository';

/** Tells that invoices are past their due date: once for each. */
export function tellOverdueInvoices(
  { database, clock }: { database: Transactional; clock: Clock },
  stopping: AbortSignal,
): Promise<void> {
  const now = clock.now();
  return inPieces(database, stopping, async (tx, most) => {
    const overdue = await takeOverdue(tx, now, most);
    const told = overdue.map((invoice) => ({ ...invoice, changed: ['Invoice.isOverdue'] }));
    await emitAll(tx, systemAt(now), 'invoice.overdue', told);
    return overdue.length;
  });
}
