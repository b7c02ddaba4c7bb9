import type { Tx } from '../../platform/database';
import type { Invitation } from './invitation.entity';

/** Takes the invitations that nobody used in time, of which nobody was told. */
export function takeExpired(tx: Tx, now: Date, most: number): Promise<Pick<Invitation, 'id' | 'workspaceId'>[]> {
  return tx.rows(
    `update invitation t set end_told_of = t.expires_at from (
       select i.id from invitation i
       where i.status = 'PENDING' and i.expires_at <= $1 and i.end_told_of is distinct from i.expires_at
       order by i.expires_at limit $2 for update of i skip locked
     ) due where t.id = due.id
     returning t.id, t.workspace_id`,
    [now, most],
  );
}
