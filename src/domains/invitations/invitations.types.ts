import { Field, ID, ObjectType } from 'type-graphql';
import { DateTimeScalar } from '../../platform/scalars';
import { SignedIn } from '../auth/auth.types';
import { AccessWarning, PermissionKey } from '../grants/grant.enums';
import { ProjectMember } from '../members/project-member.types';
import { Workspace } from '../workspaces/workspace.entity';
import { Invitation } from './invitation.entity';
import { InviteOutcome, SkipReason } from './invitation.enums';

@ObjectType({ simpleResolvers: true, description: 'What an invitation tells whoever holds its link: no project.' })
export class InvitationPreview {
  @Field({ description: 'Which workspace invites.' })
  workspaceName: string;

  @Field({ description: 'Who invites.' })
  inviterName: string;

  @Field(() => DateTimeScalar, { description: 'Until when the link works.' })
  expiresAt: Date;
}

@ObjectType({ simpleResolvers: true, description: 'What inviting somebody to a project came to.' })
export class InviteToProjectPayload {
  @Field(() => InviteOutcome, { description: 'Invited, merged, or assigned at once.' })
  outcome: InviteOutcome;

  @Field(() => Invitation, { nullable: true, description: 'The invitation; null for who was assigned at once.' })
  invitation: Invitation | null;

  @Field(() => ProjectMember, {
    nullable: true,
    description: 'The person on the project, pending or not; null where you may not see it.',
  })
  member: ProjectMember | null;

  @Field(() => [PermissionKey], {
    description:
      'Permissions that changed without being asked for: clientView with internalCosts or managesProject (F-047).',
  })
  implied: PermissionKey[];

  @Field(() => [AccessWarning], { description: 'What should be looked at.' })
  warnings: AccessWarning[];
}

@ObjectType({ simpleResolvers: true, description: 'What inviting somebody into the workspace came to.' })
export class InvitePersonPayload {
  @Field(() => InviteOutcome, { description: 'Invited, or pending already.' })
  outcome: InviteOutcome;

  @Field(() => Invitation, { nullable: true, description: 'The invitation.' })
  invitation: Invitation | null;

  @Field(() => [AccessWarning], { description: 'What should be looked at.' })
  warnings: AccessWarning[];
}

@ObjectType({ simpleResolvers: true, description: 'What the invitation will grant now.' })
export class UpdateInvitationPermissionsPayload {
  @Field(() => ProjectMember, { nullable: true, description: 'The pending member as it is now.' })
  member: ProjectMember | null;

  @Field(() => [PermissionKey], { description: 'Permissions that changed without being asked for (F-047).' })
  implied: PermissionKey[];
}

@ObjectType({ simpleResolvers: true, description: 'The invitation is on its way again; the old link is dead.' })
export class ResendInvitationPayload {
  @Field(() => Invitation, { nullable: true, description: 'The invitation as it is now.' })
  invitation: Invitation | null;
}

@ObjectType({ simpleResolvers: true, description: 'The invitation, or one project of it, is withdrawn.' })
export class RevokeInvitationPayload {
  @Field(() => ID, { description: 'The invitation.' })
  invitationId: string;

  @Field(() => [ID], { description: 'The pending members of projects that are gone with it.' })
  removedMemberIds: string[];

  @Field(() => Invitation, { nullable: true, description: 'As it is now; null where you may not see it any more.' })
  invitation: Invitation | null;
}

@ObjectType({ simpleResolvers: true, description: 'An assignment of an invitation that came to nothing.' })
class SkippedGrant {
  @Field(() => SkipReason, { description: 'Why.' })
  reason: SkipReason;
}

@ObjectType({ simpleResolvers: true, description: 'The person is in the workspace, and signed in.' })
export class AcceptInvitationPayload extends SignedIn {
  @Field(() => Workspace, { nullable: true, description: 'The workspace.' })
  workspace: Workspace | null;

  @Field(() => [SkippedGrant], {
    description: 'Assignments that came to nothing, one entry each; no project is named.',
  })
  skipped: SkippedGrant[];
}
