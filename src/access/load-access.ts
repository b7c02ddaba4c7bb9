import { after, type Clock } from '../platform/clock';
import type { Sql } from '../platform/database';
import { tokenHash } from '../platform/ids';
import type { Permit } from './permissions';
import { ProjectAccess, SESSION_IDLE_MS, type ViewerMembership, type ViewerSession } from './project-access';
import { resolveSettings, type VisibilityPreset, type VisibilitySettings } from './visibility';

/** Reads who calls and what they hold, in one statement. An unknown, idle or ended session is nobody. */
export async function loadAccess(db: Sql, clock: Clock, token: string | undefined): Promise<ProjectAccess> {
  if (!token) return ProjectAccess.nobody(clock.now());
  return (await loadAccessOfMany(db, clock, [token]))[0];
}

/** The same for many sessions at once, still in one statement. */
export async function loadAccessOfMany(db: Sql, clock: Clock, tokens: readonly string[]): Promise<ProjectAccess[]> {
  const now = clock.now();
  const hashes = tokens.map(tokenHash);
  const rows = await db.rows<AccessRow>(accessSql(OF_SESSIONS), [hashes, now, after(now, -SESSION_IDLE_MS)]);
  const byHash = new Map(rows.map((row) => [row.tokenHash, toAccess(row, now)]));
  return hashes.map((hash) => byHash.get(hash) ?? ProjectAccess.nobody(now));
}

/** What users may see at this moment without being here: for what is made for them. Who may not sign in is left out. */
export async function loadAccessOfUsers(
  db: Sql,
  clock: Clock,
  userIds: readonly string[],
): Promise<Map<string, ProjectAccess>> {
  const now = clock.now();
  const rows = await db.rows<AccessRow>(accessSql(OF_USERS), [userIds, now]);
  return new Map(rows.map((row) => [row.userId, toAccess(row, now)]));
}

/** The same for one: for what is written to them. Null for who may not sign in. */
export async function loadAccessOfUser(db: Sql, clock: Clock, userId: string): Promise<ProjectAccess | null> {
  return (await loadAccessOfUsers(db, clock, [userId])).get(userId) ?? null;
}

/** A moment in the history of what people hold in a workspace: counted from one change to the next. */
export interface Epoch {
  workspaceId: string;
  epoch: number;
}

/** What has changed since. */
export interface AccessChanges {
  epoch: number;
  /** Whose permissions were changed last at which epoch; everybody's, where no person is named. */
  changes: { personId: string; epoch: number }[];
}

/** What has changed since each of these moments, in their order. Migration 0012 counts it. */
export async function loadChanges(db: Sql, since: readonly Epoch[]): Promise<AccessChanges[]> {
  const rows = await db.rows<{ nth: bigint; epoch: bigint; personId: string | null; at: bigint }>(
    `select k.nth, e.epoch, c.person_id, c.epoch as at
     from unnest($1::text[], $2::bigint[]) with ordinality as k (workspace_id, epoch, nth)
       join access_epoch e on e.workspace_id = k.workspace_id
       left join access_change c on c.workspace_id = k.workspace_id and c.epoch > k.epoch`,
    [since.map(({ workspaceId }) => workspaceId), since.map(({ epoch }) => epoch)],
  );
  const found = since.map(({ epoch }): AccessChanges => ({ epoch, changes: [] }));
  for (const { nth, epoch, personId, at } of rows) {
    const of = found[Number(nth) - 1];
    of.epoch = Number(epoch);
    if (personId !== null) of.changes.push({ personId, epoch: Number(at) });
  }
  return found;
}

/** What tells whether a caller still holds what was read of them. */
export interface Confirmation {
  session: ViewerSession;
  memberships: { personId: string; epoch: number; lastSeq: number; changedAt: number }[];
}

/**
 * Whether the session with this hash stands, who its user is by now, and since which epochs what they hold has been as it
 * is. Null for a session that is over.
 */
export async function loadConfirmation(db: Sql, hash: string, now: Date): Promise<Confirmation | null> {
  const rows = await db.rows<ConfirmationRow>(CONFIRMATION, [[hash], now, after(now, -SESSION_IDLE_MS)]);
  if (rows.length === 0) return null;
  const { sessionId, userId, email, lastUsedAt, expiresAt } = rows[0];
  const memberships = rows.flatMap(({ personId, epoch, lastSeq, changedAt }) =>
    personId === null ? [] : { personId, epoch: Number(epoch), lastSeq: Number(lastSeq), changedAt: Number(changedAt) },
  );
  return { session: { sessionId, userId, email, lastUsedAt, expiresAt }, memberships };
}

interface ConfirmationRow extends ViewerSession {
  /** Null: a user of no workspace. */
  personId: string | null;
  epoch: bigint;
  lastSeq: bigint;
  changedAt: bigint;
}

interface AccessRow extends ViewerSession {
  tokenHash: string;
  memberships: ViewerMembership[] | null;
  grants: GrantRow[] | null;
  nextStart: Date | null;
}

interface GrantRow {
  workspaceId: string;
  projectId: string;
  personId: string;
  trackTime: boolean;
  clientView: boolean;
  internalCosts: boolean;
  managesProject: boolean;
  expiresAt: string | null;
  clientOrganisationId: string;
  projectStatus: string;
  preset: VisibilityPreset;
  visibility: Partial<VisibilitySettings>;
}

