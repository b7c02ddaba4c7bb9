import type { CastName } from '../../../src/demo/cast';
import type { Project } from '../../../src/domains/projects/project.entity';
import { aProject } from '../../support/builders';
import { anInvoice, DELETE, draftOf, INVOICE, SEND, sentOf, UPDATE } from '../../support/invoice-builders';
import { TestServer } from '../../support/server';
import { aTask, aTimeEntry } from '../../support/time-builders';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.close());

const LISTED = 'query ($id: ID!) { project(id: $id) { invoices { totalCount nodes { id } } } }';
const NODES = `query ($ids: [ID!]!) { nodes(ids: $ids) { id __typename } }`;
const base = ['id', 'number', 'status', 'isOverdue', 'issueDate', 'dueDate', 'currency', 'total', 'balance'];
const details = ['subtotal', 'tax', 'notes', 'lines', 'payments'];
const inside = ['internalNotes', 'version', 'dueInDays'];

/** The fields of an invoice that somebody reads; null when it is not there for them. */
async function shown(who: CastName, id: string): Promise<string[] | null> {
  const { data, errors } = await server.ask(who, INVOICE, { id });
  expect(errors).toBeUndefined();
  if (data.invoice === null) return null;
  return Object.keys(data.invoice).filter((key) => data.invoice[key] !== null);
}

const full = (project: Project, as: 'DRAFT' | 'ISSUED' = 'ISSUED') =>
  anInvoice(server, project, { as, notes: 'Thanks', internalNotes: 'Pays late', paid: as === 'ISSUED' ? [100n] : [] });

describe('an issued invoice', () => {
  it.each([
    ['FULL', [...base, ...details]],
    ['SUMMARY', base],
    ['HIDE', null],
  ] as const)(
    'with the setting at %s shows Clara and Carl that much of it (F-112, F-115, X-01)',
    async (invoices, fields) => {
      const project = await aProject(server, { visibility: { invoices } });
      const { id } = await full(project);
      for (const who of ['clara', 'carl'] as CastName[]) {
        expect(sorted(await shown(who, id))).toEqual(sorted(fields));
        const { data } = await server.ask(who, LISTED, { id: project.id });
        expect(data.project.invoices).toEqual(fields && { totalCount: 1, nodes: [{ id }] });
      }
    },
  );

  it('shows those who bill everything: Max, Ada, Olga, and Wim with the role for it', async () => {
    const { id } = await full(await aProject(server, { visibility: { invoices: 'HIDE' } }));
    const everything = sorted([...base, ...details, ...inside]);
    for (const who of ['max', 'ada', 'olga'] as CastName[]) expect(sorted(await shown(who, id))).toEqual(everything);
    expect(await shown('wim', id)).toBeNull();
    await server.database.rows(`update membership set business_roles = '{BILLING}' where id = $1`, [
      server.cast.people.wim,
    ]);
    expect(sorted(await shown('wim', id))).toEqual(everything);
    await server.database.rows(`update membership set business_roles = '{}' where id = $1`, [server.cast.people.wim]);
  });

  it('does not exist for Wim, Cora, Tess, Bo and Eve (F-060, F-133)', async () => {
    const project = await aProject(server, { visibility: { invoices: 'FULL' } });
    const { id } = await full(project);
    for (const who of ['wim', 'cora', 'tess', 'bo', 'eve'] as CastName[]) {
      expect(await shown(who, id)).toBeNull();
      expect((await server.data(who, '{ invoices { totalCount } }')).invoices).toEqual({ totalCount: 0 });
    }
    for (const [who, requires] of [
      ['wim', 'managesProject'],
      ['tess', 'clientView'],
      ['bo', 'clientView'],
    ] as [CastName, string][]) {
      const { data, extensions } = await server.ask(who, LISTED, { id: project.id });
      expect(data.project.invoices).toBeNull();
      expect(extensions?.withheld).toEqual([{ path: ['project', 'invoices'], requires: [requires] }]);
    }
  });

  it('is shown whole, with hours and rates, whatever the settings hide of them elsewhere', async () => {
    const project = await aProject(server, {
      visibility: { invoices: 'FULL', hours: 'HIDE', billRates: 'HIDE', tasks: 'HIDE' },
    });
    const task = await aTask(server, project, { title: 'Design' });
    await aTimeEntry(server, project, { task, seconds: 5400, billRate: 10_000 });
    const { id } = await sentOf(server, project);
    const { data, extensions } = await server.ask('clara', INVOICE, { id });
    expect(data.invoice.lines).toMatchObject([
      { description: 'Design', quantity: '1.5', unitPrice: { amount: '100.00' }, timeEntries: null, fromTime: null },
    ]);
    expect(extensions?.withheld).toContainEqual({
      path: ['invoice', 'lines', 'timeEntries'],
      requires: ['managesProject', 'role:MEMBER'],
    });
  });

  it('tells Clara its payments only where all financials are open, and never what finds them in the books (F-114)', async () => {
    const open = await full(await aProject(server, { visibility: { invoices: 'FULL', financials: 'FULL' } }));
    const { data } = await server.ask('clara', INVOICE, { id: open.id });
    expect(data.invoice.payments).toMatchObject([
      { amount: { amount: '1.00' }, status: 'SUCCEEDED', maskedInstrument: '•••• 4242', reference: null },
    ]);
    for (const financials of ['SUMMARY', 'HIDE'] as const) {
      const { id } = await full(await aProject(server, { visibility: { invoices: 'FULL', financials } }));
      const closed = await server.ask('clara', INVOICE, { id });
      expect(closed.data.invoice.payments).toBeNull();
      expect(closed.extensions?.withheld).toContainEqual({
        path: ['invoice', 'payments'],
        requires: ['financials:FULL'],
      });
    }
  });
});

