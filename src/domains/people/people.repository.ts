import type { ProjectAccess } from '../../access/project-access';
import { SqlParams, shownOn, visiblePeople } from '../../access/rows';
import type { Sql } from '../../platform/database';
import { type Connection, readPages, type SortKey } from '../../platform/paging';
import type { PeopleList } from './people.types';
import type { Person } from './person.entity';

/** A person and the project on which an edge names them. */
export interface PersonOnProject {
  personId: string;
  projectId: string;
}

/** The people of these ids whom the viewer may see anywhere. */
export function findPeople(db: Sql, access: ProjectAccess, ids: readonly string[]): Promise<Person[]> {
  const params = new SqlParams();
  const sql = `${SELECT} ${fromPeople(access, params)}
    where m.id = any(${params.add(ids)}::text[]) and ${visiblePeople(access, params)}`;
  return db.rows<Person>(sql, params.values);
}

/** The same for edges: each person only where the project shows them (assignee, author, who logged). */
export function findPeopleOnProjects(
  db: Sql,
  access: ProjectAccess,
  pairs: readonly PersonOnProject[],
): Promise<(Person & PersonOnProject)[]> {
  const params = new SqlParams();
  const people = params.add(pairs.map((pair) => pair.personId));
  const projects = params.add(pairs.map((pair) => pair.projectId));
  const sql = `${SELECT}, m.id as person_id, k.project_id ${fromPeople(access, params)}
    join unnest(${people}::text[], ${projects}::text[]) as k (person_id, project_id) on k.person_id = m.id
    where ${shownOn(access, params, 'k.project_id')}`;
  return db.rows(sql, params.values);
}

/** A page of the people of each workspace, by name. */
export function listPeople(
  db: Sql,
  access: ProjectAccess,
  { workspaceIds, list }: { workspaceIds: readonly string[]; list: PeopleList },
): Promise<Connection<Person>[]> {
  const params = new SqlParams();
  const { search, personTypeIn, statusIn } = list.filter ?? {};
  const conditions = [
    'm.workspace_id = k.id',
    ...(search == null ? [] : [`position(lower(${params.add(search.trim())}::text) in lower(u.display_name)) > 0`]),
    ...(personTypeIn == null ? [] : [`m.person_type = any(${params.add(personTypeIn)}::text[])`]),
    ...(statusIn == null ? [] : [`m.status = any(${params.add(statusIn)}::text[])`, statusShown(access, params)]),
  ];
  const from = `${fromPeople(access, params)} where ${visiblePeople(access, params)} and ${conditions.join(' and ')}`;
  return readPages(db, list, { select: SELECT, from, values: params.values, id: 'm.id', sort: BY_NAME }, workspaceIds);
}

const BY_NAME: SortKey = { name: 'NAME', sql: 'lower(u.display_name) collate "C"', type: 'text' };

/**
 * The projects of `projects` that person `m` is on: by a grant that stands today, or by the role that needs none.
 * Whether the person is active is no part of it: their managers are told.
 */
const sharedProjects = (projects: string, now: string): string => `
  select g.project_id from project_grant g
    where g.membership_id = m.id and g.project_id = any(${projects}) and g.status = 'ACTIVE'
      and (g.starts_at is null or g.starts_at <= ${now}) and (g.expires_at is null or ${now} < g.expires_at)
  union select p.id from project p
    where m.role in ('OWNER', 'ADMIN') and p.workspace_id = m.workspace_id and p.id = any(${projects})`;

const SELECT = `
  select m.id, m.workspace_id, m.user_id, m.version, u.display_name, m.title, m.avatar_url, u.email, u.phone, m.status,
    m.person_type, m.role, m.business_roles, m.weekly_capacity_seconds, m.client_facing,
    case m.person_type when 'CLIENT' then 'CLIENT' else 'TEAM' end as side,
    m.id = any(viewer.person_ids) as is_self,
    exists (select from contact c where c.membership_id = m.id and c.published
      and c.client_organisation_id = any(viewer.organisation_ids)) as is_published_colleague,
    array(${sharedProjects('viewer.project_ids', 'viewer.now')}) as shared_project_ids`;

/** People beside what the policy page asks about them: who looks, with which projects and from which organisations. */
function fromPeople(access: ProjectAccess, params: SqlParams): string {
  const mine = params.add(access.personIds);
  const projects = params.add(access.granted.map((permit) => permit.projectId));
  const organisations = params.add(access.memberships.flatMap((membership) => membership.organisationIds));
  return `from membership m join app_user u on u.id = m.user_id
    cross join (select ${mine}::text[] as person_ids, ${projects}::text[] as project_ids,
      ${organisations}::text[] as organisation_ids, ${params.add(access.now)}::timestamptz as now) as viewer`;
}

/** Where the viewer may read the status of a person: nobody else matches a filter by it (L-01). */
function statusShown(access: ProjectAccess, params: SqlParams): string {
  const managed = `${params.add(access.projectIds('manager'))}::text[]`;
  return `(m.workspace_id = any(${params.add(access.adminWorkspaceIds)}::text[])
    or exists (${sharedProjects(managed, 'viewer.now')}))`;
}
