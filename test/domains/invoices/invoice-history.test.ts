import fc from 'fast-check';
import type { Project } from '../../../src/domains/projects/project.entity';
import { aProject } from '../../support/builders';
import { DELETE, DRAFT, INVOICE, PAY, SEND, UNPAY, UPDATE, VOID } from '../../support/invoice-builders';
import { TestServer } from '../../support/server';
import { aTask, aTimeEntry } from '../../support/time-builders';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.close());

/** What Max and Wim may do; `which` chooses among the invoices or entries that there are. */
const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('log' as const),
      seconds: fc.integer({ min: 1, max: 86_400 }),
      rate: fc.nat(20_000),
      onTask: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('draft' as const), tax: fc.constantFrom(0, 7, 19, 25.55) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('edit' as const),
      which: fc.nat(),
      price: fc.integer({ min: -500, max: 5000 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('correct' as const),
      which: fc.nat(),
      seconds: fc.integer({ min: 1, max: 86_400 }),
      billable: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('send' as const), which: fc.nat() }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('pay' as const),
      which: fc.nat(),
      percent: fc.integer({ min: 1, max: 110 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('unpay' as const), which: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('void' as const), which: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const), which: fc.nat() }) },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

const CORRECT = 'mutation ($input: UpdateTimeEntryInput!) { updateTimeEntry(input: $input) { timeEntry { id } } }';
const REFUSALS = ['INVALID_TRANSITION', 'AMOUNT_EXCEEDS_BALANCE', 'BAD_USER_INPUT', 'ENTRY_LOCKED'];

/** Does it as Max; what is refused for a reason changes nothing, and anything else that fails fails the test. */
async function attempt(query: string, input: object): Promise<void> {
  const { errors } = await server.ask('max', query, { input });
  for (const { extensions, message } of errors ?? []) {
    if (!REFUSALS.includes(extensions.code)) throw new Error(`${extensions.code}: ${message}`);
  }
}

const idsOf = async (table: 'invoice' | 'payment' | 'time_entry', project: Project): Promise<string[]> =>
  (
    await server.database.rows<{ id: string }>(`select id from ${table} where project_id = $1 order by id`, [
      project.id,
    ])
  ).map(({ id }) => id);

async function happen(project: Project, taskOf: () => Promise<any>, what: Step): Promise<void> {
  if (what.kind === 'log') {
    const task = what.onTask ? await taskOf() : undefined;
    await aTimeEntry(server, project, { seconds: what.seconds, billRate: what.rate, task });
    return;
  }
  if (what.kind === 'draft') return attempt(DRAFT, { projectId: project.id, taxPercent: what.tax });
  const table = what.kind === 'correct' ? 'time_entry' : what.kind === 'unpay' ? 'payment' : 'invoice';
  const ids = await idsOf(table, project);
  if (ids.length === 0) return;
  const id = ids[what.which % ids.length];
  if (what.kind === 'correct')
    return attempt(CORRECT, { timeEntryId: id, seconds: what.seconds, billable: what.billable });
  if (what.kind === 'unpay') return attempt(UNPAY, { paymentId: id });
  if (what.kind === 'send') return attempt(SEND, { invoiceId: id });
  if (what.kind === 'void') return attempt(VOID, { invoiceId: id });
  if (what.kind === 'delete') return attempt(DELETE, { invoiceId: id });
  if (what.kind === 'pay')
    return attempt(PAY, { invoiceId: id, method: 'CASH', amount: await share(id, what.percent) });
  const unitPrice = (what.price / 100).toFixed(2);
  return attempt(UPDATE, { invoiceId: id, addLines: [{ description: 'By hand', unitPrice, taxPercent: 7 }] });
}

/** So many percent of what is open, though a cent at least. */
async function share(id: string, percent: number): Promise<string> {
  const { invoice } = await server.data('max', INVOICE, { id });
  return Math.max(0.01, (Number(invoice.balance.amount) * percent) / 100).toFixed(2);
}

const cents = (money: { amount: string }): bigint => BigInt(money.amount.replace('.', ''));
const sum = (amounts: bigint[]): bigint => amounts.reduce((a, b) => a + b, 0n);

/** Every cent is where it should be, as Max reads it. */
async function expectConserved(project: Project): Promise<void> {
  for (const id of await idsOf('invoice', project)) {
    const { invoice } = await server.data('max', INVOICE, { id });
    const paid = invoice.payments.filter((payment: { status: string }) => payment.status === 'SUCCEEDED');
    const lines = sum(invoice.lines.map((line: any) => cents(line.amount) + cents(line.tax)));
    expect(cents(invoice.total)).toBe(lines);
    expect(cents(invoice.subtotal) + cents(invoice.tax)).toBe(lines);
    expect(sum(paid.map((payment: any) => cents(payment.amount))) + cents(invoice.balance)).toBe(lines);
    if (invoice.status !== 'DRAFT') expect(cents(invoice.balance)).toBeGreaterThanOrEqual(0n);
  }
  expect(await broken(project)).toEqual([]);
}

/** Entries on a line that is not theirs, lines that are not the sum of their entries, numbers with gaps. */
async function broken(project: Project): Promise<unknown[]> {
  return server.database.rows(
    `select 'entry' as what, e.id from time_entry e left join invoice_line l on l.id = e.invoice_line_id left join invoice i on i.id = l.invoice_id
       where e.project_id = $1 and e.invoice_state <> case when i.id is null then 'NONE' when i.status = 'DRAFT' then 'DRAFT' else 'ISSUED' end
     union all
     select 'void', e.id from time_entry e join invoice_line l on l.id = e.invoice_line_id join invoice i on i.id = l.invoice_id
       where e.project_id = $1 and i.status = 'VOID'
     union all
     select 'line', l.id from invoice_line l join invoice i on i.id = l.invoice_id
       where i.project_id = $1 and l.from_time and i.status not in ('DRAFT', 'VOID')
         and l.amount_minor <> (select coalesce(sum(e.billable_amount_minor), 0) from time_entry e where e.invoice_line_id = l.id)
     union all
     select 'total', i.id from invoice i where i.project_id = $1 and i.status <> 'DRAFT'
       and (i.subtotal_minor, i.tax_minor) <> (select sum(amount_minor), sum(tax_minor) from invoice_line where invoice_id = i.id)
     union all
     select 'paid', i.id from invoice i where i.project_id = $1 and i.paid_minor <>
       (select coalesce(sum(amount_minor), 0) from payment where invoice_id = i.id and status = 'SUCCEEDED')
     union all
     select 'number', o.id from client_organisation o where o.last_invoice_number <>
       (select count(*) from invoice where client_organisation_id = o.id and number is not null)`,
    [project.id],
  );
}

describe('whatever Max drafts, edits, sends, withdraws and is paid', () => {
  it('every invoice is its lines with tax, and its payments with what is open, to the cent; no work is billed twice', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
        const project = await aProject(server);
        const task = await aTask(server, project);
        for (const what of steps) await happen(project, async () => task, what);
        await expectConserved(project);
      }),
      { numRuns: 15, seed: 7 },
    );
  }, 120_000);
});
