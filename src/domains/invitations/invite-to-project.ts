import type { Context } from '../../context';
import type { Tx } from '../../platform/database';
import { badInput, notFound, PorticoError } from '../../platform/errors';
import { cleanEmail, cleanText } from '../../platform/text';
import { makeContact } from '../clients/make-contact';
import { AccessWarning, type PermissionKey } from '../grants/grant.enums';
import type { Granter, GrantWish } from '../grants/grant.types';
import { assignPerson, needsAdmin } from '../grants/grants.service';
import { loadMember } from '../members/members.loaders';
import { granterOf, readWish } from '../members/members.service';
import { PersonTypeEnum } from '../people/person.entity';
import { loadProject } from '../projects/projects.loaders';
import { InvitationStatus, InviteOutcome } from './invitation.enums';
import { statusAt } from './invitation.logic';
import type { InvitationGrant } from './invitation-grant.entity';
import type { InviteToProjectInput } from './invitations.inputs';
import { loadInvitation } from './invitations.loaders';
import {
  deleteGrants,
  findGrants,
  findMember,
  holdProjects,
  lockEmail,
  lockPending,
  type Member,
  type ProjectFacts,
  type SentInvitation,
} from './invitations.repository';
import type { InviteToProjectPayload } from './invitations.types';
import { emitInvitation, type Guest, issueInvitation, refuseFullOrganisation, sendAnew } from './issue-invitation';
import { senderOf } from './mail-limits';
import { type PendingGrantOrder, writePendingGrant } from './pending-grants';

/**
 * Invites somebody to a project, or assigns them at once if they are in the workspace (F-032), or extends the
 * invitation that is pending (F-033). Whichever it is, the same order twice is the same access.
 */
export async function inviteToProject(context: Context, input: InviteToProjectInput): Promise<InviteToProjectPayload> {
  const project = await loadProject(context, input.projectId);
  if (!project) throw notFound('projectId');
  const permit = context.access.permit(project)!;
  const guest = { name: cleanText(input.name, { field: 'name', max: 120 }), email: cleanEmail(input.email) };
  const wish = readWish(input);
  const made = await context.db.transaction(async (tx) => {
    await lockEmail(tx, project.workspaceId, guest.email);
    const [facts] = await holdProjects(tx, [project.id]);
    if (facts.status === 'ARCHIVED') throw badInput('projectId', 'This project is archived: nobody is invited to it.');
    const { personType } = input;
    const order = { context, project: facts, personType, ...guest, wish, granter: granterOf(permit) };
    const member = await findMember(tx, facts.workspaceId, guest.email);
    if (member) return assignMember(tx, order, member);
    const pending = await lockPending(tx, facts.workspaceId, guest.email);
    const done = await inviteOrGoOn(tx, order, pending);
    await emitInvitation(tx, context, { id: done.invitationId!, workspaceId: facts.workspaceId });
    return done;
  });
  const { outcome, implied, warnings } = made;
  const invitation = made.invitationId ? await loadInvitation(context, made.invitationId) : null;
  return { outcome, invitation, member: await loadMember(context, made.memberId), implied, warnings };
}

interface InviteOrder {
  context: Context;
  project: ProjectFacts;
  name: string;
  email: string;
  personType: PersonTypeEnum;
  wish: GrantWish;
  granter: Granter;
}

interface Made {
  outcome: InviteOutcome;
  invitationId: string | null;
  memberId: string;
  implied: PermissionKey[];
  warnings: AccessWarning[];
}

async function assignMember(tx: Tx, order: InviteOrder, member: Member): Promise<Made> {
  const { context, project, wish, granter, email } = order;
  if (member.status !== 'ACTIVE') {
    throw new PorticoError('MEMBER_DEACTIVATED', 'This person is deactivated in the workspace: reactivate them first.');
  }
  const { personId, personType, displayName, organisationIds } = member;
  const { id: projectId, workspaceId, clientOrganisationId } = project;
  const now = context.clock.now();
  const change = await assignPerson(tx, { workspaceId, projectId, personId, granter, now }, wish);
  const isClient = personType === 'CLIENT';
  if (isClient && !organisationIds.includes(clientOrganisationId)) {
    await makeContact(tx, { workspaceId, clientOrganisationId, membershipId: personId, email, displayName, now });
  }
  const warnings = warningsOf(order, { personType, organisationIds: isClient ? organisationIds : [] });
  return {
    outcome: InviteOutcome.ASSIGNED_EXISTING_MEMBER,
    invitationId: null,
    memberId: change.grantId,
    implied: change.implied,
    warnings: [...change.warnings, ...warnings],
  };
}

