import type { Sql, Tx } from '../../platform/database';
import type { Invoice } from './invoice.entity';

type OverdueInvoice = Pick<Invoice, 'id' | 'workspaceId' | 'projectId'>;

const UNTOLD = `i.status in ('SENT', 'PARTIALLY_PAID') and i.overdue_told_at is null and i.total_minor > i.paid_minor`;

/** Where an invoice may be past its due date and was not told of: nowhere is it later than 14 hours ahead of UTC. */
export async function workspacesWithOverdue(db: Sql, now: Date): Promise<string[]> {
  const rows = await db.rows<{ workspaceId: string }>(
    `select distinct i.workspace_id from invoice i
     where ${UNTOLD} and i.due_date < ($1::timestamptz at time zone 'UTC' + interval '14 hours')::date`,
    [now],
  );
  return rows.map(({ workspaceId }) => workspaceId);
}

/** Takes the invoices of a workspace that are past their due date, by its calendar, and were not told of. */
export function takeOverdue(
  tx: Tx,
  { workspaceId, now, most }: { workspaceId: string; now: Date; most: number },
): Promise<OverdueInvoice[]> {
  return tx.rows<OverdueInvoice>(
    `update invoice t set overdue_told_at = $2 from (
       select i.id from invoice i join workspace w on w.id = i.workspace_id
       where w.id = $1 and ${UNTOLD} and i.due_date < ($2::timestamptz at time zone w.timezone)::date
       order by i.due_date, i.id limit $3 for update of i skip locked
     ) due where t.id = due.id
     returning t.id, t.workspace_id, t.project_id`,
    [workspaceId, now, most],
  );
}
