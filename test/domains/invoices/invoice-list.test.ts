import { seconds } from '../../../src/platform/clock';
import { aProject } from '../../support/builders';
import { TestClock } from '../../support/clock';
import { anInvoice } from '../../support/invoice-builders';
import { TestServer } from '../../support/server';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.close());

const LIST = `query ($filter: InvoiceFilter, $first: Int, $after: String) { invoices(filter: $filter, first: $first, after: $after) {
  totalCount nodes { number status isOverdue } pageInfo { hasNextPage endCursor } } }`;
const OF_PROJECT = `query ($id: ID!, $status: InvoiceStatusFilter, $from: Date, $to: Date) { project(id: $id) {
  invoices(status: $status, from: $from, to: $to) { totalCount nodes { number } } } }`;

const visible = { visibility: { invoices: 'SUMMARY' as const } };

/** The only invoices there are, one of each kind. */
async function oneOfEach() {
  for (const table of ['payment', 'invoice_line', 'invoice']) await server.database.rows(`delete from ${table}`);
  const project = await aProject(server, visible);
  const facts = { paid: [] as bigint[], issueDate: '2026-02-01', dueDate: '2026-03-15' };
  await anInvoice(server, project, { as: 'DRAFT' });
  await anInvoice(server, project, { ...facts, number: 'overdue' });
  await anInvoice(server, project, { ...facts, number: 'open', dueDate: '2026-03-16', issueDate: '2026-02-02' });
  await anInvoice(server, project, { ...facts, number: 'part', issueDate: '2026-02-03', paid: [1n] });
  await anInvoice(server, project, { ...facts, number: 'paid', issueDate: '2026-02-04', paid: [10_000n] });
  await anInvoice(server, project, { ...facts, number: 'void', issueDate: '2026-02-05', as: 'VOID' });
  return project;
}

describe('the list of invoices', () => {
  it('shows Clara the issued ones of her projects, newest first, and Max his drafts before them (F-111)', async () => {
    const { id: projectId } = await oneOfEach();
    const numbers = async (who: 'clara' | 'max') => {
      const { invoices } = await server.data(who, LIST, { filter: { projectId } });
      return [invoices.totalCount, invoices.nodes.map((invoice: { number: string | null }) => invoice.number)];
    };
    expect(await numbers('clara')).toEqual([5, ['void', 'paid', 'part', 'open', 'overdue']]);
    expect(await numbers('max')).toEqual([6, [null, 'void', 'paid', 'part', 'open', 'overdue']]);
  });

  it.each([
    ['ALL', ['void', 'paid', 'part', 'open', 'overdue']],
    ['PAID', ['paid']],
    ['UNPAID', ['part', 'open', 'overdue']],
    ['OVERDUE', ['part', 'overdue']],
  ])('gives Clara those that are %s (F-112)', async (status, expected) => {
    const { id } = await oneOfEach();
    const { invoices } = await server.data('clara', LIST, { filter: { projectId: id, status } });
    expect(invoices.nodes.map((invoice: { number: string }) => invoice.number)).toEqual(expected);
    expect(invoices.totalCount).toBe(expected.length);
    const { project } = await server.data('clara', OF_PROJECT, { id, status });
    expect(project.invoices).toEqual({
      totalCount: expected.length,
      nodes: expected.map((number) => ({ number })),
    });
  });

  it('gives Clara those issued from one day to another, both included', async () => {
    const { id } = await oneOfEach();
    const range = { from: '2026-02-02', to: '2026-02-04' };
    const { invoices } = await server.data('clara', LIST, { filter: { projectId: id, ...range } });
    expect(invoices.nodes.map((invoice: { number: string }) => invoice.number)).toEqual(['paid', 'part', 'open']);
    expect((await server.data('max', OF_PROJECT, { id, ...range })).project.invoices.totalCount).toBe(3);
    const inverted = { from: range.to, to: range.from };
    expect(await server.refusal('clara', LIST, { filter: inverted })).toMatchObject({
      code: 'BAD_USER_INPUT',
      field: 'filter.from',
    });
    expect(await server.refusal('clara', OF_PROJECT, { id, ...inverted })).toMatchObject({ field: 'from' });
  });

  it('is counted whole, however short the page is that Clara reads', async () => {
    const { id: projectId } = await oneOfEach();
    const numbers: string[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const { invoices }: any = await server.data('clara', LIST, { filter: { projectId }, first: 2, after });
      expect(invoices.totalCount).toBe(5);
      numbers.push(...invoices.nodes.map((invoice: { number: string }) => invoice.number));
      after = invoices.pageInfo.endCursor;
      more = invoices.pageInfo.hasNextPage;
    }
    expect(numbers).toEqual(['void', 'paid', 'part', 'open', 'overdue']);
  });

  it('does not know a project that Eve does not see (F-133)', async () => {
    const { id: projectId } = await oneOfEach();
    const refused = await server.refusal('eve', LIST, { filter: { projectId } });
    expect(refused).toEqual({ code: 'NOT_FOUND', field: 'filter.projectId' });
    const unknown = await server.refusal('eve', LIST, { filter: { projectId: 'prj_1111111111111111111111' } });
    expect(unknown).toEqual(refused);
  });
});

describe('an invoice', () => {
  it('is overdue when its due date is over on the wall in Oslo, and paid never (F-112)', async () => {
    const clock = new TestClock(new Date('2026-03-31T21:59:59Z'));
    const oslo = await TestServer.start({ clock });
    const project = await aProject(oslo, visible);
    await anInvoice(oslo, project, { number: 'open', dueDate: '2026-03-31' });
    await anInvoice(oslo, project, { number: 'paid', dueDate: '2026-03-31', paid: [10_000n] });
    const overdue = async () => {
      const { invoices } = await oslo.data('clara', LIST, { filter: { status: 'OVERDUE' } });
      const all = (await oslo.data('clara', LIST)).invoices.nodes;
      const flagged = all.filter((invoice: { isOverdue: boolean }) => invoice.isOverdue);
      expect(flagged).toEqual(invoices.nodes);
      return invoices.nodes.map((invoice: { number: string }) => invoice.number);
    };
    expect(await overdue()).toEqual([]);
    clock.advance(seconds(1));
    expect(await overdue()).toEqual(['open']);
    await oslo.close();
  });
});
