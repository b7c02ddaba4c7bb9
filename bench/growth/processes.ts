import { readFileSync } from 'node:fs';
import { tokenOf } from '../../scripts/large/people';
import { operation } from '../../test/support/operations';
import { cpuBetween, cpuTimesOf } from '../cpu';
import { AskedServer } from './asked-server';
import { median, quantile } from './measure';
import { ms, table, times } from './report';
import type { World } from './world';

const COUNTS = [1, 2];
const AT_ONCE = 16;
const PERSONAS = 10;

interface Asking {
  rounds: number;
  seconds: number;
}

interface Round {
  perSecond: number;
  p50: number;
  p99: number;
  /** How many cores were busy with it. */
  node?: number;
  postgres?: number;
  asking: number;
}

/** One process, and two behind one port: the dashboard, for as many at once as keep two cores busy. */
export async function processes(world: World, { rounds, seconds }: Asking): Promise<string> {
  const servers: AskedServer[] = [];
  try {
    for (const count of COUNTS) {
      const settings = { DATABASE_URL: world.databaseUrl, PROCESSES: String(count) };
      servers.push(await AskedServer.start(settings, 'bench/growth/behind-one-port.cjs'));
    }
    const found = COUNTS.map((): Round[] => []);
    for (let round = 0; round <= rounds; round++) {
      for (let i = 0; i < COUNTS.length; i++) {
        const at = (i + round) % COUNTS.length;
        const one = await ask(servers[at], world, seconds);
        // The first round warms up.
        if (round > 0) found[at].push(one);
      }
    }
    return report(found);
  } finally {
    for (const server of servers) await server.stop();
  }
}

async function ask(server: AskedServer, world: World, seconds: number): Promise<Round> {
  const query = operation('Dashboard');
  const workers = childrenOf(server.pid);
  const backends = await world.backends();
  const cpu = () => [workers, backends, [process.pid]].map(cpuTimesOf);
  const taken: number[] = [];
  const before = cpu();
  const begun = performance.now();
  const asking = async (first: number) => {
    for (let nth = first; performance.now() < begun + 1000 * seconds; nth++) {
      const at = performance.now();
      await server.ask({ query }, tokenOf(nth % 2 === 0 ? 'client' : 'manager', (nth % PERSONAS) + 1));
      taken.push(performance.now() - at);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, (_, first) => asking(first)));
  const lasted = performance.now() - begun;
  const [node, postgres, own] = cpu().map((after, i) => cpuBetween(before[i], after));
  const cores = (spent: number | undefined) => (spent === undefined ? undefined : spent / lasted);
  return {
    perSecond: (1000 * taken.length) / lasted,
    p50: median(taken),
    p99: quantile(taken, 0.99),
    node: cores(node),
    postgres: cores(postgres),
    asking: cores(own) ?? Number.NaN,
  };
}

function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);
  } catch {
    return [];
  }
}

function report(found: Round[][]): string {
  const of = (rounds: Round[], key: keyof Round) => median(rounds.map((round) => round[key] ?? Number.NaN));
  const alone = of(found[0], 'perSecond');
  const rows = found.map((rounds, i) => [
    String(COUNTS[i]),
    of(rounds, 'perSecond').toFixed(0),
    times(of(rounds, 'perSecond') / alone),
    `${ms(of(rounds, 'p50'))} / ${ms(of(rounds, 'p99'))}`,
    ...(['node', 'postgres', 'asking'] as const).map((key) => of(rounds, key).toFixed(2)),
  ]);
  return [
    '### Processes behind one port',
    '',
    table(
      ['processes', 'answers a second', 'ratio', 'p50 / p99, ms', 'node: cores busy', 'PostgreSQL', 'asking'],
      rows,
    ),
    '',
    `The dashboard, ${AT_ONCE} at once, clients and managers by turns. One process can keep one core busy; what two give beyond ` +
      'that is what the database and whoever asks leave of the other.',
  ].join('\n');
}
