import { Arg, ArgsType, Ctx, Field, FieldResolver, Mutation, Query, Resolver } from 'type-graphql';
import type { Context } from '../../context';
import { tokenHash } from '../../platform/ids';
import { type Connection, connectionOf, Page, PageArgs } from '../../platform/paging';
import { Parent } from '../../platform/parent';
import { ClientOrganisation } from '../clients/client-organisation.entity';
import { loadOrganisation } from '../clients/clients.loaders';
import { loadInvited } from '../members/members.loaders';
import { ProjectMember } from '../members/project-member.types';
import { loadPerson } from '../people/people.loaders';
import { Person } from '../people/person.entity';
import { Workspace } from '../workspaces/workspace.entity';
import { acceptInvitation } from './accept-invitation';
import { Invitation } from './invitation.entity';
import { InvitationStatus } from './invitation.enums';
import {
  AcceptInvitationInput,
  InvitePersonInput,
  InviteToProjectInput,
  ResendInvitationInput,
  RevokeInvitationInput,
  UpdateInvitationPermissionsInput,
} from './invitations.inputs';
import { loadInvitation, loadInvitationsOf } from './invitations.loaders';
import { findOpenInvitation } from './invitations.repository';
import { resendInvitation, revokeInvitation, updateInvitationPermissions } from './invitations.service';
import {
  AcceptInvitationPayload,
  InvitationPreview,
  InvitePersonPayload,
  InviteToProjectPayload,
  ResendInvitationPayload,
  RevokeInvitationPayload,
  UpdateInvitationPermissionsPayload,
} from './invitations.types';
import { invitePerson } from './invite-person';
import { inviteToProject } from './invite-to-project';

const InvitationConnection = connectionOf(() => Invitation, 'Invitation');

@ArgsType()
class InvitationsArgs extends PageArgs {
  @Field(() => [InvitationStatus], { nullable: true, description: 'One of these; all without it.' })
  statusIn?: InvitationStatus[] | null;
}

@Resolver()
export class InvitationsResolver {
  @Query(() => InvitationPreview, {
    nullable: true,
    description:
      'What an invitation says, before its reader signs in. Null for every link that does not work (any more). Looking does not use it up.',
  })
  invitation(
    @Arg('token', () => String, { description: 'The token of the link in the mail.' }) token: string,
    @Ctx() { db, clock }: Context,
  ): Promise<InvitationPreview | null> {
    return findOpenInvitation(db, tokenHash(token), clock.now());
  }

  @Mutation(() => InviteToProjectPayload, {
    description:
      'Invites somebody to a project (F-025). Whoever is in the workspace is assigned at once (F-032), a pending ' +
      'invitation gets the new assignment (F-033), anybody else a mail with a link for 168 hours (F-027). Who may: the ' +
      'workspace’s `invitePolicy`; internalCosts and managesProject are given by owners and admins alone ' +
      '(GRANT_EXCEEDS_GRANTER). A client becomes a contact of the project’s client organisation.',
  })
  inviteToProject(
    @Arg('input', () => InviteToProjectInput, { description: 'Whom, where, and what they will hold.' })
    input: InviteToProjectInput,
    @Ctx() context: Context,
  ): Promise<InviteToProjectPayload> {
    return inviteToProject(context, input);
  }

  @Mutation(() => InvitePersonPayload, {
    description:
      'Invites somebody into the workspace and grants no project (F-026). For owners and admins. Whoever is in the ' +
      'workspace already is a CONFLICT.',
  })
  invitePerson(
    @Arg('input', () => InvitePersonInput, { description: 'Whom.' }) input: InvitePersonInput,
    @Ctx() context: Context,
  ): Promise<InvitePersonPayload> {
    return invitePerson(context, input);
  }

