import { setTimeout as sleep } from 'node:timers/promises';
import { rereadAccess } from '../../access/reread-access';
import type { Context } from '../../context';
import { after, hours } from '../../platform/clock';
import { newToken, tokenHash } from '../../platform/ids';
import { normalEmail } from '../../platform/text';
import { queueMail } from '../mail/queue-mail';
import type { EndedSessions, RequestPasswordResetPayload } from './auth.types';
import { deadLink } from './dead-link';
import { endSessions } from './end-sessions';
import { cleanPassword, hashPassword } from './password';
import { endResets, insertReset, isResetOpen, useReset } from './password-resets.repository';
import { countTry, forgiveAccount, limitsOf } from './throttle';
import { findByEmail, lockUser, replacePassword } from './users.repository';

const LINK_LASTS_MS = hours(1);
/** Longer than the longest way takes: how soon the answer comes tells nothing of whether somebody was written to. */
const ANSWER_AFTER_MS = 250;

/** Mails a link if the e-mail is somebody's. The answer is the same, and comes as late, if it is nobody's. */
export async function requestPasswordReset(context: Context, email: string): Promise<RequestPasswordResetPayload> {
  const { db, clock, request } = context;
  await countTry(db, clock, limitsOf('passwordReset', { email: normalEmail(email), ip: request.ip }));
  await Promise.all([mailLink(context, email), sleep(ANSWER_AFTER_MS)]);
  return { message: 'If this e-mail belongs to somebody here, a link to choose a new password is on its way.' };
}

async function mailLink({ db, clock }: Context, email: string): Promise<void> {
  const user = await findByEmail(db, email);
  if (user?.status !== 'ACTIVE') return;
  await db.transaction(async (tx) => {
    const token = newToken();
    const now = clock.now();
    const expiresAt = after(now, LINK_LASTS_MS);
    await insertReset(tx, { tokenHash: tokenHash(token), userId: user.id, createdAt: now, expiresAt });
    const mail = { kind: 'PASSWORD_RESET', recipient: user.email, workspaceId: null, data: { token } } as const;
    await queueMail(tx, mail, clock);
  });
}

/** A new password for who holds the link: it works once, for an hour, and ends every session. */
export async function resetPassword(
  context: Context,
  input: { token: string; password: string },
): Promise<EndedSessions> {
  const { db, clock } = context;
  const password = cleanPassword(input.password);
  const link = tokenHash(input.token);
  const now = clock.now();
  if (!(await isResetOpen(db, link, now))) throw deadLink();
  const passwordHash = await hashPassword(password);
  const { endedSessions, email } = await db.transaction(async (tx) => {
    const userId = await useReset(tx, link, now);
    const user = userId && (await lockUser(tx, userId));
    if (!user) throw deadLink();
    await replacePassword(tx, { userId, passwordHash, passwordVersion: user.passwordVersion, now });
    await endResets(tx, userId, now);
    return { endedSessions: await endSessions(tx, { userId, now }), email: user.email };
  });
  await forgiveAccount(db, clock, email);
  await rereadAccess(context);
  return { endedSessions };
}
