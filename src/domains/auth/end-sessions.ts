import { emitAll, systemAt } from '../../events/outbox';
import type { Tx } from '../../platform/database';
import { revokeSessions, type SessionsToEnd, workspacesOfUser } from './sessions.repository';

/** Ends sessions of a user, with the streams that are open in them, and says how many still worked. */
export async function endSessions(tx: Tx, sessions: SessionsToEnd): Promise<number> {
  const ended = await revokeSessions(tx, sessions);
  if (ended === 0) return 0;
  const workspaceIds = await workspacesOfUser(tx, sessions.userId);
  const told = workspaceIds.map((workspaceId) => ({ workspaceId }));
  await emitAll(tx, systemAt(sessions.now), 'session.ended', told);
  return ended;
}
