import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Project } from '../../src/domains/projects/project.entity';
import type { Task } from '../../src/domains/tasks/task.entity';
import type { EventKind } from '../../src/events/event-types';
import { emit, systemAt } from '../../src/events/outbox';
import { after } from '../../src/platform/clock';
import { aProject } from '../support/builders';
import { onPostgres } from '../support/database';
import { RawSocket } from '../support/raw-socket';
import { TestServer, tokenOf } from '../support/server';
import { aTask } from '../support/time-builders';

/** Many sockets of few people, which open and close as fast as they can. */
const [MANY_OF, pingMs] = [2000, 60_000];
const LIMITS = {
  ...{ perAddress: MANY_OF, perPerson: MANY_OF, streamsPerPerson: MANY_OF, streamsPerSecond: MANY_OF },
  pingMs,
};

let server: TestServer;
let project: Project;
let task: Task;
beforeAll(async () => {
  server = await TestServer.start({ live: true, socketLimits: LIMITS });
  project = await aProject(server);
  task = await aTask(server, project, { description: 'A long story. '.repeat(700) });
});
afterAll(() => server.close());
afterEach(() => closeAll(open.splice(0)), 60_000);

const LIGHT = 'subscription ($after: Cursor) { portalEvents(after: $after) { cursor occurredAt } }';
/** 290 kB for each event: what the operating system keeps on the way is soon full. */
const HEAVY = `subscription ($after: Cursor) { portalEvents(after: $after) { cursor occurredAt subject { ... on Task {
  ${Array.from({ length: 29 }, (_, i) => `d${i}: description`).join(' ')} } } } }`;
/** The embedded database answers one question at a time. */
const [OTHERS, MANY] = onPostgres ? [99, 1000] : [19, 100];
const READERS = ['max', 'wim', 'carl', 'clara'] as const;

/** Something happens to the task, or to the project as a whole, so many times at once; each time at a moment of its own. */
let moment = 0;
const happened: string[] = [];
async function happens(times: number, kind: EventKind = 'task.updated'): Promise<void> {
  const { workspaceId, id: projectId } = project;
  const what = kind === 'task.updated' ? { id: task.id, changed: ['Task.title'] } : { changed: ['Project.name'] };
  await server.database.transaction(async (tx) => {
    for (let i = 0; i < times; i++) {
      const at = after(server.clock.now(), ++moment);
      happened.push(at.toISOString());
      await emit(tx, systemAt(at), kind, { workspaceId, projectId, ...what });
    }
  });
}

const open: RawSocket[] = [];
async function listen(who: string, query = LIGHT, variables = {}): Promise<RawSocket> {
  const socket = await RawSocket.as(server, tokenOf(who));
  open.push(socket);
  socket.subscribe('1', query, variables);
  return socket;
}

/** Until so many streams are open, none of them still opening. */
async function listening(count: number | (() => number)): Promise<void> {
  const wanted = typeof count === 'number' ? () => count : count;
  for (let i = 0; i < 3000 && server.listening !== wanted(); i++) await sleep(10);
  expect(server.listening).toBe(wanted());
}

const told = (socket: RawSocket) =>
  socket.heard.filter(({ type }) => type === 'next').map(({ payload }) => payload.data.portalEvents);
const moments = (socket: RawSocket): string[] => told(socket).map(({ occurredAt }) => occurredAt);
const hasHeard = (socket: RawSocket, at: string) =>
  socket.until(({ payload }) => payload?.data?.portalEvents.occurredAt === at, 25_000);

