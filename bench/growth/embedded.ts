import { readdirSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadLarge } from '../../scripts/large/load-large';
import { tokenOf } from '../../scripts/large/people';
import { type LargePlan, PROJECTS_OF_BLOCK, planFor, skewed } from '../../scripts/large/plan';
import { migrate, openDatabase } from '../../src/platform/open-database';
import { operation } from '../../test/support/operations';
import { residentMb } from '../cpu';
import { AskedServer, type Body } from './asked-server';
import { type Case, type Figures, interleave } from './measure';
import { ms, short, table } from './report';

const KINDS = ['client', 'manager'] as const;
const AT_ONCE = 8;

interface Measured {
  plan: LargePlan;
  entries: number;
  figures: Figures[];
  perSecond: number;
  startMs: number;
  memoryMb?: number;
  diskMb: number;
}

/** What the server does with nothing but the database it brings, when there is more and more in it. */
export async function embedded({ sizes, rounds }: { sizes: number[]; rounds: number }): Promise<string> {
  const measured: Measured[] = [];
  for (const entries of sizes) measured.push(await measure(entries, rounds));
  return report(measured);
}

async function measure(entries: number, rounds: number): Promise<Measured> {
  const folder = await mkdtemp(path.join(tmpdir(), 'portico-bench-embedded-'));
  try {
    const projects = PROJECTS_OF_BLOCK * Math.max(1, Math.round(entries / 20_000));
    const plan = planFor(skewed(projects, entries), { personas: 5 });
    await fill(folder, plan);
    const begun = performance.now();
    const server = await AskedServer.start({ DATA_DIR: folder });
    const startMs = performance.now() - begun;
    try {
      const cases = await casesOf(server);
      const figures = await interleave(cases, rounds);
      const perSecond = await answersPerSecond(cases);
      return { plan, entries, figures, perSecond, startMs, memoryMb: residentMb(server.pid), diskMb: sizeMb(folder) };
    } finally {
      await server.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function fill(dataDir: string, plan: LargePlan): Promise<void> {
  const { database, close } = await openDatabase({ dataDir });
  await migrate(database);
  await loadLarge(database, plan);
  await close();
}

/** The four operations, clients and managers by turns; of the projects, the one with the most entries. */
async function casesOf(server: AskedServer): Promise<Case[]> {
  const { projects } = await server.ask<{ projects: { nodes: { id: string; code: string }[] } }>(
    { query: operation('Dashboard') },
    tokenOf('client', 1),
  );
  const largest = projects.nodes.find(({ code }) => code === 'P-0001')!.id;
  const bodies: Record<string, Body> = {
    Dashboard: { query: operation('Dashboard') },
    ProjectPage: { query: operation('ProjectPage'), variables: { id: largest } },
    TimeEntries: { query: operation('TimeEntries'), variables: { projectId: largest, first: 100 } },
    Invoices: { query: operation('Invoices'), variables: { first: 50 } },
  };
  return Object.entries(bodies).map(([name, body]) => ({
    name,
    times: 10,
    run: (nth) => server.ask(body, tokenOf(KINDS[nth % 2], 1)),
  }));
}

/** All four in turns, as many at once as a small team may ask. */
async function answersPerSecond(cases: Case[]): Promise<number> {
  const begun = performance.now();
  let answers = 0;
  const asking = async (first: number) => {
    for (let nth = first; performance.now() < begun + 4000; nth++, answers++) await cases[nth % cases.length].run(nth);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, (_, first) => asking(first)));
  return (1000 * answers) / (performance.now() - begun);
}

function sizeMb(folder: string): number {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) =>
    statSync(path.join(folder, name)),
  );
  return files.filter((file) => file.isFile()).reduce((sum, { size }) => sum + size, 0) / 2 ** 20;
}

function report(measured: Measured[]): string {
  const row = (name: string, of: (one: Measured) => string) => [name, ...measured.map(of)];
  const operations = ['Dashboard', 'ProjectPage', 'TimeEntries, 100', 'Invoices, 50'];
  return [
    '### The embedded database, by the entries in it',
    '',
    table(
      ['', ...measured.map(({ entries }) => short(entries))],
      [
        row('projects', ({ plan }) => String(plan.entries.length)),
        row('largest project, entries', ({ plan }) => String(Math.max(...plan.entries))),
        row('people', ({ plan }) => String(plan.team + 2 * plan.personas + 1)),
        row('invoices', ({ plan }) => String(plan.entries.length * plan.invoices)),
        ...operations.map((name, i) =>
          row(`${name}: p50 / p99, ms`, ({ figures }) => `${ms(figures[i].p50)} / ${ms(figures[i].p99)}`),
        ),
        row(`answers a second, ${AT_ONCE} at once`, ({ perSecond }) => String(Math.round(perSecond))),
        row('start, s', ({ startMs }) => (startMs / 1000).toFixed(1)),
        row('memory, MB', ({ memoryMb }) => (memoryMb === undefined ? '–' : String(Math.round(memoryMb)))),
        row('disk, MB', ({ diskMb }) => String(Math.round(diskMb))),
      ],
    ),
    '',
    'One server process with PostgreSQL compiled into it; a client and a manager by turns, on their largest project.',
  ].join('\n');
}
