import { tmpdir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { CrashWorld, PLACES, type Verdict } from '../support/crash-world';
import { createEmptyDatabase } from '../support/database';
import { buildServer, ServerProcess } from '../support/process';
import { RawSocket, upgradeStatus } from '../support/raw-socket';
import { SECRET_KEY, tokenOf } from '../support/server';

/** A process dies, people work on, others listen: what was acknowledged is there, and everybody hears all of it once. */
let world: CrashWorld;
beforeAll(() => buildServer(), 120_000);
beforeEach(async () => {
  world = await CrashWorld.open();
});
afterEach(() => world.close());

/** It would prove nothing where nothing happened. */
function expectAllHeld(verdict: Verdict): void {
  expect(verdict).toMatchObject({ lost: [], invented: [], leaked: [] });
  expect(verdict.events).toBeGreaterThan(10);
}

describe('a server that dies', () => {
  it.each(PLACES)(
    '%s loses and invents nothing',
    async (place) => {
      await world.start(place);
      await world.begin();
      await world.written(6);
      await world.dieThere();
      await world.start();
      await world.written(6);
      expectAllHeld(await world.end());
    },
    60_000,
  );

  it('three times, at any moment, loses and invents nothing', async () => {
    await world.start();
    await world.begin();
    for (const moment of [300, 50, 150]) {
      await world.written(4);
      await sleep(moment);
      await world.kill();
      await world.start();
    }
    await world.written(4);
    expectAllHeld(await world.end());
  }, 180_000);
});

describe('a server that is restarted', () => {
  it('tells its sockets to come again, opens none meanwhile, and ends in time though one does not listen', async () => {
    await world.start();
    const clara = await RawSocket.as(world, tokenOf('clara'));
    const deaf = await RawSocket.as(world, tokenOf('carl'));
    deaf.pause();
    const from = performance.now();
    const stopped = world.stop();
    expect(await clara.closed).toEqual({ code: 1001, reason: 'Restarting' });
    expect(await upgradeStatus(world)).toBe(503);
    expect(await stopped).toBe(0);
    expect(performance.now() - from).toBeLessThan(9000);
    deaf.socket.terminate();
  }, 180_000);

  it('opens no socket before it is ready', async () => {
    const { databaseUrl, drop } = await createEmptyDatabase();
    const server = await ServerProcess.start(tmpdir(), { DATABASE_URL: databaseUrl, SECRET_KEY, DEMO: 'on' });
    let first: number | undefined;
    while (first === undefined) first = await upgradeStatus(server).catch(() => undefined);
    expect(first).toBe(503);
    await server.ready();
    expect(await upgradeStatus(server)).toBe(101);
    expect(await server.kill('SIGTERM')).toBe(0);
    await drop();
  }, 180_000);
});
