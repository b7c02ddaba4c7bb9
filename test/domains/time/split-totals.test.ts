import type { Project } from '../../../src/domains/projects/project.entity';
import { aProject, type ProjectFacts } from '../../support/builders';
import { TestServer } from '../../support/server';
import { aTask, aTimeEntry } from '../../support/time-builders';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.close());

type Who = Parameters<TestServer['data']>[0];

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
