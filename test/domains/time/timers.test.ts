import { ProjectStatus, RoundingMode } from '../../../src/domains/projects/project.enums';
import { hours, minutes } from '../../../src/platform/clock';
import { aGrant, aProject } from '../../support/builders';
import { Listener } from '../../support/listener';
import { TestServer } from '../../support/server';
import { aRate, aTask, aTimer } from '../../support/time-builders';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start({ live: true });
});
beforeEach(async () => {
  await server.database.rows('delete from timer');
  server.clock.set('2026-03-16T10:00:00Z');
});
afterAll(() => server.close());

type Who = Parameters<TestServer['data']>[0];

const TIMER = 'id description startedAt project { name } task { title }';
const START = `mutation ($input: StartTimerInput!) { startTimer(input: $input) { timer { ${TIMER} } } }`;
const STOP = `mutation ($input: StopTimerInput!) { stopTimer(input: $input) { warnings timeEntry {
  date startedAt endedAt time { seconds } rawTime { seconds } billable description internalNote task { title }
  person { displayName } project { name } billableAmount { amount } } } }`;
const DISCARD = 'mutation ($input: DiscardTimerInput!) { discardTimer(input: $input) { discardedTimerId } }';
const RUNNING = `{ viewer { memberships { runningTimer { ${TIMER} } } } }`;

const start = async (who: Who, input: object) => (await server.data(who, START, { input })).startTimer.timer;
const stop = async (who: Who, input: object) => (await server.data(who, STOP, { input })).stopTimer;
const running = async (who: Who) => (await server.data(who, RUNNING)).viewer.memberships[0].runningTimer;
const refusedStop = async (who: Who, input: object) => {
  const { errors } = await server.ask(who, STOP, { input });
  return { ...errors?.[0].extensions, message: errors?.[0].message };
};
const status = (projectId: string, to: ProjectStatus) =>
  server.database.rows('update project set status = $2 where id = $1', [projectId, to]);
const entries = async (projectId: string) =>
  (await server.database.rows('select from time_entry where project_id = $1', [projectId])).length;

