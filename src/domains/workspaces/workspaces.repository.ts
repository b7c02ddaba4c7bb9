import type { Sql } from '../../platform/database';
import type { Workspace } from './workspace.entity';

export function findWorkspaces(db: Sql, ids: readonly string[]): Promise<Workspace[]> {
  return db.rows<Workspace>('select w.*, w.id as workspace_id from workspace w where w.id = any($1::text[])', [ids]);
}

export function countActiveMembers(
  db: Sql,
  workspaceIds: readonly string[],
): Promise<{ workspaceId: string; n: number }[]> {
  return db.rows(
    `select workspace_id, count(*)::int as n from membership
     where status = 'ACTIVE' and workspace_id = any($1::text[]) group by 1`,
    [workspaceIds],
  );
}

export function lockWorkspace(tx: Sql, id: string): Promise<Workspace | null> {
  return tx.row<Workspace>('select * from workspace where id = $1 for update', [id]);
}

/** How many workspaces a user owns; the user stays locked, so that two requests cannot both take the last place. */
export async function countOwned(tx: Sql, userId: string): Promise<number> {
  await tx.rows('select from app_user where id = $1 for update', [userId]);
  const owned = await tx.row<{ n: number }>(
    `select count(*)::int as n from membership where user_id = $1 and role = 'OWNER'`,
    [userId],
  );
  return owned!.n;
}

export async function findTimeZoneOf(tx: Sql, userId: string): Promise<string> {
  const user = await tx.row<{ timezone: string }>('select timezone from app_user where id = $1', [userId]);
  return user!.timezone;
}

/** The time zone of this name as the database spells it; null when it knows none. */
export async function findTimeZone(db: Sql, name: string): Promise<string | null> {
  const zone = await db.row<{ name: string }>('select name from pg_timezone_names where lower(name) = lower($1)', [
    name,
  ]);
  return zone?.name ?? null;
}
