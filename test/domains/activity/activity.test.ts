import { minutes } from '../../../src/platform/clock';
import { newId } from '../../../src/platform/ids';
import { activityOf, activityOfViewer, doing } from '../../support/activity-builders';
import { aGrant, aProject } from '../../support/builders';
import { TestServer } from '../../support/server';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
beforeEach(() => server.database.rows('delete from event'));
afterAll(() => server.close());

const kinds = (nodes: { kind: string }[]): string[] => nodes.map(({ kind }) => kind);
const revoke = (projectId: string, who: 'clara' | 'wim') =>
  doing(server, 'max', 'removeFromProject', { projectId, personId: server.cast.people[who] });

/** Three things that everybody on the project sees, a minute apart. */
async function threeThings(projectId: string): Promise<void> {
  const { task } = await doing(server, 'max', 'createTask', { projectId, title: 'Menu' }, 'task { id }');
  server.clock.advance(minutes(1));
  await doing(server, 'wim', 'logTime', { projectId, date: '2026-03-16', seconds: 3600, description: 'Done' });
  server.clock.advance(minutes(1));
  await doing(server, 'max', 'changeTaskStatus', { taskId: task.id, status: 'IN_PROGRESS' });
}

describe('what happened on a project', () => {
  it('is told newest first, with who did it and what it was (F-083)', async () => {
    const { id: projectId } = await aProject(server, { visibility: { timeEntries: 'DETAILED', people: 'ALL' } });
    await threeThings(projectId);
    const { activity, lastActivityAt } = await activityOf(server, 'clara', { projectId });
    const [max, wim] = [{ displayName: 'Max Manager' }, { displayName: 'Wim Worker' }];
    const task = { __typename: 'Task', title: 'Menu' };
    expect(activity.nodes).toMatchObject([
      { kind: 'TASK_UPDATED', actor: max, subject: task, project: { name: 'Website relaunch' } },
      { kind: 'TIME_LOGGED', actor: wim, subject: { __typename: 'TimeEntry', description: 'Done' } },
      { kind: 'TASK_UPDATED', actor: max, subject: task },
    ]);
    expect(lastActivityAt).toBe(activity.nodes[0].occurredAt);
    expect(lastActivityAt).toBe(server.clock.now().toISOString());
  });

  it('tells Clara of hours no more than that the project changed, where she is shown days alone', async () => {
    const { id: projectId } = await aProject(server, { visibility: { timeEntries: 'DAILY', people: 'CLIENT_FACING' } });
    await doing(server, 'wim', 'logTime', { projectId, date: '2026-03-16', seconds: 3600 });
    const [event, ...more] = (await activityOf(server, 'clara', { projectId })).activity.nodes;
    expect(event).toMatchObject({ kind: 'PROJECT_UPDATED', actor: null, subject: { __typename: 'Project' } });
    expect(more).toEqual([]);
    expect(kinds((await activityOf(server, 'wim', { projectId })).activity.nodes)).toEqual(['TIME_LOGGED']);
  });

  it('is withheld from Bo and Tess, who have no client view, and so is when (F-063)', async () => {
    const { id: projectId } = await aProject(server);
    await threeThings(projectId);
    for (const who of ['bo', 'tess'] as const) {
      const query = 'query ($id: ID!) { project(id: $id) { lastActivityAt activity { nodes { id } } } }';
      const { data, extensions } = await server.ask(who, query, { id: projectId });
      expect(data.project).toEqual({ lastActivityAt: null, activity: null });
      expect(extensions?.withheld).toEqual([
        { path: ['project', 'activity'], requires: ['clientView'] },
        { path: ['project', 'lastActivityAt'], requires: ['clientView'] },
      ]);
      expect((await activityOfViewer(server, who)).nodes).toEqual([]);
    }
  });

  it('is never when, where nothing happened that Clara may see', async () => {
    const { id: projectId } = await aProject(server);
    await doing(server, 'max', 'createTask', { projectId, title: 'Secret', clientVisible: false });
    expect(await activityOf(server, 'clara', { projectId })).toMatchObject({
      lastActivityAt: null,
      activity: { edges: [], pageInfo: { hasNextPage: false, startCursor: null } },
    });
    expect((await activityOf(server, 'wim', { projectId })).lastActivityAt).toBe(server.clock.now().toISOString());
  });

  it('is asked for by id like any other thing, as the asker sees it', async () => {
    const { id: projectId } = await aProject(server);
    await doing(server, 'max', 'createTask', { projectId, title: 'Secret', clientVisible: false });
    const NODE = 'query ($id: ID!) { node(id: $id) { id ... on ActivityEvent { kind subject { __typename } } } }';
    const [{ id }] = (await activityOf(server, 'wim', { projectId })).activity.nodes;
    const shown = { id, kind: 'TASK_UPDATED', subject: { __typename: 'Task' } };
    expect((await server.data('wim', NODE, { id })).node).toEqual(shown);
    for (const who of ['clara', 'tess', 'eve'] as const) {
      expect((await server.data(who, NODE, { id })).node).toBeNull();
      expect((await server.data(who, NODE, { id: newId('ActivityEvent') })).node).toBeNull();
    }
  });
});

