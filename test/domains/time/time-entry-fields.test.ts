import { withheldOf } from '../../support/answers';
import { aProject } from '../../support/builders';
import { TestServer } from '../../support/server';
import { aTask, aTimeEntry } from '../../support/time-builders';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.close());

const ENTRY = `query ($id: ID!) { node(id: $id) { ... on TimeEntry { date task { title } time { seconds } billable person { displayName } description
  startedAt endedAt rawTime { seconds } internalNote createdBy { displayName } version billRate { amount } billableAmount { amount }
  costRate { amount } costAmount { amount } invoiced } } }`;

describe('an entry', () => {
  const facts = {
    person: 'wim' as const,
    seconds: 1000,
    billedSeconds: 1800,
    billRate: 9000,
    costRate: 3600,
    description: 'Menu',
    internalNote: 'Their texts were late',
    startedAt: new Date('2026-03-10T09:00:00Z'),
    endedAt: new Date('2026-03-10T09:16:40Z'),
  };

  it('shows Clara its words, hours and price, and neither the real time, nor from when to when it was, nor what it cost', async () => {
    const project = await aProject(server, { preset: 'FREELANCE', visibility: { financials: 'FULL' } });
    const task = await aTask(server, project, { title: 'Build' });
    const answer = await server.ask('clara', ENTRY, { id: (await aTimeEntry(server, project, { ...facts, task })).id });
    expect(answer.data.node).toEqual({
      date: '2026-03-10',
      task: { title: 'Build' },
      time: { seconds: 1800 },
      billable: true,
      person: { displayName: 'Wim Worker' },
      description: 'Menu',
      startedAt: null,
      endedAt: null,
      rawTime: null,
      internalNote: null,
      createdBy: null,
      version: null,
      billRate: { amount: '90.00' },
      billableAmount: { amount: '45.00' },
      costRate: null,
      costAmount: null,
      invoiced: false,
    });
    expect(withheldOf(answer)).toEqual({
      startedAt: ['role:MEMBER'],
      endedAt: ['role:MEMBER'],
      rawTime: ['managesProject'],
      internalNote: ['managesProject'],
      createdBy: ['managesProject'],
      version: ['managesProject'],
      costRate: ['role:ADMIN'],
      costAmount: ['role:ADMIN'],
    });
  });

  it.each([
    ['billRates', 'HIDE', ['billRate']],
    ['financials', 'SUMMARY', ['billRate', 'billableAmount']],
    ['invoices', 'HIDE', ['invoiced']],
  ])('hides from Clara with %s: %s the %j', async (key, value, fields) => {
    const visibility = { financials: 'FULL', [key]: value } as never;
    const project = await aProject(server, { preset: 'FREELANCE', visibility });
    const answer = await server.ask('clara', ENTRY, { id: (await aTimeEntry(server, project, facts)).id });
    const hidden = Object.keys(withheldOf(answer)).filter((name) =>
      ['billRate', 'billableAmount', 'invoiced'].includes(name),
    );
    expect(hidden.sort()).toEqual([...fields].sort());
  });

  it('shows Carl, who sees internal costs, no cost of one entry, and Max none either (F-059, X-25)', async () => {
    const project = await aProject(server, { preset: 'FREELANCE' });
    const { id } = await aTimeEntry(server, project, facts);
    for (const who of ['carl', 'max'] as const) {
      expect(withheldOf(await server.ask(who, ENTRY, { id }))).toMatchObject({
        costRate: ['role:ADMIN'],
        costAmount: ['role:ADMIN'],
      });
    }
    const max = await server.data('max', ENTRY, { id });
    expect(max.node).toMatchObject({
      rawTime: { seconds: 1000 },
      billRate: { amount: '90.00' },
      internalNote: 'Their texts were late',
    });
    expect((await server.data('ada', ENTRY, { id })).node).toMatchObject({
      costRate: { amount: '36.00' },
      costAmount: { amount: '10.00' },
    });
  });

  it('shows Wim the real time of his own, and of Cora’s neither that nor her note', async () => {
    const project = await aProject(server);
    const own = await server.ask('wim', ENTRY, { id: (await aTimeEntry(server, project, facts)).id });
    expect(own.data.node).toMatchObject({
      rawTime: { seconds: 1000 },
      internalNote: 'Their texts were late',
      version: 1,
    });
    expect(withheldOf(own)).toMatchObject({ billRate: ['membersSeeBillRates'], invoiced: ['managesProject'] });
    const coras = await server.ask('wim', ENTRY, {
      id: (await aTimeEntry(server, project, { ...facts, person: 'cora' })).id,
    });
    expect(coras.data.node).toMatchObject({ time: { seconds: 1800 }, rawTime: null, internalNote: null });
    // When a colleague worked is no secret within the team; how it is billed is none of it.
    expect(coras.data.node.startedAt).toBe('2026-03-10T09:00:00.000Z');
  });

  it('shows Tess from when to when she worked herself', async () => {
    const project = await aProject(server);
    const own = await aTimeEntry(server, project, { ...facts, person: 'tess' });
    expect((await server.data('tess', ENTRY, { id: own.id })).node).toMatchObject({
      startedAt: '2026-03-10T09:00:00.000Z',
      endedAt: '2026-03-10T09:16:40.000Z',
      rawTime: { seconds: 1000 },
    });
  });

  it('shows Wim the price of his own and not of Cora’s where the workspace lets its team see rates', async () => {
    const project = await aProject(server);
    const [own, coras] = [
      await aTimeEntry(server, project, facts),
      await aTimeEntry(server, project, { ...facts, person: 'cora' }),
    ];
    await server.database.rows('update workspace set members_see_bill_rates = true');
    try {
      expect((await server.data('wim', ENTRY, { id: own.id })).node).toMatchObject({
        billRate: { amount: '90.00' },
        billableAmount: { amount: '45.00' },
      });
      expect(withheldOf(await server.ask('wim', ENTRY, { id: coras.id }))).toMatchObject({
        billRate: ['managesProject'],
        billableAmount: ['managesProject'],
      });
    } finally {
      await server.database.rows('update workspace set members_see_bill_rates = false');
    }
  });

  it('masks for Clara people and tasks that she does not see', async () => {
    const project = await aProject(server, { preset: 'FREELANCE', visibility: { people: 'CLIENT_FACING' } });
    const task = await aTask(server, project, { clientVisible: false });
    const { id } = await aTimeEntry(server, project, { ...facts, task });
    expect((await server.data('clara', ENTRY, { id })).node).toMatchObject({
      person: null,
      task: null,
      description: 'Menu',
    });
  });

  it('on a draft invoice looks to everybody but its makers as on none (L-12)', async () => {
    const project = await aProject(server, { preset: 'FREELANCE' });
    const { id } = await aTimeEntry(server, project, { ...facts, invoiceState: 'DRAFT' });
    for (const who of ['clara', 'max', 'ada'] as const)
      expect((await server.data(who, ENTRY, { id })).node.invoiced).toBe(false);
    const issued = await aTimeEntry(server, project, { ...facts, invoiceState: 'ISSUED' });
    for (const who of ['clara', 'max'] as const)
      expect((await server.data(who, ENTRY, { id: issued.id })).node.invoiced).toBe(true);
  });

  it('of her own tells Tess its words before it is released, and no price', async () => {
    const project = await aProject(server, {
      preset: 'FREELANCE',
      visibility: { timeRelease: 'INVOICED', financials: 'FULL' },
      grants: { tess: { clientView: true, trackTime: true } },
    });
    const { id } = await aTimeEntry(server, project, { ...facts, person: 'tess' });
    expect((await server.data('tess', ENTRY, { id })).node).toMatchObject({
      description: 'Menu',
      rawTime: { seconds: 1000 },
      billRate: null,
      billableAmount: null,
      invoiced: false,
    });
  });

  it('of Tess tells her whether it was invoiced, and nothing of amounts', async () => {
    const project = await aProject(server);
    const { id } = await aTimeEntry(server, project, { ...facts, person: 'tess', invoiceState: 'ISSUED' });
    const answer = await server.ask('tess', ENTRY, { id });
    expect(answer.data.node).toMatchObject({
      invoiced: true,
      rawTime: { seconds: 1000 },
      person: { displayName: 'Tess Tracker' },
    });
    expect(withheldOf(answer)).toMatchObject({
      billRate: expect.arrayContaining(['clientView']),
      billableAmount: expect.arrayContaining(['clientView']),
    });
  });

  it('is not there for Eve, Bo, and Clara where entries are hidden', async () => {
    const { id } = await aTimeEntry(server, await aProject(server), facts);
    for (const who of ['eve', 'bo', 'clara'] as const) expect((await server.data(who, ENTRY, { id })).node).toBeNull();
  });
});
