import type { Tx } from '../../platform/database';

export async function countOtherAdmins(tx: Tx, workspaceId: string, personId: string): Promise<number> {
  const row = await tx.row<{ n: number }>(
    `select count(*)::int as n from membership
     where workspace_id = $1 and role = 'ADMIN' and status = 'ACTIVE' and id <> $2`,
    [workspaceId, personId],
  );
  return row!.n;
}

/** Whether a timer of theirs runs: it would become an entry of a client's. */
export async function isTimed(tx: Tx, personId: string): Promise<boolean> {
  return (await tx.row('select from timer where person_id = $1', [personId])) !== null;
}

export interface ReducedGrant {
  projectId: string;
  lostManagesProject: boolean;
  lostInternalCosts: boolean;
  revoked: boolean;
}

interface Reduction {
  personId: string;
  organisationId: string;
  now: Date;
}

/**
 * Takes from every grant of a person what no client holds, and ends those on projects of other clients. Gives what
 * that took from grants that were not revoked before, by project name.
 */
export async function reduceGrants(tx: Tx, { personId, organisationId, now }: Reduction): Promise<ReducedGrant[]> {
  const before = await tx.rows<ReducedGrant & { id: string; wasRevoked: boolean }>(
    `select g.id, g.project_id, g.manages_project as lost_manages_project, g.internal_costs as lost_internal_costs,
       p.client_organisation_id <> $2 as revoked, g.status = 'REVOKED' as was_revoked
     from project_grant g join project p on p.id = g.project_id
     where g.membership_id = $1 and (g.manages_project or g.internal_costs or p.client_organisation_id <> $2)
     order by lower(p.name) collate "C", p.id for update of g`,
    [personId, organisationId],
  );
  await tx.rows(
    `update project_grant g set manages_project = false, internal_costs = false,
       status = case when p.client_organisation_id <> $2 then 'REVOKED' else g.status end,
       version = g.version + 1, updated_at = $3
     from project p where p.id = g.project_id and g.id = any($1::text[])`,
    [before.map((grant) => grant.id), organisationId, now],
  );
  return before.filter((grant) => !grant.wasRevoked);
}

/** Clients have no rates. What was logged keeps the rates it was logged with. */
export async function deleteRatesOf(tx: Tx, personId: string): Promise<void> {
  await tx.rows('delete from rate where membership_id = $1', [personId]);
}

export async function findName(tx: Tx, userId: string): Promise<{ email: string; displayName: string }> {
  return (await tx.row<{ email: string; displayName: string }>(
    'select email, display_name from app_user where id = $1',
    [userId],
  ))!;
}
