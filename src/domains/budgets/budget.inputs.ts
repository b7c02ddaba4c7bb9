import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { DecimalScalar } from '../../platform/scalars';
import { EXPECTED_VERSION } from '../../platform/versioned';
import { Project } from '../projects/project.entity';
import { BudgetBasis, BudgetPeriod } from '../projects/project.enums';

@InputType({ description: 'A project’s budget. It takes the place of the one that you see.' })
export class SetProjectBudgetInput {
  @Field(() => ID, { description: 'Which project.' })
  projectId: string;

  @Field(() => BudgetBasis, {
    description: 'What it is counted in; NONE for no budget. COST is for those alone who see costs: else `FORBIDDEN`.',
  })
  basis: BudgetBasis;

  @Field(() => DecimalScalar, { nullable: true, description: 'For HOURS: how many, with up to two decimals.' })
  hours?: string | null;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'For FEES and COST: how much, in the project’s currency.',
  })
  amount?: string | null;

  @Field(() => BudgetPeriod, {
    defaultValue: BudgetPeriod.TOTAL,
    description: 'For the whole project, or for each calendar month anew.',
  })
  period: BudgetPeriod;

  @Field(() => Int, EXPECTED_VERSION)
  expectedVersion?: number | null;
}

@ObjectType({ simpleResolvers: true, description: 'What `setProjectBudget` changed.' })
export class SetProjectBudgetPayload {
  @Field({ description: 'The project.' })
  project: Project;
}
