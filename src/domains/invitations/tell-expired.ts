import { emit, systemAt } from '../../events/outbox';
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
    for (const invitation of expired) {
      await emit(tx, systemAt(now), 'invitation.updated', { ...invitation, changed: ['Invitation.status'] });
    }
    return expired.length;
  });
}