describe('a timer', () => {
  it('runs from the moment Wim starts it, and no total knows of it', async () => {
    const project = await aProject(server);
    const task = await aTask(server, project, { title: 'Build' });
    const timer = await start('wim', { projectId: project.id, taskId: task.id, description: ' Menu ' });
    expect(timer).toEqual({
      id: timer.id,
      description: 'Menu',
      startedAt: '2026-03-16T10:00:00.000Z',
      project: { name: 'Website relaunch' },
      task: { title: 'Build' },
    });
    server.clock.advance(hours(2));
    expect(await running('wim')).toEqual(timer);
    const TOTALS = `query ($id: ID!) { project(id: $id) { timeEntries { totalCount } totals { totalTime { seconds } } } }`;
    expect((await server.data('max', TOTALS, { id: project.id })).project).toEqual({
      timeEntries: { totalCount: 0 },
      totals: { totalTime: { seconds: 0 } },
    });
  });

  it('becomes an entry like any other when he stops it: rounded, priced and warned of', async () => {
    const project = await aProject(server, { roundingMode: RoundingMode.UP, roundingMinutes: 15 });
    await aRate(server, { project, perHour: 8000 });
    const timer = await start('max', { projectId: project.id, description: 'Menu' });
    server.clock.advance(minutes(50));
    expect(await stop('max', { timerId: timer.id, internalNote: 'Slow' })).toEqual({
      warnings: [],
      timeEntry: {
        date: '2026-03-16',
        startedAt: '2026-03-16T10:00:00.000Z',
        endedAt: '2026-03-16T10:50:00.000Z',
        time: { seconds: 3600 },
        rawTime: { seconds: 3000 },
        billable: true,
        description: 'Menu',
        internalNote: 'Slow',
        task: null,
        person: { displayName: 'Max Manager' },
        project: { name: 'Website relaunch' },
        billableAmount: { amount: '80.00' },
      },
    });
    expect(await running('max')).toBeNull();
    const free = await start('max', { projectId: (await aProject(server)).id });
    server.clock.advance(minutes(5));
    expect((await stop('max', { timerId: free.id })).warnings).toEqual(['NO_BILL_RATE']);
  });

  it('is said otherwise when it is stopped: another task, other words, an earlier end', async () => {
    const project = await aProject(server);
    const [menu, cart] = [await aTask(server, project, { title: 'Menu' }), await aTask(server, project)];
    const { id: timerId } = await start('wim', { projectId: project.id, taskId: menu.id, description: 'Menu' });
    server.clock.advance(hours(3));
    const input = { timerId, taskId: cart.id, description: null, endedAt: '2026-03-16T11:00:00Z', billable: false };
    expect((await stop('wim', { ...input, date: '2026-03-15' })).timeEntry).toMatchObject({
      task: { title: cart.title },
      description: '',
      time: { seconds: 3600 },
      billable: false,
      date: '2026-03-15',
    });
  });

  it('belongs to the day on which it was started where Wim lives', async () => {
    const { id: projectId } = await aProject(server);
    const dateIn = async (timezone: string) => {
      await server.database.rows('update app_user set timezone = $2 where id = $1', [server.cast.users.wim, timezone]);
      server.clock.set('2026-03-16T23:30:00Z');
      const { id: timerId } = await start('wim', { projectId });
      server.clock.advance(hours(2));
      return (await stop('wim', { timerId })).timeEntry.date;
    };
    expect(await dateIn('Europe/Oslo')).toBe('2026-03-17');
    expect(await dateIn('America/New_York')).toBe('2026-03-16');
  });

  it('can be thrown away, and leaves nothing behind', async () => {
    const { id: projectId } = await aProject(server);
    const { id: timerId } = await start('wim', { projectId });
    server.clock.advance(hours(1));
    expect((await server.data('wim', DISCARD, { input: { timerId } })).discardTimer.discardedTimerId).toBe(timerId);
    expect(await running('wim')).toBeNull();
    expect(await entries(projectId)).toBe(0);
    expect(await server.refusal('wim', DISCARD, { input: { timerId } })).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is one for each person: a second start is refused and names the one that runs', async () => {
    const { id: projectId } = await aProject(server);
    const timer = await start('wim', { projectId });
    server.clock.advance(minutes(5));
    expect(await server.refusal('wim', START, { input: { projectId } })).toEqual({
      code: 'TIMER_ALREADY_RUNNING',
      timerId: timer.id,
      startedAt: timer.startedAt,
    });
    await start('max', { projectId });
    await start('tess', { projectId });
    expect(await running('wim')).toEqual(timer);
  });

  it('is shown to nobody else, whatever their role', async () => {
    const { id: projectId } = await aProject(server);
    const { id } = await start('wim', { projectId });
    for (const who of ['olga', 'ada', 'max', 'clara'] as const) {
      expect(await running(who)).toBeNull();
      expect((await server.data(who, 'query ($id: ID!) { node(id: $id) { id } }', { id })).node).toBeNull();
      expect(await refusedStop(who, { timerId: id })).toMatchObject({ code: 'NOT_FOUND', field: 'timerId' });
    }
    expect((await server.data('wim', 'query ($id: ID!) { node(id: $id) { id } }', { id })).node).toEqual({ id });
  });
});

describe('a timer is refused', () => {
  it('on a project that is not active, on a hidden task, and with words without end', async () => {
    const project = await aProject(server);
    const planned = await aProject(server, { status: ProjectStatus.PLANNED });
    const refusal = (who: Who, input: object) =>
      server.refusal(who, START, { input: { projectId: project.id, ...input } });
    expect(await refusal('wim', { projectId: planned.id })).toMatchObject({ code: 'PROJECT_NOT_ACTIVE' });
    const inside = await aTask(server, project, { clientVisible: false });
    expect(await refusal('tess', { taskId: inside.id })).toMatchObject({ code: 'NOT_FOUND', field: 'taskId' });
    expect(await refusal('wim', { description: 'x'.repeat(1001) })).toMatchObject({ field: 'description', max: 1000 });
    expect(await refusal('clara', {})).toMatchObject({ code: 'FORBIDDEN', requires: ['trackTime'] });
  });
});

