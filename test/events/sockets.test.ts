import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { aProject } from '../support/builders';
import { RawSocket, upgradeStatus } from '../support/raw-socket';
import { TestServer, tokenOf } from '../support/server';

/** What a socket takes and refuses, said by somebody who speaks the protocol by hand. */
let server: TestServer;
const open: RawSocket[] = [];
beforeAll(async () => {
  server = await TestServer.start({
    live: true,
    http: { corsOrigins: ['https://app.example.com'], trustProxy: 1 },
    socketLimits: { initMs: 300, perAddress: 5, perPerson: 3 },
  });
});
afterAll(() => server.close());
afterEach(async () => {
  await Promise.all(open.splice(0).map((socket) => socket.close()));
  await sleep(20);
});

const EVENTS = 'subscription { portalEvents { cursor kind subject { ... on Task { title } } } }';
const CREATE = 'mutation ($input: CreateTaskInput!) { createTask(input: $input) { task { id } } }';

/** Each from an address of its own, unless told. */
let addresses = 0;
async function connect(from = `10.0.0.${++addresses}`): Promise<RawSocket> {
  const socket = await RawSocket.open(server, { headers: { 'x-forwarded-for': from } });
  open.push(socket);
  return socket;
}

async function connectAs(name: string, from?: string): Promise<RawSocket> {
  const socket = await connect(from);
  socket.init(tokenOf(name));
  await socket.until(({ type }) => type === 'connection_ack');
  return socket;
}

describe('somebody who does not keep to the protocol is cut off, in its words', () => {
  it('whoever never says who they are: 4408', async () => {
    const socket = await connect();
    expect(await socket.closed).toMatchObject({ code: 4408 });
  });

  it('whoever asks before they are known: 4401', async () => {
    const socket = await connect();
    socket.subscribe('1', EVENTS);
    expect(await socket.closed).toMatchObject({ code: 4401 });
  });

  it('whoever says twice who they are: 4429', async () => {
    const socket = await connectAs('clara');
    socket.init(tokenOf('clara'));
    expect(await socket.closed).toMatchObject({ code: 4429 });
  });

  it.each(['{"type":', 'hello', '[]', '{"type":"subscribe"}', '{"id":1,"type":"subscribe","payload":{"query":"{x}"}}'])(
    'whoever says %s: 4400',
    async (text) => {
      const socket = await connectAs('clara');
      socket.say(text);
      expect(await socket.closed).toMatchObject({ code: 4400 });
    },
  );

  it.each(['next', 'connection_ack', 'error'])('whoever says what the server says (%s): 4400', async (type) => {
    const socket = await connectAs('clara');
    const payload = type === 'error' ? [{ message: 'x' }] : {};
    socket.say(type === 'connection_ack' ? { type } : { type, id: '1', payload });
    expect(await socket.closed).toMatchObject({ code: 4400 });
  });

  it.each(['1', 'an id that is long '.repeat(20)])('whoever gives two streams one name: 4409', async (id) => {
    const socket = await connectAs('clara');
    socket.subscribe(id, EVENTS);
    socket.subscribe(id, EVENTS);
    expect(await socket.closed).toMatchObject({ code: 4409 });
  });

  it.each(['Bearer nobody-has-this', 'nothing', '', 7, { deep: [] }])(
    'whoever shows %p: 4403',
    async (authorization) => {
      const socket = await connect();
      socket.say({ type: 'connection_init', payload: { authorization } });
      expect(await socket.closed).toEqual({ code: 4403, reason: 'Forbidden' });
    },
  );

  it('whoever shows nothing: 4403', async () => {
    const socket = await connect();
    socket.init();
    expect(await socket.closed).toMatchObject({ code: 4403 });
  });

  it('whoever sends more than 64 kB at once: 1009', async () => {
    const socket = await connectAs('clara');
    socket.say({ type: 'ping', payload: { text: 'x'.repeat(64 * 1024) } });
    expect(await socket.closed).toMatchObject({ code: 1009 });
  });
});

