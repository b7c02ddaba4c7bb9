import { tokenOf } from '../../scripts/large/people';
import { operation } from '../../test/support/operations';
import { cpuTimesOf } from '../cpu';
import { AskedServer } from './asked-server';
import { type Case, interleave } from './measure';
import { cpuGrowth, growthOf, ms, short, table, times, verdict } from './report';
import type { World } from './world';

const GOAL = 1.2;
const PERSONAS = 10;

/** A workspace of this many entries. */
export interface SizedWorld {
  entries: number;
  world: World;
}

/** What the dashboard of twenty projects costs when the workspace around them grows. */
export async function dashboard(worlds: SizedWorld[], { rounds }: { rounds: number }): Promise<string> {
  const servers: AskedServer[] = [];
  try {
    for (const { world } of worlds) servers.push(await AskedServer.start({ DATABASE_URL: world.databaseUrl }));
    const cases = KINDS.flatMap((kind) => servers.map((server) => looking(server, kind)));
    const figures = await interleave(cases, rounds, async () => {
      const backends = await Promise.all(worlds.map(({ world }) => world.backends()));
      return cpuTimesOf([...servers.map(({ pid }) => pid), ...backends.flat()]);
    });
    const rows = KINDS.map((kind, i) => {
      const own = figures.slice(i * worlds.length, (i + 1) * worlds.length);
      const growth = growthOf(own);
      return [kind, ...own.map(({ p50 }) => ms(p50)), verdict(growth, GOAL, times(growth)), cpuGrowth(own)];
    });
    return [
      `### Dashboard of 20 projects, by the entries of the workspace (goal ≤ ${GOAL}×)`,
      '',
      table(['ms, median', ...worlds.map(({ entries }) => short(entries)), 'growth', 'CPU'], rows),
    ].join('\n');
  } finally {
    for (const server of servers) await server.stop();
  }
}

const KINDS = ['client', 'manager'] as const;

function looking(server: AskedServer, kind: (typeof KINDS)[number]): Case {
  const query = operation('Dashboard');
  return { name: kind, times: 2 * PERSONAS, run: (nth) => server.ask({ query }, tokenOf(kind, (nth % PERSONAS) + 1)) };
}
