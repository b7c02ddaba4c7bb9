import type { Sql } from '../../platform/database';
import type { User } from './user.entity';

interface NewReset {
  tokenHash: string;
  userId: string;
  createdAt: Date;
  expiresAt: Date;
}

export async function insertReset(tx: Sql, { tokenHash, userId, createdAt, expiresAt }: NewReset): Promise<void> {
  await tx.rows(`delete from password_reset where user_id = $1 and expires_at <= $2`, [userId, createdAt]);
  await tx.rows('insert into password_reset (token_hash, user_id, created_at, expires_at) values ($1, $2, $3, $4)', [
    tokenHash,
    userId,
    createdAt,
    expiresAt,
  ]);
}

/** Whether the link behind this hash still works. Nothing is used up: that is for `useReset`. */
export async function isResetOpen(db: Sql, tokenHash: string, now: Date): Promise<boolean> {
  return (
    (await db.row(`select 1 as found from password_reset where token_hash = $1 and ${OPEN}`, [tokenHash, now])) !== null
  );
}

/** Whose a link is, and whether it still works. */
interface FoundReset {
  email: string;
  displayName: string;
  status: User['status'];
  expiresAt: Date;
  isOpen: boolean;
}

export function findReset(db: Sql, tokenHash: string, now: Date): Promise<FoundReset | null> {
  return db.row<FoundReset>(
    `select u.email, u.display_name, u.status, r.expires_at, ${OPEN} as is_open
     from password_reset r join app_user u on u.id = r.user_id where r.token_hash = $1`,
    [tokenHash, now],
  );
}

/** Uses the link up, once however many try, and says whose it was. */
export async function useReset(tx: Sql, tokenHash: string, now: Date): Promise<string | null> {
  const used = await tx.row<{ userId: string }>(
    `update password_reset set used_at = $2 where token_hash = $1 and ${OPEN} returning user_id`,
    [tokenHash, now],
  );
  return used?.userId ?? null;
}

/** All links of a user that still work stop working. */
export async function endResets(tx: Sql, userId: string, now: Date): Promise<void> {
  await tx.rows(`update password_reset set used_at = $2 where user_id = $1 and used_at is null`, [userId, now]);
}

const OPEN = 'used_at is null and expires_at > $2';
