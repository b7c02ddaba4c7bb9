import type { Project } from '../../../src/domains/projects/project.entity';
import { ProjectStatus, RoundingMode } from '../../../src/domains/projects/project.enums';
import { aProject } from '../../support/builders';
import { TestServer } from '../../support/server';
import { aRate, aTask, aTimeEntry } from '../../support/time-builders';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.close());
afterEach(() => server.database.rows('delete from rate'));

const UPDATE = `mutation ($input: UpdateTimeEntryInput!) { updateTimeEntry(input: $input) { warnings timeEntry {
  id date time { seconds } rawTime { seconds } startedAt billable description version project { id } task { title } person { displayName }
  billRate { amount } billableAmount { amount } costAmount { amount } invoiced } } }`;
const DELETE = `mutation ($input: DeleteTimeEntryInput!) { deleteTimeEntry(input: $input) { deletedTimeEntryId } }`;

type Who = Parameters<TestServer['data']>[0];
const update = async (who: Who, { id }: { id: string }, changes: object) =>
  (await server.data(who, UPDATE, { input: { timeEntryId: id, ...changes } })).updateTimeEntry;
const refusal = (who: Who, { id }: { id: string }, changes: object = { description: 'X' }) =>
  server.refusal(who, UPDATE, { input: { timeEntryId: id, ...changes } });
const stateOf = async ({ id }: { id: string }) =>
  (await server.database.row<{ invoiceState: string }>('select invoice_state from time_entry where id = $1', [id]))
    ?.invoiceState;

