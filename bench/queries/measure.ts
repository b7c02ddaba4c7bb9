import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type pg from 'pg';
import { type CpuTimes, cpuBetween, cpuTimesOf, residentMb } from '../cpu';
import { ask, requestOf } from './ask';
import { type Body, OPERATIONS, type OperationName } from './personas';
import type { Running, ServerName } from './processes';

/** One server, one operation, so many connections, in one round. CPU is ms for each answer. */
export interface Cell {
  server: ServerName;
  operation: OperationName;
  connections: number;
  rate: number;
  p50: number;
  p99: number;
  nodeMs?: number;
  postgresMs?: number;
  loadMs: number;
  residentMb?: number;
}

export interface Plan {
  servers: readonly Running[];
  bodies: Record<OperationName, Body[]>;
  connections: readonly number[];
  rounds: number;
  /** Of each cell. */
  seconds: number;
  /** A connection of its own, to ask which processes of PostgreSQL serve `databases`. */
  db: pg.Client;
  databases: string[];
}

/**
 * All cells in every round, the servers in another order each time, and each alone: the others stand still. The first
 * round warms up and does not count.
 */
export async function measure(plan: Plan): Promise<Cell[]> {
  const load = fork(path.join(__dirname, 'load.mjs'));
  const cells: Cell[] = [];
  for (const server of plan.servers) server.pause();
  try {
    for (let round = 0; round <= plan.rounds; round++) {
      for (const operation of OPERATIONS) {
        for (const connections of round === 0 ? [WARM_UP] : plan.connections) {
          for (const server of rotated(plan.servers, round)) {
            const seconds = round === 0 ? WARM_UP_SECONDS : plan.seconds;
            const cell = await measureCell({ ...plan, seconds }, load, { server, operation, connections });
            if (round > 0) cells.push(cell);
          }
        }
      }
      console.log(round === 0 ? 'Warm.' : `Round ${round} of ${plan.rounds}.`);
    }
  } finally {
    for (const server of plan.servers) server.resume();
    load.kill();
  }
  return cells;
}

const WARM_UP = 16;
const WARM_UP_SECONDS = 2;
const OPENING_SECONDS = 0.2;

interface Seen {
  answers: number;
  seconds: number;
  failed: number;
  statuses: unknown;
  p50: number;
  p99: number;
  cpuMs: number;
}

async function measureCell(
  plan: Plan,
  load: ChildProcess,
  { server, operation, connections }: { server: Running; operation: OperationName; connections: number },
): Promise<Cell> {
  const requests = plan.bodies[operation].map((body) => ({
    method: 'POST',
    ...requestOf(server.name, operation, body),
  }));
  const make = async (seconds: number): Promise<Seen> => {
    load.send({ url: `http://127.0.0.1:${server.port}`, requests, connections, seconds });
    const [seen] = (await once(load, 'message')) as [Seen];
    if (seen.failed > 0)
      throw new Error(`${server.name} failed ${seen.failed} times at ${operation}: ${JSON.stringify(seen.statuses)}`);
    return seen;
  };
  server.resume();
  // Pools close what was idle for long: that is opened again before it counts.
  await make(OPENING_SECONDS);
  const before = await cpuOf(plan, server);
  const seen = await make(plan.seconds);
  const after = await cpuOf(plan, server);
  // What was under way when the load ended is answered before this one.
  await ask(server, operation, plan.bodies[operation][0]);
  server.pause();
  const each = (ms: number | undefined) => (ms === undefined ? undefined : ms / seen.answers);
  return {
    server: server.name,
    operation,
    connections,
    rate: seen.answers / seen.seconds,
    p50: seen.p50,
    p99: seen.p99,
    nodeMs: each(cpuBetween(before.node, after.node)),
    postgresMs: each(cpuBetween(before.postgres, after.postgres)),
    loadMs: seen.cpuMs / seen.answers,
    residentMb: residentMb(server.pid),
  };
}

interface Cpu {
  node?: CpuTimes;
  postgres?: CpuTimes;
}

async function cpuOf({ db, databases }: Plan, { pid }: Running): Promise<Cpu> {
  const { rows } = await db.query<{ pid: number }>(
    'select pid from pg_stat_activity where datname = any($1::text[]) and pid <> pg_backend_pid()',
    [databases],
  );
  return { node: cpuTimesOf([pid]), postgres: cpuTimesOf(rows.map((row) => row.pid)) };
}

const rotated = <T>(all: readonly T[], by: number): T[] => all.map((_, i) => all[(i + by) % all.length]);
