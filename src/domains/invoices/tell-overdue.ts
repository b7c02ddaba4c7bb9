import { emit, systemAt } from '../../events/outbox';
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
    for (const invoice of overdue) {
      await emit(tx, systemAt(now), 'invoice.overdue', { ...invoice, changed: ['Invoice.isOverdue'] });
    }
    return overdue.length;
  });
}
