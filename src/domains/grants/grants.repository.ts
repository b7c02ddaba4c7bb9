import { EFFECTIVE_GRANT } from '../../access/load-access';
import type { PersonType } from '../../access/permissions';
import type { Tx } from '../../platform/database';
import type { ProjectGrant } from './project-grant.entity';

/** What the rules for grants ask about a person. */
export interface PersonFacts {
  id: string;
  workspaceId: string;
  personType: PersonType;
  status: 'ACTIVE' | 'DEACTIVATED';
}

/**
 * A person of this workspace, locked until the transaction ends: nobody becomes a client while a grant is decided for
 * them, and what they are changing at this moment is done before or judged anew (access/as-judged.ts). Null when there
 * is none.
 */
export function lockPerson(tx: Tx, workspaceId: string, personId: string): Promise<PersonFacts | null> {
  return tx.row<PersonFacts>(
    'select id, workspace_id, person_type, status from membership where workspace_id = $1 and id = $2 for no key update',
    [workspaceId, personId],
  );
}

/** The grant of a person on a project, whatever its status, locked. */
export function lockGrant(tx: Tx, projectId: string, personId: string): Promise<ProjectGrant | null> {
  return tx.row<ProjectGrant>('select * from project_grant where project_id = $1 and membership_id = $2 for update', [
    projectId,
    personId,
  ]);
}

/** Whether somebody manages the project by a grant that counts at this moment. */
export async function isManaged(tx: Tx, projectId: string, now: Date): Promise<boolean> {
  const row = await tx.row<{ managed: boolean }>(
    `select exists (select from project_grant g join membership m on m.id = g.membership_id join project p on p.id = g.project_id
       where g.project_id = $1 and g.manages_project and ${EFFECTIVE_GRANT('$2::timestamptz')}) as managed`,
    [projectId, now],
  );
  return row!.managed;
}
