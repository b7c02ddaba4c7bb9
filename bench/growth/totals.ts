import { tokenOf } from '../../scripts/large/people';
import { PROJECTS_OF_BLOCK, planFor } from '../../scripts/large/plan';
import { readBuckets } from '../../src/domains/time/totals.repository';
import type { Database } from '../../src/platform/database';
import { operation } from '../../test/support/operations';
import { cpuTimesOf } from '../cpu';
import { AskedServer, type Body } from './asked-server';
import { type Case, type Figures, interleave } from './measure';
import { cpuGrowth, growthOf, ms, short, table, times, verdict } from './report';
import { makeWorld } from './world';

const GOAL = 1.3;
const DAYS = 90;

const TOTALS = `
  query Totals($id: ID!, $from: Date, $to: Date) {
    project(id: $id) {
      totals(from: $from, to: $to) {
        totalTime { hours } billableTime { hours } billableAmount { amount } uninvoicedAmount { amount } internalCost { amount }
      }
    }
  }`;

interface Sized {
  entries: number;
  projectId: string;
}

interface Range {
  from: string | null;
  to: string | null;
}

interface Row {
  what: string;
  /** Undefined: measured for comparison alone. */
  goal?: number;
  cases: Case[];
}

/** What the totals of one project cost when it has more and more entries. */
export async function totals(server: string, { sizes, rounds }: { sizes: number[]; rounds: number }): Promise<string> {
  const others = Array.from({ length: PROJECTS_OF_BLOCK - sizes.length }, () => 100);
  const world = await makeWorld(server, 'portico_bench_growth_totals', planFor([...sizes, ...others], { personas: 1 }));
  const asked = await AskedServer.start({ DATABASE_URL: world.databaseUrl });
  try {
    const projects = await projectsOf(world.database, sizes);
    const rows = [...overHttp(asked, projects), ...inSql(world.database, projects)];
    const figures = await interleave(
      rows.flatMap((row) => row.cases),
      rounds,
      async () => cpuTimesOf([asked.pid, ...(await world.backends())]),
    );
    return report(sizes, rows, (i) => figures.slice(i * sizes.length, (i + 1) * sizes.length));
  } finally {
    await asked.stop();
    await world.drop();
  }
}

async function projectsOf(database: Database, sizes: number[]): Promise<Sized[]> {
  const rows = await database.rows<{ id: string }>('select id from project order by code limit $1', [sizes.length]);
  return sizes.map((entries, i) => ({ entries, projectId: rows[i].id }));
}

function overHttp(asked: AskedServer, projects: Sized[]): Row[] {
  const row = (what: string, times: number, body: (projectId: string) => Body, goal?: number): Row => {
    const run = (projectId: string) => () => asked.ask(body(projectId), tokenOf('manager', 1));
    return { what, goal, cases: projects.map(({ projectId }) => ({ name: what, times, run: run(projectId) })) };
  };
  const page = operation('ProjectPage');
  return [
    row('over HTTP, all days', 20, (id) => ({ query: TOTALS, variables: { id } }), GOAL),
    row(`over HTTP, ${DAYS} days`, 20, (id) => ({ query: TOTALS, variables: { id, ...lastDays() } }), GOAL),
    row('for comparison: over HTTP, the page of a project with the hours of its tasks', 3, (id) => ({
      query: page,
      variables: { id },
    })),
  ];
}

function inSql(database: Database, projects: Sized[]): Row[] {
  const always: Range = { from: null, to: null };
  const rolledUp = (what: string, range: Range): Row => ({
    what,
    goal: GOAL,
    cases: projects.map(({ projectId }) => ({
      name: what,
      times: 50,
      run: () => readBuckets(database, [{ projectId, ...range }]),
    })),
  });
  const summed = (what: string, { from, to }: Range): Row => ({
    what,
    cases: projects.map(({ projectId }) => ({
      name: what,
      times: 1,
      run: () => database.rows(LIVE, [projectId, from, to]),
    })),
  });
  return [
    rolledUp('SQL alone, all days', always),
    rolledUp(`SQL alone, ${DAYS} days`, lastDays()),
    summed('for comparison: entries summed, all days', always),
    summed(`for comparison: entries summed, ${DAYS} days`, lastDays()),
  ];
}

/** What a server without rollups would ask. */
const LIVE = `
  select invoice_state, sum(raw_seconds), sum(billed_seconds), sum(billable_amount_minor), sum(billed_seconds) filter (where billable)
  from time_entry where project_id = $1 and ($2::date is null or date >= $2) and ($3::date is null or date <= $3)
  group by invoice_state`;

function lastDays(): { from: string; to: string } {
  const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
  return { from: day(DAYS), to: day(1) };
}

function report(sizes: number[], rows: Row[], figuresOf: (row: number) => Figures[]): string {
  const lines = rows.map(({ what, goal }, i) => {
    const figures = figuresOf(i);
    const growth = growthOf(figures);
    const judged = goal === undefined ? times(growth) : verdict(growth, goal, times(growth));
    return [what, ...figures.map(({ p50 }) => ms(p50)), judged, cpuGrowth(figures)];
  });
  return [
    `### Totals of one project, by its entries (goal ≤ ${GOAL}×)`,
    '',
    table(['ms, median', ...sizes.map(short), 'growth', 'CPU'], lines),
    '',
    'CPU: of the server and PostgreSQL together, ms a time, with the fewest and the most entries. A range reads a row for each ' +
      'of its days and invoice states: with few entries many days have none, and there it grows no more once all have.',
  ].join('\n');
}