describe('who gets no socket', () => {
  it.each(['graphql-ws', '', 'graphql-transport-ws2'])('whoever speaks %p', async (protocol) => {
    expect(await upgradeStatus(server, { protocol })).toBe(400);
  });

  it.each(['/', '/graphql/', '/socket', '//', '/\\', '/graphqlx', 'http://%zz/'])(
    'whoever knocks at %s',
    async (path) => {
      expect(await upgradeStatus(server, { path })).toBe(404);
      expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    },
  );

  it.each<[string | undefined, number]>([
    ['https://evil.example', 403],
    ['null', 403],
    ['https://app.example.com.evil.example', 403],
    ['http://app.example.com', 403],
    ['https://app.example.com', 101],
    ['http://portal.test', 101],
    [undefined, 101],
  ])('a page of %s: %d', async (origin, status) => {
    const headers: Record<string, string> = origin === undefined ? {} : { origin };
    expect(await upgradeStatus(server, { headers })).toBe(status);
    expect(await upgradeStatus(server, { headers: { ...headers, 'x-forwarded-for': '10.1.0.1' } })).toBe(status);
  });

  it('a page of the server itself does', async () => {
    expect(await upgradeStatus(server, { headers: { origin: server.url } })).toBe(101);
  });

  it('whoever holds five from one address, until one is given back', async () => {
    const held = [];
    for (let i = 0; i < 5; i++) held.push(await connect('10.9.9.9'));
    const again = { headers: { 'x-forwarded-for': '10.9.9.9' } };
    expect(await upgradeStatus(server, again)).toBe(429);
    expect(await upgradeStatus(server, { headers: { 'x-forwarded-for': '10.9.9.8' } })).toBe(101);
    await held[0].close();
    await sleep(50);
    expect(await upgradeStatus(server, again)).toBe(101);
  });

  it('whoever claims to come from elsewhere before a proxy that nobody trusts', async () => {
    const headers = (i: number) => ({ 'x-forwarded-for': `1.2.3.${i}, 10.8.8.8` });
    for (let i = 0; i < 5; i++) open.push(await RawSocket.open(server, { headers: headers(i) }));
    expect(await upgradeStatus(server, { headers: headers(6) })).toBe(429);
  });

  it('Clara with three open, from wherever: 4429; when one is gone she may again', async () => {
    const held = [await connectAs('clara'), await connectAs('clara'), await connectAs('clara')];
    const fourth = await connect();
    fourth.init(tokenOf('clara'));
    expect(await fourth.closed).toMatchObject({ code: 4429 });
    await connectAs('carl');
    await held[0].close();
    await sleep(50);
    await connectAs('clara');
  });

  it('nobody holds a place with sockets that went away while the server asked who they are', async () => {
    for (let i = 0; i < 12; i++) {
      const socket = await connect();
      socket.init(tokenOf('tess'));
      await sleep(i % 4);
      socket.socket.terminate();
    }
    await sleep(200);
    for (let i = 0; i < 3; i++) await connectAs('tess');
  });

  it('whoever is refused and hangs up hard, or does not hang up, harms nobody', async () => {
    const { hostname, port } = new URL(server.url);
    const knock = (): Promise<net.Socket> =>
      new Promise((resolve) => {
        const socket = net.connect({ host: hostname, port: Number(port), allowHalfOpen: true }, () => resolve(socket));
        socket.on('error', () => {});
        socket.write('GET /elsewhere HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
      });
    for (let i = 0; i < 20; i++) (await knock()).resetAndDestroy();
    const stays = await knock();
    const ended = new Promise((resolve) => stays.once('close', resolve));
    stays.resume();
    // It writes on: the server has closed both directions, so that is answered with a reset.
    const writing = setInterval(() => stays.write('x'), 20);
    await ended;
    clearInterval(writing);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  });
});

describe('a socket carries', () => {
  it('twenty streams; one more is refused by itself, and the socket stays', async () => {
    const project = await aProject(server);
    const socket = await connectAs('clara');
    for (let i = 1; i <= 20; i++) socket.subscribe(String(i), EVENTS);
    socket.subscribe('21', EVENTS);
    expect(await socket.refusal('21')).toMatchObject({ extensions: { code: 'LIMIT_EXCEEDED', limit: 20 } });
    // Once a stream is there its place in time is fixed; opening them is a matter of a few reads.
    await sleep(500);
    await server.data('max', CREATE, { input: { projectId: project.id, title: 'Heard twenty times' } });
    for (let i = 1; i <= 20; i++) await socket.until(({ id, type }) => id === String(i) && type === 'next');
    socket.say({ id: '1', type: 'complete' });
    socket.subscribe('22', EVENTS);
    await sleep(300);
    await server.data('max', CREATE, { input: { projectId: project.id, title: 'Heard by another' } });
    await socket.until(({ id, type }) => id === '22' && type === 'next');
  });

  it('so many new streams a second, after as many at once as it carries', async () => {
    const slow = { operations: 5, streamsPerSecond: 1 };
    const own = await TestServer.start({ live: true, seed: 'pace', socketLimits: slow });
    const socket = await RawSocket.as(own, tokenOf('clara'));
    const codeOf = async (id: string) => {
      socket.subscribe(id, 'subscription { nothing }');
      return (await socket.refusal(id)).extensions.code;
    };
    const codes = [];
    for (let i = 1; i <= 6; i++) codes.push(await codeOf(`${i}`));
    expect(codes).toEqual([...Array(5).fill('BAD_USER_INPUT'), 'RATE_LIMITED']);
    await sleep(1100);
    expect(await codeOf('7')).toBe('BAD_USER_INPUT');
    await socket.close();
    await own.close();
  });

  it('no more than fifty streams of one person together with the others; one that is given back is free', async () => {
    const sockets = [await connectAs('carl'), await connectAs('carl'), await connectAs('carl')];
    for (const [i, many] of [20, 20, 10].entries()) {
      for (let n = 1; n <= many; n++) sockets[i].subscribe(String(n), EVENTS);
      // Heard by the server: the next socket comes after.
      sockets[i].say({ type: 'ping' });
      await sockets[i].until(({ type }) => type === 'pong');
    }
    sockets[2].subscribe('51', EVENTS);
    expect(await sockets[2].refusal('51')).toMatchObject({ extensions: { code: 'LIMIT_EXCEEDED', limit: 50 } });
    await connectAs('clara').then((other) => other.subscribe('1', EVENTS));
    await sockets[0].close();
    await sleep(50);
    sockets[2].subscribe('52', EVENTS);
    await sleep(200);
    expect(sockets[2].heard.filter(({ id, type }) => id === '52' && type === 'error')).toEqual([]);
  });

  it.each(['{ viewer { id } }', 'mutation { signOut { __typename } }'])('no %s, and says where to', async (query) => {
    const socket = await connectAs('clara');
    socket.subscribe('1', query);
    const { message, extensions } = await socket.refusal('1');
    expect(extensions.code).toBe('BAD_USER_INPUT');
    expect(message).toContain('by HTTP');
    expect((await server.data('clara', '{ viewer { id } }')).viewer.id).toEqual(expect.any(String));
  });

  it('an answer to pings, and its own words back', async () => {
    const socket = await connectAs('clara');
    socket.say({ type: 'ping', payload: { at: 7 } });
    expect(await socket.until(({ type }) => type === 'pong')).toEqual({ type: 'pong', payload: { at: 7 } });
  });

  it('no more answers than it takes: whoever asks and never reads is cut off', async () => {
    const socket = await connectAs('clara');
    socket.pause();
    const closed = new Promise((resolve) => socket.socket.once('close', resolve));
    const text = 'x'.repeat(60_000);
    const asking = setInterval(() => {
      for (let i = 0; i < 50; i++) socket.say({ type: 'ping', payload: { text } });
    }, 5);
    await closed;
    clearInterval(asking);
  });
});

describe('Clara’s session', () => {
  it.each([
    ['runs out', async (on: TestServer) => on.clock.advance(31 * 24 * 3600 * 1000)],
    ['is ended by her', (on: TestServer) => on.data('clara', 'mutation { signOut { endedSessions } }')],
  ])('%s, and her open sockets with it within a second, with a stream and without: 4403', async (_how, end) => {
    const own = await TestServer.start({ live: true, seed: 'session' });
    const sockets = [await RawSocket.as(own, tokenOf('clara')), await RawSocket.as(own, tokenOf('clara'))];
    const other = await RawSocket.as(own, tokenOf('carl'));
    sockets[0].subscribe('1', EVENTS);
    await sleep(200);
    await end(own);
    const from = performance.now();
    for (const { closed } of sockets) expect(await closed).toEqual({ code: 4403, reason: 'Forbidden' });
    expect(performance.now() - from).toBeLessThan(1500);
    await other.close();
    await own.close();
  });
});
