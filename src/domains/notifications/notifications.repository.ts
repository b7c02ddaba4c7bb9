import type { ProjectAccess } from '../../access/project-access';
import { SqlParams, visibleProjects } from '../../access/rows';
import type { Sql, Tx } from '../../platform/database';
import { type Connection, type PageArgs, readPage, type SortKey } from '../../platform/paging';
import type { Notification } from './notification.entity';
import type { Recipients } from './recipients';

/** Whose notifications: of one workspace, or of all. */
export interface Own {
  personIds: readonly string[];
  workspaceId?: string | null;
  unreadOnly?: boolean | null;
}

const NEWEST: SortKey = { name: 'NEWEST', sql: 'n.created_at', type: 'timestamptz', descending: true };

/**
 * A page of what somebody was told of, the newest first, without what is of projects that they have lost. What they may
 * still see of the rest is asked by `stillHeard`.
 */
export function listNotifications(
  db: Sql,
  access: ProjectAccess,
  own: Own,
  page: PageArgs,
): Promise<Connection<Notification>> {
  const params = new SqlParams();
  const from = `from notification n where ${ofOwn(own, params)}
    and (n.is_personal or n.of_project_id is null or exists (
      select from project p where p.id = n.of_project_id and ${visibleProjects(access, params)}))`;
  return readPage(db, page, { select: 'select n.*', from, values: params.values, id: 'n.id', sort: NEWEST });
}

export function findNotifications(db: Sql, own: Own, ids: readonly string[]): Promise<Notification[]> {
  const params = new SqlParams();
  const sql = `select n.* from notification n where ${ofOwn(own, params)} and n.id = any(${params.add(ids)}::text[])`;
  return db.rows(sql, params.values);
}

/** Marks what is unread; gives how many there were. */
export async function markRead(tx: Tx, own: Own, { now, id }: { now: Date; id?: string }): Promise<number> {
  const params = new SqlParams();
  const one = id === undefined ? '' : ` and n.id = ${params.add(id)}`;
  const rows = await tx.rows(
    `update notification n set read_at = ${params.add(now)} where ${ofOwn({ ...own, unreadOnly: true }, params)}${one}
     returning n.id`,
    params.values,
  );
  return rows.length;
}

/** Forgets some of what happened before a moment; gives how many. */
export async function forgetNotifications(tx: Tx, before: Date, most: number): Promise<number> {
  const rows = await tx.rows(
    `delete from notification where id in (
       select id from notification where created_at < $1 order by created_at limit $2 for update skip locked) returning id`,
    [before, most],
  );
  return rows.length;
}

function ofOwn({ personIds, workspaceId, unreadOnly }: Own, params: SqlParams): string {
  return [
    `n.person_id = any(${params.add(personIds)}::text[])`,
    ...(workspaceId == null ? [] : [`n.workspace_id = ${params.add(workspaceId)}`]),
    ...(unreadOnly ? ['n.read_at is null'] : []),
  ].join(' and ');
}

/** Somebody who may be told, and by what they are named. */
interface Candidate {
  recipients: Recipients;
  namedBy: string;
  personId: string;
  userId: string;
}

/** Who may be told: the people on projects, whose tasks and invitations these are, and the people of these ids. */
export function findCandidates(tx: Tx, named: Record<Recipients, readonly string[]>): Promise<Candidate[]> {
  return tx.rows<Candidate>(
    `select x.recipients, x.named_by, m.id as person_id, m.user_id
     from (
       select 'PROJECT' as recipients, g.project_id as named_by, g.membership_id from project_grant g
         where g.project_id = any($1::text[]) and g.status = 'ACTIVE'
       union all select 'ASSIGNEE', t.id, t.assignee_id from task t where t.id = any($2::text[])
       union all select 'INVITER', i.id, i.invited_by from invitation i where i.id = any($3::text[])
       union all select 'CONCERNED', p.id, p.id from membership p where p.id = any($4::text[])
     ) x join membership m on m.id = x.membership_id and m.status = 'ACTIVE'
     order by m.id`,
    [named.PROJECT, named.ASSIGNEE, named.INVITER, named.CONCERNED],
  );
}
