import { Arg, Ctx, FieldResolver, Mutation, Resolver } from 'type-graphql';
import type { Context } from '../../context';
import { Parent } from '../../platform/parent';
import { Project } from '../projects/project.entity';
import { SetProjectBudgetInput, SetProjectBudgetPayload } from './budget.inputs';
import { Budget, CostBudget } from './budget.types';
import { readBudget, readCostBudget, setProjectBudget } from './budgets.service';

@Resolver(() => Project)
export class BudgetsResolver {
  @FieldResolver(() => Budget, {
    nullable: true,
    description: 'The budget in hours or billable fees, and how far it is used; null without one (F-056).',
  })
  budget(@Parent() project: Project, @Ctx() context: Context): Promise<Budget | null> {
    return readBudget(context, project);
  }

  @FieldResolver(() => CostBudget, {
    nullable: true,
    description:
      'The budget of internal costs, and how far it is used; null without one. For those who see costs (F-059).',
  })
  costBudget(@Parent() project: Project, @Ctx() context: Context): Promise<CostBudget | null> {
    return readCostBudget(context, project);
  }

  @Mutation(() => SetProjectBudgetPayload, {
    description: 'Sets the budget of a project, or takes it away. For those who manage it.',
  })
  async setProjectBudget(
    @Arg('input', () => SetProjectBudgetInput, { description: 'Which project, and what it may use.' })
    input: SetProjectBudgetInput,
    @Ctx() context: Context,
  ): Promise<SetProjectBudgetPayload> {
    return { project: await setProjectBudget(context, input) };
  }
}
