import type { CastName } from '../../../src/demo/cast';
import type { Project } from '../../../src/domains/projects/project.entity';
import { BudgetBasis, BudgetPeriod } from '../../../src/domains/projects/project.enums';
import { seconds } from '../../../src/platform/clock';
import { aProject, type ProjectFacts } from '../../support/builders';
import { TestClock } from '../../support/clock';
import { TestServer } from '../../support/server';
import { aTimeEntry } from '../../support/time-builders';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.close());

const QUANTITY = '{ time { seconds hours } money { amount currencyCode } }';
const BUDGET = `query ($id: ID!) { project(id: $id) {
  budget { basis period total ${QUANTITY} used ${QUANTITY} remaining ${QUANTITY} usedPercent }
  costBudget { period total { amount } used { amount } remaining { amount } usedPercent } } }`;

const ofHours: ProjectFacts = { budgetBasis: BudgetBasis.HOURS, budgetSeconds: 36_000n };
const ofFees: ProjectFacts = { budgetBasis: BudgetBasis.FEES, budgetMinor: 100_000n };
const ofCost: ProjectFacts = { costBudgetMinor: 50_000n };

const asked = (who: CastName, { id }: Project) => server.ask(who, BUDGET, { id });
const budgetOf = async (who: CastName, project: Project) => (await asked(who, project)).data.project.budget;

describe('a budget in hours', () => {
  it('shows Clara how much of it is used: all billed time, billable or not (F-056)', async () => {
    const project = await aProject(server, ofHours);
    await aTimeEntry(server, project, { seconds: 6000, billedSeconds: 7200 });
    await aTimeEntry(server, project, { seconds: 3600, billable: false });
    expect(await budgetOf('clara', project)).toEqual({
      basis: 'HOURS',
      period: 'TOTAL',
      total: { time: { seconds: 36_000, hours: 10 }, money: null },
      used: { time: { seconds: 10_800, hours: 3 }, money: null },
      remaining: { time: { seconds: 25_200, hours: 7 }, money: null },
      usedPercent: 30,
    });
  });

  it('is withheld from Clara where her project does not show all hours, and from Tess, who has no client view', async () => {
    for (const hours of ['BILLABLE', 'HIDE'] as const) {
      const project = await aProject(server, { ...ofHours, visibility: { hours } });
      const { data, extensions } = await asked('clara', project);
      expect(data.project.budget).toBeNull();
      expect(extensions?.withheld).toContainEqual({ path: ['project', 'budget'], requires: ['hours:FULL'] });
    }
    const { data, extensions } = await asked('tess', await aProject(server, ofHours));
    expect(data.project.budget).toBeNull();
    expect(extensions?.withheld).toContainEqual({ path: ['project', 'budget'], requires: ['clientView'] });
  });

  it('can be overspent: Clara reads more than 100 percent, cut off after two decimals, and a negative rest', async () => {
    const project = await aProject(server, { ...ofHours, budgetSeconds: 10_800n });
    await aTimeEntry(server, project, { seconds: 14_399 });
    expect(await budgetOf('clara', project)).toMatchObject({
      remaining: { time: { seconds: -3599 } },
      usedPercent: 133.32,
    });
  });

  it('of nothing has no percentage', async () => {
    const project = await aProject(server, { ...ofHours, budgetSeconds: 0n });
    expect(await budgetOf('clara', project)).toMatchObject({ total: { time: { seconds: 0 } }, usedPercent: null });
  });

  it('counts for Clara what is released to her, and for Wim everything', async () => {
    const project = await aProject(server, { ...ofHours, visibility: { timeRelease: 'INVOICED' } });
    await aTimeEntry(server, project, { seconds: 3600 });
    await aTimeEntry(server, project, { seconds: 1800, invoiceState: 'DRAFT' });
    await aTimeEntry(server, project, { seconds: 900, invoiceState: 'ISSUED' });
    expect(await budgetOf('clara', project)).toMatchObject({ used: { time: { seconds: 900 } } });
    expect(await budgetOf('wim', project)).toMatchObject({ used: { time: { seconds: 6300 } } });
  });
});

describe('a budget in fees', () => {
  it('shows Clara the billable amounts used of it (F-056)', async () => {
    const project = await aProject(server, ofFees);
    await aTimeEntry(server, project, { seconds: 5400, billRate: 12_000 });
    await aTimeEntry(server, project, { seconds: 5400, billRate: 12_000, billable: false });
    expect(await budgetOf('clara', project)).toEqual({
      basis: 'FEES',
      period: 'TOTAL',
      total: { time: null, money: { amount: '1000.00', currencyCode: 'EUR' } },
      used: { time: null, money: { amount: '180.00', currencyCode: 'EUR' } },
      remaining: { time: null, money: { amount: '820.00', currencyCode: 'EUR' } },
      usedPercent: 18,
    });
  });

  it('is withheld from Clara where amounts are hidden, and asks nothing about hours', async () => {
    const hidden = await aProject(server, { ...ofFees, visibility: { financials: 'HIDE' } });
    const { data, extensions } = await asked('clara', hidden);
    expect(data.project.budget).toBeNull();
    expect(extensions?.withheld).toContainEqual({ path: ['project', 'budget'], requires: ['financials:SUMMARY'] });
    const shown = await aProject(server, { ...ofFees, visibility: { hours: 'HIDE', financials: 'SUMMARY' } });
    expect(await budgetOf('clara', shown)).toMatchObject({ basis: 'FEES' });
  });
});

