import { after, type Clock, hours, minutes } from '../../platform/clock';
import type { Sql } from '../../platform/database';
import type { Logger } from '../../platform/logger';
import type { MailOutbox } from './mail-outbox.entity';
import { type ClaimedMail, claimMail, type Settled, settleMail } from './mails.repository';
import type { Rendered } from './render-mail';
import { LONGEST_SENDING_MS, type Post, Undelivered } from './smtp';

/** A claim outlives the sending by far: who has not settled a mail by then has died over it. */
const CLAIM_MS = 5 * LONGEST_SENDING_MS;
/** How long after each failure the next attempt is made; after the last one there is none. */
const RETRY_AFTER_MS = [minutes(1), minutes(5), minutes(30), hours(2), hours(6), hours(24)];
/** So many mails are on their way at once, for each process. */
const AT_ONCE = 4;

export interface Delivery {
  database: Sql;
  clock: Clock;
  logger: Logger;
  post: Post;
  /** Ends Message-IDs. */
  host: string;
  render(mail: MailOutbox): Promise<Rendered>;
}

/**
 * Sends what is due. Each mail is claimed, written as things are at that moment, handed over outside of any
 * transaction, and settled. Whoever dies between the last two has sent it once more than is known: it is sent again
 * when the claim is over, under the same Message-ID.
 */
export async function deliverMails(delivery: Delivery, stopping: AbortSignal): Promise<void> {
  const round = { isOver: false };
  const oneByOne = async () => {
    while (!round.isOver && !stopping.aborted) {
      const mail = await claimNext(delivery);
      if (!mail) return;
      const isAway = await deliver(delivery, mail);
      // Who takes no mail now takes the rest of them later: each keeps its attempts.
      if (isAway) round.isOver = true;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, oneByOne));
}

function claimNext({ database, clock, host }: Delivery): Promise<ClaimedMail | null> {
  const now = clock.now();
  return claimMail(database, { now, until: after(now, CLAIM_MS), host });
}

/** Says whether the mail server is away. */
async function deliver(delivery: Delivery, mail: ClaimedMail): Promise<boolean> {
  const { database, clock, post, render } = delivery;
  try {
    const rendered = await render(mail);
    if ('suppressed' in rendered) {
      await settleMail(database, mail, { state: 'SUPPRESSED', reason: rendered.suppressed });
      return false;
    }
    const { subject, text, html } = rendered;
    await post.send({ messageId: mail.messageId, recipient: mail.recipient, subject, text, html });
  } catch (error) {
    return putOff(delivery, mail, error);
  }
  await settleMail(database, mail, { state: 'SENT', sentAt: clock.now() });
  return false;
}

async function putOff({ database, clock, logger }: Delivery, mail: ClaimedMail, error: unknown): Promise<boolean> {
  const { id, kind, attempts } = mail;
  const known = error instanceof Undelivered ? error : null;
  const settled = whatNow({ attempts, known, now: clock.now() });
  logger.warn({ mail: id, kind, attempts, state: settled.state, ...forLog(error) }, 'A mail was not sent');
  await settleMail(database, mail, settled);
  return known?.how === 'AWAY';
}

/** What a server says of one mail may repeat the recipient's address: that stays in the table. */
function forLog(error: unknown): object {
  if (!(error instanceof Undelivered)) return { err: error };
  return error.how === 'AWAY' ? { how: error.how, reason: error.reason } : { how: error.how };
}

function whatNow({ attempts, known, now }: { attempts: number; known: Undelivered | null; now: Date }): Settled {
  const reason = known?.reason ?? 'INTERNAL';
  const retryAfter = RETRY_AFTER_MS[attempts - 1];
  if (known?.how === 'FOR_GOOD' || retryAfter === undefined) return { state: 'FAILED', reason };
  return { state: 'QUEUED', reason, nextAttemptAt: after(now, retryAfter) };
}
