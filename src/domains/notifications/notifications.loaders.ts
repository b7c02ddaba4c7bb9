import type { Context } from '../../context';
import { batchedById } from '../../platform/batch';
import type { Notification } from './notification.entity';
import { findNotifications } from './notifications.repository';
import { stillHeard } from './still-heard';

/** The viewer's own notifications by id, as far as they may see what they are of. */
export const loadNotification = batchedById<Context, Notification>('Notification', async (context, ids) => {
  const { db, access } = context;
  return stillHeard(context, await findNotifications(db, { personIds: access.personIds }, ids));
});