  @Mutation(() => UpdateInvitationPermissionsPayload, {
    description: 'Changes what a pending invitation will grant on a project (F-030), by the rules for grants.',
  })
  updateInvitationPermissions(
    @Arg('input', () => UpdateInvitationPermissionsInput, { description: 'Which, where, and what.' })
    input: UpdateInvitationPermissionsInput,
    @Ctx() context: Context,
  ): Promise<UpdateInvitationPermissionsPayload> {
    return updateInvitationPermissions(context, input);
  }

  @Mutation(() => ResendInvitationPayload, {
    description:
      'Sends a new link, and the old one dies; the 168 hours begin again (F-040). One address gets six mails in 24 ' +
      'hours and a minute apart, by inviting and sending again together: RATE_LIMITED.',
  })
  resendInvitation(
    @Arg('input', () => ResendInvitationInput, { description: 'Which.' }) { invitationId }: ResendInvitationInput,
    @Ctx() context: Context,
  ): Promise<ResendInvitationPayload> {
    return resendInvitation(context, invitationId);
  }

  @Mutation(() => RevokeInvitationPayload, {
    description:
      'Withdraws an invitation with everything it would grant, or one project of it. Others than owners and admins ' +
      'withdraw what they granted themselves and what is granted on projects they manage.',
  })
  revokeInvitation(
    @Arg('input', () => RevokeInvitationInput, { description: 'Which.' }) input: RevokeInvitationInput,
    @Ctx() context: Context,
  ): Promise<RevokeInvitationPayload> {
    return revokeInvitation(context, input);
  }

  @Mutation(() => AcceptInvitationPayload, {
    description:
      'Uses the link of an invitation, once, and signs in (F-031, F-035). Whoever has an account with this e-mail ' +
      'gives its password (INVALID_CREDENTIALS, counted as sign-ins are) or is signed in; everybody else chooses one.',
  })
  acceptInvitation(
    @Arg('input', () => AcceptInvitationInput, { description: 'The link, name and password.' })
    input: AcceptInvitationInput,
    @Ctx() context: Context,
  ): Promise<AcceptInvitationPayload> {
    return acceptInvitation(context, input);
  }
}

@Resolver(() => Invitation)
export class InvitationResolver {
  @FieldResolver(() => Person, { nullable: true, description: 'Who sent it, as far as you see them.' })
  invitedBy(@Parent() invitation: Invitation, @Ctx() context: Context): Promise<Person | null> {
    return loadPerson(context, invitation.invitedBy);
  }

  @FieldResolver(() => ClientOrganisation, {
    nullable: true,
    description: 'Of a client: whose contact they become, as far as you see it.',
  })
  async clientOrganisation(
    @Parent() { clientOrganisationId }: Invitation,
    @Ctx() context: Context,
  ): Promise<ClientOrganisation | null> {
    return clientOrganisationId === null ? null : loadOrganisation(context, clientOrganisationId);
  }

  @FieldResolver(() => [ProjectMember], {
    description: 'What it will grant on the projects where you may see that; empty once it is accepted or revoked.',
  })
  projects(@Parent() invitation: Invitation, @Ctx() context: Context): Promise<ProjectMember[]> {
    return loadInvited(context, invitation.id);
  }
}

@Resolver(() => ProjectMember)
export class InvitedMemberResolver {
  @FieldResolver(() => Invitation, { nullable: true, description: 'Of somebody not yet here: their invitation.' })
  async invitation(@Parent() { invitationId }: ProjectMember, @Ctx() context: Context): Promise<Invitation | null> {
    return invitationId === null ? null : loadInvitation(context, invitationId);
  }
}

@Resolver(() => Workspace)
export class WorkspaceInvitationsResolver {
  @FieldResolver(() => InvitationConnection, {
    nullable: true,
    description: 'Who was invited into the workspace, the newest first. For owners and admins.',
  })
  invitations(
    @Parent() workspace: Workspace,
    @Page(() => InvitationsArgs) list: InvitationsArgs,
    @Ctx() context: Context,
  ): Promise<Connection<Invitation>> {
    return loadInvitationsOf(context, workspace.id, list);
  }
}
