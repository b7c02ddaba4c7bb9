import type { Clock } from '../../platform/clock';
import type { Tx } from '../../platform/database';
import { newId } from '../../platform/ids';
import { type MailData, type MailKind, MailOutbox } from './mail-outbox.entity';

interface NewMail<K extends MailKind> {
  kind: K;
  recipient: string;
  workspaceId: string | null;
  data: MailData[K];
}

/** Writes a mail in the transaction of its cause: both happen or neither. */
export async function queueMail<K extends MailKind>(tx: Tx, mail: NewMail<K>, clock: Clock): Promise<void> {
  await tx.insert(MailOutbox, { id: newId('Mail'), ...mail, state: 'QUEUED', attempts: 0, createdAt: clock.now() });
}
