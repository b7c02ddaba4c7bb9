import { Field, Float, ObjectType } from 'type-graphql';
import { Duration } from '../../platform/duration';
import { Money } from '../../platform/money';
import { BudgetBasis, BudgetPeriod } from '../projects/project.enums';

const USED_PERCENT =
  'How much of it is used, in percent with two decimals, cut off; beyond 100 when overspent, null without a total.';

const OF_MONTH = ' Of a monthly budget for the team alone: a cost by date would tell a client one person’s rate.';

@ObjectType({ simpleResolvers: true, description: 'Time or money, as the basis of a budget says.' })
export class BudgetQuantity {
  @Field(() => Duration, { nullable: true, description: 'Of a budget in HOURS.' })
  time: Duration | null;

  @Field(() => Money, { nullable: true, description: 'Of a budget in FEES.' })
  money: Money | null;
}

@ObjectType({
  simpleResolvers: true,
  description: 'A budget in hours or billable fees, and how far it is used (F-056).',
})
export class Budget {
  @Field(() => BudgetBasis, { description: 'What it is counted in: HOURS or FEES.' })
  basis: BudgetBasis;

  @Field(() => BudgetPeriod, { description: 'What it is for: the whole project, or each calendar month anew.' })
  period: BudgetPeriod;

  @Field(() => BudgetQuantity, { description: 'What was agreed on.' })
  total: BudgetQuantity;

  @Field(() => BudgetQuantity, { description: 'What is used so far, of the time that you may see.' })
  used: BudgetQuantity;

  @Field(() => BudgetQuantity, { description: 'What is left; negative when overspent.' })
  remaining: BudgetQuantity;

  @Field(() => Float, { nullable: true, description: USED_PERCENT })
  usedPercent: number | null;
}

@ObjectType({ simpleResolvers: true, description: 'A budget of internal costs, and how far it is used (F-046).' })
export class CostBudget {
  workspaceId: string;
  projectId: string;
  /** Of this month alone: a cost with a date is another secret than one without. */
  dated: boolean;

  @Field(() => BudgetPeriod, { description: 'What it is for: the whole project, or each calendar month anew.' })
  period: BudgetPeriod;

  @Field(() => Money, { description: 'What the work may cost.' })
  total: Money;

  @Field(() => Money, { nullable: true, description: `What it has cost so far.${OF_MONTH}` })
  used: Money | null;

  @Field(() => Money, { nullable: true, description: `What is left; negative when overspent.${OF_MONTH}` })
  remaining: Money | null;

  @Field(() => Float, { nullable: true, description: `${USED_PERCENT}${OF_MONTH}` })
  usedPercent: number | null;
}
