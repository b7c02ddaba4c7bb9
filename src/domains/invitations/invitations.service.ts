import type { Context } from '../../context';
import type { Tx } from '../../platform/database';
import { forbidden, notFound } from '../../platform/errors';
import { expectVersion } from '../../platform/versioned';
import { needsAdmin, refuseEnding } from '../grants/grants.service';
import { loadMember } from '../members/members.loaders';
import { granterOf, readWish } from '../members/members.service';
import { Invitation } from './invitation.entity';
import { InvitationStatus } from './invitation.enums';
import { refuseOver, statusAt } from './invitation.logic';
import type { InvitationGrant } from './invitation-grant.entity';
import type { RevokeInvitationInput, UpdateInvitationPermissionsInput } from './invitations.inputs';
import { loadInvitation } from './invitations.loaders';
import { deleteGrants, findGrants, lockInvitation, type SentInvitation } from './invitations.repository';
import type {
  ResendInvitationPayload,
  RevokeInvitationPayload,
  UpdateInvitationPermissionsPayload,
} from './invitations.types';
import { emitInvitation, sendAnew } from './issue-invitation';
import { senderOf } from './mail-limits';
import { writePendingGrant } from './pending-grants';

/** Changes what a pending invitation will grant on one of its projects (F-030). */
export async function updateInvitationPermissions(
  context: Context,
  input: UpdateInvitationPermissionsInput,
): Promise<UpdateInvitationPermissionsPayload> {
  const wish = readWish(input);
  const change = await onInvitation(context, input.invitationId, async (tx, invitation) => {
    refuseOver(invitation.status, 'PENDING');
    const earlier = (await findGrants(tx, invitation.id)).find((grant) => grant.projectId === input.projectId);
    if (!earlier) throw notFound('invitationId');
    expectVersion(earlier.version, input.expectedVersion);
    const { id: invitationId, workspaceId, personType } = invitation;
    const project = { id: input.projectId, workspaceId };
    const granter = granterOf(context.access.permit(earlier)!);
    const order = { invitationId, project, personType, earlier, wish, granter, now: context.clock.now() };
    return writePendingGrant(tx, order);
  });
  return { member: await loadMember(context, change.memberId), implied: change.implied };
}

/** Sends a new link, and the old one dies. */
export async function resendInvitation(context: Context, invitationId: string): Promise<ResendInvitationPayload> {
  const { access } = context;
  await onInvitation(context, invitationId, async (tx, invitation) => {
    const grants = await findGrants(tx, invitation.id);
    const isAdmin = access.isAdmin(invitation.workspaceId);
    if (!isAdmin && !grants.some((grant) => access.may('inviter', grant))) throw forbidden(['managesProject']);
    refuseOver(invitation.status, 'PENDING');
    if (!isAdmin) refuseRevival(context, { invitation, grants });
    const { personId } = access.membership(invitation.workspaceId)!;
    // Whoever sends the invitation of somebody who has left stands in for it now.
    const changes = invitation.inviterIsHere ? {} : { invitedBy: personId };
    await sendAnew(tx, invitation, { changes, sender: senderOf(context) });
  });
  return { invitation: await loadInvitation(context, invitationId) };
}

/** Withdraws an invitation with all it would grant, or one project of it. */
export async function revokeInvitation(
  context: Context,
  { invitationId, projectId }: RevokeInvitationInput,
): Promise<RevokeInvitationPayload> {
  const removedMemberIds = await onInvitation(context, invitationId, async (tx, invitation) => {
    const all = await findGrants(tx, invitation.id);
    const ending = projectId == null ? all : all.filter((grant) => grant.projectId === projectId);
    if (projectId != null && ending.length === 0) throw notFound('projectId');
    refuseOver(invitation.status, 'REVOKED');
    refuseForeign(context, { invitation, ending });
    const ids = ending.map((grant) => grant.id);
    if (projectId == null) await writeRevoked(tx, invitation, context.clock.now());
    else await deleteGrants(tx, ids);
    return ids;
  });
  return { invitationId, removedMemberIds, invitation: await loadInvitation(context, invitationId) };
}

/** An invitation that the caller may see, locked: invisible ones are `NOT_FOUND`. */
async function onInvitation<T>(
  context: Context,
  id: string,
  work: (tx: Tx, invitation: SentInvitation) => Promise<T>,
): Promise<T> {
  // The first knows malformed ids, the second what is no invitation.
  const isThere = (await context.node(id)) !== null && (await loadInvitation(context, id)) !== null;
  if (!isThere) throw notFound('invitationId');
  return context.db.transaction(async (tx) => {
    const invitation = await lockInvitation(tx, id);
    if (!invitation) throw notFound('invitationId');
    const done = await work(tx, invitation);
    await emitInvitation(tx, context, invitation);
    return done;
  });
}

/** What is dead comes back only by the hand of somebody who could give all of it anew. */
function refuseRevival(
  { access, clock }: Context,
  { invitation, grants }: { invitation: SentInvitation; grants: InvitationGrant[] },
): void {
  const isAlive = statusAt(invitation, clock.now()) === InvitationStatus.PENDING && invitation.inviterIsHere;
  const mayGive = (grant: InvitationGrant): boolean => access.may('granter', grant) && !needsAdmin(grant);
  if (!isAlive && !grants.every(mayGive)) throw forbidden(['role:ADMIN']);
}

interface Withdrawal {
  invitation: SentInvitation;
  ending: InvitationGrant[];
}

/** Others than admins withdraw what they granted themselves, and what is granted on projects they manage. */
function refuseForeign({ access }: Context, { invitation, ending }: Withdrawal): void {
  const { workspaceId } = invitation;
  if (access.isAdmin(workspaceId)) return;
  const granter = { personId: access.membership(workspaceId)!.personId, isAdmin: false };
  if (ending.length === 0) throw forbidden(['role:ADMIN']);
  for (const grant of ending) {
    const isOwn = grant.grantedBy === granter.personId && access.may('granter', grant);
    if (!isOwn && !access.may('manager', grant)) throw forbidden(['role:ADMIN']);
    refuseEnding(grant, granter);
  }
}

async function writeRevoked(tx: Tx, { id, version }: SentInvitation, now: Date): Promise<void> {
  const status = InvitationStatus.REVOKED;
  await tx.update(Invitation, { id }, { status, version: version + 1, updatedAt: now });
}
