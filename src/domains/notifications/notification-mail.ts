import type { Context } from '../../context';
import { after, days } from '../../platform/clock';
import type { Letter, MailOf, MailScene, MailTemplate, Suppressed } from '../mail/render-mail';
import type { Notification } from './notification.entity';
import { findNotifications } from './notifications.repository';
import { findReceivers, type Receiver } from './preferences.repository';
import { isMailed } from './recipients';
import { stillHeard } from './still-heard';
import { tell } from './tell';

const MOST_LINES = 30;
/** What could not be sent for so long is no news: a mail server that comes late is not to be flooded with it. */
const NEWS_FOR_MS = days(2);

/** One thing that happened, as its reader may see it when it is sent. */
export const notificationMail: MailTemplate<'NOTIFICATION'> = async (mail, scene) => {
  const { data } = mail;
  const reader = await readerOf(scene, mail);
  if ('suppressed' in reader) return reader;
  const { context, receiver } = reader;
  const [notification] = await findNotifications(scene.db, { personIds: [data.personId] }, [data.notificationId]);
  if (!notification) return { suppressed: 'FORGOTTEN' };
  if (notification.readAt) return { suppressed: 'READ' };
  if (!isMailed(notification, receiver.frequency)) return { suppressed: 'PREFERENCE' };
  const [shown] = await stillHeard(context, [notification]);
  if (!shown) return { suppressed: 'NOT_SHOWN' };
  const sentence = await tell(context, shown);
  return letter(scene, receiver, { subject: sentence.replace(/\.$/, ''), lines: [sentence] });
};

/** What is unread since the last digest, as far as its reader may see it when it is sent. */
export const digestMail: MailTemplate<'DIGEST'> = async (mail, scene) => {
  const { data, workspaceId } = mail;
  const reader = await readerOf(scene, mail);
  if ('suppressed' in reader) return reader;
  const { context, receiver } = reader;
  if (receiver.frequency === 'NONE') return { suppressed: 'PREFERENCE' };
  const own = { personIds: [data.personId], unreadOnly: true };
  const unread = await stillHeard(context, await findNotifications(scene.db, own, data.notificationIds));
  if (unread.length === 0) return null;
  const newest = unread.sort((one, other) => other.createdAt.getTime() - one.createdAt.getTime());
  const lines = await linesOf(context, newest.slice(0, MOST_LINES));
  if (newest.length > MOST_LINES) lines.push('There is more in the portal.');
  const workspace = await context.node(workspaceId!);
  return letter(scene, receiver, {
    subject: `News from ${(workspace as { name?: string } | null)?.name ?? ''}`,
    lines,
  });
};

/** One after the other: what they read together is read once. */
const linesOf = (context: Context, notifications: readonly Notification[]): Promise<string[]> =>
  Promise.all(notifications.map((notification) => tell(context, notification)));

async function readerOf(
  scene: MailScene,
  { data, recipient, createdAt }: MailOf<'NOTIFICATION' | 'DIGEST'>,
): Promise<{ context: Context; receiver: Receiver } | Suppressed> {
  if (scene.now > after(createdAt, NEWS_FOR_MS)) return { suppressed: 'STALE' };
  const [receiver] = await findReceivers(scene.db, [data.personId]);
  const context = receiver && receiver.email === recipient ? await scene.contextOf(receiver.userId) : null;
  return receiver && context ? { context, receiver } : { suppressed: 'RECIPIENT_LEFT' };
}

const letter = (
  { publicUrl }: MailScene,
  { displayName }: Receiver,
  { subject, lines }: { subject: string; lines: string[] },
): Letter => ({
  subject,
  paragraphs: [`Hello ${displayName},`, ...lines],
  action: { label: 'Open the portal', link: `${publicUrl}/` },
  footer: ['How often you are written to is among your preferences in the portal.'],
});
