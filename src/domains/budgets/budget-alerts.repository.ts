import type { Tx } from '../../platform/database';
import type { Project } from '../projects/project.entity';

/** A budget, of all time or of what is issued, in its period. */
interface AlertKey {
  projectId: string;
  ofCosts: boolean;
  issuedOnly: boolean;
  period: string;
}

export type BudgetedProject = Pick<
  Project,
  | 'id'
  | 'workspaceId'
  | 'budgetBasis'
  | 'budgetSeconds'
  | 'budgetMinor'
  | 'budgetPeriod'
  | 'costBudgetMinor'
  | 'costBudgetPeriod'
> & { month: string };

/** Those of these projects that have a budget, with the month that it is there. */
export function findBudgeted(tx: Tx, projectIds: readonly string[], now: Date): Promise<BudgetedProject[]> {
  return tx.rows<BudgetedProject>(
    `select p.id, p.workspace_id, p.budget_basis, p.budget_seconds, p.budget_minor, p.budget_period, p.cost_budget_minor,
       p.cost_budget_period, to_char($2::timestamptz at time zone w.timezone, 'YYYY-MM') as month
     from project p join workspace w on w.id = p.workspace_id
     where p.id = any($1::text[]) and (p.budget_basis <> 'NONE' or p.cost_budget_minor is not null) order by p.id`,
    [projectIds, now],
  );
}

/** Forgets what was told of budgets that are others by now. */
export async function forgetAlertsOfOldBudgets(tx: Tx, projectIds: readonly string[]): Promise<void> {
  await tx.rows(
    `delete from budget_alert a using project p where p.id = a.project_id and p.id = any($1::text[])
       and (a.basis, a.total) is distinct from (
         case when a.of_costs then 'COST' else p.budget_basis end,
         case when a.of_costs then p.cost_budget_minor else coalesce(p.budget_seconds, p.budget_minor) end)`,
    [projectIds],
  );
}

interface NewAlert extends AlertKey {
  percents: readonly number[];
  basis: string;
  total: bigint;
  now: Date;
}

/** Notes what is told; false when all of it was told before. */
export async function noteAlert(tx: Tx, alert: NewAlert): Promise<boolean> {
  const { projectId, ofCosts, issuedOnly, period, percents, basis, total, now } = alert;
  const rows = await tx.rows(
    `insert into budget_alert (project_id, of_costs, issued_only, period, percent, basis, total, told_at)
     select $1, $2, $3, $4, percent, $6, $7, $8 from unnest($5::int[]) as t (percent)
     on conflict do nothing returning percent`,
    [projectId, ofCosts, issuedOnly, period, percents, basis, String(total), now],
  );
  return rows.length > 0;
}
