import type { ProjectAccess } from '../../access/project-access';
import type { Sql, Tx } from '../../platform/database';
import { notFound } from '../../platform/errors';
import type { Timer } from './timer.entity';

const SELECT = `select t.*, u.timezone
  from timer t join membership m on m.id = t.person_id join app_user u on u.id = m.user_id`;

/** Of these timers the viewer's own: nobody else is shown one. */
export function findTimers(db: Sql, access: ProjectAccess, ids: readonly string[]): Promise<Timer[]> {
  const sql = `${SELECT} where t.id = any($1::text[]) and t.person_id = any($2::text[])`;
  return db.rows<Timer>(sql, [ids, access.personIds]);
}

/** The timers that run for these people, as far as they are the viewer. */
export function findRunning(db: Sql, access: ProjectAccess, personIds: readonly string[]): Promise<Timer[]> {
  const sql = `${SELECT} where t.person_id = any($1::text[]) and t.person_id = any($2::text[])`;
  return db.rows<Timer>(sql, [personIds, access.personIds]);
}

/** Takes a timer away. Of several who do so at once one finds it. */
export async function takeTimer(tx: Tx, { id, personId }: Pick<Timer, 'id' | 'personId'>): Promise<void> {
  const taken = await tx.row('delete from timer where id = $1 and person_id = $2 returning id', [id, personId]);
  if (!taken) throw notFound('timerId');
}
