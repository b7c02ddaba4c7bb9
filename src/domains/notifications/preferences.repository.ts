import type { Sql, Tx } from '../../platform/database';
import type { NotificationFrequency } from '../workspaces/notification-frequency';

export interface Preference {
  personId: string;
  frequency: NotificationFrequency;
  isDefault: boolean;
}

/** Where mail to a person goes, and how often they want any. */
export interface Receiver extends Preference {
  userId: string;
  email: string;
  displayName: string;
}

/** The active ones of these people. */
export function findReceivers(db: Sql, personIds: readonly string[]): Promise<Receiver[]> {
  return db.rows<Receiver>(
    `select m.id as person_id, coalesce(m.notification_frequency, w.notification_default) as frequency,
       m.notification_frequency is null as is_default, u.id as user_id, u.email, u.display_name
     from membership m join workspace w on w.id = m.workspace_id join app_user u on u.id = m.user_id
     where m.id = any($1::text[]) and m.status = 'ACTIVE' and u.status = 'ACTIVE'`,
    [personIds],
  );
}

/** Null: as the workspace says. */
export async function writeFrequency(tx: Tx, personId: string, frequency: NotificationFrequency | null): Promise<void> {
  await tx.rows('update membership set notification_frequency = $2 where id = $1', [personId, frequency]);
}
