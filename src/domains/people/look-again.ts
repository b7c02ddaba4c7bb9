import { emitAll, systemAt } from '../../events/outbox';
import type { Tx } from '../../platform/database';
import { workspacesOfUser } from './memberships.repository';

interface Looking {
  userId: string;
  now: Date;
}

/** Has the open streams of a user look again at who holds them, whichever of their workspaces they are of. */
export async function lookAgain(
  tx: Tx,
  kind: 'session.ended' | 'workspace.joined',
  { userId, now }: Looking,
): Promise<void> {
  const told = (await workspacesOfUser(tx, userId)).map((workspaceId) => ({ workspaceId }));
  await emitAll(tx, systemAt(now), kind, told);
}
