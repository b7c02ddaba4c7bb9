import { Billing, BudgetBasis } from '../../src/domains/projects/project.enums';
import { aProject } from '../support/builders';
import { anInvoice, sentOf } from '../support/invoice-builders';
import { aMember } from '../support/people-builders';
import { TestServer } from '../support/server';
import { aRate, aTask, aTimeEntry } from '../support/time-builders';
import { WIDEST } from './matrix-world';

/** Mistakes that portals have been seen to make; each is a sentence here that must not become true again. */

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
}, 120_000);
afterAll(() => server.close());

describe('a client without a grant', () => {
  it('sees no project of anybody, no hour, no invoice and no person but herself (TimeTracker#592, F-010)', async () => {
    const project = await aProject(server, { visibility: WIDEST });
    await aTask(server, project);
    await aTimeEntry(server, project);
    await anInvoice(server, project);
    const nils = await aMember(server, { personType: 'CLIENT', displayName: 'Nils Nobody' });
    const data = await server.data(
      nils,
      `{ projects { totalCount nodes { id } } timeEntries { totalCount } invoices { totalCount } viewer { memberships { role
        workspace { clientOrganisations { totalCount } people { nodes { displayName } } settings { defaultPreset } memberCount } } } }`,
    );
    expect(data).toEqual({
      projects: { totalCount: 0, nodes: [] },
      timeEntries: { totalCount: 0 },
      invoices: { totalCount: 0 },
      viewer: {
        memberships: [
          {
            role: 'MEMBER',
            workspace: {
              clientOrganisations: { totalCount: 0 },
              people: { nodes: [{ displayName: 'Nils Nobody' }] },
              settings: null,
              memberCount: null,
            },
          },
        ],
      },
    });
  });

  it('does not begin to see projects by becoming a contact of the client (F-013, F-018)', async () => {
    await aProject(server, { visibility: WIDEST });
    const nora = await aMember(server, { personType: 'CLIENT' });
    const add = 'mutation ($input: CreateContactInput!) { createContact(input: $input) { contact { person { id } } } }';
    const input = { clientOrganisationId: server.cast.clients.acme, displayName: 'Nora', email: nora.email };
    const { createContact } = await server.data('ada', add, { input });
    expect(createContact.contact.person.id).toBe(nora.personId);
    const seen = await server.data(
      nora,
      '{ projects { totalCount } viewer { memberships { workspace { clientOrganisations { nodes { name } } } } } }',
    );
    expect(seen.projects.totalCount).toBe(0);
    expect(seen.viewer.memberships[0].workspace.clientOrganisations.nodes).toEqual([{ name: 'Acme' }]);
  });
});

describe('a draft', () => {
  it('is in no list, on no page and in no sum of Clara’s, and a void invoice is in no sum (T get_portal_data)', async () => {
    const project = await aProject(server, { visibility: WIDEST });
    const draft = await anInvoice(server, project, { as: 'DRAFT', net: [77_700n] });
    const gone = await anInvoice(server, project, { as: 'VOID', net: [55_500n] });
    const sent = await anInvoice(server, project, { net: [10_000n] });
    const data = await server.data(
      'clara',
      `query ($id: ID!, $draft: ID!) { invoice(id: $draft) { id } node(id: $draft) { id } project(id: $id) {
        financials { invoicedTotal { amount } balance { amount } } totals { billableAmount { amount } uninvoicedAmount { amount } }
        invoices { totalCount nodes { id status } } paid: invoices(status: PAID) { totalCount } unpaid: invoices(status: UNPAID) { totalCount nodes { id } }
        overdue: invoices(status: OVERDUE) { totalCount } } }`,
      { id: project.id, draft: draft.id },
    );
    expect(data).toMatchObject({ invoice: null, node: null });
    expect(data.project.financials).toEqual({ invoicedTotal: { amount: '100.00' }, balance: { amount: '100.00' } });
    expect(data.project.invoices.nodes).toEqual(
      expect.arrayContaining([
        { id: sent.id, status: 'SENT' },
        { id: gone.id, status: 'VOID' },
      ]),
    );
    expect(data.project.invoices.totalCount).toBe(2);
    expect(data.project).toMatchObject({
      paid: { totalCount: 0 },
      unpaid: { totalCount: 1 },
      overdue: { totalCount: 0 },
    });
  });

  it('is not paid, and neither is what was withdrawn; what is sent is not sent again (T accept_quote)', async () => {
    const project = await aProject(server);
    const draft = await anInvoice(server, project, { as: 'DRAFT' });
    const gone = await anInvoice(server, project, { as: 'VOID' });
    const sent = await anInvoice(server, project);
    const PAY =
      'mutation ($id: ID!) { recordPayment(input: { invoiceId: $id, amount: "1", method: CASH }) { invoice { id } } }';
    const SEND = 'mutation ($id: ID!) { sendInvoice(input: { invoiceId: $id }) { invoice { id } } }';
    for (const { id } of [draft, gone])
      expect(await server.refusal('max', PAY, { id })).toMatchObject({ code: 'INVALID_TRANSITION' });
    for (const { id } of [gone, sent])
      expect(await server.refusal('max', SEND, { id })).toMatchObject({ code: 'INVALID_TRANSITION' });
  });
});

