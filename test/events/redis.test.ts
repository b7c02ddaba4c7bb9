import { mkdtemp, rm } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Project } from '../../src/domains/projects/project.entity';
import { RedisBus } from '../../src/events/redis-bus';
import { createLogger } from '../../src/platform/logger';
import { aProject } from '../support/builders';
import { createEmptyDatabase } from '../support/database';
import { Listener } from '../support/listener';
import { OwnRedis } from '../support/own-redis';
import { buildServer, ServerProcess } from '../support/process';
import { SECRET_KEY, TestServer } from '../support/server';

/** Two processes on one PostgreSQL: Clara listens on one, Max works on the other. */
const CREATE = 'mutation ($input: CreateTaskInput!) { createTask(input: $input) { task { id } } }';
const CHANNEL = 'portico:news';

let redis: OwnRedis;
beforeAll(async () => {
  redis = await OwnRedis.start();
});
afterAll(() => redis.stop());

async function untilTrue(isSo: () => Promise<boolean> | boolean, within = 20_000): Promise<void> {
  const end = performance.now() + within;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`It did not come true: ${isSo}`);
    await sleep(25);
  }
}

/** How long each of so many changes takes from Max to Clara, in milliseconds. */
async function delays(from: TestServer, project: Project, clara: Listener, count: number): Promise<number[]> {
  const all: number[] = [];
  for (let i = 0; i < count; i++) {
    const before = clara.events.length;
    await from.data('max', CREATE, { input: { projectId: project.id, title: `Change ${i}` } });
    const at = performance.now();
    await clara.first(before + 1, 5000);
    all.push(performance.now() - at);
  }
  return all.sort((a, b) => a - b);
}

describe('two processes', () => {
  it('without Redis hear of each other within about a second', async () => {
    const one = await TestServer.start({ live: true, seed: 'alone' });
    const other = await one.beside();
    const clara = await Listener.open(other, 'clara');
    const slowest = (await delays(one, await aProject(one), clara, 6)).at(-1);
    expect(slowest).toBeLessThan(2000);
    await clara.close();
    await other.close();
    await one.close();
  });

  it('with Redis hear of each other at once', async () => {
    const one = await TestServer.start({ live: true, seed: 'ringing', redisUrl: redis.url });
    const other = await one.beside();
    await untilTrue(async () => ((await redis.ask('pubsub', 'numsub', CHANNEL)) as unknown[])[1] === 2);
    const clara = await Listener.open(other, 'clara');
    const project = await aProject(one);
    // By looking alone half of them would take longer than a quarter of a second, however often it is tried.
    const medians: number[] = [];
    for (let round = 0; round < 3; round++) medians.push((await delays(one, project, clara, 9))[4]);
    expect(Math.min(...medians)).toBeLessThan(150);
    await clara.close();
    await other.close();
    await one.close();
  });
});

