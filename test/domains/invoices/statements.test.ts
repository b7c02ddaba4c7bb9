import { BudgetBasis } from '../../../src/domains/projects/project.enums';
import { aProject } from '../../support/builders';
import { anInvoice } from '../../support/invoice-builders';
import { TestServer } from '../../support/server';
import { statementsOf } from '../../support/statements';
import { aTimeEntry } from '../../support/time-builders';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
  await world(100);
});
afterAll(() => server.close());

const MOST = 8;
const INVOICES = `query ($first: Int!) { invoices(first: $first) { totalCount nodes {
  number status isOverdue issueDate dueDate total { amount } balance { amount } subtotal { amount } tax { amount }
  lines { description quantity amount { amount } } payments { amount { amount } receivedOn }
  project { name } clientOrganisation { name } } } }`;
const PROJECTS = `query ($first: Int!) { projects(first: $first) { nodes { name
  budget { used { time { seconds } } usedPercent } costBudget { usedPercent }
  financials { contractValue { amount } invoicedTotal { amount } balance { amount } }
  invoices(first: 3) { totalCount nodes { number total { amount } } } } } }`;
const WORK = `query ($first: Int!) { invoices(first: $first) { nodes { lines { timeEntries(first: 1) { totalCount nodes { date } } } } } }`;

/** So many projects with an invoice each, every third a draft. */
async function world(count: number): Promise<void> {
  const grants = { max: { managesProject: true, clientView: true } };
  const budget = { budgetBasis: BudgetBasis.HOURS, budgetSeconds: 36_000n, costBudgetMinor: 5n } as const;
  for (let i = 0; i < count; i++) {
    const project = await aProject(server, { ...budget, grants });
    if (i % 3 === 0) await aTimeEntry(server, project, { billRate: 10_000, invoiceState: 'DRAFT' });
    else await anInvoice(server, project, { net: [100n, 200n], paid: [50n] });
  }
}

describe('the database is asked as often for a long list as for a short one', () => {
  it.each([
    ['invoices with lines, payments and projects', INVOICES],
    ['projects with budgets, financials and invoices', PROJECTS],
    ['invoices with the work that they are made from', WORK],
  ])('%s: for 1, 10 and 100 of them, and never more than 8 times', async (_what, query) => {
    for (const who of ['max', 'ada'] as const) {
      const counts: number[] = [];
      for (const first of [1, 10, 100]) {
        counts.push((await statementsOf(server, () => server.data(who, query, { first }))).length);
      }
      expect(counts[2]).toBe(counts[1]);
      expect(Math.max(...counts)).toBeLessThanOrEqual(MOST);
    }
  });
});
