import { BudgetBasis } from '../../../src/domains/projects/project.enums';
import { aProject } from '../../support/builders';
import { TestServer } from '../../support/server';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.close());

const SET = `mutation ($input: SetProjectBudgetInput!) { setProjectBudget(input: $input) { project { version
  budget { basis period total { time { seconds } money { amount } } } costBudget { period total { amount } } } } }`;

const set = async (who: 'max' | 'ada', input: object) =>
  (await server.data(who, SET, { input })).setProjectBudget.project;

describe('setting a budget', () => {
  it('is Max’s to do: in hours, in fees, for each month, and away again', async () => {
    const { id: projectId } = await aProject(server);
    expect((await set('max', { projectId, basis: 'HOURS', hours: '120.25' })).budget).toEqual({
      basis: 'HOURS',
      period: 'TOTAL',
      total: { time: { seconds: 432_900 }, money: null },
    });
    expect((await set('max', { projectId, basis: 'FEES', amount: '4500', period: 'MONTHLY' })).budget).toEqual({
      basis: 'FEES',
      period: 'MONTHLY',
      total: { time: null, money: { amount: '4500.00' } },
    });
    expect((await set('max', { projectId, basis: 'NONE' })).budget).toBeNull();
  });

  it('in costs is for Ada, who sees them, and refused to Max by what he lacks, whether there is one or not (F-059)', async () => {
    const bare = await aProject(server);
    const withCost = await aProject(server, { costBudgetMinor: 100n });
    for (const { id: projectId } of [bare, withCost]) {
      const refused = await server.refusal('max', SET, { input: { projectId, basis: 'COST', amount: '1' } });
      expect(refused).toEqual({ code: 'FORBIDDEN', requires: ['internalCosts'] });
    }
    expect(await set('ada', { projectId: bare.id, basis: 'COST', amount: '96000' })).toMatchObject({
      budget: null,
      costBudget: { period: 'TOTAL', total: { amount: '96000.00' } },
    });
  });

  it('over a cost budget that Max does not see answers him as if there was none, and leaves it to Ada (L-12)', async () => {
    const answers = [];
    for (const costBudgetMinor of [null, 100_00n]) {
      const { id: projectId } = await aProject(server, { costBudgetMinor });
      answers.push(await server.ask('max', SET, { input: { projectId, basis: 'HOURS', hours: '10' } }));
      answers.push(await server.ask('max', SET, { input: { projectId, basis: 'NONE' } }));
      const { project } = await server.data(
        'ada',
        'query ($id: ID!) { project(id: $id) { costBudget { total { amount } } } }',
        {
          id: projectId,
        },
      );
      expect(project.costBudget).toEqual(costBudgetMinor === null ? null : { total: { amount: '100.00' } });
    }
    expect(answers[2].data).toEqual(answers[0].data);
    expect(answers[2].extensions).toEqual(answers[0].extensions);
    expect(answers[3].data).toEqual(answers[1].data);
  });

  it('by Ada replaces whatever budget there is, for she sees both', async () => {
    const { id: projectId } = await aProject(server, { budgetBasis: BudgetBasis.HOURS, budgetSeconds: 3600n });
    expect(await set('ada', { projectId, basis: 'COST', amount: '5' })).toMatchObject({ budget: null });
    expect(await set('ada', { projectId, basis: 'FEES', amount: '5' })).toMatchObject({
      budget: { basis: 'FEES' },
      costBudget: null,
    });
    expect(await set('ada', { projectId, basis: 'NONE' })).toMatchObject({ budget: null, costBudget: null });
  });

  it('refuses what does not fit and says where', async () => {
    const { id: projectId } = await aProject(server);
    const refused = (input: object) => server.refusal('max', SET, { input: { projectId, ...input } });
    const bad = (field: string) => expect.objectContaining({ code: 'BAD_USER_INPUT', field });
    expect(await refused({ basis: 'HOURS' })).toEqual(bad('hours'));
    expect(await refused({ basis: 'HOURS', hours: '1.005' })).toEqual(bad('hours'));
    expect(await refused({ basis: 'HOURS', hours: '-1' })).toEqual(bad('hours'));
    expect(await refused({ basis: 'HOURS', hours: '1', amount: '1' })).toEqual(bad('amount'));
    expect(await refused({ basis: 'FEES' })).toEqual(bad('amount'));
    expect(await refused({ basis: 'FEES', amount: '-0.01' })).toEqual(bad('amount'));
    expect(await refused({ basis: 'NONE', hours: '1' })).toEqual(bad('hours'));
    expect(await refused({ basis: 'NONE', expectedVersion: 7 })).toEqual({ code: 'CONFLICT', current: 1 });
  });

  it('is refused to Wim and Clara', async () => {
    const { id: projectId } = await aProject(server);
    for (const who of ['wim', 'clara', 'carl'] as const) {
      const refused = await server.refusal(who, SET, { input: { projectId, basis: 'COST', amount: '1' } });
      expect(refused).toEqual({ code: 'FORBIDDEN', requires: ['managesProject'] });
    }
  });
});
