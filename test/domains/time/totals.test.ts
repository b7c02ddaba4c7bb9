import type { Project } from '../../../src/domains/projects/project.entity';
import { Billing } from '../../../src/domains/projects/project.enums';
import { withheldOf } from '../../support/answers';
import { aProject, type ProjectFacts } from '../../support/builders';
import { TestServer } from '../../support/server';
import { anInvoiceOver, aTask, aTimeEntry } from '../../support/time-builders';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.close());

type Who = Parameters<TestServer['data']>[0];

const NUMBERS = `totalTime { seconds } billableTime { seconds } nonBillableTime { seconds } rawTime { seconds }
  billableAmount { amount } uninvoicedAmount { amount } internalCost { amount } margin { amount } marginPercent`;
const TOTALS = `query ($id: ID!, $from: Date, $to: Date) { project(id: $id) { totals(from: $from, to: $to) { ${NUMBERS} } } }`;

/** Seconds and decimal strings, without the objects around them. */
const plain = (totals: Record<string, any>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(totals).map(([key, value]) => [key, value?.seconds ?? value?.amount ?? value]));

const totalsOf = async (who: Who, { id }: Project, range: { from?: string; to?: string } = {}) =>
  plain((await server.data(who, TOTALS, { id, ...range })).project.totals);

const withheldFrom = async (who: Who, { id }: Project, range: { from?: string; to?: string } = {}) =>
  withheldOf(await server.ask(who, TOTALS, { id, ...range }));

/** 4 h, of them 3 h billable at 60: 1 h open, 1 h drafted, 1 h issued; at a cost of 30 an hour. */
async function aProjectAtWork(facts: ProjectFacts = {}): Promise<Project> {
  const project = await aProject(server, facts);
  const rates = { billRate: 6000, costRate: 3000 };
  await aTimeEntry(server, project, { ...rates, date: '2026-03-10' });
  await aTimeEntry(server, project, { ...rates, date: '2026-03-09', invoiceState: 'DRAFT', person: 'cora' });
  await aTimeEntry(server, project, { ...rates, date: '2026-03-08', invoiceState: 'ISSUED' });
  await aTimeEntry(server, project, { ...rates, date: '2026-03-07', billable: false, rawSeconds: 3000 });
  return project;
}

const HOURS = { totalTime: 14400, billableTime: 10800, nonBillableTime: 3600 };

