import type { Tx } from '../../platform/database';
import type { Invoice } from './invoice.entity';

export type OverdueInvoice = Pick<Invoice, 'id' | 'workspaceId' | 'projectId'>;

/** Takes the invoices that are past their due date, by the calendar of their workspace, and were not told of. */
export function takeOverdue(tx: Tx, now: Date, most: number): Promise<OverdueInvoice[]> {
  return tx.rows<OverdueInvoice>(
    `update invoice t set overdue_told_at = $1 from (
       select i.id from invoice i join workspace w on w.id = i.workspace_id
       where i.status in ('SENT', 'PARTIALLY_PAID') and i.overdue_told_at is null and i.total_minor > i.paid_minor
         and i.due_date < ($1::timestamptz at time zone w.timezone)::date
       order by i.due_date, i.id limit $2 for update of i skip locked
     ) due where t.id = due.id
     returning t.id, t.workspace_id, t.project_id`,
    [now, most],
  );
}