function inviteOrGoOn(tx: Tx, order: InviteOrder, pending: SentInvitation | null): Promise<Made> {
  if (!pending) return inviteAnew(tx, order);
  const isOpen = statusAt(pending, order.context.clock.now()) === InvitationStatus.PENDING && pending.inviterIsHere;
  return isOpen ? mergeIntoPending(tx, order, pending) : reissue(tx, order, pending);
}

async function inviteAnew(tx: Tx, order: InviteOrder): Promise<Made> {
  const { context, granter, personType } = order;
  const guest = await readyGuest(tx, order);
  const invitationId = await issueInvitation(tx, guest, { invitedBy: granter.personId, sender: senderOf(context) });
  const grant = await writePendingGrant(tx, pendingOrder(order, { invitationId, personType, earlier: null }));
  const warnings = warningsOf(order, { personType, organisationIds: [] });
  return { outcome: InviteOutcome.INVITED, invitationId, ...grant, warnings };
}

/** Neither sent again nor prolonged; the invitation stays what it is, and says so. */
async function mergeIntoPending(tx: Tx, order: InviteOrder, pending: SentInvitation): Promise<Made> {
  const { personType, clientOrganisationId } = pending;
  const { context, project, email } = order;
  if (clientOrganisationId && clientOrganisationId !== project.clientOrganisationId) {
    await refuseFullOrganisation(tx, project.clientOrganisationId, { email, now: context.clock.now() });
  }
  const earlier = (await findGrants(tx, pending.id)).find((grant) => grant.projectId === project.id) ?? null;
  const grant = await writePendingGrant(tx, pendingOrder(order, { invitationId: pending.id, personType, earlier }));
  const warnings = warningsOf(order, {
    personType,
    organisationIds: clientOrganisationId ? [clientOrganisationId] : [],
  });
  return { outcome: InviteOutcome.MERGED_INTO_PENDING, invitationId: pending.id, ...grant, warnings };
}

/**
 * An invitation whose link is dead (expired, or its sender is gone) begins again as it is asked for now. Of its earlier assignments those come along that the
 * inviter could give anew; nobody's permission comes back by the hand of somebody who may not give it.
 */
async function reissue(tx: Tx, order: InviteOrder, expired: SentInvitation): Promise<Made> {
  const { context, granter, project, personType } = order;
  const { workspaceId, ...guest } = await readyGuest(tx, order);
  const isSameGuest = personType === expired.personType && guest.clientOrganisationId === expired.clientOrganisationId;
  const mayComeAlong = (grant: InvitationGrant): boolean =>
    isSameGuest &&
    grant.projectId !== project.id &&
    context.access.may('granter', grant) &&
    (granter.isAdmin || !needsAdmin(grant));
  const dropped = (await findGrants(tx, expired.id)).filter((grant) => !mayComeAlong(grant));
  await deleteGrants(
    tx,
    dropped.map((grant) => grant.id),
  );
  await sendAnew(tx, expired, { changes: { ...guest, invitedBy: granter.personId }, sender: senderOf(context) });
  const grant = await writePendingGrant(
    tx,
    pendingOrder(order, { invitationId: expired.id, personType, earlier: null }),
  );
  const warnings = warningsOf(order, { personType, organisationIds: [] });
  return { outcome: InviteOutcome.INVITED, invitationId: expired.id, ...grant, warnings };
}

/** Who is invited; a client as a contact-to-be of the project's organisation, which must have a place for them. */
async function readyGuest(tx: Tx, { context, project, name, email, personType }: InviteOrder): Promise<Guest> {
  const { workspaceId, clientOrganisationId } = project;
  const isClient = personType === PersonTypeEnum.CLIENT;
  if (isClient) await refuseFullOrganisation(tx, clientOrganisationId, { email, now: context.clock.now() });
  return { workspaceId, name, email, personType, clientOrganisationId: isClient ? clientOrganisationId : null };
}

/** The rules for grants are asked about what the person will be. */
function pendingOrder(
  { context, project, wish, granter }: InviteOrder,
  more: Pick<PendingGrantOrder, 'invitationId' | 'personType' | 'earlier'>,
): PendingGrantOrder {
  return { project, wish, granter, now: context.clock.now(), ...more };
}

/** What the inviter should look at twice. */
function warningsOf(
  { project, personType: asked }: InviteOrder,
  { personType, organisationIds }: { personType: string; organisationIds: string[] },
): AccessWarning[] {
  const isElsewhere = organisationIds.length > 0 && !organisationIds.includes(project.clientOrganisationId);
  const isInactive = personType === PersonTypeEnum.CLIENT && project.organisationStatus === 'INACTIVE';
  return [
    ...(personType === asked ? [] : [AccessWarning.PERSON_TYPE_DIFFERS]),
    ...(isElsewhere ? [AccessWarning.CLIENT_ORGANISATION_DIFFERS] : []),
    ...(isInactive ? [AccessWarning.CLIENT_ORGANISATION_INACTIVE] : []),
  ];
}
