import type { Sql } from '../../platform/database';

/** Of issued invoices that are not void, gross. */
export interface Financials {
  invoicedMinor: bigint;
  paidMinor: bigint;
}

/** All invoices of a project are in its currency, so these sums are of one currency each. */
export function readFinancials(
  db: Sql,
  projectIds: readonly string[],
): Promise<(Financials & { projectId: string })[]> {
  return db.rows(
    `select project_id, sum(total_minor)::bigint as invoiced_minor, sum(paid_minor)::bigint as paid_minor
     from invoice where project_id = any($1::text[]) and status in ('SENT', 'PARTIALLY_PAID', 'PAID') group by project_id`,
    [projectIds],
  );
}