describe('the totals of a project', () => {
  it('show Clara hours and amounts, and no cost (F-045, F-051, F-052, F-055, F-057, F-059)', async () => {
    const project = await aProjectAtWork();
    expect(await totalsOf('clara', project)).toEqual({
      ...HOURS,
      rawTime: null,
      billableAmount: '180.00',
      uninvoicedAmount: '120.00',
      internalCost: null,
      margin: null,
      marginPercent: null,
    });
    expect(await withheldFrom('clara', project)).toEqual({
      rawTime: ['managesProject'],
      internalCost: ['internalCosts'],
      margin: ['internalCosts'],
      marginPercent: ['internalCosts'],
    });
  });

  it('show Carl what the work cost as a whole, and never for a range of days (F-046)', async () => {
    const project = await aProjectAtWork();
    expect(await totalsOf('carl', project)).toMatchObject({
      internalCost: '115.00',
      margin: '65.00',
      marginPercent: 36.11,
    });
    expect(await withheldFrom('carl', project, { from: '2026-03-01' })).toEqual({
      rawTime: ['managesProject'],
      internalCost: ['role:ADMIN'],
      margin: ['role:ADMIN'],
      marginPercent: ['role:ADMIN'],
    });
    expect((await withheldFrom('carl', project, { to: '2026-03-31' })).internalCost).toEqual(['role:ADMIN']);
  });

  it('count a draft as not invoiced for all who see no drafts (L-12)', async () => {
    const project = await aProjectAtWork();
    for (const who of ['clara', 'carl', 'wim'] as const) {
      expect(await totalsOf(who, project)).toMatchObject({ billableAmount: '180.00', uninvoicedAmount: '120.00' });
    }
    for (const who of ['max', 'ada'] as const)
      expect(await totalsOf(who, project)).toMatchObject({ uninvoicedAmount: '60.00' });
  });

  it('show Max the real time and no cost, Ada everything, for a range too', async () => {
    const project = await aProjectAtWork();
    expect(await totalsOf('max', project)).toMatchObject({ ...HOURS, rawTime: 13800, internalCost: null });
    expect(await totalsOf('ada', project, { from: '2026-03-08', to: '2026-03-09' })).toEqual({
      totalTime: 7200,
      billableTime: 7200,
      nonBillableTime: 0,
      rawTime: 7200,
      billableAmount: '120.00',
      uninvoicedAmount: '0.00',
      internalCost: '60.00',
      margin: '60.00',
      marginPercent: 50,
    });
  });

  it('of an internal person with internal costs tell the cost of a range', async () => {
    const project = await aProjectAtWork({ grants: { wim: { clientView: true, internalCosts: true } } });
    expect(await totalsOf('wim', project, { from: '2026-03-08', to: '2026-03-09' })).toMatchObject({
      internalCost: '60.00',
    });
  });

  it('are taken from the days asked for, both ends included (F-058)', async () => {
    const project = await aProjectAtWork();
    const seconds = async (range: object) => (await totalsOf('clara', project, range)).totalTime;
    expect(await seconds({ from: '2026-03-10' })).toBe(3600);
    expect(await seconds({ to: '2026-03-08' })).toBe(7200);
    expect(await seconds({ from: '2026-03-08', to: '2026-03-10' })).toBe(10800);
    expect(await seconds({ from: '2026-04-01', to: '2026-04-30' })).toBe(0);
    expect(
      await server.refusal('clara', TOTALS, { id: project.id, from: '2026-03-02', to: '2026-03-01' }),
    ).toMatchObject({
      code: 'BAD_USER_INPUT',
      field: 'from',
    });
  });

  it('are for Clara what is invoiced alone with timeRelease: INVOICED, costs for Carl too', async () => {
    const project = await aProjectAtWork({ visibility: { timeRelease: 'INVOICED' } });
    const released = {
      totalTime: 3600,
      billableTime: 3600,
      nonBillableTime: 0,
      billableAmount: '60.00',
      uninvoicedAmount: '0.00',
    };
    expect(await totalsOf('clara', project)).toMatchObject(released);
    expect(await totalsOf('carl', project)).toMatchObject({
      ...released,
      internalCost: '30.00',
      margin: '30.00',
      marginPercent: 50,
    });
    expect(await totalsOf('wim', project)).toMatchObject(HOURS);
  });

  it.each([
    [{ hours: 'BILLABLE' }, ['nonBillableTime', 'rawTime', 'totalTime']],
    [{ hours: 'HIDE' }, ['billableTime', 'nonBillableTime', 'rawTime', 'totalTime']],
    [{ financials: 'HIDE' }, ['billableAmount', 'rawTime', 'uninvoicedAmount']],
    [{ financials: 'SUMMARY' }, ['rawTime']],
  ] as const)('with %j withhold from Clara %j (L-07)', async (visibility, fields) => {
    const project = await aProjectAtWork({ visibility });
    const costs = ['internalCost', 'margin', 'marginPercent'];
    expect(Object.keys(await withheldFrom('clara', project)).sort()).toEqual([...fields, ...costs].sort());
  });

  it('with financials: HIDE withhold the costs from Carl as well', async () => {
    const project = await aProjectAtWork({ visibility: { financials: 'HIDE' } });
    expect((await withheldFrom('carl', project)).internalCost).toEqual(['financials:SUMMARY']);
  });

  it('are an object for Bo and Tess too, with every number withheld', async () => {
    const project = await aProjectAtWork();
    for (const who of ['bo', 'tess'] as const) {
      expect(Object.values(await totalsOf(who, project)).every((value) => value === null)).toBe(true);
      expect(Object.keys(await withheldFrom(who, project))).toHaveLength(9);
    }
  });

  it('count hidden tasks and masked people like all others: they are project-wide', async () => {
    const project = await aProject(server, { visibility: { people: 'HIDE' } });
    const task = await aTask(server, project, { clientVisible: false });
    await aTimeEntry(server, project, { task, billRate: 6000 });
    expect(await totalsOf('clara', project)).toMatchObject({ totalTime: 3600, billableAmount: '60.00' });
  });

  it('are 0 where nobody has worked yet, without a percentage', async () => {
    expect(await totalsOf('ada', await aProject(server))).toEqual({
      totalTime: 0,
      billableTime: 0,
      nonBillableTime: 0,
      rawTime: 0,
      billableAmount: '0.00',
      uninvoicedAmount: '0.00',
      internalCost: '0.00',
      margin: '0.00',
      marginPercent: null,
    });
  });
});

