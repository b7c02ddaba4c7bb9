import type { Context } from '../../context';
import { type Clock, days, minutes } from '../../platform/clock';
import type { Tx } from '../../platform/database';
import { countTry, keyOf, type Limit } from '../auth/throttle';

/** By whose hand mails go out. */
export interface Sender {
  userId: string;
  /** How many mails they, and the workspace, may send in 24 hours. */
  perDay: number;
  clock: Clock;
}

export const senderOf = ({ access, settings, clock }: Context): Sender => ({
  userId: access.userId,
  perDay: settings.invitationsPerDay,
  clock,
});

/** The first mail and five more, a minute apart: from one workspace to one address, however they come about. */
const A_DAY_TO_ADDRESS = 6;
/** Whoever opens many workspaces to write to somebody comes no further. So many that workspaces never notice another. */
const A_DAY_TO_RECIPIENT = 20;

/**
 * Counts a mail with an invitation in the transaction that writes it: what comes to nothing was not sent.
 * `RATE_LIMITED{retryAfter}`. Everybody counts in this order, so that nobody waits for each other.
 */
export async function countMail(tx: Tx, mail: { workspaceId: string; email: string }, sender: Sender): Promise<void> {
  await countTry(tx, sender.clock, limitsOf(mail, sender));
}

function limitsOf({ workspaceId, email }: { workspaceId: string; email: string }, { userId, perDay }: Sender): Limit[] {
  const early = 'It was sent a short while ago. Give the mail some time to arrive.';
  const many = 'So many invitations were sent that the rest has to wait. Try again later.';
  const aDay = (tries: number, refusal: string, ...key: string[]): Limit => ({
    key: keyOf('invitation', ...key),
    tries,
    windowMs: days(1),
    refusal,
  });
  return [
    { key: keyOf('invitation', 'pause', workspaceId, email), tries: 1, windowMs: minutes(1), refusal: early },
    aDay(A_DAY_TO_ADDRESS, early, 'address', workspaceId, email),
    aDay(A_DAY_TO_RECIPIENT, early, 'recipient', email),
    aDay(perDay, many, 'sender', userId),
    aDay(perDay, many, 'workspace', workspaceId),
  ];
}
