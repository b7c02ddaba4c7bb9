import type { EventKind } from '../../events/event-types';
import { emit, systemAt } from '../../events/outbox';
import { readOn } from '../../events/reader';
import type { Clock } from '../../platform/clock';
import type { Transactional, Tx } from '../../platform/database';
import { percentOf } from '../../platform/money';
import { BudgetPeriod } from '../projects/project.enums';
import { type BudgetedProject, findBudgeted, forgetAlertsOfOldBudgets, noteAlert } from './budget-alerts.repository';
import { type BudgetUsage, readUsage } from './budgets.repository';

const THRESHOLDS = [80, 100];

/** What moves a budget, or what is used of it. */
const MOVING: EventKind[] = ['time.logged', 'time.updated', 'time.released', 'project.updated', 'invoice.voided'];

/**
 * Tells that a budget is used to 80 % or used up: once for each budget, and each month of a monthly one. It is looked at
 * when something happened on its project, so that nothing is added up in vain.
 */
export function tellBudgetThresholds(
  { database, clock }: { database: Transactional; clock: Clock },
  stopping: AbortSignal,
): Promise<void> {
  const read = (tx: Tx, events: readonly { projectId: string | null }[]) =>
    lookAt(tx, [...new Set(events.flatMap(({ projectId }) => projectId ?? []))], clock.now());
  return readOn(database, { name: 'budgets', kinds: MOVING, read }, stopping);
}

async function lookAt(tx: Tx, projectIds: readonly string[], now: Date): Promise<void> {
  await forgetAlertsOfOldBudgets(tx, projectIds);
  const projects = await findBudgeted(tx, projectIds, now);
  if (projects.length === 0) return;
  // Clients to whom hours are released with their invoice see another number than everybody else: they are told by theirs.
  for (const issuedOnly of [false, true]) {
    const keys = projects.map(({ id }) => ({ projectId: id, issuedOnly }));
    const used = new Map((await readUsage(tx, keys, now)).map((usage) => [usage.projectId, usage]));
    for (const project of projects) {
      for (const budget of budgetsOf(project, used.get(project.id)!))
        await tell(tx, { project, budget, issuedOnly, now });
    }
  }
}

interface BudgetInUse {
  basis: string;
  total: bigint;
  used: bigint;
  period: BudgetPeriod;
}

/** The budget in hours or fees and the cost budget, each where there is one. */
function budgetsOf(project: BudgetedProject, usage: BudgetUsage): BudgetInUse[] {
  const { budgetBasis: basis, budgetSeconds, budgetMinor, budgetPeriod, costBudgetMinor, costBudgetPeriod } = project;
  const total = budgetSeconds ?? budgetMinor;
  const used = budgetSeconds === null ? usage.billableAmountMinor : usage.billedSeconds;
  return [
    ...(total === null ? [] : [{ basis, total, used, period: budgetPeriod }]),
    ...(costBudgetMinor === null
      ? []
      : [{ basis: 'COST', total: costBudgetMinor, used: usage.costMinor, period: costBudgetPeriod! }]),
  ];
}

interface Telling {
  project: BudgetedProject;
  budget: BudgetInUse;
  issuedOnly: boolean;
  now: Date;
}

async function tell(tx: Tx, { project, budget, issuedOnly, now }: Telling): Promise<void> {
  const { id: projectId, workspaceId } = project;
  const { basis, total, used } = budget;
  const percent = percentOf(used, total) ?? 0;
  const percents = THRESHOLDS.filter((threshold) => percent >= threshold);
  if (percents.length === 0) return;
  const ofCosts = basis === 'COST';
  const monthly = budget.period === BudgetPeriod.MONTHLY;
  const period = monthly ? project.month : 'TOTAL';
  if (!(await noteAlert(tx, { projectId, ofCosts, issuedOnly, period, percents, basis, total, now }))) return;
  // What a cost budget has used is told to fewer people than that there is one (docs/decisions/009).
  const field = ofCosts ? (monthly ? 'CostBudget.used' : 'ProjectTotals.internalCost') : 'Project.budget';
  const timeRelease = issuedOnly ? 'WITH' : 'BEFORE';
  await emit(tx, systemAt(now), 'budget.threshold_reached', { workspaceId, projectId, changed: [field], timeRelease });
}
