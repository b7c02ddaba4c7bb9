import type { CastName } from '../../../src/demo/cast';
import { Billing } from '../../../src/domains/projects/project.enums';
import { aProject } from '../../support/builders';
import { anInvoice, DRAFT, draftOf, INVOICE, invoiceStates } from '../../support/invoice-builders';
import { TestServer } from '../../support/server';
import { aTask, aTimeEntry } from '../../support/time-builders';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.close());

const summary = (
  lines: { description: string; quantity: string; unitPrice: { amount: string } | null; amount: { amount: string } }[],
) => lines.map((line) => [line.description, line.quantity, line.unitPrice?.amount ?? null, line.amount.amount]);

describe('a draft of an hourly project', () => {
  it('has one line for each task and rate in the order of the tasks, and other work last', async () => {
    const project = await aProject(server);
    const design = await aTask(server, project, { title: 'Design' });
    const build = await aTask(server, project, { title: 'Build' });
    const secret = await aTask(server, project, { title: 'Rescue of the old CMS', clientVisible: false });
    await aTimeEntry(server, project, { task: build, seconds: 3600, billRate: 10_000 });
    await aTimeEntry(server, project, { task: build, seconds: 1800, billRate: 12_000 });
    await aTimeEntry(server, project, { task: design, seconds: 5400, billRate: 10_000 });
    await aTimeEntry(server, project, { task: design, seconds: 900, billRate: 10_000, person: 'cora' });
    await aTimeEntry(server, project, { task: secret, seconds: 3600, billRate: 9000 });
    await aTimeEntry(server, project, { seconds: 3600, billRate: 9000 });
    const draft = await draftOf(server, project, { taxPercent: 25 });
    expect(summary(draft.lines)).toEqual([
      ['Design', '1.75', '100.00', '175.00'],
      ['Build', '1', '100.00', '100.00'],
      ['Build', '0.5', '120.00', '60.00'],
      ['Other work', '2', '90.00', '180.00'],
    ]);
    expect(draft).toMatchObject({
      number: null,
      status: 'DRAFT',
      isOverdue: false,
      issueDate: null,
      dueDate: null,
      dueInDays: 30,
      currency: 'EUR',
      subtotal: { amount: '515.00' },
      tax: { amount: '128.75' },
      total: { amount: '643.75' },
      balance: { amount: '643.75' },
    });
    expect(JSON.stringify(draft)).not.toContain('Rescue');
  });

  it('adds up its entries, each rounded for itself, and never multiplies hours by the rate (F-055)', async () => {
    const project = await aProject(server);
    for (let i = 0; i < 2; i++) await aTimeEntry(server, project, { seconds: 900, billRate: 2750 });
    const { lines } = await draftOf(server, project);
    expect(summary(lines)).toEqual([['Other work', '0.5', '27.50', '13.76']]);
  });

  it('takes what is billable and on no invoice yet, of the days asked for', async () => {
    const project = await aProject(server);
    const entry = (description: string, more: object) =>
      aTimeEntry(server, project, { description, billRate: 10_000, ...more });
    await entry('before', { date: '2026-01-31' });
    await entry('first', { date: '2026-02-01' });
    await entry('last', { date: '2026-02-28' });
    await entry('after', { date: '2026-03-01' });
    await entry('unbillable', { date: '2026-02-10', billable: false });
    await entry('drafted', { date: '2026-02-10', invoiceState: 'DRAFT' });
    await entry('issued', { date: '2026-02-10', invoiceState: 'ISSUED' });
    const draft = await draftOf(server, project, { from: '2026-02-01', to: '2026-02-28' });
    expect(draft.total.amount).toBe('200.00');
    expect(draft.lines[0].timeEntries.totalCount).toBe(2);
    expect(await invoiceStates(server, project)).toEqual({
      before: 'NONE',
      first: 'DRAFT',
      last: 'DRAFT',
      after: 'NONE',
      unbillable: 'NONE',
      drafted: 'DRAFT',
      issued: 'ISSUED',
    });
  });

  it('shows a line without a price where no rate was set, and is empty where there is no work', async () => {
    const project = await aProject(server);
    await aTimeEntry(server, project);
    expect(summary((await draftOf(server, project)).lines)).toEqual([['Other work', '1', null, '0.00']]);
    expect(await draftOf(server, project)).toMatchObject({ lines: [], total: { amount: '0.00' } });
  });

  it('takes lines by hand behind the work, also negative ones', async () => {
    const project = await aProject(server);
    await aTimeEntry(server, project, { billRate: 10_000 });
    const draft = await draftOf(server, project, {
      taxPercent: 19,
      lines: [
        { description: ' Fonts ', quantity: '2.5', unitPrice: '9.99' },
        { description: 'Goodwill', unitPrice: '-20', taxPercent: 0 },
      ],
    });
    expect(summary(draft.lines)).toEqual([
      ['Other work', '1', '100.00', '100.00'],
      ['Fonts', '2.5', '9.99', '24.98'],
      ['Goodwill', '1', '-20.00', '-20.00'],
    ]);
    expect(draft.lines.map((line: { tax: { amount: string } }) => line.tax.amount)).toEqual(['19.00', '4.75', '0.00']);
    expect(draft).toMatchObject({
      subtotal: { amount: '104.98' },
      tax: { amount: '23.75' },
      total: { amount: '128.73' },
    });
  });

  it('follows its entries: what Wim corrects or takes back changes it before it is sent', async () => {
    const project = await aProject(server);
    const entry = await aTimeEntry(server, project, { seconds: 3600, billRate: 10_000 });
    const other = await aTimeEntry(server, project, { seconds: 3600, billRate: 10_000 });
    const draft = await draftOf(server, project);
    await server.data(
      'wim',
      'mutation ($input: UpdateTimeEntryInput!) { updateTimeEntry(input: $input) { timeEntry { id } } }',
      {
        input: { timeEntryId: entry.id, seconds: 7200 },
      },
    );
    await server.data(
      'wim',
      'mutation ($input: DeleteTimeEntryInput!) { deleteTimeEntry(input: $input) { deletedTimeEntryId } }',
      {
        input: { timeEntryId: other.id },
      },
    );
    const { invoice } = await server.data('max', INVOICE, { id: draft.id });
    expect(summary(invoice.lines)).toEqual([['Other work', '2', '100.00', '200.00']]);
    expect(invoice.total.amount).toBe('200.00');
  });
});

