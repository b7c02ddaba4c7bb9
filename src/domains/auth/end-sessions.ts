import type { Tx } from '../../platform/database';
import { lookAgain } from '../people/look-again';
import { revokeSessions, type SessionsToEnd } from './sessions.repository';

/** Ends sessions of a user, with the streams that are open in them, and says how many still worked. */
export async function endSessions(tx: Tx, sessions: SessionsToEnd): Promise<number> {
  const ended = await revokeSessions(tx, sessions);
  if (ended === 0) return 0;
  await lookAgain(tx, 'session.ended', sessions);
  return ended;
}