describe('what happened on all that is one’s own', () => {
  it('is told over all projects in one list, and ends where access ends', async () => {
    const [one, two] = [await aProject(server, { name: 'One' }), await aProject(server, { name: 'Two' })];
    const hidden = await aProject(server, {
      name: 'Three',
      grants: { max: { clientView: true, managesProject: true } },
    });
    for (const { id: projectId } of [one, hidden, two, one]) {
      await doing(server, 'max', 'createTask', { projectId, title: 'Menu' });
      server.clock.advance(minutes(1));
    }
    const names = async () =>
      (await activityOfViewer(server, 'clara')).nodes.map((n: any) => n.project?.name ?? n.kind);
    expect(await names()).toEqual(['One', 'Two', 'One']);
    await revoke(one.id, 'clara');
    expect(await names()).toEqual(['ACCESS_REVOKED', 'Two']);
    expect((await activityOfViewer(server, 'ada')).nodes.map((n: any) => n.project.name)).toEqual([
      'One',
      'One',
      'Two',
      'Three',
      'One',
    ]);
  });

  it('tells Wim that he was put on a project, and nothing of his timer', async () => {
    const { id: projectId } = await aProject(server, { grants: { max: { clientView: true, managesProject: true } } });
    const put = { projectId, email: 'wim@demo.test', name: 'Wim', permissions: { trackTime: true, clientView: true } };
    await doing(server, 'max', 'inviteToProject', { ...put, personType: 'EMPLOYEE' });
    const { timer } = await doing(server, 'wim', 'startTimer', { projectId }, 'timer { id }');
    server.clock.advance(minutes(1));
    await doing(server, 'wim', 'stopTimer', { timerId: timer.id });
    expect(kinds((await activityOfViewer(server, 'wim')).nodes)).toEqual(['TIME_LOGGED', 'ACCESS_GRANTED']);
    expect(kinds((await activityOf(server, 'wim', { projectId })).activity.nodes)).not.toContain('TIMER_STARTED');
  });

  it('shows each event once, also to Ada, who is on a project besides', async () => {
    const { id: projectId } = await aProject(server);
    await aGrant(server, projectId, 'ada', { clientView: true });
    await doing(server, 'max', 'createTask', { projectId, title: 'Menu' });
    expect(kinds((await activityOfViewer(server, 'ada')).nodes)).toEqual(['TASK_UPDATED']);
  });
});

describe('pages of what happened', () => {
  it('follow each other without gap or repeat, and say exactly whether there is more, however much is hidden between', async () => {
    const { id: projectId } = await aProject(server);
    const inside = { projectId, title: 'Secret', clientVisible: false };
    for (let i = 0; i < 5; i++) {
      await doing(server, 'max', 'createTask', { projectId, title: `Step ${i}` });
      for (let n = 0; n < 15; n++) await doing(server, 'max', 'createTask', inside);
      server.clock.advance(minutes(1));
    }
    const titles: string[] = [];
    const more: boolean[] = [];
    let after: string | null = null;
    do {
      const page: any = (await activityOf(server, 'clara', { projectId, first: 2, after })).activity;
      titles.push(...page.nodes.map((node: any) => node.subject.title));
      more.push(page.pageInfo.hasNextPage);
      expect(page.pageInfo.hasPreviousPage).toBe(after !== null);
      for (const { cursor, node } of page.edges) {
        expect(JSON.parse(Buffer.from(cursor, 'base64url').toString())).toEqual(['ACTIVITY', null, node.id]);
      }
      after = page.pageInfo.endCursor;
    } while (more.at(-1));
    expect(titles).toEqual(['Step 4', 'Step 3', 'Step 2', 'Step 1', 'Step 0']);
    expect(more).toEqual([true, true, false]);
    // As many as there are to see, and not one more.
    expect((await activityOf(server, 'clara', { projectId, first: 5 })).activity.pageInfo.hasNextPage).toBe(false);
    expect((await activityOf(server, 'clara', { projectId, first: 4 })).activity.pageInfo.hasNextPage).toBe(true);
  });

  it('end where events have been forgotten, and refuse what is no cursor and no size', async () => {
    const { id: projectId } = await aProject(server);
    await threeThings(projectId);
    const { endCursor } = (await activityOf(server, 'clara', { projectId, first: 1 })).activity.pageInfo;
    await server.database.rows('delete from event');
    const { activity } = await activityOf(server, 'clara', { projectId, after: endCursor });
    expect(activity).toMatchObject({ nodes: [], pageInfo: { hasNextPage: false, hasPreviousPage: true } });
    const query =
      'query ($first: Int, $after: String) { viewer { activity(first: $first, after: $after) { nodes { id } } } }';
    const forged = Buffer.from(JSON.stringify(['ACTIVITY', '7', newId('Event')])).toString('base64url');
    for (const cursor of ['x', forged]) {
      expect(await server.refusal('clara', query, { after: cursor })).toMatchObject({ code: 'INVALID_CURSOR' });
    }
    for (const first of [0, 101]) {
      expect(await server.refusal('clara', query, { first })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'first' });
    }
  });
});
