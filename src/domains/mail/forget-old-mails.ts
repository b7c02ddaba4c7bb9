import { after, type Clock, days } from '../../platform/clock';
import type { Transactional } from '../../platform/database';
import { inPieces } from '../../platform/jobs';
import { forgetMails } from './mails.repository';

const KEPT_MS = days(90);

/** Forgets whom was written to, and what became of it, once nobody asks any more. */
export function forgetOldMails(
  { database, clock }: { database: Transactional; clock: Clock },
  stopping: AbortSignal,
): Promise<void> {
  const before = after(clock.now(), -KEPT_MS);
  return inPieces(database, stopping, (tx, most) => forgetMails(tx, before, most));
}
