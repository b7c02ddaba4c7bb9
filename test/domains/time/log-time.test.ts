import { Billing, ProjectStatus, RoundingMode } from '../../../src/domains/projects/project.enums';
import { TaskStatus } from '../../../src/domains/tasks/task.entity';
import { aProject } from '../../support/builders';
import { TestServer } from '../../support/server';
import { aRate, aTask } from '../../support/time-builders';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.close());

const LOG = `mutation ($input: LogTimeInput!) { logTime(input: $input) { warnings timeEntry {
  id date startedAt endedAt time { seconds hours } rawTime { seconds } billable description internalNote version
  task { title } person { displayName } createdBy { displayName } billRate { amount } billableAmount { amount }
  costRate { amount } costAmount { amount } invoiced } } }`;

type Who = Parameters<TestServer['data']>[0];
const DAY = '2026-03-12';

const log = async (who: Who, input: object) =>
  (await server.data(who, LOG, { input: { date: DAY, seconds: 3600, ...input } })).logTime;
const refusal = (who: Who, input: object) =>
  server.refusal(who, LOG, { input: { date: DAY, seconds: 3600, ...input } });

describe('logging time', () => {
  it('writes down what Wim says, as his own (F-043)', async () => {
    const project = await aProject(server);
    const task = await aTask(server, project, { title: 'Build' });
    const input = {
      projectId: project.id,
      taskId: task.id,
      seconds: 5400,
      description: '  Menu ',
      internalNote: 'Slow',
    };
    const { timeEntry, warnings } = await log('wim', input);
    expect(warnings).toEqual([]);
    expect(timeEntry).toMatchObject({
      date: DAY,
      startedAt: null,
      time: { seconds: 5400, hours: 1.5 },
      rawTime: { seconds: 5400 },
      billable: true,
      description: 'Menu',
      internalNote: 'Slow',
      version: 1,
      task: { title: 'Build' },
      person: { displayName: 'Wim Worker' },
      createdBy: { displayName: 'Wim Worker' },
    });
  });

  it('keeps the rates of the day: Ada sees them, Max sees what is billed, Wim neither (X-25)', async () => {
    const project = await aProject(server);
    await aRate(server, { project, perHour: 9000, validFrom: '2026-03-12' });
    await aRate(server, { project, perHour: 100, validFrom: '2026-03-13' });
    await aRate(server, { person: 'wim', kind: 'COST', perHour: 4000 });
    const { timeEntry } = await log('wim', { projectId: project.id, seconds: 900 });
    expect(timeEntry).toMatchObject({ billRate: null, billableAmount: null, costRate: null, costAmount: null });
    const see = async (who: Who) =>
      (
        await server.data(
          who,
          'query ($id: ID!) { node(id: $id) { ... on TimeEntry { billRate { amount } billableAmount { amount } costRate { amount } costAmount { amount } } } }',
          { id: timeEntry.id },
        )
      ).node;
    expect(await see('max')).toMatchObject({
      billRate: { amount: '90.00' },
      billableAmount: { amount: '22.50' },
      costRate: null,
    });
    expect(await see('ada')).toMatchObject({ costRate: { amount: '40.00' }, costAmount: { amount: '10.00' } });
    await server.database.rows('delete from rate');
  });

  it('warns Max that nobody pays for it, and tells Wim nothing of rates', async () => {
    const project = await aProject(server);
    expect((await log('max', { projectId: project.id })).warnings).toEqual(['NO_BILL_RATE']);
    expect((await log('max', { projectId: project.id, billable: false })).warnings).toEqual([]);
    expect((await log('wim', { projectId: project.id })).warnings).toEqual([]);
    const fixed = await aProject(server, { billing: Billing.FIXED_FEE, contractValueMinor: 100000n });
    expect((await log('max', { projectId: fixed.id })).warnings).toEqual([]);
  });

  it('takes two moments instead of seconds, and refuses both, neither and half', async () => {
    const { id: projectId } = await aProject(server);
    const startedAt = '2026-03-12T09:00:00.000Z';
    const { timeEntry } = await log('wim', {
      projectId,
      seconds: null,
      startedAt,
      endedAt: '2026-03-12T10:30:00.000Z',
    });
    expect(timeEntry).toMatchObject({ startedAt, endedAt: '2026-03-12T10:30:00.000Z', time: { seconds: 5400 } });
    expect(await refusal('wim', { projectId, startedAt, endedAt: startedAt })).toMatchObject({ field: 'seconds' });
    expect(await refusal('wim', { projectId, seconds: null })).toMatchObject({
      code: 'BAD_USER_INPUT',
      field: 'seconds',
    });
    expect(await refusal('wim', { projectId, seconds: null, startedAt })).toMatchObject({ field: 'endedAt' });
    expect(await refusal('wim', { projectId, seconds: null, startedAt, endedAt: startedAt })).toMatchObject({
      field: 'endedAt',
    });
  });

  it('refuses nothing, more than a day, and words without end', async () => {
    const { id: projectId } = await aProject(server);
    for (const seconds of [0, -1, 86_401]) {
      expect(await refusal('wim', { projectId, seconds })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'seconds' });
    }
    expect((await log('wim', { projectId, seconds: 86_400 })).timeEntry.time.hours).toBe(24);
    expect(await refusal('wim', { projectId, description: 'x'.repeat(1001) })).toMatchObject({
      field: 'description',
      max: 1000,
      actual: 1001,
    });
    expect(await refusal('wim', { projectId, internalNote: 'x'.repeat(1001) })).toMatchObject({
      field: 'internalNote',
    });
  });

  it('is rounded once as the project says, and what is aligned stays', async () => {
    const up = await aProject(server, { roundingMode: RoundingMode.UP, roundingMinutes: 15 });
    const times = async (seconds: number) => {
      const { time, rawTime } = (await log('wim', { projectId: up.id, seconds })).timeEntry;
      return [rawTime.seconds, time.seconds];
    };
    expect(await times(901)).toEqual([901, 1800]);
    expect(await times(900)).toEqual([900, 900]);
    const down = await aProject(server, { roundingMode: RoundingMode.DOWN, roundingMinutes: 15 });
    expect((await log('wim', { projectId: down.id, seconds: 899 })).timeEntry.time.seconds).toBe(0);
  });

  it('is billable as the task says, else as the project is billed, else as Wim says', async () => {
    const project = await aProject(server);
    const internal = await aTask(server, project, { billable: false });
    const free = await aProject(server, { billing: Billing.NON_BILLABLE });
    const billable = async (input: object) => (await log('wim', input)).timeEntry.billable;
    expect(await billable({ projectId: project.id })).toBe(true);
    expect(await billable({ projectId: project.id, taskId: internal.id })).toBe(false);
    expect(await billable({ projectId: project.id, taskId: internal.id, billable: true })).toBe(true);
    expect(await billable({ projectId: free.id })).toBe(false);
  });
});

