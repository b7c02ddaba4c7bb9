import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type pg from 'pg';
import { type CpuTimes, cpuBetween, cpuTimesOf, residentMb } from '../cpu';
import { requestOf } from './ask';
import { type Body, OPERATIONS, type OperationName } from './personas';
import type { Running, ServerName } from './processes';

/** One server, one operation, so many connections, in one round. CPU is ms for each answer. */
export interface Cell {
  server: ServerName;
  /** From 1; 0 warms up. */
  round: number;
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
  /** How long a cell takes, about. */
  seconds: number;
  /** A connection of its own, to ask which processes of PostgreSQL serve `databases`. */
  db: pg.Client;
  databases: string[];
}

/**
 * All cells in every round, the servers in another order each time, and each alone: the others stand still. The first
 * round warms up and does not count. How much is asked follows from how fast it went the last time, so that a cell of the
 * fast takes as long as one of the slow.
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
            const last = cells.findLast((cell) => cell.server === server.name && cell.operation === operation);
            const amount = last ? Math.ceil(last.rate * plan.seconds) : WARM_UP_AMOUNT;
            cells.push(await measureCell(plan, load, { server, operation, connections, amount, round }));
          }
        }
      }
      console.log(round === 0 ? 'Warm.' : `Round ${round} of ${plan.rounds}.`);
    }
  } finally {
    for (const server of plan.servers) server.resume();
    load.kill();
  }
  return cells.filter((cell) => cell.round > 0);
}

const WARM_UP = 16;
const WARM_UP_AMOUNT = 600;

interface Seen {
  answers: number;
  seconds: number;
  failed: number;
  statuses: unknown;
  p50: number;
  p99: number;
  cpuMs: number;
}

interface Which extends Pick<Cell, 'operation' | 'connections' | 'round'> {
  server: Running;
  amount: number;
}

async function measureCell(plan: Plan, load: ChildProcess, which: Which): Promise<Cell> {
  const { server, operation, connections, round } = which;
  const requests = plan.bodies[operation].map((body) => ({
    method: 'POST',
    ...requestOf(server.name, operation, body),
  }));
  const make = async (amount: number): Promise<Seen> => {
    load.send({ url: `http://127.0.0.1:${server.port}`, requests, connections, amount });
    const [seen] = (await once(load, 'message')) as [Seen];
    const statuses = JSON.stringify(seen.statuses);
    if (seen.failed > 0) throw new Error(`${server.name} failed ${seen.failed} times at ${operation}: ${statuses}`);
    return seen;
  };
  server.resume();
  // Pools close what was idle for long: that is opened again before it counts.
  await make(OPENING * connections);
  const before = await cpuOf(plan, server);
  const seen = await make(Math.max(which.amount, OPENING * connections));
  const after = await cpuOf(plan, server);
  server.pause();
  const each = (ms: number | undefined) => (ms === undefined ? undefined : ms / seen.answers);
  return {
    server: server.name,
    round,
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

/** So many requests on each connection before it counts. */
const OPENING = 2;

const rotated = <T>(all: readonly T[], by: number): T[] => all.map((_, i) => all[(i + by) % all.length]);
