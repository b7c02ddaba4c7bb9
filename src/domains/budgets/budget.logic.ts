import { toDuration } from '../../platform/duration';
import { badInput } from '../../platform/errors';
import { minorOf, percentOf, toMoney } from '../../platform/money';
import type { Project } from '../projects/project.entity';
import { BudgetBasis, BudgetPeriod } from '../projects/project.enums';
import type { SetProjectBudgetInput } from './budget.inputs';
import type { Budget, BudgetQuantity, CostBudget } from './budget.types';

/** What was used in a budget's period, of the time that the viewer may see. */
export interface Usage {
  billedSeconds: bigint;
  billableAmountMinor: bigint;
}

/** The budget in hours or fees; null where there is none. */
export function budgetOf(project: Project, used: Usage): Budget | null {
  const { budgetBasis: basis, budgetPeriod: period, currency } = project;
  if (basis === BudgetBasis.NONE) return null;
  const inHours = basis === BudgetBasis.HOURS;
  const quantity = (units: bigint): BudgetQuantity =>
    inHours ? { time: toDuration(units), money: null } : { time: null, money: toMoney(units, currency) };
  const total = inHours ? project.budgetSeconds! : project.budgetMinor!;
  return { basis, period, ...progress(total, inHours ? used.billedSeconds : used.billableAmountMinor, quantity) };
}

/** The cost budget; null where there is none. */
export function costBudgetOf(project: Project, usedMinor: bigint): CostBudget | null {
  const { workspaceId, projectId, costBudgetMinor: total, costBudgetPeriod: period, currency } = project;
  if (total === null || period === null) return null;
  const dated = period === BudgetPeriod.MONTHLY;
  return { workspaceId, projectId, dated, period, ...progress(total, usedMinor, (minor) => toMoney(minor, currency)) };
}

function progress<Q>(total: bigint, used: bigint, quantity: (units: bigint) => Q) {
  return {
    total: quantity(total),
    used: quantity(used),
    remaining: quantity(total - used),
    usedPercent: percentOf(used, total),
  };
}

type BudgetColumns = Pick<Project, 'budgetBasis' | 'budgetSeconds' | 'budgetMinor' | 'budgetPeriod'>;
type CostBudgetColumns = Pick<Project, 'costBudgetMinor' | 'costBudgetPeriod'>;

const NO_BUDGET: BudgetColumns = {
  budgetBasis: BudgetBasis.NONE,
  budgetSeconds: null,
  budgetMinor: null,
  budgetPeriod: BudgetPeriod.TOTAL,
};
const NO_COST_BUDGET: CostBudgetColumns = { costBudgetMinor: null, costBudgetPeriod: null };

/**
 * What setting a budget writes. It replaces the budget that the caller sees: who sees costs replaces the cost budget
 * too, for everybody else it is not there, and so it stays as it is (no refusal may tell of it).
 */
export function newBudget(
  { currency }: Project,
  input: SetProjectBudgetInput,
  seesCosts: boolean,
): Partial<BudgetColumns & CostBudgetColumns> {
  const { basis, period } = input;
  refuseOtherUnit(input);
  if (basis === BudgetBasis.COST) {
    return { ...NO_BUDGET, costBudgetMinor: amountMinor(input, currency), costBudgetPeriod: period };
  }
  const costBudget = seesCosts ? NO_COST_BUDGET : {};
  if (basis === BudgetBasis.NONE) return { ...NO_BUDGET, ...costBudget };
  const number =
    basis === BudgetBasis.HOURS
      ? { budgetSeconds: secondsOf(input), budgetMinor: null }
      : { budgetSeconds: null, budgetMinor: amountMinor(input, currency) };
  return { budgetBasis: basis, budgetPeriod: period, ...number, ...costBudget };
}

function refuseOtherUnit({ basis, hours, amount }: SetProjectBudgetInput): void {
  const takesHours = basis === BudgetBasis.HOURS;
  const takesAmount = basis === BudgetBasis.FEES || basis === BudgetBasis.COST;
  if (hours != null && !takesHours) throw badInput('hours', `A budget by ${basis} takes no hours.`);
  if (amount != null && !takesAmount) throw badInput('amount', `A budget by ${basis} takes no amount.`);
}

function amountMinor({ amount }: SetProjectBudgetInput, currency: string): bigint {
  if (amount == null) throw badInput('amount', 'Say how much: this budget is counted in money.');
  const minor = minorOf(amount, currency, 'amount');
  if (minor < 0n) throw badInput('amount', 'A budget is zero or more.');
  return minor;
}

/** Hundredths of an hour are whole seconds. */
function secondsOf({ hours }: SetProjectBudgetInput): bigint {
  if (hours == null) throw badInput('hours', 'Say how many: this budget is counted in hours.');
  const match = /^(\d{1,7})(?:\.(\d{1,2})0*)?$/.exec(hours);
  if (!match) throw badInput('hours', 'Hours are zero or more, below ten million, with at most two decimals.');
  return BigInt(match[1]) * 3600n + BigInt((match[2] ?? '').padEnd(2, '0')) * 36n;
}
