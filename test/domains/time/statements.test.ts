import { Billing } from '../../../src/domains/projects/project.enums';
import { aProject } from '../../support/builders';
import { TestServer } from '../../support/server';
import { statementsOf } from '../../support/statements';
import { aRate, aTask, aTimeEntry } from '../../support/time-builders';

/** What the operations of test/api/statements.test.ts leave out: margins, splits, rates, and lists inside of lists. */
let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
  for (let i = 0; i < 20; i++) {
    const fee = i % 4 === 0 ? { billing: Billing.FIXED_FEE, contractValueMinor: 1000n } : {};
    const project = await aProject(server, { name: `P${i}`, visibility: OPEN, ...fee });
    const task = await aTask(server, project, { assignee: i % 2 ? 'wim' : 'cora' });
    await aTimeEntry(server, project, { task, billRate: 6000, costRate: 3000, person: i % 2 ? 'wim' : 'cora' });
  }
  page = (await aProject(server, { name: 'A page', visibility: OPEN })).id;
  for (let i = 0; i < 100; i++) {
    const project = await projectOf(page);
    const task = await aTask(server, project, { assignee: i % 2 ? 'wim' : 'cora' });
    await aTimeEntry(server, project, { task, billRate: 6000, person: i % 3 ? 'wim' : 'max', date: '2026-03-02' });
  }
  await aRate(server, { client: 'acme', perHour: 9000 });
}, 120_000);
afterAll(() => server.close());

const OPEN = { timeEntries: 'DETAILED', billRates: 'SHOW', invoices: 'FULL' } as const;
const MOST = 8;
let page: string;

const projectOf = async (id: string) => {
  const sql = 'select p.*, p.id as project_id from project p where p.id = $1';
  return (await server.database.row<Awaited<ReturnType<typeof aProject>>>(sql, [id]))!;
};

const NUMBERS =
  'totalTime { seconds } billableTime { seconds } billableAmount { amount } uninvoicedAmount { amount } internalCost { amount } marginPercent';
const QUERIES: [what: string, query: string, sizes: number[]][] = [
  [
    'projects with what they add up to in all and in a month, and their margins',
    `query ($first: Int!) { projects(first: $first) { nodes { name status totals { ${NUMBERS} } month: totals(from: "2026-03-01") { ${NUMBERS} } } } }`,
    [1, 10, 20],
  ],
  [
    'projects with their tasks and latest entries',
    'query ($first: Int!) { projects(first: $first) { nodes { tasks(first: 3) { totalCount nodes { title } } timeEntries(first: 3) { totalCount nodes { date } } } } }',
    [1, 10, 20],
  ],
  [
    'projects with the split of their totals',
    'query ($first: Int!) { projects(first: $first) { nodes { totals { byTask { task { title } totalTime { seconds } } byPerson { person { displayName } totalTime { seconds } } byDay { date totalTime { seconds } } } } } }',
    [1, 10, 20],
  ],
  [
    'projects with time by day and rate card',
    'query ($first: Int!) { projects(first: $first) { nodes { timeByDay { date task { title } billableTime { seconds } } myTotals { totalTime { seconds } } rateCard { billRate { amount } costRate { amount } } } } }',
    [1, 10, 20],
  ],
  [
    'the tasks of a page with what an hour of each costs',
    'query ($first: Int!, $id: ID!) { project(id: $id) { tasks(first: $first) { totalCount nodes { title order status assignee { displayName } trackedTime { seconds } billableAmount { amount } billRate { amount } } } } }',
    [1, 10, 100],
  ],
  [
    'the entries of all projects',
    'query ($first: Int!) { timeEntries(first: $first) { totalCount nodes { date time { seconds } project { name } task { title } person { displayName } rawTime { seconds } createdBy { displayName } billRate { amount } costAmount { amount } } } }',
    [1, 10, 100],
  ],
];

describe('the database is asked as often for a long list as for a short one', () => {
  it.each(QUERIES)('%s: never more than 8 times', async (_what, query, sizes) => {
    for (const who of ['clara', 'max', 'ada'] as const) {
      const counts: number[] = [];
      for (const first of sizes) {
        const variables = query.includes('$id') ? { first, id: page } : { first };
        counts.push((await statementsOf(server, () => server.data(who, query, variables))).length);
      }
      expect(counts[2]).toBe(counts[1]);
      expect(Math.max(...counts)).toBeLessThanOrEqual(MOST);
    }
  });
});
