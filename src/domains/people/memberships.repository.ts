import type { Tx } from '../../platform/database';
import { notFound } from '../../platform/errors';
import type { Membership } from './person.entity';

/** Locks the roles of a workspace: whoever changes who is what there waits for whoever did before. */
export async function lockRoles(tx: Tx, workspaceId: string): Promise<void> {
  await tx.rows('select from workspace where id = $1 for no key update', [workspaceId]);
}

/** Locks these people of a workspace for the rest of the transaction, in the order of the ids given. */
export async function lockMemberships(tx: Tx, workspaceId: string, ids: readonly string[]): Promise<Membership[]> {
  const rows = await tx.rows<Membership>(
    'select * from membership where workspace_id = $1 and id = any($2::text[]) order by id for update',
    [workspaceId, ids],
  );
  return ids.map((id) => {
    const row = rows.find((membership) => membership.id === id);
    if (!row) throw notFound();
    return row;
  });
}

/** Wherever a user is or was somebody. */
export async function workspacesOfUser(tx: Tx, userId: string): Promise<string[]> {
  const rows = await tx.rows<{ workspaceId: string }>('select workspace_id from membership where user_id = $1', [
    userId,
  ]);
  return rows.map((row) => row.workspaceId);
}