async function closeAll(sockets: RawSocket[]): Promise<void> {
  await Promise.all(sockets.map((socket) => socket.close()));
  await listening(0);
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
function heap(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}
const MB = 1024 * 1024;
/** A few belong to the pool of the database, which keeps its connections for a while. */
const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;

/** How long whoever asks by HTTP meanwhile waits, in milliseconds. */
async function waitByHttp(): Promise<number> {
  const from = performance.now();
  await server.data('eve', '{ viewer { id } }');
  return performance.now() - from;
}

/** A burst, until those who listen first have heard all of it: how long that takes, and an answer by HTTP meanwhile. */
async function burst(listeners: readonly RawSocket[]): Promise<Waits> {
  const from = performance.now();
  await happens(8);
  await happens(1, 'project.updated');
  const http = waitByHttp();
  await Promise.all(listeners.slice(0, 4).map((listener) => hasHeard(listener, happened.at(-1)!)));
  return { delivery: performance.now() - from, http: await http };
}

interface Waits {
  delivery: number;
  http: number;
}

const median = (numbers: number[]): number => numbers.sort((one, other) => one - other)[numbers.length >> 1];

/** As on the quiet machine, but for what a busy one and chance add. */
function expectNotDelayed(quiet: Waits[], during: Waits[]): void {
  for (const wait of ['delivery', 'http'] as const) {
    const [usual, now] = [quiet, during].map((all) => median(all.map((one) => one[wait])));
    expect(now / (5 * usual + 300)).toBeLessThan(1);
  }
}

describe('on a busy project', () => {
  it('a burst of 250 changes at once cuts nobody off, and everybody hears all of it', async () => {
    const sockets = await Promise.all(READERS.map((who) => listen(who)));
    await listening(4);
    happened.length = 0;
    await happens(250);
    await happens(1);
    for (const socket of sockets) await hasHeard(socket, happened.at(-1)!);
    for (const socket of sockets) expect(moments(socket)).toEqual(happened);
  });

  it(`a reader that stops reading is cut off with its last cursor, and goes on from it; ${OTHERS} others lose nothing`, async () => {
    const others = await Promise.all(Array.from({ length: OTHERS }, (_, i) => listen(READERS[i % READERS.length])));
    await listening(OTHERS);
    const quiet = [await burst(others), await burst(others), await burst(others)];
    for (const other of others) await hasHeard(other, happened.at(-1)!);
    for (const other of others) other.heard.length = 0;
    const slow = await listen('clara', HEAVY);
    await listening(OTHERS + 1);
    happened.length = 0;
    const during: Waits[] = [];
    slow.pause();
    const before = heap();
    let isCut = false;
    // It hears nothing of that itself: nothing reads on its side.
    for (let i = 0; i < 40 && !isCut; i++) {
      during.push(await burst(others));
      isCut = server.listening === OTHERS;
    }
    expect(isCut).toBe(true);
    expectNotDelayed(quiet, during);
    expect(heap() - before).toBeLessThan(50 * MB);
    slow.resume();
    const { code, reason } = await slow.closed;
    expect({ code, reason }).toEqual({ code: 4290, reason: `LAGGED ${told(slow).at(-1)?.cursor}` });

    await happens(5);
    await Promise.all(others.map((other) => hasHeard(other, happened.at(-1)!)));
    for (const other of others) expect(moments(other)).toEqual(happened);

    const again = await listen('clara', LIGHT, { after: reason.slice('LAGGED '.length) });
    await hasHeard(again, happened.at(-1)!);
    expect([...moments(slow), ...moments(again)]).toEqual(happened);
  }, 180_000);

  it(`${MANY} hear an event, and nothing is left of them when they are gone`, async () => {
    const [timersBefore, heapBefore] = [timers(), heap()];
    const sockets: RawSocket[] = [];
    while (sockets.length < MANY) {
      sockets.push(...(await Promise.all(Array.from({ length: 50 }, (_, i) => listen(READERS[i % READERS.length])))));
    }
    await listening(MANY);
    expect(heap() - heapBefore).toBeLessThan(200 * MB);
    const quiet = [await waitByHttp(), await waitByHttp(), await waitByHttp()];
    happened.length = 0;
    await happens(1);
    const all = Promise.all(sockets.map((socket) => hasHeard(socket, happened[0])));
    const during = [await waitByHttp(), await waitByHttp(), await waitByHttp()];
    await all;
    expect(median(during) / (10 * median(quiet) + 500)).toBeLessThan(1);
    for (const socket of sockets) expect(moments(socket)).toEqual(happened);
    await closeAll(open.splice(0));
    sockets.length = 0;
    await sleep(100);
    expect(timers()).toBeLessThanOrEqual(timersBefore + 10);
    expect(heap() - heapBefore).toBeLessThan(30 * MB);
  }, 180_000);

  it('hundreds of streams come and go on one socket, some before they are open, and nothing is left', async () => {
    const socket = await RawSocket.as(server, tokenOf('clara'));
    /** Who asks for streams faster than they open is told so. */
    const refused = () => {
      const errors = socket.heard.filter(({ type }) => type === 'error');
      for (const { payload } of errors) expect(payload[0].extensions.code).toBe('LIMIT_EXCEEDED');
      return errors.length;
    };
    let opened = 0;
    const churn = async (rounds: number) => {
      for (let round = 0; round < rounds; round++) {
        // Streams that were ended before they were open are still being opened, and count.
        if (round % 2) await sleep(200);
        const ids = Array.from({ length: 20 }, (_, i) => `${round}/${i}`);
        for (const id of ids) socket.subscribe(id, LIGHT);
        if (round % 2) await listening(() => 20 - refused());
        opened += server.listening;
        for (const id of ids) socket.say({ id, type: 'complete' });
        socket.say({ type: 'ping', payload: { round } });
        await socket.until(({ type, payload }) => type === 'pong' && payload.round === round);
        socket.heard.length = 0;
        await listening(0);
      }
      await listening(0);
    };
    await churn(10);
    const [timersBefore, heapBefore] = [timers(), heap()];
    await churn(40);
    expect(timers()).toBeLessThanOrEqual(timersBefore + 10);
    expect(heap() - heapBefore).toBeLessThan(10 * MB);
    expect(opened).toBeGreaterThan(100);
    await socket.close();
  }, 180_000);
});
