import { emitAll, systemAt } from '../../events/outbox';
import type { Clock } from '../../platform/clock';
import type { Transactional } from '../../platform/database';
import { inPieces } from '../../platform/jobs';
import { takeExpired } from './invitation-deadlines.repository';

/** Tells that invitations were not used in time: once for each sending. They live 7 days, so there is no warning before. */
export function tellExpiredInvitations(
  { database, clock }: { database: Transactional; clock: Clock },
  stopping: AbortSignal,
): Promise<void> {
  const now = clock.now();
  return inPieces(database, stopping, async (tx, most) => {
    const expired = await takeExpired(tx, now, most);
    const told = expired.map((invitation) => ({ ...invitation, changed: ['Invitation.status'] }));
    await emitAll(tx, systemAt(now), 'invitation.updated', told);
    return expired.length;
  });
}