function toAccess(row: AccessRow, now: Date): ProjectAccess {
  const memberships = row.memberships ?? [];
  const byWorkspace = new Map(memberships.map((membership) => [membership.workspaceId, membership]));
  const permits = (row.grants ?? []).map((grant) => toPermit(grant, byWorkspace.get(grant.workspaceId)!));
  const { sessionId, userId, email, lastUsedAt, expiresAt } = row;
  return new ProjectAccess(
    { sessionId, userId, email, lastUsedAt, expiresAt },
    memberships,
    permits,
    now,
    row.nextStart,
  );
}

function toPermit(grant: GrantRow, membership: ViewerMembership): Permit {
  const { preset, visibility, expiresAt, ...held } = grant;
  return {
    ...held,
    source: 'GRANT',
    role: membership.role,
    settings: membership.personType === 'CLIENT' ? resolveSettings(preset, visibility) : null,
    billing: membership.businessRoles.includes('BILLING'),
    membersSeeBillRates: membership.membersSeeBillRates,
    invitePolicy: membership.invitePolicy,
    expiresAt: expiresAt === null ? null : new Date(expiresAt),
  };
}

/** What makes a grant count (docs/access.md), for grant `g` of membership `m` on project `p` at moment $2. */
export const EFFECTIVE_GRANT = (now: string): string => `
  g.status = 'ACTIVE' and (g.starts_at is null or g.starts_at <= ${now}) and (g.expires_at is null or ${now} < g.expires_at)
  and m.status = 'ACTIVE' and exists (select from app_user u where u.id = m.user_id and u.status = 'ACTIVE')
  and (m.person_type <> 'CLIENT' or (p.status <> 'ARCHIVED' and exists (
    select from client_organisation o where o.id = p.client_organisation_id and o.status = 'ACTIVE')))`;

const OF_SESSIONS = `
  select s.token_hash, s.id as session_id, s.last_used_at, s.expires_at, u.id as user_id, u.email
  from session s join app_user u on u.id = s.user_id
  where s.token_hash = any($1::text[]) and s.revoked_at is null and s.expires_at > $2 and s.last_used_at > $3 and u.status = 'ACTIVE'`;

/** One row for each active membership. */
const CONFIRMATION = `
  select v.*, m.id as person_id, e.epoch,
    coalesce((select t.last_seq from event_stream t where t.workspace_id = m.workspace_id), 0) as last_seq,
    coalesce((select max(c.epoch) from access_change c
      where c.workspace_id = m.workspace_id and c.person_id in (m.id, '')), 0) as changed_at
  from (${OF_SESSIONS}) v left join (
    membership m join access_epoch e on e.workspace_id = m.workspace_id
  ) on m.user_id = v.user_id and m.status = 'ACTIVE'`;

/** As in a session that is over as soon as it is read. */
const OF_USERS = `
  select '' as token_hash, '' as session_id, $2::timestamptz as last_used_at, $2::timestamptz as expires_at,
    u.id as user_id, u.email
  from app_user u where u.id = any($1::text[]) and u.status = 'ACTIVE'`;

/** Everything that a decision rests on, of those whom `viewers` selects. */
const accessSql = (viewers: string): string => `
  with viewer as (${viewers}), mine as (
    select m.* from membership m where m.user_id in (select user_id from viewer) and m.status = 'ACTIVE'
  )
  select v.*,
    (select json_agg(json_build_object(
        'workspaceId', m.workspace_id, 'personId', m.id, 'personType', m.person_type, 'role', m.role,
        'businessRoles', m.business_roles, 'membersSeeBillRates', w.members_see_bill_rates,
        'invitePolicy', w.invite_policy, 'timezone', w.timezone,
        'lastSeq', coalesce((select t.last_seq from event_stream t where t.workspace_id = w.id), 0),
        'epoch', (select e.epoch from access_epoch e where e.workspace_id = w.id),
        'organisationIds', coalesce((select json_agg(o.id) from contact c join client_organisation o on o.id = c.client_organisation_id
          where c.membership_id = m.id and o.status = 'ACTIVE'), '[]'))
        order by w.name, m.id)
      from mine m join workspace w on w.id = m.workspace_id where m.user_id = v.user_id) as memberships,
    (select json_agg(json_build_object(
        'workspaceId', g.workspace_id, 'projectId', g.project_id, 'personId', m.id,
        'trackTime', g.track_time, 'clientView', g.client_view,
        'internalCosts', g.internal_costs, 'managesProject', g.manages_project,
        'expiresAt', g.expires_at, 'clientOrganisationId', p.client_organisation_id, 'projectStatus', p.status,
        'preset', p.preset, 'visibility', p.visibility) order by p.id)
      from mine m join project_grant g on g.membership_id = m.id join project p on p.id = g.project_id
      where m.user_id = v.user_id and ${EFFECTIVE_GRANT('$2')}) as grants,
    (select min(g.starts_at) from mine m join project_grant g on g.membership_id = m.id
      where m.user_id = v.user_id and g.starts_at > $2) as next_start
  from viewer v`;
