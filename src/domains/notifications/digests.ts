import type { Clock } from '../../platform/clock';
import type { Transactional, Tx } from '../../platform/database';
import { inPieces } from '../../platform/jobs';
import { queueMail } from '../mail/queue-mail';
import { nextDigest } from './digest.logic';
import { type DigestReader, digestOf, planDigest, takeDigestReaders, takeUnmailed } from './digests.repository';

/** Nobody reads more of them in a mail. */
const MOST = 100;

/** Writes the digests that are due, where something is unread, and reckons when the next ones are. */
export function writeDigests(
  { database, clock }: { database: Transactional; clock: Clock },
  stopping: AbortSignal,
): Promise<void> {
  return inPieces(database, stopping, async (tx, most) => {
    const readers = await takeDigestReaders(tx, clock.now(), most);
    for (const reader of readers) await writeDigest(tx, reader, clock);
    return readers.length;
  });
}

async function writeDigest(tx: Tx, reader: DigestReader, clock: Clock): Promise<void> {
  const { personId, frequency, timezone, nextDigestAt, digestSince } = reader;
  const now = clock.now();
  if (frequency !== 'DAILY' && frequency !== 'WEEKLY') {
    // What waits for a digest that will not come is told at once, as far as it is wanted.
    if (frequency !== 'NONE') await queueDigest(tx, reader, clock);
    return planDigest(tx, personId, { nextDigestAt: null, digestOf: null, digestSince: null });
  }
  const isDue = nextDigestAt !== null && nextDigestAt <= now && reader.digestOf === digestOf(reader);
  if (isDue) await queueDigest(tx, reader, clock);
  await planDigest(tx, personId, {
    nextDigestAt: nextDigest(now, timezone, frequency),
    digestOf: digestOf(reader),
    digestSince: digestSince ?? now,
  });
}

async function queueDigest(tx: Tx, reader: DigestReader, clock: Clock): Promise<void> {
  const { personId, workspaceId, email, frequency, digestSince } = reader;
  if (!digestSince) return;
  const unmailed = { since: digestSince, criticalOnly: frequency === 'CRITICAL_ONLY' };
  const notificationIds = (await takeUnmailed(tx, personId, unmailed)).slice(0, MOST);
  const mail = { kind: 'DIGEST' as const, recipient: email, workspaceId, data: { personId, notificationIds } };
  if (notificationIds.length > 0) await queueMail(tx, mail, clock);
}