describe('a draft', () => {
  it('is nowhere for Clara, in lists, counts and look-ups: not itself, not its lines', async () => {
    const project = await aProject(server, { visibility: { invoices: 'FULL' } });
    await aTimeEntry(server, project, { billRate: 10_000 });
    const draft = await draftOf(server, project);
    expect(await shown('clara', draft.id)).toBeNull();
    const ids = [draft.id, draft.lines[0].id, 'inv_1111111111111111111111'];
    expect((await server.data('clara', NODES, { ids })).nodes).toEqual([null, null, null]);
    expect((await server.data('max', NODES, { ids })).nodes).toEqual([
      { id: draft.id, __typename: 'Invoice' },
      { id: draft.lines[0].id, __typename: 'InvoiceLine' },
      null,
    ]);
    expect((await server.data('clara', LISTED, { id: project.id })).project.invoices.totalCount).toBe(0);
  });

  it('drafted, edited or thrown away changes nothing that Clara, Carl, Tess or Wim can read (L-12)', async () => {
    const project = await aProject(server, {
      preset: 'FREELANCE',
      visibility: { timeRelease: 'ALL', financials: 'FULL' },
    });
    await aTimeEntry(server, project, { billRate: 10_000, costRate: 5000 });
    await aTimeEntry(server, project, { billRate: 10_000, invoiceState: 'ISSUED' });
    const everything = async () => {
      const answers = [];
      for (const who of ['clara', 'carl', 'tess', 'wim', 'cora'] as CastName[]) {
        const { data, extensions } = await server.ask(who, EVERYTHING, { id: project.id });
        answers.push({ who, data, withheld: extensions?.withheld });
      }
      return answers;
    };
    const before = await everything();
    const { id: invoiceId } = await draftOf(server, project, { lines: [{ description: 'Fonts', unitPrice: '10' }] });
    expect(await everything()).toEqual(before);
    await server.data('max', UPDATE, { input: { invoiceId, notes: 'Soon', taxPercent: 25 } });
    expect(await everything()).toEqual(before);
    await server.data('max', DELETE, { input: { invoiceId } });
    expect(await everything()).toEqual(before);
    const again = await draftOf(server, project);
    await server.data('max', SEND, { input: { invoiceId: again.id } });
    expect(await everything()).not.toEqual(before);
  });
});

const EVERYTHING = `query ($id: ID!) {
  project(id: $id) {
    name status clientOrganisation { name version }
    totals { totalTime { seconds } billableTime { seconds } billableAmount { amount } uninvoicedAmount { amount } internalCost { amount } }
    financials { invoicedTotal { amount } paidTotal { amount } balance { amount } }
    budget { usedPercent } costBudget { usedPercent }
    invoices { totalCount nodes { number } }
    timeEntries { totalCount nodes { id version invoiced invoice { number } time { seconds } } }
  }
  invoices { totalCount nodes { number total { amount } } }
}`;

const sorted = (fields: readonly string[] | null): string[] | null => fields && [...fields].sort();
