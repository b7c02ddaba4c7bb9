import { ProjectGrant } from '../domains/grants/project-grant.entity';
import { Project } from '../domains/projects/project.entity';
import { BudgetBasis, BudgetPeriod, RoundingMode } from '../domains/projects/project.enums';
import { Rate, RateKind, RateScope } from '../domains/rates/rate.entity';
import { Task, TaskStatus } from '../domains/tasks/task.entity';
import type { Tx } from '../platform/database';
import { type CastName, CLIENTS, castMember, castPermissions } from './cast';
import type { LoadedCast } from './load-cast';
import { COST_RATES, type DemoProject, PROJECTS } from './world';

export interface Today {
  now: Date;
  /** The calendar date so many days from today; negative for the past. */
  day(offset: number): string;
}

/** The projects with their people, tasks and rates, as if they had been there from the day they began. */
export async function loadProjects(tx: Tx, cast: LoadedCast, today: Today): Promise<void> {
  await tx.insert(Rate, costRates(cast, today));
  for (const project of PROJECTS) {
    await tx.insert(Project, projectRow(project, cast, today));
    await tx.insert(ProjectGrant, grants(project, cast, today));
    await tx.insert(Task, tasks(project, cast, today));
    await tx.insert(Rate, billRates(project, cast, today));
  }
}

export const projectId = (cast: LoadedCast, project: DemoProject): string => cast.id('Project', project.key);
export const taskId = (cast: LoadedCast, project: DemoProject, title: string): string =>
  cast.id('Task', `${project.key}/${title}`);
export const minor = (amount: number): bigint => BigInt(Math.round(amount * 100));

function projectRow(project: DemoProject, cast: LoadedCast, { now, day }: Today): Partial<Project> {
  const { rounding } = project;
  return {
    id: projectId(cast, project),
    workspaceId: cast.workspaceId,
    clientOrganisationId: cast.clients[project.client],
    name: project.name,
    code: project.code,
    status: project.status,
    startDate: day(-project.began),
    endDate: day(project.ended === undefined ? 90 : -project.ended),
    description: project.description,
    internalDescription: project.internalDescription,
    currency: CLIENTS[project.client].currency,
    billing: project.billing,
    contractValueMinor: project.contractValue === undefined ? null : minor(project.contractValue),
    ...budgetColumns(project),
    roundingMode: rounding?.mode ?? RoundingMode.NONE,
    roundingMinutes: rounding?.minutes ?? 1,
    preset: project.preset,
    visibility: {},
    version: 1,
    createdAt: now,
    updatedAt: now,
  };
}

function budgetColumns({ budget, costBudget }: DemoProject): Partial<Project> {
  return {
    budgetBasis: budget?.basis ?? BudgetBasis.NONE,
    budgetSeconds: budget?.hours === undefined ? null : BigInt(budget.hours * 3600),
    budgetMinor: budget?.amount === undefined ? null : minor(budget.amount),
    budgetPeriod: budget?.period ?? BudgetPeriod.TOTAL,
    costBudgetMinor: costBudget === undefined ? null : minor(costBudget),
    costBudgetPeriod: costBudget === undefined ? null : BudgetPeriod.TOTAL,
  };
}

function grants(project: DemoProject, cast: LoadedCast, { now }: Today): Partial<ProjectGrant>[] {
  return Object.entries(castPermissions(project.client)).map(([name, permissions]) => ({
    id: cast.id('ProjectGrant', `${project.key}/${name}`),
    workspaceId: cast.workspaceId,
    projectId: projectId(cast, project),
    membershipId: cast.people[name as CastName],
    ...permissions,
    status: 'ACTIVE' as const,
    startsAt: null,
    expiresAt: null,
    grantedBy: cast.people.ada,
    reason: castMember(name as CastName).reason ?? null,
    epoch: 1,
    version: 1,
    createdAt: now,
    updatedAt: now,
  }));
}

function tasks(project: DemoProject, cast: LoadedCast, { now, day }: Today): Partial<Task>[] {
  return project.tasks.map((task, position) => ({
    id: taskId(cast, project, task.title),
    workspaceId: cast.workspaceId,
    projectId: projectId(cast, project),
    title: task.title,
    description: null,
    internalNotes: task.internal ? 'Not to be shown before it is clear who pays.' : null,
    status: TaskStatus[task.status],
    assigneeId: task.assignee ? cast.people[task.assignee] : null,
    dueDate: task.dueInDays === undefined ? null : day(task.dueInDays),
    estimateSeconds: task.estimateHours === undefined ? null : task.estimateHours * 3600,
    billable: task.billable ?? true,
    clientVisible: !task.internal,
    position,
    version: 1,
    createdAt: now,
    updatedAt: now,
  }));
}

function costRates(cast: LoadedCast, today: Today): Partial<Rate>[] {
  return Object.entries(COST_RATES).map(([name, amount]) => ({
    ...rate(cast, today, { key: `cost/${name}`, amount, currency: 'EUR' }),
    scope: RateScope.PERSON,
    kind: RateKind.COST,
    ofPersonId: cast.people[name as CastName],
  }));
}

function billRates(project: DemoProject, cast: LoadedCast, today: Today): Partial<Rate>[] {
  if (project.billRate === undefined) return [];
  const currency = CLIENTS[project.client].currency;
  return [
    {
      ...rate(cast, today, { key: `bill/${project.key}`, amount: project.billRate, currency }),
      scope: RateScope.PROJECT,
      kind: RateKind.BILL,
      ofProjectId: projectId(cast, project),
    },
  ];
}

function rate(
  cast: LoadedCast,
  { now, day }: Today,
  of: { key: string; amount: number; currency: string },
): Partial<Rate> {
  return {
    id: cast.id('Rate', of.key),
    workspaceId: cast.workspaceId,
    minorPerHour: minor(of.amount),
    currency: of.currency,
    validFrom: day(-365),
    createdAt: now,
    updatedAt: now,
  };
}
