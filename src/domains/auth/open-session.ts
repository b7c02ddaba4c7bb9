import { SESSION_MAX_MS } from '../../access/project-access';
import { rereadAccess } from '../../access/reread-access';
import type { Context } from '../../context';
import { after } from '../../platform/clock';
import type { Tx } from '../../platform/database';
import { newId, newToken, tokenHash } from '../../platform/ids';
import type { SignedIn } from './auth.types';
import { invalidCredentials } from './prove-password';
import { Session } from './session.entity';
import { deleteExpiredSessions } from './sessions.repository';
import { findViewer, lockUser } from './users.repository';

export interface OpenedSession {
  userId: string;
  /** Told once, here; the database knows its hash alone. */
  token: string;
  expiresAt: Date;
}

/**
 * Opens a session in the transaction that signs somebody in. `passwordVersion`: of the password that was proven; one
 * replaced since then opens nothing, so that a reset ends every session however the two meet.
 */
export async function openSession(
  tx: Tx,
  { clock, request }: Pick<Context, 'clock' | 'request'>,
  { id: userId, passwordVersion }: { id: string; passwordVersion: number },
): Promise<OpenedSession> {
  const now = clock.now();
  const user = await lockUser(tx, userId);
  if (user?.passwordVersion !== passwordVersion) throw invalidCredentials();
  await deleteExpiredSessions(tx, userId, now);
  const token = newToken();
  const expiresAt = after(now, SESSION_MAX_MS);
  await tx.insert(Session, {
    id: newId('Session'),
    userId,
    tokenHash: tokenHash(token),
    createdAt: now,
    lastUsedAt: now,
    expiresAt,
    revokedAt: null,
    userAgent: request.userAgent ?? null,
  });
  return { userId, token, expiresAt };
}

/** The rest of the operation runs as who has just signed in, so that the payload's viewer is judged as themselves. */
export async function goOnAs(context: Context, { userId, token, expiresAt }: OpenedSession): Promise<SignedIn> {
  context.request = { ...context.request, token };
  await rereadAccess(context);
  return { token, expiresAt, viewer: await findViewer(context.db, userId) };
}
