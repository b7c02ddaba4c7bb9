import type { Sql } from '../../platform/database';
import { unauthenticated } from '../../platform/errors';
import { normalEmail } from '../../platform/text';
import type { User } from './user.entity';
import type { Viewer } from './viewer.types';

export async function findViewer(db: Sql, userId: string): Promise<Viewer> {
  const viewer = await db.row<Viewer>(
    'select id, email, display_name, phone, locale, timezone from app_user where id = $1',
    [userId],
  );
  if (!viewer) throw unauthenticated();
  return viewer;
}

/** What a sign-in is checked against. */
export type Credentials = Pick<User, 'id' | 'email' | 'displayName' | 'status' | 'passwordHash' | 'passwordVersion'>;

/** Null also for what can be nobody's e-mail: the database refuses NUL, and a refusal would tell. */
export async function findByEmail(db: Sql, email: string): Promise<Credentials | null> {
  if (email.includes('\0')) return null;
  return db.row<Credentials>(
    'select id, email, display_name, status, password_hash, password_version from app_user where email = $1',
    [normalEmail(email)],
  );
}

/** Gives a user a new password, if theirs is still the one of `passwordVersion`. Says whether it was. */
export async function replacePassword(
  tx: Sql,
  { userId, passwordHash, passwordVersion, now }: NewPassword,
): Promise<boolean> {
  const changed = await tx.row(
    `update app_user set password_hash = $2, password_version = password_version + 1, updated_at = $3
     where id = $1 and password_version = $4 returning id`,
    [userId, passwordHash, now, passwordVersion],
  );
  return changed !== null;
}

interface NewPassword {
  userId: string;
  passwordHash: string;
  passwordVersion: number;
  now: Date;
}

/** The same password under newer parameters. Without effect when somebody was quicker. */
export async function refreshHash(db: Sql, user: Credentials, passwordHash: string): Promise<void> {
  await db.rows('update app_user set password_hash = $2 where id = $1 and password_hash = $3', [
    user.id,
    passwordHash,
    user.passwordHash,
  ]);
}

/** An active user's present password version, locked against a change until the transaction ends. */
export function lockUser(tx: Sql, userId: string): Promise<Pick<User, 'email' | 'passwordVersion'> | null> {
  return tx.row(`select email, password_version from app_user where id = $1 and status = 'ACTIVE' for update`, [
    userId,
  ]);
}

export async function isAnybody(db: Sql): Promise<boolean> {
  return (await db.row('select 1 as found from app_user limit 1')) !== null;
}

/** Whether a workspace of any of these people lets its clients edit their own name and phone. */
export async function mayClientsEditThemselves(db: Sql, personIds: readonly string[]): Promise<boolean> {
  const allowing = await db.row(
    `select 1 as found from membership m join workspace w on w.id = m.workspace_id
     where m.id = any($1::text[]) and w.client_profile_edit limit 1`,
    [personIds],
  );
  return allowing !== null;
}