describe('correcting an entry', () => {
  it('changes what Wim names of his own, and keeps the price that it was logged at', async () => {
    const project = await aProject(server);
    const entry = await aTimeEntry(server, project, { billRate: 6000, costRate: 3000, description: 'Menu' });
    await aRate(server, { project, perHour: 9000 });
    await update('wim', entry, { seconds: 1800, description: null });
    const seen = (await update('ada', entry, { billable: true })).timeEntry;
    expect(seen).toMatchObject({
      time: { seconds: 1800 },
      description: '',
      version: 3,
      billRate: { amount: '60.00' },
      billableAmount: { amount: '30.00' },
      costAmount: { amount: '15.00' },
    });
  });

  it('looks rates up anew when date, task or person change', async () => {
    const project = await aProject(server);
    const task = await aTask(server, project);
    await aRate(server, { project, perHour: 7000 });
    await aRate(server, { project, perHour: 8000, validFrom: '2026-03-15' });
    await aRate(server, { project, person: 'cora', perHour: 5000 });
    await aRate(server, { task, perHour: 9000 });
    const billRate = async (changes: object) => {
      const entry = await aTimeEntry(server, project, { billRate: 100 });
      return (await update('max', entry, changes)).timeEntry.billRate?.amount;
    };
    expect(await billRate({ date: '2026-03-10' })).toBe('1.00');
    expect(await billRate({ date: '2026-03-16' })).toBe('80.00');
    expect(await billRate({ taskId: task.id })).toBe('90.00');
    expect(await billRate({ personId: server.cast.people.cora })).toBe('50.00');
    expect(await billRate({ date: '2019-12-31' })).toBeUndefined();
  });

  it('warns Max when the new work has no rate', async () => {
    const entry = await aTimeEntry(server, await aProject(server), { billRate: 100 });
    expect((await update('max', entry, { date: '2026-03-11' })).warnings).toEqual(['NO_BILL_RATE']);
  });

  it('rounds anew when the time changes, and not because the project rounds otherwise by now', async () => {
    const project = await aProject(server, { roundingMode: RoundingMode.UP, roundingMinutes: 60 });
    const entry = await aTimeEntry(server, project, { seconds: 1000 });
    expect((await update('wim', entry, { description: 'Same' })).timeEntry.time.seconds).toBe(1000);
    expect((await update('wim', entry, { seconds: 1000 })).timeEntry.time.seconds).toBe(1000);
    const changed = (await update('wim', entry, { seconds: 1001 })).timeEntry;
    expect([changed.rawTime.seconds, changed.time.seconds]).toEqual([1001, 3600]);
  });

  it('forgets the times of day when it is given a number of seconds', async () => {
    const entry = await aTimeEntry(server, await aProject(server), {
      startedAt: new Date('2026-03-10T09:00:00Z'),
      endedAt: new Date('2026-03-10T10:00:00Z'),
    });
    expect((await update('wim', entry, { seconds: 60 })).timeEntry.startedAt).toBeNull();
  });

  it('moves it between projects that Max manages: off its task, at the rates and rounding there', async () => {
    const from = await aProject(server);
    const to = await aProject(server, { roundingMode: RoundingMode.UP, roundingMinutes: 60 });
    const task = await aTask(server, from);
    await aRate(server, { project: to, perHour: 5000 });
    const entry = await aTimeEntry(server, from, { task, seconds: 1800, billRate: 100, invoiceState: 'DRAFT' });
    const moved = (await update('max', entry, { projectId: to.id })).timeEntry;
    expect(moved).toMatchObject({
      project: { id: to.id },
      task: null,
      time: { seconds: 3600 },
      billableAmount: { amount: '50.00' },
    });
    expect(await stateOf(entry)).toBe('NONE');
  });

  it('moves nothing to or from a project that Max does not manage, nor for somebody who may not track time there', async () => {
    const mine = await aProject(server);
    const seen = await aProject(server, { grants: { max: { clientView: true, trackTime: true } } });
    const hidden = await aProject(server, { grants: {} });
    const withoutWim = await aProject(server, { grants: { max: { clientView: true, managesProject: true } } });
    const entry = await aTimeEntry(server, mine);
    expect(await refusal('max', entry, { projectId: seen.id })).toMatchObject({
      code: 'FORBIDDEN',
      requires: ['managesProject'],
    });
    expect(await refusal('max', entry, { projectId: hidden.id })).toMatchObject({
      code: 'NOT_FOUND',
      field: 'projectId',
    });
    expect(await refusal('max', entry, { projectId: withoutWim.id })).toMatchObject({
      code: 'BAD_USER_INPUT',
      field: 'personId',
    });
    expect(await refusal('wim', entry, { projectId: (await aProject(server)).id })).toMatchObject({
      code: 'FORBIDDEN',
    });
  });

  it('is Wim’s for his own, never for Cora’s, and no client’s for anybody else’s (F-045)', async () => {
    const project = await aProject(server, { preset: 'FREELANCE' });
    const coras = await aTimeEntry(server, project, { person: 'cora' });
    const own = await aTimeEntry(server, project, { person: 'wim' });
    expect(await refusal('wim', coras)).toMatchObject({ code: 'FORBIDDEN', requires: ['managesProject'] });
    expect(await refusal('wim', own, { personId: server.cast.people.cora })).toMatchObject({ code: 'FORBIDDEN' });
    expect(await refusal('clara', own)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await refusal('tess', own)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await refusal('eve', own)).toMatchObject({ code: 'NOT_FOUND' });
    const tesss = await aTimeEntry(server, project, { person: 'tess' });
    expect((await update('tess', tesss, { description: 'Mine' })).timeEntry.description).toBe('Mine');
  });

  it('is refused once the entry stands on an issued invoice, and not while it is on a draft (ENTRY_LOCKED)', async () => {
    const project = await aProject(server);
    const issued = await aTimeEntry(server, project, { billRate: 100, invoiceState: 'ISSUED' });
    const drafted = await aTimeEntry(server, project, { billRate: 100, invoiceState: 'DRAFT' });
    for (const who of ['wim', 'max', 'ada'] as const) {
      expect(await refusal(who, issued)).toMatchObject({ code: 'ENTRY_LOCKED' });
      expect(await server.refusal(who, DELETE, { input: { timeEntryId: issued.id } })).toMatchObject({
        code: 'ENTRY_LOCKED',
      });
    }
    await update('wim', drafted, { description: 'More' });
    expect(await stateOf(drafted)).toBe('DRAFT');
    await update('max', drafted, { billable: false });
    expect(await stateOf(drafted)).toBe('NONE');
  });

  it('is refused on a stale version and on a project that is not active', async () => {
    const entry = await aTimeEntry(server, await aProject(server), { version: 5 });
    expect(await refusal('wim', entry, { expectedVersion: 4 })).toMatchObject({ code: 'CONFLICT', current: 5 });
    const paused: Project = await aProject(server, { status: ProjectStatus.ON_HOLD });
    const old = await aTimeEntry(server, paused);
    expect(await refusal('wim', old)).toMatchObject({ code: 'PROJECT_NOT_ACTIVE' });
    expect(await server.refusal('wim', DELETE, { input: { timeEntryId: old.id } })).toMatchObject({
      code: 'PROJECT_NOT_ACTIVE',
    });
  });
});

describe('deleting an entry', () => {
  it('is gone for good when Wim takes back his own, or Max another’s', async () => {
    const project = await aProject(server);
    for (const who of ['wim', 'max'] as const) {
      const entry = await aTimeEntry(server, project);
      const data = await server.data(who, DELETE, { input: { timeEntryId: entry.id } });
      expect(data.deleteTimeEntry.deletedTimeEntryId).toBe(entry.id);
      expect(await stateOf(entry)).toBeUndefined();
      expect(await server.refusal(who, DELETE, { input: { timeEntryId: entry.id } })).toMatchObject({
        code: 'NOT_FOUND',
      });
    }
    const { project: seen } = await server.data(
      'max',
      'query ($id: ID!) { project(id: $id) { totals { totalTime { seconds } byDay { date } } } }',
      { id: project.id },
    );
    expect(seen.totals).toEqual({ totalTime: { seconds: 0 }, byDay: [] });
  });

  it('is refused to Cora for Wim’s, and on an older version', async () => {
    const entry = await aTimeEntry(server, await aProject(server), { version: 2 });
    const input = { timeEntryId: entry.id };
    expect(await server.refusal('cora', DELETE, { input })).toMatchObject({ code: 'FORBIDDEN' });
    expect(await server.refusal('wim', DELETE, { input: { ...input, expectedVersion: 1 } })).toMatchObject({
      code: 'CONFLICT',
    });
  });
});
