import { aProject } from '../../support/builders';
import { TestServer } from '../../support/server';
import { aRate, aTask } from '../../support/time-builders';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.close());
afterEach(() => server.database.rows('delete from rate'));

const LIST = `query ($id: ID!, $filter: RateFilter) { node(id: $id) { ... on Workspace { rates(filter: $filter) { totalCount nodes { kind amount { amount } } } } } }`;

describe('the list of rates', () => {
  it('is there for Ada, by what they are for, and not for Clara', async () => {
    const project = await aProject(server);
    const task = await aTask(server, project);
    await aRate(server, { project, perHour: 9000 });
    await aRate(server, { task, perHour: 9500, validFrom: '2026-01-01' });
    await aRate(server, { person: 'wim', kind: 'COST', perHour: 4000 });
    const list = async (filter: object | null) =>
      (await server.data('ada', LIST, { id: server.cast.workspaceId, filter })).node.rates;
    expect(await list(null)).toMatchObject({ totalCount: 3 });
    expect(await list({ projectId: project.id })).toEqual({
      totalCount: 2,
      nodes: [
        { kind: 'BILL', amount: { amount: '95.00' } },
        { kind: 'BILL', amount: { amount: '90.00' } },
      ],
    });
    expect(await list({ kind: 'COST', personId: server.cast.people.wim })).toMatchObject({ totalCount: 1 });
    const answer = await server.ask('clara', LIST, { id: server.cast.workspaceId });
    expect(answer.data.node.rates).toBeNull();
    expect(answer.extensions?.withheld).toEqual([{ path: ['node', 'rates'], requires: ['role:MEMBER'] }]);
  });

  it('shows Max what is billed on the projects that he manages and for the people there, and nothing else', async () => {
    const [project, foreign] = [
      await aProject(server),
      await aProject(server, { grants: { wim: { clientView: true } } }),
    ];
    const seen = [
      await aRate(server, { project, perHour: 1000, validFrom: '2026-01-01' }),
      await aRate(server, { project, person: 'wim', perHour: 2000, validFrom: '2026-01-02' }),
      await aRate(server, { task: await aTask(server, project), perHour: 3000, validFrom: '2026-01-03' }),
      await aRate(server, { person: 'wim', perHour: 4000, validFrom: '2026-01-04' }),
    ];
    // An admin is on no project without a grant, and Max sees of her as little as of anybody else.
    await aRate(server, { person: 'ada', perHour: 5000, validFrom: '2026-01-05' });
    await aRate(server, { client: 'acme', perHour: 6000 });
    await aRate(server, { project: foreign, perHour: 6000 });
    await aRate(server, { project: foreign, person: 'wim', perHour: 6000 });
    await aRate(server, { task: await aTask(server, foreign), perHour: 6000 });
    for (const facts of [{ project }, { project, person: 'wim' as const }, { person: 'wim' as const }]) {
      await aRate(server, { ...facts, kind: 'COST', perHour: 6000 });
    }
    await server.database.rows(`update project_grant set status = 'SUSPENDED' where membership_id = $1`, [
      server.cast.people.cora,
    ]);
    await aRate(server, { person: 'cora', perHour: 6000 });
    const { rates } = (await server.data('max', LIST, { id: server.cast.workspaceId })).node;
    await server.database.rows(`update project_grant set status = 'ACTIVE'`);
    expect(rates.totalCount).toBe(seen.length);
    expect(rates.nodes.map((rate: any) => rate.amount.amount)).toEqual(['40.00', '30.00', '20.00', '10.00']);
  });

  it('shows Wim what he himself is billed at where the workspace shows its team rates, and else nothing', async () => {
    const [project, hidden] = [
      await aProject(server),
      await aProject(server, { grants: { wim: { trackTime: true } } }),
    ];
    await aRate(server, { person: 'wim', perHour: 1000, validFrom: '2026-01-01' });
    await aRate(server, { project, person: 'wim', perHour: 2000, validFrom: '2026-01-02' });
    await aRate(server, { project: hidden, person: 'wim', perHour: 3000 });
    await aRate(server, { person: 'cora', perHour: 3000 });
    await aRate(server, { person: 'wim', kind: 'COST', perHour: 3000 });
    const amounts = async () =>
      (await server.data('wim', LIST, { id: server.cast.workspaceId })).node.rates.nodes.map(
        (rate: any) => rate.amount.amount,
      );
    expect(await amounts()).toEqual([]);
    await server.database.rows('update workspace set members_see_bill_rates = true');
    const shown = await amounts();
    await server.database.rows('update workspace set members_see_bill_rates = false');
    expect(shown).toEqual(['20.00', '10.00']);
  });

  it('loses a rate by Ada, and not by Max, who sees it', async () => {
    const rate = await aRate(server, { project: await aProject(server), perHour: 9000 });
    const REMOVE = 'mutation ($input: RemoveRateInput!) { removeRate(input: $input) { removedRateId } }';
    expect(await server.refusal('max', REMOVE, { input: { rateId: rate.id } })).toMatchObject({ code: 'FORBIDDEN' });
    expect(await server.refusal('wim', REMOVE, { input: { rateId: rate.id } })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await server.data('ada', REMOVE, { input: { rateId: rate.id } })).toEqual({
      removeRate: { removedRateId: rate.id },
    });
    expect(await server.refusal('ada', REMOVE, { input: { rateId: rate.id } })).toMatchObject({ code: 'NOT_FOUND' });
  });
});
