import type { Context } from '../../context';
import type { Tx } from '../../platform/database';
import { badInput, notFound, PorticoError } from '../../platform/errors';
import { ID_PREFIXES, prefixOf } from '../../platform/ids';
import { cleanEmail, cleanText } from '../../platform/text';
import { AccessWarning } from '../grants/grant.enums';
import { PersonTypeEnum } from '../people/person.entity';
import { InvitationStatus, InviteOutcome } from './invitation.enums';
import { statusAt } from './invitation.logic';
import type { InvitePersonInput } from './invitations.inputs';
import { loadInvitation } from './invitations.loaders';
import {
  deleteGrants,
  findGrants,
  findMember,
  findOrganisation,
  lockEmail,
  lockPending,
  type SentInvitation,
} from './invitations.repository';
import type { InvitePersonPayload } from './invitations.types';
import { emitInvitation, type Guest, issueInvitation, refuseFullOrganisation, sendAnew } from './issue-invitation';
import { senderOf } from './mail-limits';

/** Invites somebody into the workspace and grants no project (F-026). For owners and admins. */
export async function invitePerson(context: Context, input: InvitePersonInput): Promise<InvitePersonPayload> {
  const { access, clock } = context;
  const guest = readGuest(input);
  const order: PersonOrder = { context, guest, invitedBy: access.membership(guest.workspaceId)!.personId };
  const made = await context.db.transaction(async (tx) => {
    await lockEmail(tx, guest.workspaceId, guest.email);
    const isInactive = await refuseWrongOrganisation(tx, guest, clock.now());
    await refuseMember(tx, guest);
    const pending = await lockPending(tx, guest.workspaceId, guest.email);
    const done = pending ? await goOnWith(tx, order, pending) : await inviteAnew(tx, order);
    await emitInvitation(tx, context, { id: done.invitationId, workspaceId: guest.workspaceId });
    return isInactive ? { ...done, warnings: [...done.warnings, AccessWarning.CLIENT_ORGANISATION_INACTIVE] } : done;
  });
  const { outcome, warnings } = made;
  return { outcome, invitation: await loadInvitation(context, made.invitationId), warnings };
}

interface PersonOrder {
  context: Context;
  guest: Guest;
  invitedBy: string;
}

interface Made {
  outcome: InviteOutcome;
  invitationId: string;
  warnings: AccessWarning[];
}

/** Clients belong to a client organisation, and nobody else does (F-021, F-134). */
function readGuest({ workspaceId, name, email, personType, clientOrganisationId = null }: InvitePersonInput): Guest {
  const isClient = personType === PersonTypeEnum.CLIENT;
  if (isClient && clientOrganisationId === null) {
    throw badInput('clientOrganisationId', 'Choose the client organisation that this client belongs to.');
  }
  if (clientOrganisationId !== null && prefixOf(clientOrganisationId) !== ID_PREFIXES.ClientOrganisation) {
    throw notFound('clientOrganisationId');
  }
  if (!isClient && clientOrganisationId !== null) {
    throw badInput('clientOrganisationId', 'Only clients belong to a client organisation.');
  }
  return {
    workspaceId,
    name: cleanText(name, { field: 'name', max: 120 }),
    email: cleanEmail(email),
    personType,
    clientOrganisationId,
  };
}

/** Says whether the organisation is inactive; it must be there and have a place. */
async function refuseWrongOrganisation(
  tx: Tx,
  { workspaceId, clientOrganisationId, email }: Guest,
  now: Date,
): Promise<boolean> {
  if (clientOrganisationId === null) return false;
  const organisation = await findOrganisation(tx, workspaceId, clientOrganisationId);
  if (!organisation) throw notFound('clientOrganisationId');
  await refuseFullOrganisation(tx, clientOrganisationId, { email, now });
  return organisation.status === 'INACTIVE';
}

async function refuseMember(tx: Tx, { workspaceId, email }: Guest): Promise<void> {
  const member = await findMember(tx, workspaceId, email);
  if (!member) return;
  if (member.status === 'ACTIVE') {
    throw new PorticoError('CONFLICT', 'This person is in the workspace already.', { field: 'email' });
  }
  throw new PorticoError('MEMBER_DEACTIVATED', 'This person is deactivated in the workspace: reactivate them instead.');
}

async function inviteAnew(tx: Tx, { guest, invitedBy, context }: PersonOrder): Promise<Made> {
  const invitationId = await issueInvitation(tx, guest, { invitedBy, sender: senderOf(context) });
  return { outcome: InviteOutcome.INVITED, invitationId, warnings: [] };
}

/** A pending invitation stays what it is; an expired one begins again as asked for now, without any project. */
async function goOnWith(tx: Tx, { context, guest, invitedBy }: PersonOrder, pending: SentInvitation): Promise<Made> {
  const { clock } = context;
  const { id: invitationId, personType, clientOrganisationId } = pending;
  if (statusAt(pending, clock.now()) === InvitationStatus.PENDING && pending.inviterIsHere) {
    const isOtherClient = clientOrganisationId !== null && clientOrganisationId !== guest.clientOrganisationId;
    const warnings = [
      ...(personType === guest.personType ? [] : [AccessWarning.PERSON_TYPE_DIFFERS]),
      ...(personType === guest.personType && isOtherClient ? [AccessWarning.CLIENT_ORGANISATION_DIFFERS] : []),
    ];
    return { outcome: InviteOutcome.MERGED_INTO_PENDING, invitationId, warnings };
  }
  const earlier = await findGrants(tx, invitationId);
  await deleteGrants(
    tx,
    earlier.map((grant) => grant.id),
  );
  const { workspaceId, ...changes } = guest;
  await sendAnew(tx, pending, { changes: { ...changes, invitedBy }, sender: senderOf(context) });
  return { outcome: InviteOutcome.INVITED, invitationId, warnings: [] };
}
