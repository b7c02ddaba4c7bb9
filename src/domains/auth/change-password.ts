import type { Context } from '../../context';
import { unauthenticated } from '../../platform/errors';
import type { EndedSessions } from './auth.types';
import { endSessions } from './end-sessions';
import { cleanPassword, hashPassword } from './password';
import { endResets } from './password-resets.repository';
import { invalidCredentials, provePassword } from './prove-password';
import { replacePassword } from './users.repository';

/** A new password for who knows the present one. All other sessions end, and links that were on their way are dead. */
export async function changePassword(
  context: Context,
  { currentPassword, newPassword }: { currentPassword: string; newPassword: string },
): Promise<EndedSessions> {
  const { db, clock, access } = context;
  if (!access.session) throw unauthenticated();
  const { email, sessionId } = access.session;
  const password = cleanPassword(newPassword, 'newPassword');
  const { id: userId, passwordVersion } = await provePassword(context, { email, password: currentPassword });
  const passwordHash = await hashPassword(password);
  const now = clock.now();
  const endedSessions = await db.transaction(async (tx) => {
    const replaced = await replacePassword(tx, { userId, passwordHash, passwordVersion, now });
    if (!replaced) throw invalidCredentials();
    await endResets(tx, userId, now);
    return endSessions(tx, { userId, now, except: sessionId });
  });
  return { endedSessions };
}
