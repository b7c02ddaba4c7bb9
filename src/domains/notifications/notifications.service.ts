import type { Context } from '../../context';
import { emit } from '../../events/outbox';
import { notFound } from '../../platform/errors';
import type { Connection, PageArgs } from '../../platform/paging';
import { countShown, readShownPage, type Sieve } from '../../platform/shown-page';
import { loadWorkspace } from '../workspaces/workspace.loaders';
import type { Notification } from './notification.entity';
import { loadNotification } from './notifications.loaders';
import { listNotifications, markRead, type Own } from './notifications.repository';
import type {
  MarkAllNotificationsReadPayload,
  MarkNotificationReadPayload,
  NotificationFilter,
} from './notifications.types';
import { stillHeard } from './still-heard';

/** A badge says no more than "many". */
const MOST_UNREAD = 100;

/** What the viewer was told of and may still see, the newest first. */
export async function notificationsOf(
  context: Context,
  filter: NotificationFilter | null,
  page: PageArgs,
): Promise<Connection<Notification>> {
  return readShownPage(
    page,
    sieveOf(context, { ...filter, personIds: personIds(context, filter?.workspaceId, 'filter.workspaceId') }),
  );
}

/** How many of them are unread: exact up to 100, else 101. */
export function countUnread(context: Context): Promise<number> {
  return countShown(sieveOf(context, { personIds: context.access.personIds, unreadOnly: true }), MOST_UNREAD);
}

const sieveOf = (context: Context, own: Own): Sieve<Notification> => ({
  read: (page) => listNotifications(context.db, context.access, own, page),
  shown: (notifications) => stillHeard(context, notifications),
});

/** Marks one as read. A hidden one is as unknown as somebody else's. */
export async function markNotificationRead(context: Context, id: string): Promise<MarkNotificationReadPayload> {
  const { access, clock, db } = context;
  const notification = await loadNotification(context, id);
  if (!notification) throw notFound('notificationId');
  const { personId, workspaceId } = notification;
  await db.transaction(async (tx) => {
    const marked = await markRead(tx, { personIds: [personId] }, { now: clock.now(), id });
    if (marked > 0) await emit(tx, { clock, access }, 'notification.read', { workspaceId, id, personId, changed: [] });
  });
  const after = await loadNotification(context, id);
  if (!after) throw notFound('notificationId');
  return { notification: after, unreadNotificationCount: await countUnread(context) };
}

/** Marks all of a workspace as read: also what is hidden at the moment, which nobody can tell. */
export async function markAllRead(context: Context, workspaceId: string): Promise<MarkAllNotificationsReadPayload> {
  const { access, clock, db } = context;
  const [personId] = personIds(context, workspaceId);
  await db.transaction(async (tx) => {
    await markRead(tx, { personIds: [personId], workspaceId }, { now: clock.now() });
    await emit(tx, { clock, access }, 'notification.read', { workspaceId, personId, changed: [] });
  });
  const workspace = await loadWorkspace(context, workspaceId);
  return { workspace, unreadNotificationCount: await countUnread(context) };
}

/** Who the viewer is in a workspace, or in all of theirs. */
function personIds({ access }: Context, workspaceId: string | null | undefined, field = 'workspaceId'): string[] {
  if (workspaceId == null) return access.personIds;
  const membership = access.membership(workspaceId);
  if (!membership) throw notFound(field);
  return [membership.personId];
}