describe('a sum', () => {
  it('is over all 120 entries and invoices, whatever the longest page holds (T .limit(50))', async () => {
    const project = await aProject(server, { visibility: WIDEST });
    for (let i = 0; i < 120; i++) {
      await aTimeEntry(server, project, { billRate: 10_000, date: i < 60 ? '2026-02-01' : '2026-03-01' });
      await anInvoice(server, project, { net: [10_000n], paid: i < 60 ? [10_000n] : [] });
    }
    const { project: seen } = await server.data(
      'clara',
      `query ($id: ID!) { project(id: $id) {
        timeEntries(first: 100) { totalCount nodes { id } } invoices(first: 100) { totalCount nodes { id } }
        paid: invoices(first: 1, status: PAID) { totalCount } financials { invoicedTotal { amount } paidTotal { amount } balance { amount } }
        totals { totalTime { hours } billableAmount { amount } byPerson { totalTime { hours } } byDay { date totalTime { hours } } }
        february: totals(from: "2026-02-01", to: "2026-02-28") { totalTime { hours } billableAmount { amount } } } }`,
      { id: project.id },
    );
    expect(seen.timeEntries).toMatchObject({ totalCount: 120, nodes: { length: 100 } });
    expect(seen.invoices).toMatchObject({ totalCount: 120, nodes: { length: 100 } });
    expect(seen.paid.totalCount).toBe(60);
    expect(seen.financials).toEqual({
      invoicedTotal: { amount: '12000.00' },
      paidTotal: { amount: '6000.00' },
      balance: { amount: '6000.00' },
    });
    expect(seen.totals).toEqual({
      totalTime: { hours: 120 },
      billableAmount: { amount: '12000.00' },
      byPerson: [{ totalTime: { hours: 120 } }],
      byDay: [
        { date: '2026-02-01', totalTime: { hours: 60 } },
        { date: '2026-03-01', totalTime: { hours: 60 } },
      ],
    });
    expect(seen.february).toEqual({ totalTime: { hours: 60 }, billableAmount: { amount: '6000.00' } });
    await expectFullPage();
  }, 120_000);

  /** No page is longer than it says: 101 is refused, not cut. */
  async function expectFullPage(): Promise<void> {
    expect(await server.refusal('clara', '{ timeEntries(first: 101) { totalCount } }')).toMatchObject({
      code: 'BAD_USER_INPUT',
      max: 100,
    });
  }

  it('is in the currency of its project and never over two of them (T _display_currency)', async () => {
    const euro = await aProject(server, { name: 'Euro', visibility: WIDEST });
    const yen = await aProject(server, { name: 'Yen', currency: 'JPY', visibility: WIDEST });
    for (const project of [euro, yen]) {
      await aTimeEntry(server, project, { billRate: 10_000 });
      await anInvoice(server, project, { net: [10_000n] });
    }
    const { nodes } = await server.data(
      'clara',
      `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Project { totals { billableAmount { amount currencyCode } } financials { invoicedTotal { amount currencyCode } } } } }`,
      { ids: [euro.id, yen.id] },
    );
    const money = [
      { amount: '100.00', currencyCode: 'EUR' },
      { amount: '10000', currencyCode: 'JPY' },
    ];
    expect(nodes.map((node: any) => node.totals.billableAmount)).toEqual(money);
    expect(nodes.map((node: any) => node.financials.invoicedTotal)).toEqual(money);
    const PAY =
      'mutation ($id: ID!) { recordPayment(input: { invoiceId: $id, amount: "1", currencyCode: "EUR", method: CASH }) { invoice { id } } }';
    const { id } = await anInvoice(server, yen);
    expect(await server.refusal('max', PAY, { id })).toMatchObject({ code: 'CURRENCY_MISMATCH' });
  });

  it('is the same number wherever it is read: two quarters of an hour at 27.50 are 13.76 (kimai PR#1424, T#725)', async () => {
    const project = await aProject(server, { visibility: WIDEST, budgetBasis: BudgetBasis.FEES, budgetMinor: 10_000n });
    const task = await aTask(server, project);
    await aRate(server, { project, perHour: 2750 });
    const LOG =
      'mutation ($input: LogTimeInput!) { logTime(input: $input) { timeEntry { billableAmount { amount } } } }';
    for (let i = 0; i < 2; i++) {
      const input = { projectId: project.id, taskId: task.id, date: '2026-03-10', seconds: 900 };
      expect((await server.data('max', LOG, { input })).logTime.timeEntry.billableAmount.amount).toBe('6.88');
    }
    await sentOf(server, project);
    const { project: seen } = await server.data(
      'clara',
      `query ($id: ID!) { project(id: $id) { totals { billableAmount { amount } byTask { billableAmount { amount } } byPerson { billableAmount { amount } } byDay { billableAmount { amount } } }
        budget { used { money { amount } } } tasks { nodes { billableAmount { amount } } } financials { invoicedTotal { amount } }
        invoices { nodes { total { amount } lines { amount { amount } quantity unitPrice { amount } } } } } }`,
      { id: project.id },
    );
    const sum = { amount: '13.76' };
    expect(seen).toEqual({
      totals: {
        billableAmount: sum,
        byTask: [{ billableAmount: sum }],
        byPerson: [{ billableAmount: sum }],
        byDay: [{ billableAmount: sum }],
      },
      budget: { used: { money: sum } },
      tasks: { nodes: [{ billableAmount: sum }] },
      financials: { invoicedTotal: sum },
      invoices: { nodes: [{ total: sum, lines: [{ amount: sum, quantity: '0.5', unitPrice: { amount: '27.50' } }] }] },
    });
  });
});

