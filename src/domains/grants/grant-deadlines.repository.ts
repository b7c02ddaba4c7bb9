import { EFFECTIVE_GRANT } from '../../access/load-access';
import type { Tx } from '../../platform/database';

/** Somebody's access to a project that ends. */
export interface EndingGrant {
  workspaceId: string;
  projectId: string;
  personId: string;
}

interface Due {
  now: Date;
  /** Ends up to this moment. */
  until: Date;
  most: number;
}

/** Takes the grants whose end is near and whose person was not warned of it. */
export function takeEndingSoon(tx: Tx, { now, until, most }: Due): Promise<EndingGrant[]> {
  return tx.rows<EndingGrant>(
    `update project_grant t set warned_of = t.expires_at from (
       select g.id from project_grant g join membership m on m.id = g.membership_id join project p on p.id = g.project_id
       where g.expires_at > $1 and g.expires_at <= $2 and g.warned_of is distinct from g.expires_at
         and ${EFFECTIVE_GRANT('$1::timestamptz')}
       order by g.expires_at limit $3 for update of g skip locked
     ) due where t.id = due.id
     returning t.workspace_id, t.project_id, t.membership_id as person_id`,
    [now, until, most],
  );
}

/** Takes the grants that have ended without anybody having been told. `wasOpen`: they gave something until then. */
export function takeEnded(tx: Tx, now: Date, most: number): Promise<(EndingGrant & { wasOpen: boolean })[]> {
  return tx.rows(
    `update project_grant t set end_told_of = t.expires_at from (
       select g.id, (${EFFECTIVE_GRANT(`g.expires_at - interval '1 microsecond'`)}) as was_open
       from project_grant g join membership m on m.id = g.membership_id join project p on p.id = g.project_id
       where g.expires_at <= $1 and g.end_told_of is distinct from g.expires_at
       order by g.expires_at limit $2 for update of g skip locked
     ) due where t.id = due.id
     returning t.workspace_id, t.project_id, t.membership_id as person_id, due.was_open`,
    [now, most],
  );
}
