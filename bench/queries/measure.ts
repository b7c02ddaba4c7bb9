import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type pg from 'pg';
import { cpuMsOf, residentMb } from '../cpu';
import { requestOf } from './ask';
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
            const cell = await measureCell(plan, load, { server, operation, connections });
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
  server.pause();
  const each = (ms: number | undefined) => (ms === undefined ? undefined : ms / seen.answers);
  return {
    server: server.name,
    operation,
    connections,
    rate: seen.answers / seen.seconds,
    p50: seen.p50,
    p99: seen.p99,
    nodeMs: each(after.node === undefined || before.node === undefined ? undefined : after.node - before.node),
    postgresMs: each(postgresBetween(before, after)),
    loadMs: seen.cpuMs / seen.answers,
    residentMb: residentMb(server.pid),
  };
}

interface Cpu {
  node?: number;
  /** Of each process of PostgreSQL, by its pid. */
  postgres: Map<number, number | undefined>;
}

async function cpuOf({ db, databases }: Plan, { pid }: Running): Promise<Cpu> {
  const { rows } = await db.query<{ pid: number }>(
    'select pid from pg_stat_activity where datname = any($1::text[]) and pid <> pg_backend_pid()',
    [databases],
  );
  return { node: cpuMsOf([pid]), postgres: new Map(rows.map((row) => [row.pid, cpuMsOf([row.pid])])) };
}

/** What a process of PostgreSQL used that has ended by now is lost: pools keep theirs. */
function postgresBetween(before: Cpu, after: Cpu): number | undefined {
  let sum = 0;
  for (const [pid, ms] of after.postgres) {
    if (ms === undefined) return undefined;
    sum += ms - (before.postgres.get(pid) ?? 0);
  }
  return sum;
}

const rotated = <T>(all: readonly T[], by: number): T[] => all.map((_, i) => all[(i + by) % all.length]);
