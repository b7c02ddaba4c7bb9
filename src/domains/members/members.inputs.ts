import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { DateTimeScalar } from '../../platform/scalars';
import { EXPECTED_VERSION } from '../../platform/versioned';
import { AccessWarning, PermissionKey } from '../grants/grant.enums';
import { PermissionsInput } from '../grants/grant.types';
import { ProjectMember } from './project-member.types';

@InputType({ description: 'Whose grant on which project.' })
export class MemberInput {
  @Field(() => ID, { description: 'The project.' })
  projectId: string;

  @Field(() => ID, { description: 'The person. Nobody changes their own grant.' })
  personId: string;

  @Field(() => Int, EXPECTED_VERSION)
  expectedVersion?: number | null;
}

@InputType({ description: 'What somebody on a project is to hold. What is left out stays as it is.' })
export class UpdateProjectPermissionsInput extends MemberInput {
  @Field(() => PermissionsInput, { nullable: true, description: 'The permissions to turn on or off.' })
  permissions?: PermissionsInput | null;

  @Field(() => String, {
    nullable: true,
    description: 'Why, 1–1,000 characters; needed to show a client internal costs. Null clears it.',
  })
  reason?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it begins to count; null: at once.' })
  startsAt?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it ends, exclusive, in the future; null: never.' })
  expiresAt?: Date | null;
}

@InputType({ description: 'Whom to take off which project.' })
export class RemoveFromProjectInput extends MemberInput {}

@InputType({ description: 'Whose access to set aside.' })
export class SuspendProjectAccessInput extends MemberInput {}

@InputType({ description: 'Whose access to give back.' })
export class ResumeProjectAccessInput extends MemberInput {}

@ObjectType({ simpleResolvers: true })
abstract class MemberPayload {
  @Field(() => ProjectMember, {
    nullable: true,
    description: 'The member as it is now; null where you may not see it.',
  })
  member: ProjectMember | null;

  @Field(() => [AccessWarning], { description: 'What should be looked at.' })
  warnings: AccessWarning[];
}

@ObjectType({ simpleResolvers: true, description: 'What somebody holds now.' })
export class UpdateProjectPermissionsPayload extends MemberPayload {
  @Field(() => [PermissionKey], {
    description:
      'Permissions that changed without being asked for: clientView with internalCosts or managesProject (F-047), and these with clientView.',
  })
  implied: PermissionKey[];
}

@ObjectType({ simpleResolvers: true, description: 'Access is set aside.' })
export class SuspendProjectAccessPayload extends MemberPayload {}

@ObjectType({ simpleResolvers: true, description: 'Access counts again.' })
export class ResumeProjectAccessPayload extends MemberPayload {}

@ObjectType({ simpleResolvers: true, description: 'Somebody is off a project.' })
export class RemoveFromProjectPayload {
  @Field(() => ID, { description: 'The member that was there.' })
  removedMemberId: string;

  @Field(() => [AccessWarning], { description: 'What should be looked at.' })
  warnings: AccessWarning[];
}
