import type { Context } from '../../context';
import { doneBy } from '../../events/outbox';
import type { Tx } from '../../platform/database';
import { PorticoError } from '../../platform/errors';
import { newId } from '../../platform/ids';
import { deadLink } from '../auth/dead-link';
import { type OpenedSession, openSession } from '../auth/open-session';
import { User } from '../auth/user.entity';
import { makeContact } from '../clients/make-contact';
import { grantAsInvited } from '../grants/grants.service';
import { lookAgain } from '../people/look-again';
import { Membership, MembershipStatus, PersonTypeEnum } from '../people/person.entity';
import { Invitation } from './invitation.entity';
import { InvitationStatus, type SkipReason } from './invitation.enums';
import { refuseUnlessOpen, statusAt, whySkipped } from './invitation.logic';
import type { InvitationGrant } from './invitation-grant.entity';
import {
  findGrants,
  findMember,
  findTimezone,
  holdProjects,
  lockEmail,
  lockInvitation,
  type ProjectFacts,
  type SentInvitation,
} from './invitations.repository';
import { emitInvitation } from './issue-invitation';

/** Who follows the link: a user who has proven to be one, or somebody new. */
export type Guest = KnownGuest | { displayName: string; passwordHash: string };

interface KnownGuest {
  id: string;
  displayName: string;
  passwordVersion: number;
}

export interface Arrival {
  invitation: SentInvitation;
  /** The hash of the token that came with the link. */
  link: string;
  guest: Guest;
}

/** Everything that accepting an invitation changes. The invitation is locked first: of many at once one gets in. */
export async function letIn(
  tx: Tx,
  context: Context,
  { invitation: seen, link, guest }: Arrival,
): Promise<{ opened: OpenedSession; skipped: SkipReason[] }> {
  const now = context.clock.now();
  await lockEmail(tx, seen.workspaceId, seen.email);
  const invitation = await lockInvitation(tx, seen.id);
  if (invitation?.tokenHash !== link) throw deadLink();
  refuseUnlessOpen(statusAt(invitation, now), invitation.inviterIsHere);
  const user = 'id' in guest ? guest : await insertUser(tx, { invitation, guest, now });
  const member = await findOrMakeMember(tx, { invitation, user, now });
  const { grants, projects, skipped } = await sortGrants(tx, { invitation, member, now });
  if (member.personType === PersonTypeEnum.CLIENT) await becomeContact(tx, { invitation, member, projects, now });
  for (const grant of grants) await apply(tx, { grant, member, now });
  await closeInvitation(tx, { invitation, member, now });
  await emitInvitation(tx, doneBy(member.personId, now), invitation);
  return { opened: await openSession(tx, context, user), skipped };
}

interface NewUser {
  invitation: SentInvitation;
  guest: { displayName: string; passwordHash: string };
  now: Date;
}

async function insertUser(tx: Tx, { invitation, guest, now }: NewUser): Promise<KnownGuest> {
  const { email, workspaceId } = invitation;
  const user = { id: newId('User'), displayName: guest.displayName, passwordVersion: 1 };
  const timezone = await findTimezone(tx, workspaceId);
  const profile = { email, phone: null, locale: 'en', timezone, status: 'ACTIVE' } as const;
  const { passwordHash } = guest;
  await tx.insert(User, { ...user, ...profile, passwordHash, createdAt: now, updatedAt: now });
  return user;
}

interface ArrivedMember {
  personId: string;
  personType: PersonTypeEnum;
  displayName: string;
}

/** A member becomes nothing else by an invitation: whoever is in the workspace already stays what they are. */
async function findOrMakeMember(
  tx: Tx,
  { invitation, user, now }: { invitation: SentInvitation; user: KnownGuest; now: Date },
): Promise<ArrivedMember> {
  const { workspaceId, email, personType } = invitation;
  const { displayName } = user;
  const known = await findMember(tx, workspaceId, email);
  if (known && known.status !== 'ACTIVE') {
    throw new PorticoError('MEMBER_DEACTIVATED', 'You are deactivated in this workspace: ask to be reactivated.');
  }
  if (known) return { personId: known.personId, personType: PersonTypeEnum[known.personType], displayName };
  const personId = newId('Person');
  await tx.insert(Membership, {
    id: personId,
    workspaceId,
    userId: user.id,
    personType,
    role: 'MEMBER',
    businessRoles: [],
    status: MembershipStatus.ACTIVE,
    title: null,
    avatarUrl: null,
    weeklyCapacitySeconds: null,
    clientFacing: false,
    version: 1,
    createdAt: now,
    updatedAt: now,
  });
  await lookAgain(tx, 'workspace.joined', { userId: user.id, now });
  return { personId, personType, displayName };
}

interface Arriving {
  invitation: SentInvitation;
  member: ArrivedMember;
  now: Date;
}

/** What stands of the pending grants at last, and why the rest does not. */
async function sortGrants(
  tx: Tx,
  { invitation, member, now }: Arriving,
): Promise<{ grants: InvitationGrant[]; projects: ProjectFacts[]; skipped: SkipReason[] }> {
  const all = await findGrants(tx, invitation.id);
  const projects = await holdProjects(
    tx,
    all.map((grant) => grant.projectId),
  );
  const statusOf = new Map(projects.map((project) => [project.id, project.status]));
  const { personType } = member;
  const judged = all.map((grant) => ({
    grant,
    skip: whySkipped({ grant, projectStatus: statusOf.get(grant.projectId)!, personType, now }),
  }));
  const grants = judged.filter(({ skip }) => skip === null).map(({ grant }) => grant);
  const granted = new Set(grants.map((grant) => grant.projectId));
  return {
    grants,
    projects: projects.filter((project) => granted.has(project.id)),
    skipped: judged.flatMap(({ skip }) => (skip === null ? [] : [skip])),
  };
}

/** A client becomes a contact of the organisation that they were invited for, and of those whose projects they get. */
async function becomeContact(
  tx: Tx,
  { invitation, member, projects, now }: Arriving & { projects: ProjectFacts[] },
): Promise<void> {
  const { workspaceId, email } = invitation;
  const { personId: membershipId, displayName } = member;
  const wanted = [invitation.clientOrganisationId, ...projects.map((project) => project.clientOrganisationId)];
  const organisationIds = [...new Set(wanted.filter((id) => id !== null))].sort();
  for (const clientOrganisationId of organisationIds) {
    await makeContact(tx, { workspaceId, clientOrganisationId, membershipId, email, displayName, now });
  }
}

async function apply(
  tx: Tx,
  { grant, member, now }: { grant: InvitationGrant; member: ArrivedMember; now: Date },
): Promise<void> {
  const { id, workspaceId, projectId, grantedBy } = grant;
  const { trackTime, clientView, internalCosts, managesProject, startsAt, expiresAt, reason } = grant;
  const terms = { trackTime, clientView, internalCosts, managesProject, startsAt, expiresAt, reason };
  await grantAsInvited(tx, { id, workspaceId, projectId, personId: member.personId, terms, grantedBy, now });
}

async function closeInvitation(tx: Tx, { invitation, member, now }: Arriving): Promise<void> {
  const { id, version } = invitation;
  const accepted = { status: InvitationStatus.ACCEPTED, acceptedBy: member.personId };
  await tx.update(Invitation, { id }, { ...accepted, version: version + 1, updatedAt: now });
}
