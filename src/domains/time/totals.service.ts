import type { Context } from '../../context';
import { after, days } from '../../platform/clock';
import { type DateRange, refuseInverted } from '../../platform/date-range';
import { toDuration } from '../../platform/duration';
import { badInput } from '../../platform/errors';
import { type Money, toMoney } from '../../platform/money';
import type { Project } from '../projects/project.entity';
import { todayIn } from '../workspaces/today';
import {
  loadCost,
  loadDays,
  loadNetInvoiced,
  loadOwnTime,
  loadSplit,
  loadSplitCosts,
  loadSums,
} from './totals.loaders';
import { billableAmountOf, marginOf, marginPercentOf, type Sums, uninvoicedAmountOf } from './totals.logic';
import type { SplitBy, SplitRow } from './totals.repository';
import type {
  DayTotals,
  MyTotals,
  PartOfTotals,
  PersonTotals,
  ProjectTotals,
  TaskTotals,
  TimeByDay,
} from './totals.types';

/** What is asked for, and nothing read yet: each number is read when the page has said that the viewer may see it. */
export function totalsOf(project: Project, range: DateRange): ProjectTotals {
  refuseInverted(range);
  const { workspaceId, projectId } = project;
  const from = range.from ?? null;
  const to = range.to ?? null;
  return { project, workspaceId, projectId, from, to, dated: from !== null || to !== null };
}

export async function billableAmount(context: Context, totals: ProjectTotals): Promise<bigint | null> {
  return billableAmountOf(feesOf(totals), await loadSums(context, totals));
}

export async function uninvoicedAmount(context: Context, totals: ProjectTotals): Promise<bigint | null> {
  const fees = feesOf(totals);
  const isFixed = fees.billing === 'FIXED_FEE' && !fees.dated;
  const [sums, invoiced] = await Promise.all([
    loadSums(context, totals),
    isFixed ? loadNetInvoiced(context, totals.projectId) : 0n,
  ]);
  return uninvoicedAmountOf(fees, sums, invoiced);
}

export async function margin(context: Context, totals: ProjectTotals): Promise<bigint | null> {
  const [amount, cost] = await Promise.all([billableAmount(context, totals), loadCost(context, totals)]);
  return marginOf(amount, cost);
}

export async function marginPercent(context: Context, totals: ProjectTotals): Promise<number | null> {
  const [amount, cost] = await Promise.all([billableAmount(context, totals), loadCost(context, totals)]);
  return marginPercentOf(amount, cost);
}

export async function totalsByTask(context: Context, totals: ProjectTotals): Promise<TaskTotals[]> {
  const rows = await loadSplit(context, { ...keyOf(totals), by: 'task' });
  return rows.map((row) => partOf(totals, row));
}

export async function totalsByPerson(context: Context, totals: ProjectTotals): Promise<PersonTotals[]> {
  const rows = await loadSplit(context, { ...keyOf(totals), by: 'person' });
  return rows.map((row) => partOf(totals, row));
}

export async function totalsByDay(context: Context, totals: ProjectTotals): Promise<DayTotals[]> {
  const rows = await loadSplit(context, { ...keyOf(totals), by: 'day' });
  return rows.map((row) => ({ ...partOf(totals, row), date: row.key! }));
}

/** What a part cost the company. */
export async function costOfPart(context: Context, { totals, key }: PartOfTotals, by: SplitBy): Promise<Money> {
  const costs = await loadSplitCosts(context, { ...keyOf(totals), by });
  return toMoney(costs.get(key) ?? 0n, totals.project.currency);
}

export async function myTotals(context: Context, project: Project, range: DateRange): Promise<MyTotals> {
  const own = await loadOwnTime(context, keyOf(totalsOf(project, range)));
  return {
    totalTime: toDuration(own.billedSeconds),
    billableTime: toDuration(own.billableSeconds),
    rawTime: toDuration(own.rawSeconds),
  };
}

/** Time by date (F-081): the last 30 days unless told, at most 366. */
export async function timeByDay(context: Context, project: Project, range: DateRange): Promise<TimeByDay[]> {
  const { workspaceId, projectId } = project;
  const to = range.to ?? todayIn(context, workspaceId);
  const from = range.from ?? daysBefore(to, DEFAULT_DAYS - 1);
  refuseInverted({ from, to });
  if (from < daysBefore(to, MOST_DAYS - 1)) {
    throw badInput('from', `At most ${MOST_DAYS} days at once.`, { max: MOST_DAYS });
  }
  const rows = await loadDays(context, { workspaceId, projectId, from, to });
  return rows.map(({ date, taskId, billableSeconds, billedSeconds }) => ({
    workspaceId,
    projectId,
    date,
    taskId,
    billableTime: toDuration(billableSeconds),
    totalTime: toDuration(billedSeconds),
  }));
}

const DEFAULT_DAYS = 30;
const MOST_DAYS = 366;

const keyOf = ({ workspaceId, projectId, from, to }: ProjectTotals) => ({ workspaceId, projectId, from, to });

const feesOf = ({ project: { billing, contractValueMinor }, dated }: ProjectTotals) => ({
  billing,
  contractValueMinor,
  dated,
});

function partOf(totals: ProjectTotals, row: SplitRow): PartOfTotals {
  const { workspaceId, projectId, project } = totals;
  return {
    workspaceId,
    projectId,
    totals,
    key: row.key,
    ...timesOf(row),
    billableAmount: toMoney(row.billableAmountMinor, project.currency),
    uninvoicedAmount: toMoney(row.uninvoicedMinor, project.currency),
  };
}

const timesOf = ({ billedSeconds, billableSeconds }: Sums) => ({
  totalTime: toDuration(billedSeconds),
  billableTime: toDuration(billableSeconds),
  nonBillableTime: toDuration(billedSeconds - billableSeconds),
});

const daysBefore = (date: string, n: number): string =>
  after(new Date(`${date}T00:00:00Z`), -days(n))
    .toISOString()
    .slice(0, 10);
