import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { CalendarDateScalar, CurrencyCodeScalar, DecimalScalar } from '../../platform/scalars';
import { Rate, RateKind, RateScope } from './rate.entity';

@InputType({ description: 'Which rates. Everything given must fit.' })
export class RateFilter {
  @Field(() => RateKind, { nullable: true, description: 'Of this kind.' })
  kind?: RateKind | null;

  @Field(() => RateScope, { nullable: true, description: 'Of this scope.' })
  scope?: RateScope | null;

  @Field(() => ID, { nullable: true, description: 'Of this project: its own, its people’s and its tasks’.' })
  projectId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of this person, on one project or on all.' })
  personId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of this client organisation.' })
  clientOrganisationId?: string | null;
}

@InputType({ description: 'A price of an hour. Give the ids that the scope names and no others.' })
export class SetRateInput {
  @Field(() => RateScope, { description: 'What it is for.' })
  scope: RateScope;

  @Field(() => RateKind, { description: 'What the client pays, or what the company bears.' })
  kind: RateKind;

  @Field(() => ID, { nullable: true, description: 'For PROJECT and PROJECT_PERSON.' })
  projectId?: string | null;

  @Field(() => ID, { nullable: true, description: 'For PERSON and PROJECT_PERSON; never a client.' })
  personId?: string | null;

  @Field(() => ID, { nullable: true, description: 'For TASK.' })
  taskId?: string | null;

  @Field(() => ID, { nullable: true, description: 'For CLIENT.' })
  clientOrganisationId?: string | null;

  @Field(() => DecimalScalar, { description: 'For one hour, 0 or more: `"95.00"`.' })
  amount: string;

  @Field(() => CurrencyCodeScalar, {
    nullable: true,
    description:
      'The project’s for TASK, PROJECT and PROJECT_PERSON: another is a `CURRENCY_MISMATCH`. For CLIENT and PERSON the client’s or the workspace’s unless told; it counts on projects of the same currency.',
  })
  currencyCode?: string | null;

  @Field(() => CalendarDateScalar, { nullable: true, description: 'The first day it counts for; today unless told.' })
  validFrom?: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'What `setRate` set.' })
export class SetRatePayload {
  @Field({ description: 'The rate; one that was set before for the same thing and day has its amount changed.' })
  rate: Rate;
}

@InputType({ description: 'A rate to take away.' })
export class RemoveRateInput {
  @Field(() => ID, { description: 'Which rate.' })
  rateId: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `removeRate` took away.' })
export class RemoveRatePayload {
  @Field(() => ID, { description: 'The id that the rate had. Time that is logged already keeps its amounts.' })
  removedRateId: string;
}
