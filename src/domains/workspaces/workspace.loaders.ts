import type { Context } from '../../context';
import { batched, inOrderOf } from '../../platform/batch';
import type { Workspace } from './workspace.entity';

/** Workspaces of the viewer by id; null for any other. */
export const loadWorkspace = batched<Context, string, Workspace | null>(async ({ db, access }, ids) => {
  const mine = access.memberships.map((membership) => membership.workspaceId).filter((id) => ids.includes(id));
  if (mine.length === 0) return ids.map(() => null);
  const rows = await db.rows<Workspace>(
    'select w.*, w.id as workspace_id from workspace w where w.id = any($1::text[])',
    [mine],
  );
  return inOrderOf(ids, rows, (workspace) => workspace.id);
});

/** Active people of a workspace, clients included. */
export const countMembers = batched<Context, string, number>(async ({ db }, ids) => {
  const rows = await db.rows<{ workspaceId: string; n: number }>(
    `select workspace_id, count(*)::int as n from membership where status = 'ACTIVE' and workspace_id = any($1::text[]) group by 1`,
    [ids],
  );
  return inOrderOf(ids, rows, (row) => row.workspaceId).map((row) => row?.n ?? 0);
});
