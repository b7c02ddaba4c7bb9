import { parseArgs } from 'node:util';
import { planAtScale } from '../../scripts/large/plan';
import { measuredOn } from '../machine';
import { writeSection } from '../results';
import { dashboard } from './dashboard';
import { embedded } from './embedded';
import { processes } from './processes';
import { totals } from './totals';
import { makeWorld, postgresVersion, type World } from './world';
import { writes } from './writes';

/**
 * `npm run bench:growth`: what a growing database does to reads and writes, into the section `growth` of bench/RESULTS.md.
 * `-- --quick` tries it with a tenth; `-- --only totals,embedded` runs some. Neither writes: it prints.
 */
const PARTS = ['totals', 'dashboard', 'processes', 'writes', 'embedded'];
const OF_WORKSPACES = ['dashboard', 'processes', 'writes'];

async function main(): Promise<void> {
  const { only, quick } = asked();
  const server = process.env.DATABASE_URL;
  if (!server) return refuse('Set DATABASE_URL to a PostgreSQL server where databases may be made.');
  const parts: string[] = [];
  const add = (markdown: string) => {
    console.log(`\n${markdown}`);
    parts.push(markdown);
  };
  add(`## Growth\n\n${measuredOn(await postgresVersion(server))}`);
  if (only.includes('totals')) {
    const sizes = quick ? [1e3, 1e4, 1e5] : [1e3, 1e4, 1e5, 1e6];
    add(await totals(server, { sizes, rounds: quick ? 3 : 15 }));
  }
  if (OF_WORKSPACES.some((part) => only.includes(part))) {
    for (const markdown of await inWorkspaces(server, only, quick)) add(markdown);
  }
  if (only.includes('embedded')) {
    add(await embedded({ sizes: quick ? [1e3, 1e4] : [1e3, 1e4, 5e4, 2e5], rounds: quick ? 3 : 15 }));
  }
  if (only.length === PARTS.length && !quick) writeSection('growth', parts.join('\n\n'));
}

/** Two workspaces, one ten times the other; the smaller one is then read by two processes, and written to. */
async function inWorkspaces(server: string, only: string[], quick: boolean): Promise<string[]> {
  const worlds: { entries: number; world: World }[] = [];
  const make = async (scale: number) => {
    const world = await makeWorld(server, `portico_bench_growth_${worlds.length}`, planAtScale(scale));
    worlds.push({ entries: 2e6 * scale, world });
  };
  try {
    await make(quick ? 0.01 : 0.1);
    const found: string[] = [];
    if (only.includes('dashboard')) {
      await make(quick ? 0.1 : 1);
      found.push(await dashboard(worlds, { rounds: quick ? 3 : 15 }));
    }
    const [{ world }] = worlds;
    const often = { seconds: quick ? 1 : 2, rounds: quick ? 3 : 9 };
    if (only.includes('processes')) found.push(await processes(world, often));
    if (only.includes('writes')) found.push(await writes(world, often));
    return found;
  } finally {
    for (const { world } of worlds) await world.drop();
  }
}

function asked(): { only: string[]; quick: boolean } {
  const options = { only: { type: 'string' }, quick: { type: 'boolean', default: false } } as const;
  const { values } = parseArgs({ args: process.argv.slice(3), options });
  const only = values.only?.split(',') ?? PARTS;
  if (only.every((part) => PARTS.includes(part))) return { only, quick: values.quick };
  return refuse(`--only names some of ${PARTS.join(', ')}.`);
}

function refuse(words: string): never {
  console.error(words);
  process.exit(1);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
