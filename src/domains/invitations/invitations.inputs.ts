import { Field, ID, InputType, Int } from 'type-graphql';
import { DateTimeScalar } from '../../platform/scalars';
import { EXPECTED_VERSION } from '../../platform/versioned';
import { PermissionsInput } from '../grants/grant.types';
import { PersonTypeEnum } from '../people/person.entity';

@InputType({ description: 'What an invited person will hold on a project.' })
class TermsInput {
  @Field(() => PermissionsInput, {
    nullable: true,
    description: 'Permissions that differ from what a new person starts with, or from what they hold already.',
  })
  permissions?: PermissionsInput | null;

  @Field(() => String, {
    nullable: true,
    description: 'Why, 1–1,000 characters; needed to show a client internal costs.',
  })
  reason?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When the access begins; at once without it.' })
  startsAt?: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the access ends, exclusive, in the future; never without it. The link has its own 168 hours.',
  })
  expiresAt?: Date | null;
}

@InputType({ description: 'Whom to invite to which project, and what they will hold there (F-025).' })
export class InviteToProjectInput extends TermsInput {
  @Field(() => ID, { description: 'The project.' })
  projectId: string;

  @Field({ description: 'What the person is called, 1–120 characters. Whoever has an account keeps its name.' })
  name: string;

  @Field({ description: 'Their work e-mail.' })
  email: string;

  @Field(() => PersonTypeEnum, { description: 'What they will be. Whoever is in the workspace stays what they are.' })
  personType: PersonTypeEnum;
}

@InputType({ description: 'Whom to invite into the workspace, without any project (F-026).' })
export class InvitePersonInput {
  @Field(() => ID, { description: 'The workspace.' })
  workspaceId: string;

  @Field({ description: 'What the person is called, 1–120 characters. Whoever has an account keeps its name.' })
  name: string;

  @Field({ description: 'Their work e-mail.' })
  email: string;

  @Field(() => PersonTypeEnum, { description: 'What they will be.' })
  personType: PersonTypeEnum;

  @Field(() => ID, {
    nullable: true,
    description: 'Of a client: whose contact they become, and required (F-021). Of nobody else.',
  })
  clientOrganisationId?: string | null;
}

@InputType({ description: 'What a pending invitation is to grant on one of its projects. What is left out stays.' })
export class UpdateInvitationPermissionsInput extends TermsInput {
  @Field(() => ID, { description: 'The invitation.' })
  invitationId: string;

  @Field(() => ID, { description: 'The project.' })
  projectId: string;

  @Field(() => Int, EXPECTED_VERSION)
  expectedVersion?: number | null;
}

@InputType({ description: 'Which invitation to send again.' })
export class ResendInvitationInput {
  @Field(() => ID, { description: 'The invitation: pending or expired.' })
  invitationId: string;
}

@InputType({ description: 'Which invitation to withdraw.' })
export class RevokeInvitationInput {
  @Field(() => ID, { description: 'The invitation: pending or expired.' })
  invitationId: string;

  @Field(() => ID, {
    nullable: true,
    description: 'Withdraw this project alone; the invitation itself stays.',
  })
  projectId?: string | null;
}

@InputType({ description: 'The link, and who follows it.' })
export class AcceptInvitationInput {
  @Field({ description: 'The token of the link in the mail.' })
  token: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The name that others will see, 1–120 characters; the one in the invitation without it. Whoever has an account keeps its name.',
  })
  displayName?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The password to sign in with from now on, 10–200 characters. Whoever has an account already gives its ' +
      'password, or sends the request signed in.',
  })
  password?: string | null;
}
