import type { Context } from '../../context';
import { PorticoError } from '../../platform/errors';
import { normalEmail } from '../../platform/text';
import { hashPassword, isOutdated, isPassword } from './password';
import { countTry, forgiveAccount, limitsOf, uncountTry } from './throttle';
import { type Credentials, findByEmail, refreshHash } from './users.repository';

export interface EmailAndPassword {
  email: string;
  password: string;
}

/**
 * The user to whom e-mail and password belong. Every way to try a password leads through here: 5 failures in 15
 * minutes against one account and 20 from one address, then `RATE_LIMITED{retryAfter}`. Unknown, wrong and locked are
 * one answer, `INVALID_CREDENTIALS`, after the same work. Not for use inside a transaction: it hashes.
 */
export async function provePassword(
  { db, clock, request }: Pick<Context, 'db' | 'clock' | 'request'>,
  { email, password }: EmailAndPassword,
): Promise<Credentials> {
  const limits = limitsOf('signIn', { email: normalEmail(email), ip: request.ip });
  await countTry(db, clock, limits);
  const user = await findByEmail(db, email);
  const right = await isPassword(password, user?.passwordHash ?? null).catch(async (error: unknown) => {
    await uncountTry(db, limits);
    throw error;
  });
  if (!user?.passwordHash || !right || user.status !== 'ACTIVE') throw invalidCredentials();
  await uncountTry(db, limits);
  await forgiveAccount(db, clock, user.email);
  if (isOutdated(user.passwordHash)) await refreshHash(db, user, await hashPassword(password));
  return user;
}

export const invalidCredentials = (): PorticoError =>
  new PorticoError('INVALID_CREDENTIALS', 'E-mail and password do not belong together.');
