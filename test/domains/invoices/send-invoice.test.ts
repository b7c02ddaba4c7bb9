import { seconds } from '../../../src/platform/clock';
import { aProject } from '../../support/builders';
import { TestClock } from '../../support/clock';
import { anInvoice, draftOf, invoiceStates, SEND, sentOf, UPDATE } from '../../support/invoice-builders';
import { TestServer } from '../../support/server';
import { aTask, aTimeEntry } from '../../support/time-builders';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.close());

const CORRECT = 'mutation ($input: UpdateTimeEntryInput!) { updateTimeEntry(input: $input) { timeEntry { id } } }';
const line = { description: 'Fonts', unitPrice: '10' };
const send = async (invoiceId: string) =>
  (await server.data('max', SEND, { input: { invoiceId } })).sendInvoice.invoice;

describe('sending a draft', () => {
  it('gives it a number, today’s date and a due date, and locks its work', async () => {
    const project = await aProject(server);
    const entry = await aTimeEntry(server, project, { description: 'work', billRate: 10_000 });
    const invoice = await sentOf(server, project, { dueInDays: 14, taxPercent: 25 });
    expect(invoice).toMatchObject({
      status: 'SENT',
      issueDate: '2026-03-16',
      dueDate: '2026-03-30',
      subtotal: { amount: '100.00' },
      tax: { amount: '25.00' },
      total: { amount: '125.00' },
      balance: { amount: '125.00' },
    });
    expect(invoice.number).toMatch(/^2026-\d{3}$/);
    expect(await invoiceStates(server, project)).toEqual({ work: 'ISSUED' });
    const refused = await server.refusal('max', CORRECT, { input: { timeEntryId: entry.id, seconds: 60 } });
    expect(refused.code).toBe('ENTRY_LOCKED');
  });

  it('keeps the dates that Max has set, and refuses a due date that is over', async () => {
    const project = await aProject(server);
    const { id: invoiceId } = await draftOf(server, project, { lines: [line] });
    await server.data('max', UPDATE, { input: { invoiceId, dueDate: '2026-03-15' } });
    expect(await server.refusal('max', SEND, { input: { invoiceId } })).toMatchObject({ field: 'dueDate' });
    await server.data('max', UPDATE, { input: { invoiceId, issueDate: '2025-12-31' } });
    expect(await send(invoiceId)).toMatchObject({ issueDate: '2025-12-31', dueDate: '2026-03-15' });
  });

  it('reads the entries again: moved to another task or rate they stand on another line, unbillable on none', async () => {
    const project = await aProject(server);
    const design = await aTask(server, project, { title: 'Design' });
    const build = await aTask(server, project, { title: 'Build' });
    const moved = await aTimeEntry(server, project, { task: design, description: 'moved', billRate: 10_000 });
    await aTimeEntry(server, project, { task: build, description: 'stays', billRate: 10_000 });
    const free = await aTimeEntry(server, project, { task: build, description: 'for free', billRate: 10_000 });
    const repriced = await aTimeEntry(server, project, { task: build, description: 'repriced', billRate: 10_000 });
    const draft = await draftOf(server, project, { taxPercent: 25 });
    await server.data('max', CORRECT, { input: { timeEntryId: free.id, billable: false } });
    await server.database.rows('update time_entry set task_id = $1 where id = $2', [build.id, moved.id]);
    await server.database.rows(
      'update time_entry set bill_rate_minor = 5000, billable_amount_minor = 5000 where id = $1',
      [repriced.id],
    );
    const { lines, total } = await send(draft.id);
    expect(lines).toMatchObject([
      { description: 'Build', quantity: '2', unitPrice: { amount: '100.00' }, amount: { amount: '200.00' } },
      { description: 'Build', quantity: '1', unitPrice: { amount: '50.00' }, tax: { amount: '12.50' } },
    ]);
    expect(total.amount).toBe('312.50');
    expect(await invoiceStates(server, project)).toEqual({
      moved: 'ISSUED',
      stays: 'ISSUED',
      'for free': 'NONE',
      repriced: 'ISSUED',
    });
  });

  it('names no task that was hidden from the client since the draft', async () => {
    const project = await aProject(server);
    const task = await aTask(server, project, { title: 'Rescue' });
    await aTimeEntry(server, project, { task, billRate: 10_000 });
    const draft = await draftOf(server, project);
    await server.database.rows('update task set client_visible = false where id = $1', [task.id]);
    const { lines } = await send(draft.id);
    expect(lines).toMatchObject([{ description: 'Other work', amount: { amount: '100.00' } }]);
  });

  it('stays as it was sent, whatever happens to rates and tasks', async () => {
    const project = await aProject(server);
    const task = await aTask(server, project, { title: 'Design' });
    await aTimeEntry(server, project, { task, billRate: 10_000 });
    const sent = await sentOf(server, project);
    await server.database.rows(`update task set title = 'Renamed' where id = $1`, [task.id]);
    const { invoice } = await server.data(
      'max',
      'query ($id: ID!) { invoice(id: $id) { lines { description amount { amount } } } }',
      {
        id: sent.id,
      },
    );
    expect(invoice.lines).toEqual([{ description: 'Design', amount: { amount: '100.00' } }]);
  });

  it('numbers each client’s invoices for themselves, one after the other, so that a number tells of nobody else (L-25)', async () => {
    const acme = await aProject(server, { client: 'acme' });
    const borealis = await aProject(server, {
      client: 'borealis',
      grants: { max: { managesProject: true, clientView: true } },
    });
    const numberOf = async (project: typeof acme) => (await sentOf(server, project, { lines: [line] })).number.slice(5);
    const first = Number(await numberOf(acme));
    expect(await numberOf(borealis)).toBe('001');
    expect(Number(await numberOf(acme))).toBe(first + 1);
    expect(await numberOf(borealis)).toBe('002');
  });

  it('leaves no gap where it is refused: empty, below zero, stale, or sent already', async () => {
    const project = await aProject(server);
    const running = async () =>
      (await server.database.row<{ n: number }>(
        'select last_invoice_number as n from client_organisation where id = $1',
        [project.clientOrganisationId],
      ))!.n;
    const before = await running();
    const empty = await draftOf(server, project);
    const credit = await draftOf(server, project, { lines: [{ ...line, unitPrice: '-1' }] });
    const refused = (input: object) => server.refusal('max', SEND, { input });
    for (const { id: invoiceId } of [empty, credit]) {
      expect(await refused({ invoiceId })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'invoiceId' });
    }
    expect(await refused({ invoiceId: empty.id, expectedVersion: 5 })).toMatchObject({ code: 'CONFLICT' });
    const sent = await anInvoice(server, project, { paid: [1n] });
    expect(await refused({ invoiceId: sent.id })).toEqual({
      code: 'INVALID_TRANSITION',
      from: 'PARTIALLY_PAID',
      to: 'SENT',
      allowed: ['PAID'],
    });
    expect(await running()).toBe(before);
  });

  it('dates it by the calendar of the workspace, not by that of the server', async () => {
    const clock = new TestClock(new Date('2026-12-31T22:59:59Z'));
    const oslo = await TestServer.start({ clock });
    const project = await aProject(oslo);
    expect(await sentOf(oslo, project, { lines: [line] })).toMatchObject({
      number: '2026-001',
      issueDate: '2026-12-31',
    });
    clock.advance(seconds(1));
    expect(await sentOf(oslo, project, { lines: [line] })).toMatchObject({
      number: '2027-002',
      issueDate: '2027-01-01',
    });
    await oslo.close();
  });
});
