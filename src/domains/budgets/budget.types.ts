import { Field, Float, ObjectType } from 'type-graphql';
import { Duration } from '../../platform/duration';
import { Money } from '../../platform/money';
import { BudgetBasis, BudgetPeriod } from '../projects/project.enums';

const USED_PERCENT =
  'How much of it is used, in percent with two decimals, cut off; beyond 100 when overspent, null without a total.';

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
  @Field(() => BudgetPeriod, { description: 'What it is for: the whole project, or each calendar month anew.' })
  period: BudgetPeriod;

  @Field(() => Money, { description: 'What the work may cost.' })
  total: Money;

  @Field(() => Money, { description: 'What it has cost so far.' })
  used: Money;

  @Field(() => Money, { description: 'What is left; negative when overspent.' })
  remaining: Money;

  @Field(() => Float, { nullable: true, description: USED_PERCENT })
  usedPercent: number | null;
}
