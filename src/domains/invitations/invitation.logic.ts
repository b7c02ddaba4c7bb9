import type { PermissionFlags, PersonType } from '../../access/permissions';
import { after, hours } from '../../platform/clock';
import { PorticoError } from '../../platform/errors';
import { InvitationStatus, SkipReason } from './invitation.enums';

/** Seven days to the hour, from the last sending (F-027). */
const INVITATION_TTL_MS = hours(168);

/** When a link sent now stops working. */
export const expiryOf = (sentAt: Date): Date => after(sentAt, INVITATION_TTL_MS);

/** The status that counts: a pending invitation expires by the clock alone, at the very moment. */
export function statusAt(
  { status, expiresAt }: { status: InvitationStatus; expiresAt: Date },
  now: Date,
): InvitationStatus {
  return status === InvitationStatus.PENDING && expiresAt <= now ? InvitationStatus.EXPIRED : status;
}

/** Why a pending assignment comes to nothing when the invitation is accepted; null when it stands. */
export function whySkipped({ grant, projectStatus, personType, now }: PendingAtLast): SkipReason | null {
  if (projectStatus === 'ARCHIVED') return SkipReason.PROJECT_ARCHIVED;
  if (grant.expiresAt !== null && grant.expiresAt <= now) return SkipReason.EXPIRED;
  return personType === 'CLIENT' && (grant.managesProject || (grant.internalCosts && !grant.reason))
    ? SkipReason.NOT_FOR_CLIENTS
    : null;
}

interface PendingAtLast {
  grant: PermissionFlags & { expiresAt: Date | null; reason: string | null };
  projectStatus: string;
  personType: PersonType;
  now: Date;
}

/** Refuses whoever follows the link of an invitation that is not open any more, and says why. */
export function refuseUnlessOpen(status: InvitationStatus, inviterIsHere: boolean): void {
  if (status === InvitationStatus.ACCEPTED) {
    throw new PorticoError('INVITATION_ALREADY_ACCEPTED', 'This invitation was used already: sign in instead.');
  }
  if (status === InvitationStatus.EXPIRED) {
    throw new PorticoError('INVITATION_EXPIRED', 'This invitation has run out: ask for it to be sent again.');
  }
  if (status === InvitationStatus.REVOKED || !inviterIsHere) {
    throw new PorticoError('INVITATION_REVOKED', 'This invitation was withdrawn.');
  }
}

/** Refuses to change or revoke what is over. Resending also wakes an expired one. */
export function refuseOver(status: InvitationStatus, to: 'PENDING' | 'REVOKED'): void {
  if (status === InvitationStatus.PENDING || status === InvitationStatus.EXPIRED) return;
  throw new PorticoError('INVALID_TRANSITION', `The invitation is ${status}: nothing leads on from there.`, {
    from: status,
    to,
    allowed: [],
  });
}
