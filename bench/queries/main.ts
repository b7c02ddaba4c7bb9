import { execSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { writeSection } from '../results';
import { refuseLeaks, refuseUnequal } from './compare';
import { countStatements } from './count-statements';
import { asked, type Data, databaseOf, prepareData } from './database';
import { type Cell, measure } from './measure';
import { type Body, bodiesOf, OPERATIONS, type OperationName, PERSONAS, type Persona, signIn } from './personas';
import { type Running, SERVER_NAMES, type ServerName, startServer } from './processes';
import { report } from './report';

/**
 * `npm run bench`: the same four operations asked of Portico, of the limit and of the peers. `-- --quick` asks a tenth of
 * the data and prints what it finds, without writing it down.
 */
async function main(): Promise<void> {
  const { quick, rounds, seconds, servers, persona, isWhole } = options();
  const connections = quick ? [16] : [1, 16, 64];
  const serverUrl = process.env.DATABASE_URL;
  if (!serverUrl) throw new Error('Set DATABASE_URL to a PostgreSQL server on which databases may be made.');
  installPeers();
  const scale = quick ? 0.1 : 1;
  const data = await prepareData(serverUrl, scale);
  const bodies = await asked(data.url, async (db) => {
    await signIn(db);
    return only(persona, await bodiesOf(db));
  });
  const sample = quick ? 20 : 200;
  const checked = await check(servers, { data, bodies, sample });
  const cells = await timed(servers, { data, bodies, rounds, seconds, connections });
  const markdown = await asked(data.url, (db) =>
    report({ db, scale, servers, cells, rounds, seconds, connections, ...checked }),
  );
  console.log(`\n${markdown}`);
  if (isWhole) writeSection('queries', markdown);
}

interface Asking {
  data: Data;
  bodies: Record<OperationName, Body[]>;
}

/** Equal answers, no leaks, and how many statements each needs: before anything is timed. */
async function check(names: readonly ServerName[], { data, bodies, sample }: Asking & { sample: number }) {
  const statements = await countStatements(names, data, bodies);
  return withServers(names, data, async (servers) => {
    await refuseUnequal(servers, bodies, sample);
    const guarded = servers.filter(({ name }) => name !== 'bare');
    const costs = await refuseLeaks(guarded, bodies, sample);
    console.log(`Equal answers everywhere; costs: ${costs.refused} times refused, ${costs.shown} times shown.`);
    return { statements, costs, compared: sample };
  });
}

interface Timing {
  rounds: number;
  seconds: number;
  connections: number[];
}

function timed(names: readonly ServerName[], { data, ...plan }: Asking & Timing): Promise<Cell[]> {
  const databases = [data.url, data.urlOfCopy].map((url) => new URL(url).pathname.slice(1));
  return withServers(names, data, (servers) => asked(data.url, (db) => measure({ ...plan, db, databases, servers })));
}

async function withServers<T>(
  names: readonly ServerName[],
  data: Data,
  work: (servers: Running[]) => Promise<T>,
): Promise<T> {
  const servers: Running[] = [];
  try {
    for (const name of names) servers.push(await startServer(name, databaseOf(name, data)));
    return await work(servers);
  } finally {
    for (const server of servers) await server.stop();
  }
}

const ROUNDS = 5;
const SECONDS = { whole: 1, quick: 0.5 };

function options() {
  const { values } = parseArgs({
    args: process.argv.slice(3),
    options: {
      quick: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      servers: { type: 'string' },
      persona: { type: 'string' },
    },
  });
  const { quick } = values;
  const servers = (values.servers?.split(',') ?? SERVER_NAMES) as ServerName[];
  const persona = values.persona as Persona | undefined;
  if (!servers.every((name) => SERVER_NAMES.includes(name))) throw new Error(`--servers: ${SERVER_NAMES.join(',')}`);
  if (persona && !PERSONAS.includes(persona)) throw new Error(`--persona: ${PERSONAS.join(' or ')}`);
  const rounds = Number(values.rounds ?? ROUNDS);
  const seconds = Number(values.seconds ?? (quick ? SECONDS.quick : SECONDS.whole));
  // Only what was measured as it should be is written down.
  const isWhole = Object.keys(values).length === 1 && !quick;
  return { quick, rounds, seconds, servers, persona, isWhole };
}

/** What Portico is measured against is nothing that its users need: it is installed where it is asked for. */
function installPeers(): void {
  const bench = path.join(__dirname, '..');
  if (existsSync(path.join(bench, 'node_modules/.package-lock.json'))) return;
  console.log('Installing the peers …');
  execSync('npm ci --no-audit --no-fund', { cwd: bench, stdio: 'inherit' });
}

function only(persona: Persona | undefined, all: Record<OperationName, Body[]>): Record<OperationName, Body[]> {
  if (!persona) return all;
  const own = OPERATIONS.map((name) => [name, all[name].filter((body) => body.persona === persona)]);
  return Object.fromEntries(own) as Record<OperationName, Body[]>;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
