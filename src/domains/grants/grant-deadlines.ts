import { emit, systemAt } from '../../events/outbox';
import { after, type Clock, days } from '../../platform/clock';
import type { Transactional, Tx } from '../../platform/database';
import { inPieces } from '../../platform/jobs';
import { type EndingGrant, takeEnded, takeEndingSoon } from './grant-deadlines.repository';
import { MEMBERS, PEOPLE } from './grant-events';

const WARNING_MS = days(7);

/** Tells people that their access ends within 7 days, and that it has ended: once for each end. */
export async function tellGrantDeadlines(
  { database, clock }: { database: Transactional; clock: Clock },
  stopping: AbortSignal,
): Promise<void> {
  const now = clock.now();
  await inPieces(database, stopping, async (tx, most) => {
    const ending = await takeEndingSoon(tx, { now, until: after(now, WARNING_MS), most });
    for (const grant of ending) await tell(tx, 'access.expiring', grant, now);
    return ending.length;
  });
  await inPieces(database, stopping, async (tx, most) => {
    const ended = await takeEnded(tx, now, most);
    for (const grant of ended) if (grant.wasOpen) await tell(tx, 'access.revoked', grant, now);
    return ended.length;
  });
}

/** As `emitAccess`, by nobody. */
function tell(
  tx: Tx,
  kind: 'access.expiring' | 'access.revoked',
  { workspaceId, projectId, personId }: EndingGrant,
  now: Date,
): Promise<void> {
  const changed = kind === 'access.revoked' ? PEOPLE : MEMBERS;
  return emit(tx, systemAt(now), kind, { workspaceId, projectId, personId, changed });
}
