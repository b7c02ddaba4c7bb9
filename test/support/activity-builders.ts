import type { CastName } from '../../src/demo/cast';
import { mutationOf } from './mutation';
import type { TestServer } from './server';

/** Does something as anybody would who may, and gives what it answers. */
export async function doing(
  server: TestServer,
  who: CastName,
  mutation: string,
  input: object,
  fields = '__typename',
): Promise<any> {
  return (await server.data(who, mutationOf(mutation, fields), { input }))[mutation];
}

export const ACTIVITY = `pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { id } }
  nodes { id kind occurredAt actor { displayName } project { name } subject { __typename
    ... on Task { title } ... on Invoice { number } ... on Project { status } ... on TimeEntry { description } } }`;

/** What happened on a project, as somebody reads it. */
export async function activityOf(
  server: TestServer,
  who: CastName,
  { projectId, first, after }: { projectId: string; first?: number; after?: string | null },
): Promise<any> {
  const query = `query ($id: ID!, $first: Int, $after: String) { project(id: $id) {
    lastActivityAt activity(first: $first, after: $after) { ${ACTIVITY} } } }`;
  return (await server.data(who, query, { id: projectId, first, after })).project;
}

/** What happened on everything of theirs. */
export async function activityOfViewer(server: TestServer, who: CastName, first = 25): Promise<any> {
  const query = `query ($first: Int) { viewer { activity(first: $first) { ${ACTIVITY} } } }`;
  return (await server.data(who, query, { first })).viewer.activity;
}
