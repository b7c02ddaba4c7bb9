import type { Sql, Tx } from '../../platform/database';
import type { Branding } from './layout';
import type { MailOutbox, MailState } from './mail-outbox.entity';

/** The newest mails first, whatever their recipient: for the development inbox alone. */
export function recentMails(db: Sql): Promise<MailOutbox[]> {
  return db.rows<MailOutbox>('select * from mail_outbox order by created_at desc, id limit 50');
}

export type ClaimedMail = MailOutbox & { messageId: string };

/**
 * Takes the next mail that is due, for this process alone and until a moment: the longest that a sender who lives may
 * need. `host` ends its Message-ID, when it gets one.
 */
export function claimMail(
  db: Sql,
  { now, until, host }: { now: Date; until: Date; host: string },
): Promise<ClaimedMail | null> {
  return db.row<ClaimedMail>(
    `update mail_outbox set attempts = attempts + 1, claimed_until = $2,
       message_id = coalesce(message_id, '<' || id || '@' || $3 || '>')
     where id = (
       select id from mail_outbox
       where state = 'QUEUED' and (next_attempt_at is null or next_attempt_at <= $1)
         and (claimed_until is null or claimed_until <= $1)
       order by created_at, id limit 1 for update skip locked)
     returning *`,
    [now, until, host],
  );
}

/** What an attempt came to. `QUEUED`: it is tried again. */
export interface Settled {
  state: MailState;
  reason?: string;
  sentAt?: Date;
  nextAttemptAt?: Date;
}

/**
 * Notes what became of a claimed mail, and forgets its link with it. Who was too slow has lost the claim to another:
 * then only what they sent counts, because that cannot be undone.
 */
export async function settleMail(
  db: Sql,
  { id, attempts }: ClaimedMail,
  { state, reason, sentAt, nextAttemptAt }: Settled,
): Promise<void> {
  await db.rows(
    `update mail_outbox set state = $3, reason = $4, sent_at = $5, next_attempt_at = $6, claimed_until = null,
       data = case when $3 = 'QUEUED' then data else data - 'token' end
     where id = $1 and state = 'QUEUED' and (attempts = $2 or $3 = 'SENT')`,
    [id, attempts, state, reason ?? null, sentAt ?? null, nextAttemptAt ?? null],
  );
}

/** Forgets some of the mails from before a moment, whatever became of them; gives how many. */
export async function forgetMails(tx: Tx, before: Date, most: number): Promise<number> {
  const rows = await tx.rows(
    `delete from mail_outbox where id in (
       select id from mail_outbox where created_at < $1 order by created_at limit $2 for update skip locked) returning id`,
    [before, most],
  );
  return rows.length;
}

export function findBranding(db: Sql, workspaceId: string): Promise<Branding | null> {
  return db.row<Branding>('select name, logo_url, brand_colour as colour from workspace where id = $1', [workspaceId]);
}
