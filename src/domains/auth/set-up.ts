import type { Context } from '../../context';
import { after, type Clock, hours } from '../../platform/clock';
import type { Database, Sql } from '../../platform/database';
import { newId, newToken, tokenHash } from '../../platform/ids';
import { cleanEmail, cleanText } from '../../platform/text';
import { insertWorkspace, slugOf } from '../workspaces/new-workspace';
import type { SetUpInput } from './auth.inputs';
import type { SignedIn } from './auth.types';
import { deadLink } from './dead-link';
import { goOnAs, openSession } from './open-session';
import { cleanPassword, hashPassword } from './password';
import { isAnySetupOpen, isSetupOpen, lockSetup, replaceSetupLink, useSetupLink } from './setup-link.repository';
import { User } from './user.entity';
import { isAnybody } from './users.repository';

const LINK_LASTS_MS = hours(24);

/** Whether the server has no user yet: then somebody must become the first owner. */
export const needsSetUp = async (database: Sql): Promise<boolean> => !(await isAnybody(database));

/**
 * A new token for `<publicUrl>/setup?token=…`, which makes the first owner: it works once, for 24 hours, and ends the
 * one before. Only its hash is kept. While there are users it is good for nothing.
 */
export async function issueSetupLink(database: Database, clock: Clock): Promise<string> {
  const token = newToken();
  const createdAt = clock.now();
  const expiresAt = after(createdAt, LINK_LASTS_MS);
  await database.transaction(async (tx) => {
    await lockSetup(tx);
    await replaceSetupLink(tx, { tokenHash: tokenHash(token), createdAt, expiresAt });
  });
  return token;
}

/** Whether a link that was given before still works. */
export const hasSetupLink = (database: Sql, clock: Clock): Promise<boolean> => isAnySetupOpen(database, clock.now());

/** Makes the first owner and their workspace, and signs them in. Of two at once one wins. */
export async function setUp(context: Context, input: SetUpInput): Promise<SignedIn> {
  const { db, clock } = context;
  const email = cleanEmail(input.email);
  const displayName = cleanText(input.displayName, { field: 'displayName', max: 120 });
  const name = cleanText(input.workspaceName, { field: 'workspaceName', max: 120 });
  const password = cleanPassword(input.password);
  const link = tokenHash(input.token);
  const now = clock.now();
  if (!(await isSetupOpen(db, link, now))) throw deadLink();
  const passwordHash = await hashPassword(password);
  const opened = await db.transaction(async (tx) => {
    await lockSetup(tx);
    const won = (await useSetupLink(tx, link, now)) && (await needsSetUp(tx));
    if (!won) throw deadLink();
    const userId = newId('User');
    const profile = { phone: null, locale: 'en', timezone: 'UTC', status: 'ACTIVE' } as const;
    const user = { id: userId, email, displayName, passwordHash, passwordVersion: 1, ...profile };
    await tx.insert(User, { ...user, createdAt: now, updatedAt: now });
    await insertWorkspace(tx, { name, slug: slugOf(name), timezone: 'UTC', defaultCurrency: 'EUR', userId }, clock);
    return openSession(tx, context, user);
  });
  return goOnAs(context, opened);
}
