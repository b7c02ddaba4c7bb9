import type { Context } from '../../context';
import { batched, inOrderOf } from '../../platform/batch';
import type { Workspace } from './workspace.entity';
import { countActiveMembers, findWorkspaces } from './workspaces.repository';

/** Workspaces of the viewer by id; null for any other. */
export const loadWorkspace = batched<Context, string, Workspace | null>(async ({ db, access }, ids) => {
  const mine = access.memberships.map((membership) => membership.workspaceId).filter((id) => ids.includes(id));
  if (mine.length === 0) return ids.map(() => null);
  return inOrderOf(ids, await findWorkspaces(db, mine), (workspace) => workspace.id);
});

/** Active people of a workspace, clients included. */
export const countMembers = batched<Context, string, number>(async ({ db }, ids) => {
  const counts = await countActiveMembers(db, ids);
  return inOrderOf(ids, counts, (row) => row.workspaceId).map((row) => row?.n ?? 0);
});