describe('who may log time', () => {
  it.each(Object.values(ProjectStatus).filter((status) => status !== 'ACTIVE' && status !== 'ARCHIVED'))(
    'nobody while the project is %s (F-044)',
    async (status) => {
      const project = await aProject(server, { status });
      for (const who of ['wim', 'tess', 'max', 'ada'] as const) {
        expect(await refusal(who, { projectId: project.id })).toMatchObject({ code: 'PROJECT_NOT_ACTIVE' });
      }
    },
  );

  it('Tess of the client may, with track time alone; Clara and Bo, without it, may not (F-043, F-044)', async () => {
    const project = await aProject(server);
    const { timeEntry, warnings } = await log('tess', { projectId: project.id });
    expect(timeEntry).toMatchObject({
      person: { displayName: 'Tess Tracker' },
      billable: false,
      rawTime: { seconds: 3600 },
    });
    expect(warnings).toEqual([]);
    for (const who of ['clara', 'carl', 'bo'] as const) {
      expect(await refusal(who, { projectId: project.id })).toMatchObject({
        code: 'FORBIDDEN',
        requires: ['trackTime'],
      });
    }
    expect(await refusal('eve', { projectId: project.id })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await refusal(null, { projectId: project.id })).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('Tess may on tasks that she sees: not on hidden, finished and foreign ones', async () => {
    const project = await aProject(server);
    const task = await aTask(server, project, { title: 'Texts' });
    const hidden = await aTask(server, project, { clientVisible: false });
    const done = await aTask(server, project, { status: TaskStatus.DONE });
    const foreign = await aTask(server, await aProject(server));
    expect((await log('tess', { projectId: project.id, taskId: task.id })).timeEntry.task).toEqual({ title: 'Texts' });
    for (const { id } of [hidden, done, foreign]) {
      expect(await refusal('tess', { projectId: project.id, taskId: id })).toMatchObject({
        code: 'NOT_FOUND',
        field: 'taskId',
      });
    }
    expect(await refusal('wim', { projectId: project.id, taskId: foreign.id })).toMatchObject({
      code: 'NOT_FOUND',
      field: 'taskId',
    });
  });

  it('costs and bills nothing when Tess logs, even where the project has rates', async () => {
    const project = await aProject(server);
    await aRate(server, { project, perHour: 9000 });
    await aRate(server, { project, kind: 'COST', perHour: 4000 });
    const { timeEntry } = await log('tess', { projectId: project.id });
    const { node } = await server.data(
      'ada',
      'query ($id: ID!) { node(id: $id) { ... on TimeEntry { billRate { amount } billableAmount { amount } costAmount { amount } } } }',
      { id: timeEntry.id },
    );
    expect(node).toEqual({ billRate: null, billableAmount: { amount: '0.00' }, costAmount: { amount: '0.00' } });
  });

  it('Max may for whoever tracks time there and for himself, without tracking time himself', async () => {
    const project = await aProject(server, {
      grants: {
        max: { clientView: true, managesProject: true },
        wim: { trackTime: true },
        bo: {},
        tess: { trackTime: true },
      },
    });
    const { people } = server.cast;
    expect((await log('max', { projectId: project.id })).timeEntry.person.displayName).toBe('Max Manager');
    for (const name of ['wim', 'tess'] as const) {
      const { timeEntry } = await log('max', { projectId: project.id, personId: people[name] });
      expect(timeEntry.createdBy.displayName).toBe('Max Manager');
    }
    expect(await refusal('max', { projectId: project.id, personId: people.bo })).toMatchObject({
      code: 'BAD_USER_INPUT',
      field: 'personId',
    });
    expect(await refusal('max', { projectId: project.id, personId: people.eve })).toMatchObject({
      code: 'NOT_FOUND',
      field: 'personId',
    });
    expect((await log('ada', { projectId: project.id, personId: people.ada })).timeEntry.person.displayName).toBe(
      'Ada Admin',
    );
  });

  it('Wim may not for Cora, nor Tess for Wim', async () => {
    const project = await aProject(server);
    const { people } = server.cast;
    expect(await refusal('wim', { projectId: project.id, personId: people.cora })).toMatchObject({
      code: 'FORBIDDEN',
      requires: ['managesProject'],
    });
    expect(await refusal('tess', { projectId: project.id, personId: people.wim })).toMatchObject({ code: 'FORBIDDEN' });
    expect((await log('wim', { projectId: project.id, personId: people.wim })).timeEntry.person.displayName).toBe(
      'Wim Worker',
    );
  });
});
