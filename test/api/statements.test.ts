import { aProject } from '../support/builders';
import { anInvoice } from '../support/invoice-builders';
import { operation } from '../support/operations';
import { TestServer } from '../support/server';
import { statementsOf } from '../support/statements';
import { aTask, aTimeEntry } from '../support/time-builders';

/** What a front end asks for costs the database as much for long lists as for short ones. */
const MOST = 3;
const PERSONAS = ['clara', 'carl', 'wim', 'max', 'ada'] as const;
const SHOWN = { timeEntries: 'DETAILED', billRates: 'SHOW', invoices: 'FULL' } as const;

let server: TestServer;
let page: string;
beforeAll(async () => {
  server = await TestServer.start();
  const project = await aProject(server, { name: 'A page', visibility: SHOWN });
  page = project.id;
  for (let i = 0; i < 100; i++) {
    const task = await aTask(server, project, { assignee: i % 2 ? 'wim' : 'cora' });
    await aTimeEntry(server, project, { task, person: i % 3 ? 'wim' : 'max', billRate: 6000, costRate: 3000 });
  }
  for (let i = 0; i < 19; i++) {
    const another = await aProject(server, { name: `Project ${i}`, visibility: SHOWN });
    await aTimeEntry(server, another, { billRate: 6000, costRate: 3000 });
    for (let n = 0; n < 3; n++) await anInvoice(server, another, { net: [100n, 200n], paid: [50n] });
  }
}, 120_000);
afterAll(() => server.close());

describe('the database is asked at most three times, however long the list, for', () => {
  it.each<[what: string, name: string, sizes: number[], rows: (data: any) => number]>([
    ['the dashboard: 20 projects with totals', 'Dashboard', [1, 10, 20], (data) => data.projects.nodes.length],
    [
      'a project page: tasks, people, how many of each, totals',
      'ProjectPage',
      [1, 10, 100],
      (data) => data.project.tasks.nodes.length,
    ],
    ['100 time entries', 'TimeEntries', [1, 10, 100], (data) => data.project.timeEntries.nodes.length],
    ['50 invoices', 'Invoices', [1, 10, 50], (data) => data.invoices.nodes.length],
  ])('%s', async (_what, name, sizes, rows) => {
    for (const who of PERSONAS) {
      const counts = await countAll(who, name, sizes, rows);
      expect({ who, counts, tooMany: counts.filter((count) => count > MOST) }).toEqual({ who, counts, tooMany: [] });
      // Two loads of people fall together or apart, as the answers of the database happen to arrive.
      expect(counts[2] - counts[1]).toBeLessThanOrEqual(1);
    }
  });
});

it('how long a list is costs no statement of its own, even where its page is empty', async () => {
  const LISTS = `query ($id: ID!, $after: String) {
    projects(first: 2) { COUNT nodes { name } } timeEntries(first: 2) { COUNT nodes { date } } invoices(first: 2) { COUNT nodes { status } }
    project(id: $id) { tasks(last: 2, after: $after) { COUNT nodes { title } } timeEntries(first: 1) { ...Count nodes { date } }
      members(first: 2) { ... { __typename COUNT } nodes { name } } } }`;
  const last = 'query ($id: ID!) { project(id: $id) { tasks(last: 1) { pageInfo { endCursor } } } }';
  const { endCursor: after } = (await server.data('ada', last, { id: page })).project.tasks.pageInfo;
  let answer: any;
  const asked = async (count: string) => {
    const query = LISTS.replaceAll('COUNT', count).replace('...Count', count ? '...Count' : '');
    const fragment = count ? ` fragment Count on TimeEntryConnection { ${count} }` : '';
    return statementsOf(server, async () => {
      answer = await server.data('ada', query + fragment, { id: page, after });
    });
  };
  const without = await asked('');
  expect(await asked('totalCount')).toHaveLength(without.length);
  const { projects, timeEntries, project } = answer;
  expect([projects, timeEntries].map((list) => list.totalCount)).toEqual([20, 119]);
  expect(project.tasks).toEqual({ totalCount: 100, nodes: [] });
  expect([project.timeEntries.totalCount, project.members.totalCount > 2]).toEqual([100, true]);
});

async function countAll(
  who: (typeof PERSONAS)[number],
  name: string,
  sizes: number[],
  rows: (data: any) => number,
): Promise<number[]> {
  const counts: number[] = [];
  for (const first of sizes) {
    let data: unknown;
    const variables = { id: page, projectId: page, first };
    const statements = await statementsOf(server, async () => {
      data = await server.data(who, operation(name), variables);
    });
    if (!(name === 'Invoices' && who === 'wim')) expect(rows(data)).toBe(first);
    counts.push(statements.length);
  }
  return counts;
}
