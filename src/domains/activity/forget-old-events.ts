import { forgetEvents } from '../../events/events.repository';
import { EVENTS_KEPT_MS } from '../../events/open-stream';
import { after, type Clock, days, hours } from '../../platform/clock';
import type { Transactional } from '../../platform/database';
import { oldestEvent } from './event-ages.repository';

/** A day longer than a cursor works: nobody who may go on reading finds a gap. */
const KEPT_MS = EVENTS_KEPT_MS + days(1);
/** What goes in one transaction: so long a piece of the past. */
const PIECE_MS = hours(1);

/** Forgets events that no cursor reaches any more, the oldest first: piece by piece, so that no statement takes long. */
export async function forgetOldEvents(
  { database, clock }: { database: Transactional; clock: Clock },
  stopping: AbortSignal,
): Promise<void> {
  // To the full hour: what is over goes once an hour, not at every look.
  const limit = after(clock.now(), -KEPT_MS);
  limit.setUTCMinutes(0, 0, 0);
  while (!stopping.aborted) {
    const oldest = await oldestEvent(database);
    if (!oldest || oldest >= limit) return;
    const before = after(oldest, PIECE_MS);
    await database.transaction((tx) => forgetEvents(tx, before < limit ? before : limit));
  }
}
