import { rereadAccess } from '../../access/reread-access';
import type { Context } from '../../context';
import { notFound } from '../../platform/errors';
import { ID_PREFIXES, prefixOf } from '../../platform/ids';
import type { EndedSessions, SignedIn } from './auth.types';
import { endSessions } from './end-sessions';
import { goOnAs, openSession } from './open-session';
import { type EmailAndPassword, provePassword } from './prove-password';
import { findSessions } from './sessions.repository';
import type { SignedInSession } from './viewer.types';

export async function signIn(context: Context, input: EmailAndPassword): Promise<SignedIn> {
  const user = await provePassword(context, input);
  const opened = await context.db.transaction((tx) => openSession(tx, context, user));
  return goOnAs(context, opened);
}

export async function signOut(context: Context): Promise<EndedSessions> {
  const { db, clock, access } = context;
  const only = access.session?.sessionId;
  const endedSessions = await db.transaction((tx) =>
    endSessions(tx, { userId: access.userId, now: clock.now(), only }),
  );
  await rereadAccess(context);
  return { endedSessions };
}

export async function signOutEverywhere(context: Context): Promise<EndedSessions> {
  const { db, clock, access } = context;
  const endedSessions = await db.transaction((tx) => endSessions(tx, { userId: access.userId, now: clock.now() }));
  await rereadAccess(context);
  return { endedSessions };
}

/** Ends one session of one's own; those of others, ended and unknown ones are alike `NOT_FOUND`. */
export async function revokeSession(context: Context, sessionId: string): Promise<EndedSessions> {
  const { db, clock, access } = context;
  const isOne = prefixOf(sessionId) === ID_PREFIXES.Session;
  const mine = { userId: access.userId, now: clock.now(), only: sessionId };
  const endedSessions = isOne ? await db.transaction((tx) => endSessions(tx, mine)) : 0;
  if (endedSessions === 0) throw notFound('sessionId');
  await rereadAccess(context);
  return { endedSessions };
}

export async function mySessions({ db, clock, access }: Context): Promise<SignedInSession[]> {
  const sessions = await findSessions(db, access.userId, clock.now());
  return sessions.map((session) => ({ ...session, current: session.id === access.session?.sessionId }));
}
