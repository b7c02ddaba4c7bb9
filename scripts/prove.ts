import { spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { CrashWorld, PLACES } from '../test/support/crash-world';
import { OwnPostgres, postgresPrograms } from '../test/support/own-postgres';
import { OwnRedis } from '../test/support/own-redis';
import { prepareTemplate, removeTestDatabases } from '../test/support/template';

/**
 * `npm run prove`: the long version of test/events/crashes.test.ts. People work and others listen while the server is
 * killed at any moment, dies at every named place, is one of two with a Redis that goes and comes, and its PostgreSQL is
 * restarted. PROVE_KILLS and PROVE_RESTARTS say how often. Its last line counts: tried / survived / lost / leaked.
 */
const KILLS = Number(process.env.PROVE_KILLS ?? 60);
const RESTARTS = Number(process.env.PROVE_RESTARTS ?? 20);

const sum = { tried: 0, survived: 0, lost: 0, leaked: 0 };

/** One world with its people: `fault` is done to it so many times, then everything is counted. */
async function prove(
  what: string,
  times: number,
  fault: (world: CrashWorld, time: number) => Promise<void>,
  redisUrl?: string,
) {
  const world = await CrashWorld.open(redisUrl);
  try {
    await world.start();
    await world.begin();
    for (let time = 0; time < times; time++) {
      sum.tried++;
      await sleep(200 + Math.random() * 2500);
      await fault(world, time);
      await world.ready();
      sum.survived++;
    }
    await sleep(500);
    const { lost, invented, leaked, writes, events } = await world.end();
    sum.lost += lost.length + invented.length;
    sum.leaked += leaked.length;
    console.log(`${what}: ${times} times, ${writes} writes, ${events} events`);
    for (const words of [...lost, ...invented, ...leaked]) console.log(`  ${words}`);
  } finally {
    await world.close();
  }
}

async function killed(world: CrashWorld): Promise<void> {
  await world.kill();
  await world.start();
}

async function diedThere(world: CrashWorld, time: number): Promise<void> {
  await world.kill();
  await world.start(PLACES[time % PLACES.length]);
  await sleep(200);
  await world.dieThere();
  await world.start();
}

/** Of two processes one dies, then the other, then the Redis between them; nobody waits for it. */
const besideEachOther =
  (redis: OwnRedis) =>
  async (world: CrashWorld, time: number): Promise<void> => {
    if (time % 3 === 0) return killed(world);
    if (time % 3 === 1) return world.restartBeside();
    await redis.stop();
    await sleep(1000 + Math.random() * 2000);
    await redis.start();
  };

async function withRedis(): Promise<void> {
  if (spawnSync('redis-server', ['--version']).status !== 0) {
    console.log('Two processes with Redis: not tried, its program (redis-server) is not installed here.');
    return;
  }
  const redis = await OwnRedis.start();
  try {
    await prove('one of two killed, or their Redis', KILLS, besideEachOther(redis), redis.url);
  } finally {
    await redis.stop();
  }
}

async function main(): Promise<void> {
  const programs = postgresPrograms();
  const cluster = programs ? await OwnPostgres.start(programs) : undefined;
  if (cluster) process.env.TEST_DATABASE_URL = cluster.url;
  if (!process.env.TEST_DATABASE_URL) {
    throw new Error(
      'PostgreSQL is needed: install it, or set TEST_DATABASE_URL to a server where databases may be made.',
    );
  }
  try {
    Object.assign(process.env, await prepareTemplate());
    await prove('killed at any moment', KILLS, killed);
    await prove('died at a named place', PLACES.length * Math.ceil(KILLS / 20), diedThere);
    await withRedis();
    if (cluster) await prove('PostgreSQL restarted at once', RESTARTS, () => cluster.restart());
    else console.log('PostgreSQL restarted: not tried, its programs (initdb, pg_ctl) are not installed here.');
  } finally {
    await removeTestDatabases().catch(() => undefined);
    await cluster?.remove();
  }
  console.log(`tried ${sum.tried} / survived ${sum.survived} / lost ${sum.lost} / leaked ${sum.leaked}`);
  process.exit(sum.survived === sum.tried && sum.lost + sum.leaked === 0 ? 0 : 1);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
