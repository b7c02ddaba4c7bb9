import type { Context } from '../../context';
import type { Project } from '../projects/project.entity';
import { BudgetBasis } from '../projects/project.enums';
import { changeProject } from '../projects/projects.service';
import type { SetProjectBudgetInput } from './budget.inputs';
import { budgetOf, costBudgetOf, newBudget } from './budget.logic';
import type { Budget, CostBudget } from './budget.types';
import { loadUsage } from './budgets.loaders';

/** The budget in hours or fees. Without one nothing is read. */
export async function readBudget(context: Context, project: Project): Promise<Budget | null> {
  if (project.budgetBasis === BudgetBasis.NONE) return null;
  return budgetOf(project, await loadUsage(context, project));
}

/** The cost budget. Without one nothing is read. */
export async function readCostBudget(context: Context, project: Project): Promise<CostBudget | null> {
  if (project.costBudgetMinor === null) return null;
  return costBudgetOf(project, (await loadUsage(context, project)).costMinor);
}

/** Sets the budget that the caller sees. Who may not know of costs is refused COST before anything is read. */
export async function setProjectBudget(context: Context, input: SetProjectBudgetInput): Promise<Project> {
  const { access } = context;
  return changeProject(context, input, (project) => {
    if (input.basis === BudgetBasis.COST) access.require('costBudget', project);
    return newBudget(project, input, access.may('costBudget', project));
  });
}
