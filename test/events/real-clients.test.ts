import { setTimeout as sleep } from 'node:timers/promises';
import { ApolloClient, gql, InMemoryCache } from '@apollo/client/core';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import type { Project } from '../../src/domains/projects/project.entity';
import { aProject } from '../support/builders';
import { Line } from '../support/line';
import { TestServer, tokenOf } from '../support/server';

/** Clients that people use, over a line that breaks: each hears everything once, and in order. */
let server: TestServer;
let line: Line;
let project: Project;
beforeAll(async () => {
  server = await TestServer.start({ live: true });
  line = await Line.to(server.url);
  project = await aProject(server);
});
afterAll(async () => {
  await line.close();
  await server.close();
});

const CREATE = 'mutation ($input: CreateTaskInput!) { createTask(input: $input) { task { id } } }';
const EVENTS =
  'subscription ($after: Cursor) { portalEvents(after: $after) { cursor subject { ... on Task { title } } } }';
const CUTS = 3;

interface Told {
  cursor: string;
  subject: { title: string };
}

/** Max writes without pause, and the line is cut again and again; some of it happens while nobody is connected. */
async function workOverBreaks(isHeard: (title: string) => boolean): Promise<string[]> {
  const titles: string[] = [];
  const write = async (count: number) => {
    for (let i = 0; i < count; i++) {
      const title = `Task ${titles.length + 1}`;
      await server.data('max', CREATE, { input: { projectId: project.id, title } });
      titles.push(title);
    }
  };
  const heard = async () => {
    for (let i = 0; i < 400 && !isHeard(titles.at(-1)!); i++) await sleep(25);
  };
  for (let i = 0; i < CUTS; i++) {
    await write(3);
    // There has to be a line that can be cut.
    await heard();
    line.cut();
    await write(1);
  }
  await write(1);
  await heard();
  return titles;
}

const start = async (): Promise<string> =>
  (await server.data('clara', '{ viewer { eventsCursor } }')).viewer.eventsCursor;
const ways = () => ({
  url: `${line.url.replace('http', 'ws')}/graphql`,
  webSocketImpl: WebSocket,
  connectionParams: { authorization: `Bearer ${tokenOf('clara')}` },
});

it('the client of graphql-ws comes again by itself, with what it heard last', async () => {
  let connections = 0;
  const client = createClient({
    ...ways(),
    retryAttempts: 100,
    retryWait: () => sleep(20),
    on: { connected: () => connections++ },
  });
  const heard: string[] = [];
  // It sends its variables anew with each connection: moving `after` on is all it takes.
  const variables = { after: await start() };
  const end = client.subscribe<{ portalEvents: Told }>(
    { query: EVENTS, variables },
    {
      next: ({ data }) => {
        variables.after = data!.portalEvents.cursor;
        heard.push(data!.portalEvents.subject.title);
      },
      error: (error) => heard.push(`error ${JSON.stringify(error)}`),
      complete: () => heard.push('complete'),
    },
  );
  const titles = await workOverBreaks((title) => heard.includes(title));
  expect(heard).toEqual(titles);
  expect(connections).toBeGreaterThan(1);
  end();
  await client.dispose();
}, 120_000);

it('Apollo Client subscribes again with what it heard last', async () => {
  const client = createClient({ ...ways(), retryAttempts: 0 });
  const apollo = new ApolloClient({ link: new GraphQLWsLink(client), cache: new InMemoryCache() });
  const heard: string[] = [];
  let breaks = 0;
  let isOver = false;
  let after = await start();
  let end = () => {};
  const listen = () => {
    if (isOver) return;
    const again = () => {
      breaks++;
      setTimeout(listen, 20);
    };
    const subscription = apollo
      .subscribe<{ portalEvents: Told }>({ query: gql(EVENTS), variables: { after }, fetchPolicy: 'no-cache' })
      .subscribe({
        next: ({ data, error }) => {
          if (error || !data) return again();
          after = data.portalEvents.cursor;
          heard.push(data.portalEvents.subject.title);
        },
        error: again,
      });
    end = () => subscription.unsubscribe();
  };
  listen();
  const titles = await workOverBreaks((title) => heard.includes(title));
  isOver = true;
  end();
  expect(heard).toEqual(titles);
  expect(breaks).toBeGreaterThan(0);
  apollo.stop();
  await client.dispose();
}, 120_000);
