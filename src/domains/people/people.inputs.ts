import { Field, ID, InputType, Int } from 'type-graphql';
import type { Role } from '../../access/permissions';
import { EXPECTED_VERSION } from '../../platform/versioned';
import { BusinessRole, PersonTypeEnum, RoleEnum } from './person.entity';

@InputType({ description: 'What changes of a person. What is not given stays; null clears.' })
export class UpdatePersonInput {
  @Field(() => ID, { description: 'Who.' })
  personId: string;

  @Field(() => String, { nullable: true, description: 'What they do, up to 120 characters.' })
  title?: string | null;

  @Field(() => String, { nullable: true, description: 'Address of their picture: http or https.' })
  avatarUrl?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Seconds a week they can work, 0–604800. Never of a client.',
  })
  weeklyCapacitySeconds?: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether clients see them where the setting `people` is CLIENT_FACING. For the team alone.',
  })
  clientFacing?: boolean | null;

  @Field(() => Int, EXPECTED_VERSION)
  expectedVersion?: number | null;
}

@InputType({ description: 'What a person may do in the whole workspace. What is not given stays.' })
export class ChangeRoleInput {
  @Field(() => ID, { description: 'Who; never oneself.' })
  personId: string;

  @Field(() => RoleEnum, { nullable: true, description: 'The role. Only owners make and unmake owners.' })
  role?: Role | null;

  @Field(() => [BusinessRole], { nullable: true, description: 'All their duties from now on; empty for none.' })
  businessRoles?: BusinessRole[] | null;

  @Field(() => Int, EXPECTED_VERSION)
  expectedVersion?: number | null;
}

@InputType({ description: 'What a person is to the workspace: employee or contractor.' })
export class ChangePersonTypeInput {
  @Field(() => ID, { description: 'Who.' })
  personId: string;

  @Field(() => PersonTypeEnum, { description: 'EMPLOYEE or CONTRACTOR; for CLIENT there is convertToClient.' })
  personType: PersonTypeEnum;

  @Field(() => Int, EXPECTED_VERSION)
  expectedVersion?: number | null;
}

@InputType({ description: 'Whose access to this workspace ends.' })
export class DeactivatePersonInput {
  @Field(() => ID, { description: 'Who; never oneself.' })
  personId: string;
}

@InputType({ description: 'Who may use this workspace again.' })
export class ReactivatePersonInput {
  @Field(() => ID, { description: 'Who.' })
  personId: string;
}
