import type { Project } from '../../../src/domains/projects/project.entity';
import { TaskStatus } from '../../../src/domains/tasks/task.entity';
import { withheldOf } from '../../support/answers';
import { aProject } from '../../support/builders';
import { TestServer } from '../../support/server';
import { aRate, aTask, aTimeEntry } from '../../support/time-builders';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.close());

const LIST = `query List($id: ID!, $filter: TaskFilter, $first: Int, $after: String) { project(id: $id) {
  tasks(filter: $filter, first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor } nodes { id title status order } } } }`;

async function titlesOf(who: Parameters<TestServer['data']>[0], project: Project, filter: object | null = null) {
  const data = await server.data(who, LIST, { id: project.id, filter });
  return data.project.tasks?.nodes.map((task: { title: string }) => task.title);
}

describe('the tasks of a project', () => {
  let project: Project;
  beforeAll(async () => {
    project = await aProject(server);
    await aTask(server, project, { title: 'Concept', status: TaskStatus.DONE });
    await aTask(server, project, { title: 'Fix the mess Acme made', clientVisible: false });
    await aTask(server, project, { title: 'Build', status: TaskStatus.IN_PROGRESS, assignee: 'wim' });
    await aTask(server, project, { title: 'Send us the texts', assignee: 'bo' });
    await aTask(server, project, { title: 'Old idea', status: TaskStatus.CANCELLED, assignee: 'cora' });
  });

  it('shows Clara those meant for clients, in the order of the team (F-053, F-075)', async () => {
    expect(await titlesOf('clara', project)).toEqual(['Concept', 'Build', 'Send us the texts', 'Old idea']);
  });

  it('shows Wim and Max all of them, hidden ones too', async () => {
    for (const who of ['wim', 'max', 'ada'] as const) expect(await titlesOf(who, project)).toHaveLength(5);
  });

  it('shows Bo, who may see nothing, the task that is assigned to him', async () => {
    expect(await titlesOf('bo', project)).toEqual(['Send us the texts']);
  });

  it('shows Tess those that she can log time on: open and at work (F-044)', async () => {
    expect(await titlesOf('tess', project)).toEqual(['Build', 'Send us the texts']);
  });

  it('numbers them for Clara without gaps, and her cursors hold no numbers (L-03)', async () => {
    const { project: seen } = await server.data('clara', LIST, { id: project.id, first: 2 });
    expect(seen.tasks.nodes.map((task: { order: number }) => task.order)).toEqual([1, 2]);
    expect(seen.tasks.pageInfo.hasNextPage).toBe(true);
    const cursor = JSON.parse(Buffer.from(seen.tasks.pageInfo.endCursor, 'base64url').toString());
    expect(cursor).toEqual(['ORDER', null, seen.tasks.nodes[1].id]);
    const next = await server.data('clara', LIST, { id: project.id, first: 2, after: seen.tasks.pageInfo.endCursor });
    expect(next.project.tasks.nodes.map((task: { title: string }) => task.title)).toEqual([
      'Send us the texts',
      'Old idea',
    ]);
    expect(next.project.tasks.pageInfo.hasNextPage).toBe(false);
  });

  it('finds by status and by words in the title, and counts what it finds', async () => {
    expect(await titlesOf('clara', project, { statusIn: ['DONE', 'CANCELLED'] })).toEqual(['Concept', 'Old idea']);
    expect(await titlesOf('max', project, { search: ' ACME ' })).toEqual(['Fix the mess Acme made']);
    expect(await titlesOf('clara', project, { search: 'acme' })).toEqual([]);
    const { project: seen } = await server.data('clara', LIST, { id: project.id, filter: { search: 'acme' } });
    expect(seen.tasks.totalCount).toBe(0);
  });

  it('is withheld from Clara where the project hides its tasks, and Bo is not told of his either', async () => {
    const hidden = await aProject(server, { visibility: { tasks: 'HIDE' } });
    await aTask(server, hidden, { assignee: 'bo' });
    for (const who of ['clara', 'bo'] as const) {
      const answer = await server.ask(who, LIST, { id: hidden.id });
      expect(answer.data.project.tasks).toBeNull();
      expect(answer.extensions?.withheld).toEqual([{ path: ['project', 'tasks'], requires: ['tasks:SHOW'] }]);
    }
    expect(await titlesOf('wim', hidden)).toEqual(['Design']);
  });

  it('is paged and counted project by project when many are asked for at once', async () => {
    const data = await server.data(
      'ada',
      '{ projects { nodes { id tasks(first: 2) { totalCount nodes { title } } } } }',
    );
    const mine = data.projects.nodes.find((node: { id: string }) => node.id === project.id);
    expect(mine.tasks).toEqual({ totalCount: 5, nodes: [{ title: 'Concept' }, { title: 'Fix the mess Acme made' }] });
  });
});

