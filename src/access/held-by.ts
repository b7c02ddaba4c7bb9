import type { Sql } from '../platform/database';
import { EFFECTIVE_GRANT } from './load-access';
import type { PermissionFlags, PersonType } from './permissions';

/** What somebody holds on a project at this moment, whoever asks: the other side of `ProjectAccess.permit`. */
interface Holding extends PermissionFlags {
  personId: string;
  personType: PersonType;
}

interface HeldBy {
  personId: string;
  projectId: string;
  now: Date;
}

/** Null for those without an effective grant, unless their role needs none: they hold everything. */
export function heldBy(sql: Sql, { personId, projectId, now }: HeldBy): Promise<Holding | null> {
  return sql.row<Holding>(HELD_BY, [personId, projectId, now]);
}

const BY_ROLE = `m.role in ('OWNER', 'ADMIN')`;

const HELD_BY = `
  select m.id as person_id, m.person_type,
    ${BY_ROLE} or g.track_time as track_time, ${BY_ROLE} or g.client_view as client_view,
    ${BY_ROLE} or g.internal_costs as internal_costs, ${BY_ROLE} or g.manages_project as manages_project
  from membership m
    join app_user u on u.id = m.user_id and u.status = 'ACTIVE'
    join project p on p.id = $2 and p.workspace_id = m.workspace_id
    left join project_grant g on g.project_id = p.id and g.membership_id = m.id and ${EFFECTIVE_GRANT('$3::timestamptz')}
  where m.id = $1 and m.status = 'ACTIVE' and (${BY_ROLE} or g.id is not null)`;
