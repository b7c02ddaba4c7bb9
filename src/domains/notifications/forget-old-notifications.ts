import { after, type Clock, days } from '../../platform/clock';
import type { Transactional } from '../../platform/database';
import { inPieces } from '../../platform/jobs';
import { forgetNotifications } from './notifications.repository';

const KEPT_MS = days(90);

/** Forgets notifications that nobody looks for any more, read or not. */
export function forgetOldNotifications(
  { database, clock }: { database: Transactional; clock: Clock },
  stopping: AbortSignal,
): Promise<void> {
  const before = after(clock.now(), -KEPT_MS);
  return inPieces(database, stopping, (tx, most) => forgetNotifications(tx, before, most));
}