describe('a rate', () => {
  it('is shown to Clara where the project says so, and nowhere else, however plain its amount is (T projects.html)', async () => {
    const RATES = `query ($id: ID!) { project(id: $id) { rateCard { billRate { amount } costRate { amount } } timeEntries { nodes { billRate { amount } billableAmount { amount } costRate { amount } } }
      people { nodes { billRate { amount } costRate { amount } } } tasks { nodes { billRate { amount } } } } }`;
    const told = [];
    for (const billRates of ['HIDE', 'SHOW'] as const) {
      const project = await aProject(server, { visibility: { ...WIDEST, billRates }, billing: Billing.HOURLY });
      await aRate(server, { project, perHour: 10_000 });
      await aRate(server, { project, kind: 'COST', perHour: 5000 });
      const task = await aTask(server, project);
      await aRate(server, { task, perHour: 12_000 });
      await aTimeEntry(server, project, { billRate: 10_000, costRate: 5000 });
      told.push((await server.data('clara', RATES, { id: project.id })).project);
    }
    const [hidden, shown] = told;
    expect(hidden.rateCard).toEqual({ billRate: null, costRate: null });
    expect(hidden.timeEntries.nodes).toEqual([
      { billRate: null, billableAmount: { amount: '100.00' }, costRate: null },
    ]);
    expect(shown.rateCard).toEqual({ billRate: { amount: '100.00' }, costRate: null });
    expect(shown.timeEntries.nodes).toEqual([
      { billRate: { amount: '100.00' }, billableAmount: { amount: '100.00' }, costRate: null },
    ]);
    for (const { people, tasks } of told) {
      expect(people.nodes.filter((one: any) => one.billRate !== null || one.costRate !== null)).toEqual([]);
      expect(tasks.nodes).toEqual([{ billRate: null }]);
    }
  });
});
