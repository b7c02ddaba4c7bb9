import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PRESETS } from '../../src/access/visibility';

export type ServerName = 'limit' | 'portico' | 'bare' | 'postgraphile' | 'mercurius';

/** A server of the bench in a process of its own. */
export interface Running {
  name: ServerName;
  port: number;
  pid: number;
  /** Stands still, so that it takes nothing from the one that is measured. */
  pause(): void;
  resume(): void;
  stop(): Promise<void>;
}

/** The visibility presets, which the permission check of the limit and the peers asks for. */
export const PRESETS_FOR_PEERS = { BENCH_PRESETS: JSON.stringify(PRESETS) };

interface ServerKind {
  title: string;
  command: string[];
  /** The path that answers POST. */
  path: string;
}

const root = path.join(__dirname, '../..');
const START_MS = 60_000;

export const SERVERS: Record<ServerName, ServerKind> = {
  limit: { title: 'the limit: node:http + pg', command: ['bench/queries/servers/limit.mjs'], path: '/' },
  portico: { title: 'Portico', command: ['dist/src/main.js'], path: '/graphql' },
  bare: { title: 'Portico without access layer', command: ['bench/queries/servers/bare.cjs'], path: '/graphql' },
  postgraphile: {
    title: 'PostGraphile 5, RLS, tuned',
    command: ['bench/queries/servers/postgraphile.mjs'],
    path: '/graphql',
  },
  mercurius: { title: 'Mercurius + JIT', command: ['bench/queries/servers/mercurius.mjs'], path: '/graphql' },
};

export const SERVER_NAMES = Object.keys(SERVERS) as ServerName[];

export async function startServer(name: ServerName, databaseUrl: string): Promise<Running> {
  const port = await freePort();
  const child = spawn(process.execPath, SERVERS[name].command, {
    cwd: root,
    // What Portico logs of each request is written, and read by nobody.
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      GRAPHILE_ENV: 'production',
      DEMO: 'off',
      SECRET_KEY: 'of the bench alone, which seals nothing',
      ...PRESETS_FOR_PEERS,
      DATABASE_URL: databaseUrl,
      PORT: String(port),
    },
  });
  const errors: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk.toString()));
  await answering(name, port, () => (child.exitCode === null ? undefined : errors.join('')));
  return {
    name,
    port,
    pid: child.pid!,
    pause: () => child.kill('SIGSTOP'),
    resume: () => child.kill('SIGCONT'),
    stop: () => stop(child),
  };
}

/** Whatever it answers: it listens and its database is there. */
async function answering(name: ServerName, port: number, died: () => string | undefined): Promise<void> {
  const late = Date.now() + START_MS;
  while (Date.now() < late) {
    const why = died();
    if (why !== undefined) throw new Error(`${SERVERS[name].title} ended at its start:\n${why}`);
    const answer = await fetch(`http://127.0.0.1:${port}${SERVERS[name].path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ __typename }', operationName: 'Invoices', variables: {} }),
    }).catch(() => undefined);
    if (answer && answer.status !== 503) return;
    await sleep(100);
  }
  throw new Error(`${SERVERS[name].title} did not answer within ${START_MS / 1000} s.`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGCONT');
  child.kill('SIGTERM');
  const unwilling = setTimeout(() => child.kill('SIGKILL'), 12_000);
  await ended;
  clearTimeout(unwilling);
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
