import { type Doer, emit } from '../../events/outbox';
import type { Tx } from '../../platform/database';
import { PorticoError } from '../../platform/errors';
import { newId, newToken, tokenHash } from '../../platform/ids';
import { queueMail } from '../mail/queue-mail';
import type { PersonTypeEnum } from '../people/person.entity';
import { Invitation } from './invitation.entity';
import { InvitationStatus } from './invitation.enums';
import { expiryOf } from './invitation.logic';
import { countPlaces, type SentInvitation } from './invitations.repository';
import { countMail, type Sender } from './mail-limits';

/** Whom an invitation is for. */
export interface Guest {
  workspaceId: string;
  name: string;
  email: string;
  personType: PersonTypeEnum;
  /** Set for clients, and for nobody else. */
  clientOrganisationId: string | null;
}

/** Writes a new invitation and its mail. Callers hold the e-mail's lock, and know that none is pending. */
export async function issueInvitation(
  tx: Tx,
  guest: Guest,
  { invitedBy, sender }: { invitedBy: string; sender: Sender },
): Promise<string> {
  const now = sender.clock.now();
  const token = newToken();
  const id = newId('Invitation');
  await tx.insert(Invitation, {
    id,
    ...guest,
    tokenHash: tokenHash(token),
    invitedBy,
    status: InvitationStatus.PENDING,
    expiresAt: expiryOf(now),
    sentCount: 1,
    lastSentAt: now,
    acceptedBy: null,
    version: 1,
    createdAt: now,
    updatedAt: now,
  });
  await mailLink(tx, { ...guest, token }, sender);
  return id;
}

/** Gives an invitation a new link and sends it: the old link is dead, and the 168 hours begin again. */
export async function sendAnew(
  tx: Tx,
  invitation: SentInvitation,
  { changes = {}, sender }: { changes?: Partial<Invitation>; sender: Sender },
): Promise<void> {
  const now = sender.clock.now();
  const token = newToken();
  const { id, workspaceId, email, version, sentCount } = invitation;
  await tx.update(
    Invitation,
    { id },
    {
      ...changes,
      tokenHash: tokenHash(token),
      expiresAt: expiryOf(now),
      sentCount: sentCount + 1,
      lastSentAt: now,
      version: version + 1,
      updatedAt: now,
    },
  );
  await mailLink(tx, { workspaceId, email, token }, sender);
}

/** An invitation was made, changed, sent again, withdrawn or used. */
export const emitInvitation = (tx: Tx, by: Doer, { id, workspaceId }: { id: string; workspaceId: string }) =>
  emit(tx, by, 'invitation.updated', { id, workspaceId });

/** Invited clients take a place among the contacts of their organisation: `LIMIT_EXCEEDED` when there is none. */
export async function refuseFullOrganisation(
  tx: Tx,
  organisationId: string,
  guest: { email: string; now: Date },
): Promise<void> {
  const { limit, taken, isKnown } = await countPlaces(tx, organisationId, guest);
  if (isKnown || taken < limit) return;
  throw new PorticoError('LIMIT_EXCEEDED', `A client has at most ${limit} contacts, counting those invited.`, {
    limit,
  });
}

/** Every mail with an invitation leads through here, and is counted. */
async function mailLink(
  tx: Tx,
  { workspaceId, email, token }: { workspaceId: string; email: string; token: string },
  sender: Sender,
): Promise<void> {
  await countMail(tx, { workspaceId, email }, sender);
  await queueMail(tx, { kind: 'INVITATION', recipient: email, workspaceId, data: { token } }, sender.clock);
}