describe('a monthly budget', () => {
  it('counts this calendar month alone, as the wall in Oslo shows it', async () => {
    const clock = new TestClock(new Date('2026-03-31T21:59:59Z'));
    const oslo = await TestServer.start({ clock });
    const project = await aProject(oslo, { ...ofHours, budgetPeriod: BudgetPeriod.MONTHLY });
    const days = { '2026-02-28': 3600, '2026-03-01': 1800, '2026-03-31': 900, '2026-04-01': 60 };
    for (const [date, time] of Object.entries(days)) await aTimeEntry(oslo, project, { date, seconds: time });
    const used = async () => (await oslo.data('clara', BUDGET, { id: project.id })).project.budget.used.time.seconds;
    expect(await used()).toBe(2700);
    clock.advance(seconds(1));
    expect(await used()).toBe(60);
    await oslo.close();
  });
});

describe('a cost budget', () => {
  it('is Carl’s to see, whom a reason lets see costs, and Ada’s (F-046)', async () => {
    const project = await aProject(server, ofCost);
    await aTimeEntry(server, project, { seconds: 3600, costRate: 6000, billRate: 12_000 });
    for (const who of ['carl', 'ada'] as const) {
      const { data, extensions } = await asked(who, project);
      expect(data.project).toEqual({
        budget: null,
        costBudget: {
          period: 'TOTAL',
          total: { amount: '500.00' },
          used: { amount: '60.00' },
          remaining: { amount: '440.00' },
          usedPercent: 12,
        },
      });
      expect(extensions?.withheld).toBeUndefined();
    }
  });

  it('is withheld from Clara, Wim and Max alike whether there is one or not, and leaves no trace in `budget` (F-059, X-11)', async () => {
    const projects = [await aProject(server, ofCost), await aProject(server)];
    for (const who of ['clara', 'wim', 'max'] as const) {
      const answers = await Promise.all(projects.map((project) => asked(who, project)));
      for (const { data, extensions } of answers) {
        expect(data.project).toEqual({ budget: null, costBudget: null });
        expect(extensions?.withheld).toEqual([{ path: ['project', 'costBudget'], requires: ['internalCosts'] }]);
      }
    }
  });

  it('stands beside a monthly budget in hours, each with a period of its own', async () => {
    const project = await aProject(server, { ...ofHours, ...ofCost, budgetPeriod: BudgetPeriod.MONTHLY });
    await aTimeEntry(server, project, { date: '2026-02-10', seconds: 3600, costRate: 6000 });
    await aTimeEntry(server, project, { date: '2026-03-10', seconds: 3600, costRate: 6000 });
    expect((await asked('ada', project)).data.project).toMatchObject({
      budget: { used: { time: { seconds: 3600 } } },
      costBudget: { used: { amount: '120.00' } },
    });
  });

  it('shows Carl what was agreed, and not what was spent of it, where financials are closed to clients', async () => {
    const project = await aProject(server, { ...ofCost, visibility: { financials: 'HIDE' } });
    await aTimeEntry(server, project, { seconds: 3600, costRate: 6000 });
    const { data, extensions } = await asked('carl', project);
    const agreed = { period: 'TOTAL', total: { amount: '500.00' } };
    expect(data.project.costBudget).toEqual({ ...agreed, used: null, remaining: null, usedPercent: null });
    expect(extensions?.withheld).toContainEqual({
      path: ['project', 'costBudget', 'used'],
      requires: ['financials:SUMMARY'],
    });
  });

  it('by the month shows Carl what was agreed and not what was spent of it: a cost by date tells one person’s rate', async () => {
    const seesCosts = { clientView: true, internalCosts: true };
    const grants = { carl: seesCosts, wim: seesCosts };
    const project = await aProject(server, { ...ofCost, costBudgetPeriod: BudgetPeriod.MONTHLY, grants });
    await aTimeEntry(server, project, { date: '2026-03-10', seconds: 3600, costRate: 6000 });
    const { data, extensions } = await asked('carl', project);
    const agreed = { period: 'MONTHLY', total: { amount: '500.00' } };
    expect(data.project.costBudget).toEqual({ ...agreed, used: null, remaining: null, usedPercent: null });
    expect(extensions?.withheld).toEqual(
      ['remaining', 'used', 'usedPercent'].map((field) => ({
        path: ['project', 'costBudget', field],
        requires: ['role:ADMIN'],
      })),
    );
    for (const who of ['ada', 'wim'] as const) {
      expect((await asked(who, project)).data.project.costBudget).toMatchObject({
        ...agreed,
        used: { amount: '60.00' },
      });
    }
  });
});
