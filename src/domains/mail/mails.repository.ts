import type { Sql } from '../../platform/database';
import type { MailOutbox } from './mail-outbox.entity';

/** The newest mails first, whatever their recipient: for the development inbox alone. */
export function recentMails(db: Sql): Promise<MailOutbox[]> {
  return db.rows<MailOutbox>(
    `select id, workspace_id, kind, recipient, data, created_at, sent_at
     from mail_outbox order by created_at desc, id limit 50`,
  );
}