describe('while Redis comes and goes', () => {
  let one: TestServer;
  let other: TestServer;
  let project: Project;
  beforeAll(async () => {
    one = await TestServer.start({ live: true, seed: 'degraded', redisUrl: redis.url });
    other = await one.beside();
    project = await aProject(one);
  });
  afterAll(async () => {
    await other.close();
    await one.close();
  });

  const readiness = async (server: TestServer) => {
    const response = await fetch(`${server.url}/readyz`);
    return { ...((await response.json()) as { status: string; degraded?: string }), code: response.status };
  };
  const isDegraded = async () => (await readiness(one)).degraded !== undefined;
  const isWell = async () => !(await isDegraded());

  const OUTAGES: [name: string, cause: () => Promise<void>, mend: () => Promise<void>][] = [
    ['is stopped and started again', () => redis.stop(), () => redis.start()],
    ['hangs and goes on', async () => redis.hang(), async () => redis.goOn()],
  ];

  it.each(OUTAGES)(
    'nothing is missed when it %s; the server says that it is degraded, and stays ready',
    async (_name, cause, mend) => {
      await untilTrue(isWell);
      const clara = await Listener.open(other, 'clara');
      const titles: string[] = [];
      let isOver = false;
      const working = (async () => {
        while (!isOver) {
          const title = `Written down ${titles.length + 1}`;
          await one.data('max', CREATE, { input: { projectId: project.id, title } });
          titles.push(title);
          await sleep(20);
        }
      })();
      await sleep(200);
      await cause();
      await untilTrue(isDegraded);
      expect(await readiness(one)).toEqual({ code: 200, status: 'ready', degraded: 'Redis does not answer' });
      await sleep(300);
      await mend();
      await untilTrue(isWell);
      await sleep(200);
      isOver = true;
      await working;
      await clara.first(titles.length, 5000);
      expect(clara.events.map(({ subject }) => subject.title)).toEqual(titles);
      await clara.close();
    },
    60_000,
  );

  it('nothing is missed when its connections are cut, again and again', async () => {
    await untilTrue(isWell);
    const clara = await Listener.open(other, 'clara');
    const titles: string[] = [];
    for (let i = 1; i <= 20; i++) {
      if (i % 2) await redis.ask('client', 'kill', 'type', 'pubsub');
      if (i % 5 === 0) await redis.ask('client', 'kill', 'type', 'normal', 'skipme', 'yes');
      titles.push(`Cut off ${i}`);
      await one.data('max', CREATE, { input: { projectId: project.id, title: titles.at(-1) } });
    }
    await clara.first(20, 5000);
    expect(clara.events.map(({ subject }) => subject.title)).toEqual(titles);
    await untilTrue(async () => ((await redis.ask('pubsub', 'numsub', CHANNEL)) as unknown[])[1] === 2);
    await clara.close();
  });

  it('nothing is kept for it', async () => {
    setFlagsFromString('--expose-gc');
    const heap = () => {
      (runInNewContext('gc') as () => void)();
      return process.memoryUsage().heapUsed;
    };
    const bus = new RedisBus(redis.url, createLogger('silent'));
    await untilTrue(() => bus.trouble() === undefined);
    redis.hang();
    bus.ring('wsp_any');
    await untilTrue(() => bus.trouble() !== undefined);
    const before = heap();
    for (let i = 0; i < 50_000; i++) bus.ring('wsp_any');
    expect(heap() - before).toBeLessThan(5 * 1024 * 1024);
    redis.goOn();
    await untilTrue(() => bus.trouble() === undefined);
    await bus.close();
  });

  it('one that cuts off whoever listens, at the very moment, ends no process', async () => {
    let connections = 0;
    let cuts = 0;
    const odd = net.createServer((socket) => {
      const isFirst = connections++ < 2;
      socket.on('error', () => {});
      socket.on('data', (bytes) => {
        const said = String(bytes).toLowerCase();
        if (said.includes('$4\r\ninfo')) socket.write('$21\r\nredis_version:7.0.0\r\n\r\n');
        else if (!said.includes('subscribe')) for (const _ of said.matchAll(/^\*/gm)) socket.write('+OK\r\n');
        else if (isFirst)
          socket.write(`*3\r\n$9\r\nsubscribe\r\n$${CHANNEL.length}\r\n${CHANNEL}\r\n:1\r\n`, () => socket.end());
        else if (++cuts) socket.destroy();
      });
    });
    await new Promise<void>((resolve) => odd.listen(0, '127.0.0.1', resolve));
    const bus = new RedisBus(`redis://127.0.0.1:${(odd.address() as net.AddressInfo).port}`, createLogger('silent'));
    // A rejection that nobody hears would end a process, and fails this test.
    await untilTrue(() => cuts >= 3);
    await bus.close();
    await new Promise((resolve) => odd.close(resolve));
  });

  it('a process of its own lives through all of it, says so once each time, and stops as ever', async () => {
    buildServer();
    const own = await OwnRedis.start();
    const folder = await mkdtemp(join(tmpdir(), 'portico-redis-'));
    const { databaseUrl, drop } = await createEmptyDatabase();
    const server = await ServerProcess.start(folder, { DATABASE_URL: databaseUrl, SECRET_KEY, REDIS_URL: own.url });
    await server.ready();
    for (let i = 0; i < 6; i++) {
      await own.stop();
      await own.start();
      for (let cut = 0; cut < 10; cut++) {
        await own.ask('client', 'kill', 'type', 'pubsub');
        await sleep(Math.random() * 60);
      }
    }
    await own.stop();
    await untilTrue(async () => (await (await fetch(`${server.url}/readyz`)).text()).includes('degraded'));
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
    expect(await server.kill('SIGTERM')).toBe(0);
    expect(server.output).not.toMatch(/unhandled|uncaught/i);
    const said = server.output.split('Redis does not answer').length - 1;
    expect(said).toBeGreaterThan(0);
    expect(said).toBeLessThan(150);
    await drop();
    await rm(folder, { recursive: true, force: true });
  }, 180_000);
});