describe('the assignee of a task', () => {
  const ASSIGNEES = `query ($id: ID!, $filter: TaskFilter) { project(id: $id) { tasks(filter: $filter) { totalCount nodes { assignee { displayName } } } } }`;

  it('is masked for Clara as the people of the project are, and no filter unmasks (L-01)', async () => {
    const project = await aProject(server, { visibility: { people: 'CLIENT_FACING' } });
    await aTask(server, project, { assignee: 'wim' });
    await aTask(server, project, { assignee: 'cora' });
    const { project: seen } = await server.data('clara', ASSIGNEES, { id: project.id });
    expect(seen.tasks.nodes).toEqual([{ assignee: null }, { assignee: { displayName: 'Cora Contractor' } }]);
    const by = (name: 'wim' | 'cora') => ({ id: project.id, filter: { assigneeId: server.cast.people[name] } });
    expect((await server.data('clara', ASSIGNEES, by('cora'))).project.tasks.totalCount).toBe(1);
    const byWim = await server.ask('clara', ASSIGNEES, by('wim'));
    if (byWim.errors) expect(byWim.errors[0].extensions.code).toBe('NOT_FOUND');
    else expect(byWim.data.project.tasks.totalCount).toBe(0);
    expect((await server.data('max', ASSIGNEES, by('wim'))).project.tasks.totalCount).toBe(1);
  });

  it('is NOT_FOUND for people who are nowhere to be seen', async () => {
    const project = await aProject(server, { grants: { clara: { clientView: true } } });
    const variables = { id: project.id, filter: { assigneeId: server.cast.people.eve } };
    expect(await server.refusal('clara', ASSIGNEES, variables)).toMatchObject({ code: 'NOT_FOUND' });
  });
});

const DETAILS = `query ($id: ID!) { node(id: $id) { ... on Task { title status description dueDate order assignee { displayName }
  estimate { seconds } trackedTime { seconds } billableAmount { amount } cost { amount } billRate { amount }
  internalNotes clientVisible billable version project { name } } } }`;

