const EVENT = `id kind occurredAt actor { id displayName } project { id name }
  subject { __typename ... on Task { id title assignee { displayName } } ... on Invoice { id number } ... on Project { id name }
    ... on TimeEntry { id time { seconds } } }`;
const PAGE = 'pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';

/** What somebody reads who was away: the feeds, when something last happened, notifications and their number. */
export const READ = `query ($after: String) {
  viewer {
    eventsCursor
    unreadNotificationCount
    activity(first: 8, after: $after) { ${PAGE} edges { cursor node { ${EVENT} } } }
    notifications(first: 60) {
      totalCount pageInfo { hasNextPage hasPreviousPage }
      nodes {
        id kind critical createdAt readAt text workspace { name } project { id name } actor { id displayName }
        subject { __typename ... on Task { id title } ... on Invoice { id number } ... on Project { id } }
      }
    }
    unread: notifications(first: 60, filter: { unreadOnly: true }) { totalCount nodes { text } }
  }
  projects(first: 30) { nodes { id lastActivityAt activity(first: 3) { ${PAGE} nodes { ${EVENT} } } } }
}`;

/** Which of several that were made in one moment comes first in the list is chance. */
export function inOrder(answer: any): unknown {
  for (const list of [answer.data?.viewer?.notifications, answer.data?.viewer?.unread]) {
    list?.nodes.sort((one: any, other: any) => (orderOf(one) < orderOf(other) ? -1 : 1));
  }
  return answer;
}

const orderOf = ({ createdAt, text, kind, id }: any): string => [createdAt, text, kind, id].join();
