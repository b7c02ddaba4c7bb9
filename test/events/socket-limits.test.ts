import { SOCKETS } from '../../src/api/socket-limits';
import { RawSocket } from '../support/raw-socket';
import { TestServer, tokenOf } from '../support/server';
import { INTROSPECTION, MISSPELT, TOO_COMPLEX, times, wrapped } from '../support/too-complex';

/** What one operation may ask for, sent over a socket: the same answers as by HTTP (test/api/http-probes). */
let server: TestServer;
let closedServer: TestServer;
let socket: RawSocket;
let inProduction: RawSocket;
beforeAll(async () => {
  const socketLimits = { streamsPerSecond: 1000 };
  server = await TestServer.start({ live: true, socketLimits });
  closedServer = await TestServer.start({ live: true, introspection: false, seed: 'closed', socketLimits });
  socket = await RawSocket.as(server, tokenOf('clara'));
  inProduction = await RawSocket.as(closedServer, tokenOf('clara'));
});
afterAll(() => Promise.all([server.close(), closedServer.close()]));

let asked = 0;
function refusal(query: string, variables: Record<string, unknown> = {}, on = socket) {
  const id = String(++asked);
  on.subscribe(id, query, variables);
  return on.refusal(id);
}

/** What HTTP says to the same, without what differs from request to request. */
async function overHttp(query: string, variables: Record<string, unknown> = {}, at = server) {
  const { errors } = await at.ask('clara', query, variables);
  return { message: errors![0].message, extensions: errors![0].extensions };
}

/** Subscriptions ask for too much as queries do. */
const STREAMS: [name: string, query: string, reason: string][] = [
  ['31 aliases', `subscription { portalEvents { ${times(31, (i) => `a${i}: cursor`)} } }`, 'aliases'],
  [
    'pages inside pages',
    'subscription { portalEvents { project { tasks(first: 100) { nodes { timeEntries: project { tasks(first: 100) { nodes { id title } } } } } } } }',
    'cost',
  ],
  [
    'projects inside projects',
    `subscription { portalEvents { project { ${wrapped(8, 'tasks { nodes { project {', 'id', '} } }')} } } }`,
    'depth',
  ],
  ['400 repeated fields', `subscription { portalEvents { ${times(400, () => 'cursor')} } }`, 'selections'],
  ['11 streams', `subscription { ${times(11, (i) => `s${i}: portalEvents { cursor }`)} }`, 'rootFields'],
];

describe('whoever asks for too much over a socket', () => {
  const fits = ([, query]: [string, string, string]) => JSON.stringify(query).length < SOCKETS.frameBytes - 100;

  it.each(TOO_COMPLEX.filter((probe) => !fits(probe)))('%s does not even fit into a frame', async (_name, query) => {
    const own = await RawSocket.as(server, tokenOf('clara'));
    own.subscribe('1', query);
    expect(await own.closed).toMatchObject({ code: 1009 });
  });

  it.each(TOO_COMPLEX.filter(fits))('%s is refused as by HTTP', async (_name, query, reason) => {
    const start = performance.now();
    const refused = await refusal(query);
    expect(performance.now() - start).toBeLessThan(2000);
    expect(refused.extensions).toMatchObject({ code: 'QUERY_TOO_COMPLEX', reason });
    expect(refused).toMatchObject(await overHttp(query));
  });

  it.each(STREAMS)('a stream with %s', async (_name, query, reason) => {
    const { extensions } = await refusal(query);
    expect(extensions).toMatchObject({ code: 'QUERY_TOO_COMPLEX', reason });
  });

  it('variables 20,000 levels deep', async () => {
    const text = `{"id":"deep","type":"subscribe","payload":{"query":"subscription ($ids: [ID!]) { portalEvents(projectIds: $ids) { cursor } }","variables":{"ids":${wrapped(20_000, '[', '', ']')}}}}`;
    socket.say(text);
    expect((await socket.refusal('deep')).extensions).toMatchObject({
      code: 'QUERY_TOO_COMPLEX',
      reason: 'variables',
    });
  });

  it('two streams in one operation', async () => {
    const { extensions } = await refusal('subscription { a: portalEvents { cursor } b: portalEvents { cursor } }');
    expect(extensions.code).toBe('BAD_USER_INPUT');
  });

  it.each([
    ['a cursor of nobody', 'after: "eyJhIjoxfQ=="', 'INVALID_CURSOR'],
    ['a foreign project', 'projectIds: ["prj_nothing"]', 'NOT_FOUND'],
    ['a foreign workspace', 'workspaceId: "wsp_nothing"', 'NOT_FOUND'],
    ['an unknown kind', 'kinds: [NOTHING]', 'BAD_USER_INPUT'],
  ])('%s', async (_name, args, code) => {
    const { message, extensions } = await refusal(`subscription { portalEvents(${args}) { cursor } }`);
    expect({ code: extensions.code, message }).toEqual({
      code,
      message: expect.not.stringMatching(/undefined|at \w+ \(/),
    });
  });

  it('counts by these numbers, unless a test says otherwise', () => {
    const numbers = { frameBytes: 65_536, initMs: 3000, operations: 20, perAddress: 50, perPerson: 10 };
    expect(SOCKETS).toMatchObject({ ...numbers, streamsPerPerson: 50, streamsPerSecond: 10 });
  });

  it('is on a socket that has borne all of it', () => {
    expect(socket.socket.readyState).toBe(1);
  });
});

describe('a stranger asks over a socket what there is', () => {
  const asStream = (query: string) => query.replace('{', 'subscription { portalEvents { cursor } } query Other {');

  it.each(INTROSPECTION)('and learns nothing by %s', async (query) => {
    expect((await refusal(query, {}, inProduction)).extensions.code).toBe('BAD_USER_INPUT');
    const { message, extensions } = await refusal(asStream(query), {}, inProduction);
    expect({ message, code: extensions.code }).toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  it('nor by a subscription', async () => {
    for (const query of [
      'subscription { __schema { types { name } } }',
      'subscription { __type(name: "Task") { name } }',
    ]) {
      const refused = await refusal(query, {}, inProduction);
      expect(refused.extensions.code).toBe('BAD_USER_INPUT');
      expect(refused.message).toContain('introspection');
    }
  });

  it.each([...MISSPELT, 'subscription { portalEvent { cursor } }', 'subscription { portalEvents { cursr } }'])(
    'and no name is suggested for %s',
    async (query) => {
      const { message, extensions } = await refusal(query, {}, inProduction);
      expect(extensions.code).toBe('BAD_USER_INPUT');
      expect(message).not.toMatch(/did you mean/i);
    },
  );

  it('nor for a value', async () => {
    const query = 'subscription ($kinds: [PortalEventKind!]) { portalEvents(kinds: $kinds) { cursor } }';
    const { message } = await refusal(query, { kinds: ['TASK_UPDATE'] }, inProduction);
    expect(message).not.toMatch(/did you mean/i);
    expect((await refusal(query, { kinds: ['TASK_UPDATE'] })).message).toContain('Did you mean');
  });

  it('while who develops is helped', async () => {
    expect((await refusal('subscription { portalEvents { cursr } }')).message).toContain('Did you mean');
  });
});