describe('a task', () => {
  async function aFullTask(visibility: Parameters<typeof aProject>[1] = {}) {
    const project = await aProject(server, visibility);
    const task = await aTask(server, project, {
      title: 'Home page',
      description: 'As agreed',
      internalNotes: 'They will want changes',
      dueDate: '2026-04-01',
      estimateSeconds: 7200,
      assignee: 'wim',
    });
    await aRate(server, { task, perHour: 9000 });
    await aTimeEntry(server, project, { task, seconds: 1800, billRate: 9000, costRate: 4000 });
    return task;
  }
  it('shows Clara what is agreed and what it costs her, and nothing from inside (F-053, F-055)', async () => {
    const answer = await server.ask('clara', DETAILS, { id: (await aFullTask()).id });
    expect(answer.data.node).toEqual({
      title: 'Home page',
      status: 'OPEN',
      description: 'As agreed',
      dueDate: '2026-04-01',
      order: 1,
      assignee: { displayName: 'Wim Worker' },
      estimate: { seconds: 7200 },
      trackedTime: { seconds: 1800 },
      billableAmount: { amount: '45.00' },
      cost: null,
      billRate: null,
      internalNotes: null,
      clientVisible: null,
      billable: null,
      version: null,
      project: { name: 'Website relaunch' },
    });
    expect(withheldOf(answer)).toEqual({
      cost: ['role:ADMIN'],
      billRate: ['managesProject'],
      internalNotes: ['role:MEMBER'],
      clientVisible: ['role:MEMBER'],
      billable: ['role:MEMBER'],
      version: ['role:MEMBER'],
    });
  });

  it('shows Wim the inside, and amounts only where the workspace lets its team see rates', async () => {
    const answer = await server.ask('wim', DETAILS, { id: (await aFullTask()).id });
    expect(answer.data.node).toMatchObject({
      internalNotes: 'They will want changes',
      clientVisible: true,
      version: 1,
    });
    expect(withheldOf(answer)).toEqual({
      billableAmount: ['membersSeeBillRates'],
      billRate: ['managesProject'],
      cost: ['role:ADMIN'],
    });
  });

  it('shows Max the rate but not what it cost, and Ada that too (X-25)', async () => {
    const { id } = await aFullTask();
    const max = await server.ask('max', DETAILS, { id });
    expect(max.data.node).toMatchObject({ billRate: { amount: '90.00' }, billableAmount: { amount: '45.00' } });
    expect(withheldOf(max)).toEqual({ cost: ['role:ADMIN'] });
    const ada = await server.ask('ada', DETAILS, { id });
    expect(ada.data.node.cost).toEqual({ amount: '20.00' });
    expect(ada.extensions?.withheld).toBeUndefined();
  });

  it('hides from Clara the hours with hours: BILLABLE and the amount with financials: SUMMARY', async () => {
    const { id } = await aFullTask({ visibility: { hours: 'BILLABLE', financials: 'SUMMARY' } });
    const answer = await server.ask('clara', DETAILS, { id });
    expect(withheldOf(answer)).toMatchObject({
      estimate: ['hours:FULL'],
      trackedTime: ['hours:FULL'],
      billableAmount: ['financials:FULL'],
    });
  });

  it('shows an internal person who only tracks time its title, status and assignee', async () => {
    const project = await aProject(server, { grants: { cora: { trackTime: true } } });
    const task = await aTask(server, project, { description: 'As agreed', assignee: 'wim', clientVisible: false });
    const answer = await server.ask('cora', DETAILS, { id: task.id });
    expect(answer.data.node).toMatchObject({
      title: 'Design',
      status: 'OPEN',
      assignee: { displayName: 'Wim Worker' },
      description: null,
    });
    expect(withheldOf(answer)).toMatchObject({
      description: ['clientView'],
      dueDate: ['clientView'],
      order: ['clientView'],
    });
  });

  it('is not there for Eve, nor for Clara when the team keeps it to itself (L-11)', async () => {
    const task = await aFullTask();
    expect((await server.data('eve', DETAILS, { id: task.id })).node).toBeNull();
    const secret = await aTask(server, await aProject(server), { clientVisible: false });
    expect((await server.data('clara', DETAILS, { id: secret.id })).node).toBeNull();
  });

  it('counts for Clara what is released alone: with timeRelease INVOICED, what was invoiced', async () => {
    const project = await aProject(server, { visibility: { timeRelease: 'INVOICED' } });
    const task = await aTask(server, project);
    await aTimeEntry(server, project, { task, seconds: 600, billRate: 6000 });
    await aTimeEntry(server, project, { task, seconds: 1200, billRate: 6000, invoiceState: 'DRAFT' });
    await aTimeEntry(server, project, { task, seconds: 3600, billRate: 6000, invoiceState: 'ISSUED' });
    const seen = (await server.data('clara', DETAILS, { id: task.id })).node;
    expect(seen).toMatchObject({ trackedTime: { seconds: 3600 }, billableAmount: { amount: '60.00' } });
    const whole = (await server.data('max', DETAILS, { id: task.id })).node;
    expect(whole).toMatchObject({ trackedTime: { seconds: 5400 }, billableAmount: { amount: '90.00' } });
  });
});