describe('the totals of work that is not paid by the hour', () => {
  it('at a fixed fee are the fee less what was invoiced net, drafts and void ones aside, and none for a range', async () => {
    const project = await aProjectAtWork({ billing: Billing.FIXED_FEE, contractValueMinor: 100_000n });
    await anInvoiceOver(server, project, { netMinor: 40_000n, status: 'SENT' });
    await anInvoiceOver(server, project, { netMinor: 5_000n, status: 'DRAFT' });
    await anInvoiceOver(server, project, { netMinor: 7_000n, status: 'VOID' });
    for (const who of ['clara', 'max'] as const) {
      expect(await totalsOf(who, project)).toMatchObject({
        ...HOURS,
        billableAmount: '1000.00',
        uninvoicedAmount: '600.00',
      });
      expect(await totalsOf(who, project, { from: '2026-03-01' })).toMatchObject({
        billableAmount: null,
        uninvoicedAmount: null,
      });
    }
    expect(await totalsOf('ada', project)).toMatchObject({
      internalCost: '115.00',
      margin: '885.00',
      marginPercent: 88.5,
    });
    expect(await totalsOf('ada', project, { from: '2026-03-01' })).toMatchObject({
      internalCost: '115.00',
      margin: null,
      marginPercent: null,
    });
  });

  it('that is not billed at all are 0, and the margin is what it cost', async () => {
    const project = await aProjectAtWork({ billing: Billing.NON_BILLABLE });
    expect(await totalsOf('ada', project)).toMatchObject({
      billableAmount: '0.00',
      uninvoicedAmount: '0.00',
      internalCost: '115.00',
      margin: '-115.00',
      marginPercent: null,
    });
  });
});

describe('a project that is billed otherwise from now on', () => {
  it('has its open work priced anew by the rates of the entries, and leaves issued invoices alone', async () => {
    const project = await aProjectAtWork({ contractValueMinor: 100_000n });
    const CHANGE = 'mutation ($input: UpdateProjectInput!) { updateProject(input: $input) { project { billing } } }';
    const AMOUNTS =
      'query ($id: ID!) { project(id: $id) { timeEntries(sort: OLDEST) { nodes { billableAmount { amount } } } totals { byDay { billableAmount { amount } } } } }';
    const amounts = async () => {
      const { timeEntries, totals } = (await server.data('max', AMOUNTS, { id: project.id })).project;
      const list = (rows: any[]) => rows.map((row) => row.billableAmount.amount);
      expect(list(totals.byDay)).toEqual(list(timeEntries.nodes));
      return list(timeEntries.nodes);
    };
    for (const [billing, expected] of [
      ['FIXED_FEE', ['0.00', '60.00', '0.00', '0.00']],
      ['HOURLY', ['0.00', '60.00', '60.00', '60.00']],
    ] as const) {
      await server.data('max', CHANGE, { input: { projectId: project.id, billing } });
      expect(await amounts()).toEqual(expected);
    }
  });
});

describe('many projects at once', () => {
  it('have each their own totals, through the gate of each', async () => {
    const own = await TestServer.start();
    try {
      const names = ['A', 'B', 'C'];
      for (const [i, name] of names.entries()) {
        const project = await aProject(own, { name, visibility: i === 1 ? { timeRelease: 'INVOICED' } : {} });
        for (let n = 0; n <= i; n++)
          await aTimeEntry(own, project, { billRate: 6000, invoiceState: n === 0 ? 'ISSUED' : 'NONE' });
      }
      const QUERY =
        '{ projects { nodes { name totals { totalTime { seconds } uninvoicedAmount { amount } } march: totals(from: "2026-03-01") { totalTime { seconds } } april: totals(from: "2026-04-01") { totalTime { seconds } } } } }';
      const { projects } = await own.data('clara', QUERY);
      expect(projects.nodes).toEqual([
        {
          name: 'A',
          totals: { totalTime: { seconds: 3600 }, uninvoicedAmount: { amount: '0.00' } },
          march: { totalTime: { seconds: 3600 } },
          april: { totalTime: { seconds: 0 } },
        },
        {
          name: 'B',
          totals: { totalTime: { seconds: 3600 }, uninvoicedAmount: { amount: '0.00' } },
          march: { totalTime: { seconds: 3600 } },
          april: { totalTime: { seconds: 0 } },
        },
        {
          name: 'C',
          totals: { totalTime: { seconds: 10800 }, uninvoicedAmount: { amount: '120.00' } },
          march: { totalTime: { seconds: 10800 } },
          april: { totalTime: { seconds: 0 } },
        },
      ]);
    } finally {
      await own.close();
    }
  });
});
