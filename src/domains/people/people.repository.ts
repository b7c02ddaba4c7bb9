import type { ProjectAccess } from '../../access/project-access';
import { SqlParams, shownOn, visiblePeople } from '../../access/rows';
import type { Sql } from '../../platform/database';
import type { Person } from './person.entity';

/** A person and the project on which an edge names them. */
export interface PersonOnProject {
  personId: string;
  projectId: string;
}

/** The people of these ids whom the viewer may see anywhere. */
export function findPeople(db: Sql, access: ProjectAccess, ids: readonly string[]): Promise<Person[]> {
  const params = new SqlParams();
  const wanted = params.add(ids);
  const sql = `${selectPerson(access, params)} where m.id = any(${wanted}::text[]) and ${visiblePeople(access, params)}`;
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
  const sql = `${selectPerson(access, params, 'm.id as person_id, k.project_id')}
    join unnest(${people}::text[], ${projects}::text[]) as k (person_id, project_id) on k.person_id = m.id
    where ${shownOn(access, params, 'k.project_id')}`;
  return db.rows(sql, params.values);
}

/** `select … from membership m` with every fact that the policy page asks about a person. */
export function selectPerson(access: ProjectAccess, params: SqlParams, more?: string): string {
  const mine = params.add(access.personIds);
  const shared = params.add(access.granted.map((permit) => permit.projectId));
  const organisations = params.add(access.memberships.flatMap((membership) => membership.organisationIds));
  return `
    select m.id, m.workspace_id, m.user_id, m.version, u.display_name, m.title, m.avatar_url, u.email, u.phone, m.status,
      m.person_type, m.role, m.business_roles, m.last_seen_at, m.weekly_capacity_seconds,
      case m.person_type when 'CLIENT' then 'CLIENT' else 'TEAM' end as side,
      m.id = any(${mine}::text[]) as is_self,
      exists (select from contact c where c.membership_id = m.id and c.published
        and c.client_organisation_id = any(${organisations}::text[])) as is_published_colleague,
      array(select g.project_id from project_grant g
        where g.membership_id = m.id and g.status = 'ACTIVE' and g.project_id = any(${shared}::text[])) as shared_project_ids
      ${more ? `, ${more}` : ''}
    from membership m join app_user u on u.id = m.user_id`;
}