describe('when it cannot become an entry the timer runs on, and Wim is told why:', () => {
  it('the project is not active any more, until a manager resumes it', async () => {
    const { id: projectId } = await aProject(server);
    const { id: timerId } = await start('wim', { projectId });
    server.clock.advance(hours(1));
    await status(projectId, ProjectStatus.ON_HOLD);
    const refusal = await refusedStop('wim', { timerId });
    expect(refusal).toMatchObject({ code: 'PROJECT_NOT_ACTIVE' });
    expect(refusal.message).toContain('ON_HOLD');
    expect(await running('wim')).toMatchObject({ id: timerId });
    await status(projectId, ProjectStatus.ACTIVE);
    const { timeEntry } = await stop('wim', { timerId, endedAt: server.clock.now().toISOString() });
    expect(timeEntry.time.seconds).toBe(3600);
  });

  it('he may not track time there any more, until somebody lets him', async () => {
    const { id: projectId } = await aProject(server);
    const { id: timerId } = await start('wim', { projectId });
    server.clock.advance(hours(1));
    const revoke = 'delete from project_grant where project_id = $1 and membership_id = $2';
    await server.database.rows(revoke, [projectId, server.cast.people.wim]);
    const refusal = await refusedStop('wim', { timerId });
    expect(refusal).toMatchObject({ code: 'FORBIDDEN', requires: ['trackTime'] });
    expect(refusal.message).toContain('The timer runs on');
    expect(await running('wim')).toMatchObject({ id: timerId, project: null });
    await aGrant(server, projectId, 'wim', { clientView: true });
    expect(await refusedStop('wim', { timerId })).toMatchObject({ code: 'FORBIDDEN' });
    await server.database.rows(revoke, [projectId, server.cast.people.wim]);
    await aGrant(server, projectId, 'wim', { trackTime: true });
    expect((await stop('wim', { timerId })).timeEntry.time.seconds).toBe(3600);
  });

  it('the task is not open to Tess any more, so she names another or none', async () => {
    const project = await aProject(server);
    const task = await aTask(server, project);
    const { id: timerId } = await start('tess', { projectId: project.id, taskId: task.id });
    server.clock.advance(hours(1));
    await server.database.rows('update task set client_visible = false where id = $1', [task.id]);
    expect(await refusedStop('tess', { timerId })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'taskId' });
    expect(await running('tess')).toMatchObject({ id: timerId, task: null });
    expect((await stop('tess', { timerId, taskId: null })).timeEntry).toMatchObject({ task: null, billable: false });
  });

  it('it ran for more than a day, so he says when the work ended', async () => {
    const startedAt = new Date('2026-03-15T04:00:00Z');
    const timerId = await aTimer(server, await aProject(server), { personId: server.cast.people.wim, startedAt });
    const refusal = await refusedStop('wim', { timerId });
    expect(refusal).toMatchObject({ code: 'BAD_USER_INPUT', field: 'endedAt' });
    expect(refusal.message).toContain('say when the work ended');
    for (const endedAt of ['2026-03-16T04:00:01Z', '2026-03-16T11:00:00Z', '2026-03-15T04:00:00Z']) {
      expect(await refusedStop('wim', { timerId, endedAt })).toMatchObject({
        code: 'BAD_USER_INPUT',
        field: 'endedAt',
      });
    }
    const { timeEntry } = await stop('wim', { timerId, endedAt: '2026-03-15T12:00:00Z' });
    expect(timeEntry.time.seconds).toBe(8 * 3600);
  });
});

describe('what a timer tells', () => {
  it('it tells Wim alone that it runs and stops, and whoever sees his time that it was logged', async () => {
    const { id: projectId } = await aProject(server);
    const query =
      'subscription ($after: Cursor) { portalEvents(after: $after) { kind subject { __typename ... on Timer { description } } } }';
    const [wim, max] = [await Listener.open(server, 'wim', { query }), await Listener.open(server, 'max', { query })];
    const { id: timerId } = await start('wim', { projectId, description: 'Menu' });
    await wim.first(1);
    server.clock.advance(hours(1));
    await stop('wim', { timerId });
    const timer = { __typename: 'Timer', description: 'Menu' };
    expect(await wim.first(3)).toMatchObject([
      { kind: 'TIMER_STARTED', subject: timer },
      { kind: 'TIMER_STOPPED', subject: null },
      { kind: 'TIME_LOGGED', subject: { __typename: 'TimeEntry' } },
    ]);
    await max.first(1);
    expect(max.kinds).toEqual(['TIME_LOGGED']);
    await Promise.all([wim.close(), max.close()]);
  });

  it('it keeps Wim from being made a client while it runs', async () => {
    const project = await aProject(server);
    const CONVERT = 'mutation ($input: ConvertToClientInput!) { convertToClient(input: $input) { person { id } } }';
    await aTimer(server, project, { personId: server.cast.people.cora });
    const input = {
      personId: server.cast.people.cora,
      clientOrganisationId: server.cast.clients.acme,
      confirm: 'CONVERT',
    };
    expect(await server.refusal('ada', CONVERT, { input })).toMatchObject({
      code: 'NOT_ELIGIBLE_FOR_CONVERSION',
      reasons: ['RUNNING_TIMER'],
    });
    await server.database.rows('delete from timer');
    await server.data('ada', CONVERT, { input });
  });
});
