import { SESSION_IDLE_MS, type ViewerSession } from '../../access/project-access';
import { after, type Clock, minutes } from '../../platform/clock';
import type { Sql } from '../../platform/database';
import type { Session } from './session.entity';

const IDLE_PRECISION_MS = minutes(5);

/** Notes that a session is in use, at most every 5 minutes: reading must not mean writing. */
export async function touchSession(db: Sql, clock: Clock, { sessionId, lastUsedAt }: ViewerSession): Promise<void> {
  const now = clock.now();
  if (lastUsedAt > after(now, -IDLE_PRECISION_MS)) return;
  await db.rows('update session set last_used_at = $2 where id = $1 and last_used_at < $2', [sessionId, now]);
}

/** The sessions of a user that still work, last used first. */
export function findSessions(db: Sql, userId: string, now: Date): Promise<Session[]> {
  return db.rows<Session>(
    `select id, user_id, created_at, last_used_at, expires_at, user_agent from session
     where user_id = $1 and ${WORKS} order by last_used_at desc, id`,
    [userId, now, after(now, -SESSION_IDLE_MS)],
  );
}

export interface SessionsToEnd {
  userId: string;
  now: Date;
  /** This one alone; without it all. */
  only?: string;
  /** All but this one. */
  except?: string;
}

/** Ends sessions of a user and says how many still worked. */
export async function revokeSessions(db: Sql, { userId, now, only, except }: SessionsToEnd): Promise<number> {
  const ended = await db.rows(
    `update session set revoked_at = $2 where user_id = $1 and ${WORKS}
       and ($4::text is null or id = $4) and ($5::text is null or id <> $5) returning id`,
    [userId, now, after(now, -SESSION_IDLE_MS), only ?? null, except ?? null],
  );
  return ended.length;
}

/** Which of these tokens still open something, by their hashes. */
export async function whichWork(db: Sql, hashes: readonly string[], now: Date): Promise<string[]> {
  const rows = await db.rows<{ tokenHash: string }>(
    `select token_hash from session where token_hash = any($1::text[]) and ${WORKS}
       and exists (select from app_user u where u.id = user_id and u.status = 'ACTIVE')`,
    [hashes, now, after(now, -SESSION_IDLE_MS)],
  );
  return rows.map((row) => row.tokenHash);
}

/** Sessions that ended by themselves are no record of anything. */
export async function deleteExpiredSessions(tx: Sql, userId: string, now: Date): Promise<void> {
  await tx.rows('delete from session where user_id = $1 and expires_at <= $2', [userId, now]);
}

/** Of session, at moment $2, idle since $3: as `loadAccess` asks. */
const WORKS = 'revoked_at is null and expires_at > $2 and last_used_at > $3';