describe('a draft of a fixed fee', () => {
  it('bills what the contract leaves after other invoices, drafts too, and no time', async () => {
    const contract = { billing: Billing.FIXED_FEE, contractValueMinor: 1_000_000n, name: 'Store' };
    const project = await aProject(server, contract);
    await aTimeEntry(server, project, { billRate: 10_000 });
    await anInvoice(server, project, { net: [250_000n], taxBp: 2500 });
    await anInvoice(server, project, { net: [50_000n], as: 'VOID' });
    await anInvoice(server, project, { net: [150_000n], as: 'DRAFT' });
    expect(summary((await draftOf(server, project)).lines)).toEqual([['Store', '1', '6000.00', '6000.00']]);
    expect((await draftOf(server, project)).lines).toEqual([]);
  });

  it('and of unbilled work brings nothing of itself', async () => {
    const project = await aProject(server, { billing: Billing.NON_BILLABLE });
    await aTimeEntry(server, project);
    expect((await draftOf(server, project)).lines).toEqual([]);
  });
});

describe('drafting', () => {
  it('is for those who bill: Max, Ada, and a team member with the role for it', async () => {
    const project = await aProject(server);
    const input = { projectId: project.id };
    for (const who of ['max', 'ada', 'olga'] as CastName[]) await server.data(who, DRAFT, { input });
    for (const who of ['wim', 'cora', 'clara', 'carl', 'tess', 'bo'] as CastName[]) {
      expect((await server.refusal(who, DRAFT, { input })).code).toBe('FORBIDDEN');
    }
    expect(await server.refusal('eve', DRAFT, { input })).toMatchObject({ code: 'NOT_FOUND' });
    const roles = (value: string) =>
      server.database.rows(`update membership set business_roles = '${value}' where id = $1`, [server.cast.people.wim]);
    await roles('{BILLING}');
    await server.data('wim', DRAFT, { input });
    await roles('{}');
  });

  it('refuses what cannot be and says where', async () => {
    const project = await aProject(server);
    const refused = (input: object) => server.refusal('max', DRAFT, { input: { projectId: project.id, ...input } });
    const line = { description: 'Fonts', unitPrice: '1' };
    const cases: [string, object][] = [
      ['from', { from: '2026-02-02', to: '2026-02-01' }],
      ['dueInDays', { dueInDays: -1 }],
      ['dueInDays', { dueInDays: 366 }],
      ['taxPercent', { taxPercent: 100.01 }],
      ['taxPercent', { taxPercent: 7.123 }],
      ['notes', { notes: 'x'.repeat(5001) }],
      ['internalNotes', { internalNotes: 'x'.repeat(5001) }],
      ['lines.0.description', { lines: [{ ...line, description: ' ' }] }],
      ['lines.1.unitPrice', { lines: [line, { ...line, unitPrice: '1.001' }] }],
      ['lines.0.quantity', { lines: [{ ...line, quantity: '0' }] }],
      ['lines.0.quantity', { lines: [{ ...line, quantity: '1.0001' }] }],
      ['lines.0.taxPercent', { lines: [{ ...line, taxPercent: -1 }] }],
      ['lines.0.unitPrice', { lines: [{ ...line, quantity: '9999999', unitPrice: '9999999999999' }] }],
      ['lines', { lines: Array(101).fill(line) }],
    ];
    for (const [field, input] of cases) {
      expect(await refused(input)).toMatchObject({ code: 'BAD_USER_INPUT', field });
    }
  });
});
