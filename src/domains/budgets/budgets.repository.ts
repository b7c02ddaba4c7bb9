import type { Sql } from '../../platform/database';
import type { Usage } from './budget.logic';

/** One project, and whether only time on issued invoices counts for the viewer. */
interface UsageKey {
  projectId: string;
  issuedOnly: boolean;
}

export interface BudgetUsage extends Usage {
  costMinor: bigint;
}

/**
 * What each project used of its budgets, from the rollups: of the whole project, or of this calendar month where the
 * budget says so. Today is today in the workspace's time zone.
 */
export function readUsage(
  db: Sql,
  keys: readonly UsageKey[],
  now: Date,
): Promise<(BudgetUsage & { projectId: string })[]> {
  return db.rows(
    `select k.project_id,
       coalesce(sum(x.billed_seconds) filter (where x.period = p.budget_period), 0)::bigint as billed_seconds,
       coalesce(sum(x.billable_amount_minor) filter (where x.period = p.budget_period), 0)::bigint as billable_amount_minor,
       coalesce(sum(x.cost_amount_minor) filter (where x.period = p.cost_budget_period), 0)::bigint as cost_minor
     from unnest($1::text[], $2::boolean[]) as k (project_id, issued_only)
     join project p on p.id = k.project_id
     join workspace w on w.id = p.workspace_id
     cross join lateral (select date_trunc('month', $3::timestamptz at time zone w.timezone)::date as month) as now
     left join lateral (
       select 'TOTAL' as period, t.billed_seconds, t.billable_amount_minor, t.cost_amount_minor from project_total t
       where t.project_id = p.id and 'TOTAL' in (p.budget_period, p.cost_budget_period)
         and (t.invoice_state = 'ISSUED' or not k.issued_only)
       union all
       select 'MONTHLY', d.billed_seconds, d.billable_amount_minor, d.cost_amount_minor from project_day d
       where d.project_id = p.id and 'MONTHLY' in (p.budget_period, p.cost_budget_period)
         and d.date >= now.month and d.date < now.month + interval '1 month'
         and (d.invoice_state = 'ISSUED' or not k.issued_only)
     ) x on true
     group by k.project_id`,
    [keys.map((key) => key.projectId), keys.map((key) => key.issuedOnly), now],
  );
}
