import { setTimeout as sleep } from 'node:timers/promises';
import type { CastName } from '../../src/demo/cast';
import { Notification } from '../../src/domains/notifications/notification.entity';
import type { Project } from '../../src/domains/projects/project.entity';
import { newId } from '../../src/platform/ids';
import type { TestServer } from './server';

/** Until everything that is due by the clock of the test is done, has its number, and what follows from it is done too. */
export async function allFollowed(server: TestServer): Promise<void> {
  do {
    while (await server.database.row('select from event where seq is null limit 1')) await sleep(10);
    await server.runJobs();
  } while (await server.database.row(UNREAD));
}

/** Some event has no number, or some reader has not read to the end. */
const UNREAD = `select from event where seq is null union all
  select from event_stream s cross join (values ('notifications'), ('budgets')) as n (name)
    left join event_reader r on r.workspace_id = s.workspace_id and r.name = n.name
    where s.last_seq > coalesce(r.seq, 0)
  limit 1`;

/** Of one's own access to a project, which is told whatever one sees of it; Cora changed it. */
export async function aNotification(
  server: TestServer,
  { id: ofProjectId, workspaceId }: Pick<Project, 'id' | 'workspaceId'>,
  { personId, ...facts }: { personId: string } & Partial<Notification>,
): Promise<string> {
  const id = newId('Notification');
  const event = { eventId: newId('Event'), kind: 'access.changed' as const, critical: true, changed: [] };
  const about = {
    subjectId: ofProjectId,
    actorId: server.cast.people.cora,
    timeRelease: null,
    isPersonal: true,
    isMailed: false,
  };
  const own = { id, workspaceId, ofProjectId, personId, createdAt: server.clock.now(), readAt: null };
  await server.database.transaction((tx) => tx.insert(Notification, { ...event, ...about, ...own, ...facts }));
  return id;
}

const NOTIFICATIONS = `query ($first: Int, $after: String, $filter: NotificationFilter) {
  viewer {
    unreadNotificationCount
    notifications(first: $first, after: $after, filter: $filter) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        id kind critical createdAt readAt text project { name } actor { displayName } workspace { name }
        subject { __typename ... on Invoice { number } ... on Task { title } }
      }
    }
  }
}`;

/** What somebody finds in their notifications once all is done, the newest first. */
export async function noticesOf(
  server: TestServer,
  who: CastName | { token: string },
  variables: Record<string, unknown> = {},
): Promise<{ unread: number; total: number; nodes: Record<string, any>[]; texts: string[]; pageInfo: any }> {
  await allFollowed(server);
  const { viewer } = await server.data(who, NOTIFICATIONS, variables);
  const { nodes, totalCount, pageInfo } = viewer.notifications;
  const texts = nodes.map((node: { text: string }) => node.text);
  return { unread: viewer.unreadNotificationCount, total: totalCount, nodes, texts, pageInfo };
}

export const READ_ONE = `mutation ($id: ID!) { markNotificationRead(input: { notificationId: $id }) {
  notification { id readAt } unreadNotificationCount } }`;
export const READ_ALL = `mutation ($id: ID!) { markAllNotificationsRead(input: { workspaceId: $id }) {
  workspace { name } unreadNotificationCount } }`;
