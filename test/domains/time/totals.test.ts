import type { Project } from '../../../src/domains/projects/project.entity';
import { Billing } from '../../../src/domains/projects/project.enums';
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

const withheldOf = async (who: Who, { id }: Project, range: { from?: string; to?: string } = {}) => {
  const answer = await server.ask(who, TOTALS, { id, ...range });
  return Object.fromEntries((answer.extensions?.withheld ?? []).map(({ path, requires }) => [path.at(-1), requires]));
};

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
  it('show Clara hours and amounts, and no cost (F-051, F-052, F-055, F-057, F-059)', async () => {
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
    expect(await withheldOf('clara', project)).toEqual({
      rawTime: ['managesProject'],
      internalCost: ['internalCosts'],
      margin: ['internalCosts'],
      marginPercent: ['internalCosts'],
    });
  });

  it('show Carl what the work cost as a whole, and never for a range of days (F-046, F-047)', async () => {
    const project = await aProjectAtWork();
    expect(await totalsOf('carl', project)).toMatchObject({
      internalCost: '115.00',
      margin: '65.00',
      marginPercent: 36.11,
    });
    expect(await withheldOf('carl', project, { from: '2026-03-01' })).toEqual({
      rawTime: ['managesProject'],
      internalCost: ['role:ADMIN'],
      margin: ['role:ADMIN'],
      marginPercent: ['role:ADMIN'],
    });
    expect((await withheldOf('carl', project, { to: '2026-03-31' })).internalCost).toEqual(['role:ADMIN']);
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

  it('of an internal person with internal costs tell the cost of a range (access.md §3.2)', async () => {
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
    expect(Object.keys(await withheldOf('clara', project)).sort()).toEqual([...fields, ...costs].sort());
  });

  it('with financials: HIDE withhold the costs from Carl as well', async () => {
    const project = await aProjectAtWork({ visibility: { financials: 'HIDE' } });
    expect((await withheldOf('carl', project)).internalCost).toEqual(['financials:SUMMARY']);
  });

  it('are an object for Bo and Tess too, with every number withheld', async () => {
    const project = await aProjectAtWork();
    for (const who of ['bo', 'tess'] as const) {
      expect(Object.values(await totalsOf(who, project)).every((value) => value === null)).toBe(true);
      expect(Object.keys(await withheldOf(who, project))).toHaveLength(9);
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

const PARTS =
  'totalTime { seconds } billableTime { seconds } nonBillableTime { seconds } billableAmount { amount } uninvoicedAmount { amount } cost { amount }';
const SPLITS = `query ($id: ID!, $from: Date) { project(id: $id) { totals(from: $from) { totalTime { seconds } billableAmount { amount }
  byTask { task { title } ${PARTS} } byPerson { person { displayName } ${PARTS} } byDay { date ${PARTS} } } } }`;

describe('totals by task, person and day', () => {
  async function aSharedProject(facts: ProjectFacts = {}) {
    const project = await aProject(server, {
      preset: 'FREELANCE',
      ...facts,
      visibility: { financials: 'FULL', ...facts.visibility },
    });
    const build = await aTask(server, project, { title: 'Build' });
    const inside = await aTask(server, project, { title: 'Inside', clientVisible: false });
    const rates = { billRate: 6000, costRate: 3000 };
    await aTimeEntry(server, project, { ...rates, task: build, date: '2026-03-10' });
    await aTimeEntry(server, project, { ...rates, task: build, date: '2026-03-11', person: 'cora', seconds: 7200 });
    await aTimeEntry(server, project, { ...rates, task: inside, date: '2026-03-11' });
    await aTimeEntry(server, project, { ...rates, date: '2026-03-11', billable: false });
    return project;
  }
  const splitsOf = async (who: Who, project: Project, from: string | null = null) => {
    const { totals } = (await server.data(who, SPLITS, { id: project.id, from })).project;
    const rows = (list: any[] | null, name: (row: any) => unknown) =>
      list?.map((row) => [name(row), row.totalTime?.seconds, row.billableAmount?.amount, row.cost?.amount]) ?? null;
    return {
      byTask: rows(totals.byTask, (row) => row.task?.title),
      byPerson: rows(totals.byPerson, (row) => row.person?.displayName),
      byDay: rows(totals.byDay, (row) => row.date),
    };
  };

  it('show Clara hours and amounts, work inside and on no task in one row without a task', async () => {
    expect(await splitsOf('clara', await aSharedProject())).toEqual({
      byTask: [
        ['Build', 10800, '180.00', undefined],
        [undefined, 7200, '60.00', undefined],
      ],
      byPerson: [
        ['Wim Worker', 10800, '120.00', undefined],
        ['Cora Contractor', 7200, '120.00', undefined],
      ],
      byDay: [
        ['2026-03-10', 3600, '60.00', undefined],
        ['2026-03-11', 14400, '180.00', undefined],
      ],
    });
  });

  it('show Ada every task and every cost, in a range too, and Max no cost', async () => {
    const project = await aSharedProject();
    expect((await splitsOf('ada', project, '2026-03-11')).byTask).toEqual([
      ['Build', 7200, '120.00', '60.00'],
      ['Inside', 3600, '60.00', '30.00'],
      [undefined, 3600, '0.00', '30.00'],
    ]);
    expect((await splitsOf('ada', project)).byPerson).toEqual([
      ['Wim Worker', 10800, '120.00', '90.00'],
      ['Cora Contractor', 7200, '120.00', '60.00'],
    ]);
    expect((await splitsOf('max', project)).byPerson?.[0]).toEqual(['Wim Worker', 10800, '120.00', undefined]);
    expect((await splitsOf('carl', project)).byDay?.[0]).toEqual(['2026-03-10', 3600, '60.00', undefined]);
  });

  it('put people whom Clara does not see into one row without a name', async () => {
    const project = await aSharedProject({ visibility: { people: 'CLIENT_FACING' } });
    expect((await splitsOf('clara', project)).byPerson).toEqual([
      ['Cora Contractor', 7200, '120.00', undefined],
      [undefined, 10800, '120.00', undefined],
    ]);
  });

  it('show Wim hours, amounts by day, and by task and person only where the workspace lets its team see rates', async () => {
    const project = await aSharedProject();
    const seen = await splitsOf('wim', project);
    expect(seen.byTask?.[0]).toEqual(['Build', 10800, undefined, undefined]);
    expect(seen.byPerson?.[0]).toEqual(['Wim Worker', 10800, undefined, undefined]);
    expect(seen.byDay?.[0]).toEqual(['2026-03-10', 3600, '60.00', undefined]);
  });

  it.each([
    [{ tasks: 'HIDE' }, ['byTask']],
    [{ people: 'HIDE' }, ['byPerson']],
    [{ timeEntries: 'DAILY' }, ['byPerson']],
    [{ timeEntries: 'HIDE' }, ['byDay', 'byPerson']],
    [{ hours: 'BILLABLE' }, ['byPerson', 'byTask']],
    [{ hours: 'HIDE' }, ['byDay', 'byPerson', 'byTask']],
  ] as const)('with %j withhold from Clara %j', async (visibility, lists) => {
    const seen = await splitsOf('clara', await aSharedProject({ visibility }));
    const missing = Object.entries(seen).filter(([, rows]) => rows === null);
    expect(missing.map(([name]) => name).sort()).toEqual([...lists]);
  });

  it('by day with hours: BILLABLE have the billable hours alone, and no day without any (L-07)', async () => {
    const project = await aSharedProject({ visibility: { hours: 'BILLABLE' } });
    await aTimeEntry(server, project, { date: '2026-03-12', billable: false });
    const DAYS =
      'query ($id: ID!) { project(id: $id) { totals { byDay { date totalTime { seconds } nonBillableTime { seconds } billableTime { seconds } } } } }';
    expect((await server.data('clara', DAYS, { id: project.id })).project.totals.byDay).toEqual([
      { date: '2026-03-10', totalTime: null, nonBillableTime: null, billableTime: { seconds: 3600 } },
      { date: '2026-03-11', totalTime: null, nonBillableTime: null, billableTime: { seconds: 10800 } },
    ]);
  });
});

const BY_DAY = `query ($id: ID!, $from: Date, $to: Date) { project(id: $id) { timeByDay(from: $from, to: $to) { date task { title } billableTime { seconds } totalTime { seconds } } } }`;

describe('time by day', () => {
  const daysOf = async (who: Who, project: Project, range: { from?: string; to?: string } = {}) =>
    (await server.data(who, BY_DAY, { id: project.id, ...range })).project.timeByDay?.map((row: any) => [
      row.date,
      row.task?.title ?? null,
      row.billableTime?.seconds,
      row.totalTime?.seconds,
    ]);

  it('is the last 30 days by task, what Clara does not see of them without a task (F-081)', async () => {
    const project = await aProject(server);
    const build = await aTask(server, project, { title: 'Build' });
    const inside = await aTask(server, project, { clientVisible: false });
    await aTimeEntry(server, project, { task: build, date: '2026-03-16' });
    await aTimeEntry(server, project, { task: build, date: '2026-03-16', billable: false });
    await aTimeEntry(server, project, { task: inside, date: '2026-03-16' });
    await aTimeEntry(server, project, { date: '2026-03-16' });
    await aTimeEntry(server, project, { date: '2026-02-15' });
    await aTimeEntry(server, project, { date: '2026-02-14' });
    await aTimeEntry(server, project, { date: '2026-03-17' });
    expect(await daysOf('clara', project)).toEqual([
      ['2026-02-15', null, 3600, 3600],
      ['2026-03-16', 'Build', 3600, 7200],
      ['2026-03-16', null, 7200, 7200],
    ]);
    expect(await daysOf('clara', project, { from: '2026-03-17', to: '2026-03-17' })).toHaveLength(1);
  });

  it('is what is left of it with hours: BILLABLE and timeRelease: INVOICED', async () => {
    const project = await aProject(server, { visibility: { hours: 'BILLABLE', timeRelease: 'INVOICED' } });
    await aTimeEntry(server, project, { date: '2026-03-15', invoiceState: 'ISSUED' });
    await aTimeEntry(server, project, { date: '2026-03-15', invoiceState: 'ISSUED', billable: false });
    await aTimeEntry(server, project, { date: '2026-03-14', invoiceState: 'DRAFT' });
    await aTimeEntry(server, project, { date: '2026-03-13', invoiceState: 'ISSUED', billable: false });
    expect(await daysOf('clara', project)).toEqual([['2026-03-15', null, 3600, undefined]]);
    expect(await daysOf('wim', project)).toHaveLength(3);
  });

  it('is withheld from Clara with timeEntries: HIDE, and from Tess', async () => {
    expect(await daysOf('clara', await aProject(server, { visibility: { timeEntries: 'HIDE' } }))).toBeUndefined();
    expect(await daysOf('tess', await aProject(server))).toBeUndefined();
  });

  it('covers 366 days at most, in their order', async () => {
    const { id } = await aProject(server);
    const refused = (from: string, to: string) => server.refusal('clara', BY_DAY, { id, from, to });
    expect(await refused('2025-01-01', '2026-01-02')).toMatchObject({
      code: 'BAD_USER_INPUT',
      field: 'from',
      max: 366,
    });
    expect(await refused('2026-01-02', '2026-01-01')).toMatchObject({ code: 'BAD_USER_INPUT', field: 'from' });
    await server.data('clara', BY_DAY, { id, from: '2025-01-01', to: '2026-01-01' });
  });
});

describe('my totals', () => {
  const MINE =
    'query ($id: ID!, $from: Date) { project(id: $id) { myTotals(from: $from) { totalTime { seconds } billableTime { seconds } rawTime { seconds } } } }';
  const mineOf = async (who: Who, { id }: Project, from: string | null = null) => {
    const { myTotals } = (await server.data(who, MINE, { id, from })).project;
    return myTotals && [myTotals.totalTime.seconds, myTotals.billableTime.seconds, myTotals.rawTime.seconds];
  };

  it('are what one wrote oneself, whatever is released: for Tess, Wim and Max, not for Clara', async () => {
    const project = await aProject(server, { visibility: { timeRelease: 'INVOICED', hours: 'HIDE' } });
    await aTimeEntry(server, project, { person: 'tess', seconds: 600, billedSeconds: 900, billable: false });
    await aTimeEntry(server, project, { person: 'tess', seconds: 60, date: '2026-01-01' });
    await aTimeEntry(server, project, { person: 'wim', seconds: 7200 });
    expect(await mineOf('tess', project)).toEqual([960, 60, 660]);
    expect(await mineOf('tess', project, '2026-02-01')).toEqual([900, 0, 600]);
    expect(await mineOf('wim', project)).toEqual([7200, 7200, 7200]);
    expect(await mineOf('max', project)).toEqual([0, 0, 0]);
    expect(await mineOf('clara', project)).toBeNull();
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
