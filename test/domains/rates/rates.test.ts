import type { Project } from '../../../src/domains/projects/project.entity';
import { resolveRates } from '../../../src/domains/rates/resolve-rates';
import { aProject } from '../../support/builders';
import { TestServer } from '../../support/server';
import { aRate, aTask, aTimeEntry, type RateFacts } from '../../support/time-builders';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.close());
afterEach(() => server.database.rows('delete from rate'));

describe('the rate that counts', () => {
  const found = async (
    project: Project,
    more: { task?: { id: string }; person?: 'wim' | 'tess'; date?: string } = {},
  ) => {
    const { task, person = 'wim', date = '2026-03-10' } = more;
    const question = { projectId: project.id, taskId: task?.id ?? null, personId: server.cast.people[person], date };
    const [rates] = await resolveRates(server.database, [question]);
    return rates;
  };

  it('is the task’s before the person’s on the project, the project’s, the person’s and the client’s', async () => {
    const project = await aProject(server);
    const task = await aTask(server, project);
    const scopes: Omit<RateFacts, 'perHour'>[] = [
      { client: 'acme' },
      { person: 'wim' },
      { project },
      { project, person: 'wim' },
      { task },
    ];
    for (const [i, scope] of scopes.entries()) {
      await aRate(server, { ...scope, perHour: 1000 + i });
      expect((await found(project, { task })).billRateMinor).toBe(1000n + BigInt(i));
    }
    expect((await found(project)).billRateMinor).toBe(1003n);
    expect((await found(await aProject(server))).billRateMinor).toBe(1001n);
  });

  it('is the latest that is valid on the day of the entry, whatever day it is today', async () => {
    const project = await aProject(server);
    await aRate(server, { project, perHour: 1000, validFrom: '2026-01-01' });
    await aRate(server, { project, perHour: 2000, validFrom: '2026-03-10' });
    await aRate(server, { project, perHour: 3000, validFrom: '2026-03-11' });
    const on = async (date: string) => (await found(project, { date })).billRateMinor;
    expect(await on('2025-12-31')).toBeNull();
    expect(await on('2026-03-09')).toBe(1000n);
    expect(await on('2026-03-10')).toBe(2000n);
    expect(await on('2030-01-01')).toBe(3000n);
  });

  it('is in the currency of the project, or none', async () => {
    const project = await aProject(server, { currency: 'USD' });
    await aRate(server, { person: 'wim', perHour: 1000 });
    expect((await found(project)).billRateMinor).toBeNull();
    await aRate(server, { person: 'wim', perHour: 1200, currency: 'USD' });
    expect((await found(project)).billRateMinor).toBe(1200n);
  });

  it('is looked up apart for what is billed and what it costs', async () => {
    const project = await aProject(server);
    await aRate(server, { project, perHour: 9000 });
    await aRate(server, { person: 'wim', kind: 'COST', perHour: 4000 });
    expect(await found(project)).toEqual({ billRateMinor: 9000n, costRateMinor: 4000n });
  });

  it('is none for Tess, who works for the client, even where the project has one', async () => {
    const project = await aProject(server);
    await aRate(server, { project, perHour: 9000 });
    await aRate(server, { project, kind: 'COST', perHour: 4000 });
    expect(await found(project, { person: 'tess' })).toEqual({ billRateMinor: null, costRateMinor: null });
  });

  it('cannot even be written for Tess: the database refuses it', async () => {
    await expect(aRate(server, { person: 'tess', perHour: 1 })).rejects.toThrow('a client has no rate');
  });

  it('is never another project’s person’s', async () => {
    const [project, other] = [await aProject(server), await aProject(server)];
    await aRate(server, { project: other, person: 'wim', perHour: 9000 });
    await aRate(server, { project, person: 'cora', perHour: 8000 });
    expect((await found(project)).billRateMinor).toBeNull();
  });

  it('is found for many entries in one statement, each its own', async () => {
    const [dear, cheap] = [await aProject(server), await aProject(server)];
    await aRate(server, { project: dear, perHour: 9000 });
    await aRate(server, { project: cheap, perHour: 100 });
    const personId = server.cast.people.wim;
    const ask = (project: Project) => ({ projectId: project.id, taskId: null, personId, date: '2026-03-10' });
    const rates = await resolveRates(server.database, [ask(dear), ask(cheap), ask(dear)]);
    expect(rates.map((rate) => rate.billRateMinor)).toEqual([9000n, 100n, 9000n]);
  });
});

