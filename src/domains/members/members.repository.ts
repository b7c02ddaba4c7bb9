import { EFFECTIVE_GRANT } from '../../access/load-access';
import type { ProjectAccess } from '../../access/project-access';
import { SqlParams, shownOn, visibleMembers } from '../../access/rows';
import type { Sql } from '../../platform/database';
import { type Connection, type PageArgs, readPages, type SortKey } from '../../platform/paging';
import type { ProjectMember } from './project-member.types';

/** The members of these ids that the viewer may see. */
export function findMembers(db: Sql, access: ProjectAccess, ids: readonly string[]): Promise<ProjectMember[]> {
  const params = new SqlParams();
  const wanted = params.add(ids);
  const sql = `${SELECT} ${fromMembers(access, params)} where x.id = any(${wanted}::text[]) and ${visibleMembers(access, params)}`;
  return db.rows<ProjectMember>(sql, params.values);
}

/** What these invitations will grant, as far as the viewer may see it, by name of the project. */
export function findInvited(
  db: Sql,
  access: ProjectAccess,
  invitationIds: readonly string[],
): Promise<ProjectMember[]> {
  const params = new SqlParams();
  const wanted = params.add(invitationIds);
  const sql = `${SELECT} ${fromMembers(access, params)} join project p on p.id = x.project_id
    where x.invitation_id = any(${wanted}::text[]) and ${visibleMembers(access, params)} order by lower(p.name), x.id`;
  return db.rows<ProjectMember>(sql, params.values);
}

/** A page of the members of each project, by name. Callers have asked the policy page whether there is a list. */
export function listMembers(
  db: Sql,
  access: ProjectAccess,
  { projectIds, page }: { projectIds: readonly string[]; page: PageArgs },
): Promise<Connection<ProjectMember>[]> {
  const params = new SqlParams();
  const from = `${fromMembers(access, params)} where x.project_id = k.id and ${visibleMembers(access, params)}`;
  return readPages(db, page, { select: SELECT, from, values: params.values, id: 'x.id', sort: BY_NAME }, projectIds);
}

/** Somebody in the list of people of a project; who they are is for the loader of people to read. */
export interface ListedPerson {
  id: string;
  projectId: string;
}

/** A page of the people of each project whose grant counts now and whom the project shows to the viewer, by name. */
export function listPeople(
  db: Sql,
  access: ProjectAccess,
  { projectIds, page }: { projectIds: readonly string[]; page: PageArgs },
): Promise<Connection<ListedPerson>[]> {
  const params = new SqlParams();
  const from = `from project_grant g join membership m on m.id = g.membership_id join project p on p.id = g.project_id
    join app_user u on u.id = m.user_id
    where g.project_id = k.id and ${EFFECTIVE_GRANT(`${params.add(access.now)}::timestamptz`)} and ${shownOn(access, params, 'k.id')}`;
  const sort: SortKey = { ...BY_NAME, sql: 'lower(u.display_name) collate "C"' };
  const select = 'select m.id, k.id as project_id';
  return readPages(db, page, { select, from, values: params.values, id: 'm.id', sort }, projectIds);
}

const BY_NAME: SortKey = { name: 'NAME', sql: 'lower(x.name) collate "C"', type: 'text' };

const SELECT = `select x.id, x.workspace_id, x.project_id, x.person_id, x.invitation_id, x.name, x.status, x.starts_at,
  x.expires_at, x.reason, x.granted_by, x.version, json_build_object('trackTime', x.track_time, 'clientView', x.client_view,
    'internalCosts', x.internal_costs, 'managesProject', x.manages_project) as permissions`;

/** People with a grant that is not revoked, and those whose invitation is pending, in one list (F-029). */
function fromMembers(access: ProjectAccess, params: SqlParams): string {
  const now = `${params.add(access.now)}::timestamptz`;
  return `from (
    select g.id, g.workspace_id, g.project_id, g.membership_id as person_id, null::text as invitation_id,
      u.display_name as name, g.track_time, g.client_view, g.internal_costs, g.manages_project,
      case when m.status <> 'ACTIVE' or u.status <> 'ACTIVE' then 'DEACTIVATED' when g.expires_at <= ${now} then 'EXPIRED'
        when g.status = 'SUSPENDED' then 'SUSPENDED' when g.starts_at > ${now} then 'UPCOMING' else 'ACTIVE' end as status,
      g.starts_at, g.expires_at, g.reason, g.granted_by, g.version
    from project_grant g join membership m on m.id = g.membership_id join app_user u on u.id = m.user_id
    where g.status <> 'REVOKED'
    union all
    select ig.id, ig.workspace_id, ig.project_id, null, i.id,
      i.name, ig.track_time, ig.client_view, ig.internal_costs, ig.manages_project,
      case when i.expires_at <= ${now} or ig.expires_at <= ${now} then 'EXPIRED' else 'PENDING' end,
      ig.starts_at, ig.expires_at, ig.reason, ig.granted_by, ig.version
    from invitation_grant ig join invitation i on i.id = ig.invitation_id
    where i.status = 'PENDING'
  ) x`;
}
