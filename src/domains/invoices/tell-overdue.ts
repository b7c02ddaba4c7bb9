import { emitAll, systemAt } from '../../events/outbox';
import type { Clock } from '../../platform/clock';
import type { Transactional } from '../../platform/database';
import { inEach, inPieces } from '../../platform/jobs';
import { takeOverdue, workspacesWithOverdue } from './overdue.repository';

/** Tells that invoices are past their due date: once for each. */
export async function tellOverdueInvoices(
  { database, clock }: { database: Transactional; clock: Clock },
  stopping: AbortSignal,
): Promise<void> {
  const now = clock.now();
  await inEach(await workspacesWithOverdue(database, now), stopping, (workspaceId) =>
    inPieces(database, stopping, async (tx, most) => {
      const overdue = await takeOverdue(tx, { workspaceId, now, most });
      const told = overdue.map((invoice) => ({ ...invoice, changed: ['Invoice.isOverdue'] }));
      await emitAll(tx, systemAt(now), 'invoice.overdue', told);
      return overdue.length;
    }),
  );
}