const SET = `mutation ($input: SetRateInput!) { setRate(input: $input) { rate {
  id scope kind amount { amount currencyCode } validFrom project { name } person { displayName } task { title } clientOrganisation { name } } } }`;

describe('setting a rate', () => {
  it('is Ada’s to do, from today unless she says otherwise', async () => {
    const project = await aProject(server);
    const input = { scope: 'PROJECT', kind: 'BILL', projectId: project.id, amount: '95.5' };
    const { setRate } = await server.data('ada', SET, { input });
    expect(setRate.rate).toMatchObject({
      scope: 'PROJECT',
      kind: 'BILL',
      amount: { amount: '95.50', currencyCode: 'EUR' },
      validFrom: '2026-03-16',
      project: { name: 'Website relaunch' },
      person: null,
    });
  });

  it('is refused to Max, who manages the project, and to everybody else who sees it', async () => {
    const project = await aProject(server);
    const task = await aTask(server, project);
    const inputs = [
      { scope: 'PROJECT', kind: 'BILL', projectId: project.id, amount: '95' },
      { scope: 'TASK', kind: 'BILL', taskId: task.id, amount: '95' },
      { scope: 'PERSON', kind: 'COST', personId: server.cast.people.wim, amount: '45' },
      { scope: 'CLIENT', kind: 'BILL', clientOrganisationId: server.cast.clients.acme, amount: '95' },
    ];
    for (const who of ['max', 'wim', 'clara', 'carl'] as const) {
      for (const input of inputs) {
        expect(await server.refusal(who, SET, { input })).toMatchObject({
          code: 'FORBIDDEN',
          requires: ['role:ADMIN'],
        });
      }
    }
    for (const input of inputs)
      expect(await server.refusal('eve', SET, { input })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await server.refusal(null, SET, { input: inputs[0] })).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('touches no entry that is logged already', async () => {
    const project = await aProject(server);
    const entry = await aTimeEntry(server, project, { billRate: 6000 });
    await server.data('ada', SET, {
      input: { scope: 'PROJECT', kind: 'BILL', projectId: project.id, amount: '999', validFrom: '2020-01-01' },
    });
    const seen = await server.data(
      'ada',
      'query ($id: ID!) { node(id: $id) { ... on TimeEntry { billRate { amount } billableAmount { amount } version } } }',
      { id: entry.id },
    );
    expect(seen.node).toEqual({ billRate: { amount: '60.00' }, billableAmount: { amount: '60.00' }, version: 1 });
  });

  it('again for the same thing and day changes the amount and keeps the rate', async () => {
    const project = await aProject(server);
    const input = { scope: 'PROJECT', kind: 'BILL', projectId: project.id, amount: '95', validFrom: '2026-01-01' };
    const first = await server.data('ada', SET, { input });
    const second = await server.data('ada', SET, { input: { ...input, amount: '96' } });
    expect(second.setRate.rate).toMatchObject({ id: first.setRate.rate.id, amount: { amount: '96.00' } });
  });

  it('refuses people of clients, ids that the scope does not name, and amounts that are none', async () => {
    const project = await aProject(server);
    const refused = (input: object) => server.refusal('ada', SET, { input: { kind: 'BILL', amount: '1', ...input } });
    const { people } = server.cast;
    expect(await refused({ scope: 'PERSON', personId: people.tess })).toMatchObject({
      code: 'BAD_USER_INPUT',
      field: 'personId',
    });
    expect(await refused({ scope: 'PROJECT_PERSON', projectId: project.id, personId: people.tess })).toMatchObject({
      field: 'personId',
    });
    expect(await refused({ scope: 'PROJECT_PERSON', projectId: project.id })).toMatchObject({ field: 'personId' });
    expect(await refused({ scope: 'PROJECT', projectId: project.id, personId: people.wim })).toMatchObject({
      field: 'personId',
    });
    for (const amount of ['-1', '1.005', '1000000001']) {
      expect(await refused({ scope: 'PROJECT', projectId: project.id, amount })).toMatchObject({
        code: 'BAD_USER_INPUT',
        field: 'amount',
      });
    }
    const inDollars = { scope: 'PROJECT', projectId: project.id, currencyCode: 'USD' };
    expect(await refused(inDollars)).toMatchObject({ code: 'CURRENCY_MISMATCH', field: 'currencyCode' });
    expect(await refused({ scope: 'PROJECT', projectId: 'prj_1111111111111111111111' })).toMatchObject({
      code: 'NOT_FOUND',
      field: 'projectId',
    });
  });
});

const CARD = `query ($id: ID!) { project(id: $id) { rateCard { billRate { amount } costRate { amount } } } }`;

describe('who sees rates', () => {
  it('shows the rate card of a project as the setting says, and its cost to Ada alone (X-10, X-25)', async () => {
    const open = await aProject(server, { visibility: { billRates: 'SHOW' } });
    const shut = await aProject(server);
    for (const project of [open, shut]) {
      await aRate(server, { project, perHour: 9000 });
      await aRate(server, { project, kind: 'COST', perHour: 4000 });
    }
    await aRate(server, { client: 'acme', perHour: 1 });
    const card = async (who: 'clara' | 'carl' | 'wim' | 'max' | 'ada' | 'tess', { id }: Project) =>
      (await server.data(who, CARD, { id })).project.rateCard;
    const bill = { billRate: { amount: '90.00' }, costRate: null };
    const nothing = { billRate: null, costRate: null };
    expect(await card('clara', open)).toEqual(bill);
    expect(await card('carl', open)).toEqual(bill);
    expect(await card('tess', open)).toEqual(nothing);
    expect(await card('clara', shut)).toEqual(nothing);
    expect(await card('wim', shut)).toEqual(nothing);
    expect(await card('max', shut)).toEqual(bill);
    expect(await card('ada', shut)).toEqual({ billRate: { amount: '90.00' }, costRate: { amount: '40.00' } });
  });

  it('falls back on what the client pays', async () => {
    const project = await aProject(server);
    await aRate(server, { client: 'acme', perHour: 7000 });
    await aRate(server, { client: 'borealis', perHour: 1 });
    expect((await server.data('max', CARD, { id: project.id })).project.rateCard.billRate).toEqual({ amount: '70.00' });
  });

  it('shows Max what Wim is billed at, Ada also what he costs, and Wim neither', async () => {
    await aProject(server);
    await aRate(server, { person: 'wim', perHour: 8000 });
    await aRate(server, { person: 'wim', perHour: 1, currency: 'USD' });
    await aRate(server, { person: 'wim', kind: 'COST', perHour: 4000 });
    const rates = async (who: 'wim' | 'max' | 'ada' | 'clara') =>
      (
        await server.data(
          who,
          'query ($id: ID!) { node(id: $id) { ... on Person { billRate { amount } costRate { amount } } } }',
          { id: server.cast.people.wim },
        )
      ).node;
    expect(await rates('max')).toEqual({ billRate: { amount: '80.00' }, costRate: null });
    expect(await rates('ada')).toEqual({ billRate: { amount: '80.00' }, costRate: { amount: '40.00' } });
    expect(await rates('wim')).toEqual({ billRate: null, costRate: null });
    expect(await rates('clara')).toEqual({ billRate: null, costRate: null });
  });
});
