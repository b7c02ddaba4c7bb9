import { TaskStatus } from '../../../src/domains/tasks/task.entity';
import { aProject } from '../../support/builders';
import { TestServer } from '../../support/server';
import { aTask } from '../../support/time-builders';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.close());

const CREATE = `mutation ($input: CreateTaskInput!) { createTask(input: $input) { task {
  id title status order billable clientVisible version assignee { displayName } estimate { seconds } } } }`;
const UPDATE = `mutation ($input: UpdateTaskInput!) { updateTask(input: $input) { task {
  title description internalNotes dueDate estimate { seconds } assignee { displayName } billable clientVisible version } } }`;
const STATUS = `mutation ($input: ChangeTaskStatusInput!) { changeTaskStatus(input: $input) { task { status version } } }`;
const MOVE = `mutation ($input: MoveTaskInput!) { moveTask(input: $input) { task { title order } } }`;

describe('making a task', () => {
  it('is Max’s to do: it is open, billable, shown to clients and last in the order', async () => {
    const project = await aProject(server);
    await aTask(server, project);
    const input = {
      projectId: project.id,
      title: '  Launch ',
      assigneeId: server.cast.people.wim,
      estimateSeconds: 3600,
    };
    const { createTask } = await server.data('max', CREATE, { input });
    expect(createTask.task).toMatchObject({
      title: 'Launch',
      status: 'OPEN',
      order: 2,
      billable: true,
      clientVisible: true,
      version: 1,
      assignee: { displayName: 'Wim Worker' },
      estimate: { seconds: 3600 },
    });
  });

  it('is refused to Wim and Clara by name of what is missing, and to Eve as if there was nothing', async () => {
    const project = await aProject(server);
    const input = { projectId: project.id, title: 'Mine' };
    for (const who of ['wim', 'clara', 'tess'] as const) {
      expect(await server.refusal(who, CREATE, { input })).toMatchObject({
        code: 'FORBIDDEN',
        requires: ['managesProject'],
      });
    }
    expect(await server.refusal('eve', CREATE, { input })).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('refuses a blank title, one of 201 letters, a negative estimate, and says which', async () => {
    const { id: projectId } = await aProject(server);
    const refused = (input: object) => server.refusal('max', CREATE, { input: { projectId, title: 'Good', ...input } });
    expect(await refused({ title: '   ' })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'title' });
    expect(await refused({ title: 'x'.repeat(201) })).toMatchObject({ field: 'title', max: 200, actual: 201 });
    expect(await refused({ estimateSeconds: -1 })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'estimateSeconds' });
  });

  it('is assigned to people with access to the project alone', async () => {
    const project = await aProject(server, { grants: { max: { managesProject: true, clientView: true }, bo: {} } });
    const other = await aProject(server, { grants: { max: { clientView: true }, wim: { clientView: true } } });
    expect(other.id).toBeTruthy();
    const assigned = (name: 'bo' | 'wim' | 'eve') => ({
      input: { projectId: project.id, title: 'Do it', assigneeId: server.cast.people[name] },
    });
    expect((await server.data('max', CREATE, assigned('bo'))).createTask.task.assignee.displayName).toBe(
      'Bo Bystander',
    );
    expect(await server.refusal('max', CREATE, assigned('wim'))).toMatchObject({
      code: 'BAD_USER_INPUT',
      field: 'assigneeId',
    });
    expect(await server.refusal('max', CREATE, assigned('eve'))).toMatchObject({
      code: 'NOT_FOUND',
      field: 'assigneeId',
    });
  });
});

describe('changing a task', () => {
  it('changes what Max names, clears what he nulls, and leaves the rest', async () => {
    const project = await aProject(server);
    const task = await aTask(server, project, { description: 'Old', dueDate: '2026-04-01', assignee: 'wim' });
    const input = { taskId: task.id, title: 'New', description: null, clientVisible: false, expectedVersion: 1 };
    const { updateTask } = await server.data('max', UPDATE, { input });
    expect(updateTask.task).toEqual({
      title: 'New',
      description: null,
      internalNotes: null,
      dueDate: '2026-04-01',
      estimate: null,
      assignee: { displayName: 'Wim Worker' },
      billable: true,
      clientVisible: false,
      version: 2,
    });
  });

  it('refuses a change made on an older version', async () => {
    const task = await aTask(server, await aProject(server), { version: 3 });
    const input = { taskId: task.id, title: 'New', expectedVersion: 2 };
    expect(await server.refusal('max', UPDATE, { input })).toMatchObject({ code: 'CONFLICT', current: 3 });
  });

  it('lets Wim edit what is assigned to him, but not who does it, who sees it and who pays', async () => {
    const task = await aTask(server, await aProject(server), { assignee: 'wim' });
    const { updateTask } = await server.data('wim', UPDATE, { input: { taskId: task.id, internalNotes: 'Hard' } });
    expect(updateTask.task).toMatchObject({ internalNotes: 'Hard', version: 2 });
    for (const change of [{ assigneeId: null }, { clientVisible: false }, { billable: false }]) {
      const refusal = await server.refusal('wim', UPDATE, { input: { taskId: task.id, ...change } });
      expect(refusal).toMatchObject({ code: 'FORBIDDEN', requires: ['managesProject'] });
    }
  });

  it('refuses Wim the tasks of others, Bo his own, and Clara all', async () => {
    const project = await aProject(server);
    const coras = await aTask(server, project, { assignee: 'cora' });
    const bos = await aTask(server, project, { assignee: 'bo' });
    const tried = [
      ['wim', coras],
      ['bo', bos],
      ['clara', coras],
    ] as const;
    for (const [who, task] of tried) {
      expect(await server.refusal(who, UPDATE, { input: { taskId: task.id, title: 'X' } })).toMatchObject({
        code: 'FORBIDDEN',
      });
    }
  });

  it('does not know a task that Clara may not see from one that never was', async () => {
    const hidden = await aTask(server, await aProject(server), { clientVisible: false });
    const known = await server.ask('clara', UPDATE, { input: { taskId: hidden.id, title: 'X' } });
    const unknown = await server.ask('clara', UPDATE, { input: { taskId: 'tsk_1111111111111111111111', title: 'X' } });
    expect({ ...known, headers: null }).toEqual({ ...unknown, headers: null });
    expect(known.errors?.[0].extensions.code).toBe('NOT_FOUND');
  });
});

describe('the life of a task', () => {
  const LIFE: [TaskStatus, TaskStatus[]][] = [
    [TaskStatus.OPEN, [TaskStatus.IN_PROGRESS, TaskStatus.CANCELLED]],
    [TaskStatus.IN_PROGRESS, [TaskStatus.OPEN, TaskStatus.DONE, TaskStatus.CANCELLED]],
    [TaskStatus.DONE, [TaskStatus.OPEN, TaskStatus.CANCELLED]],
    [TaskStatus.CANCELLED, [TaskStatus.OPEN]],
  ];

  it.each(LIFE)('goes on from %s to %j when Max says so, and nowhere else (F-075)', async (from, allowed) => {
    const project = await aProject(server);
    for (const to of Object.values(TaskStatus)) {
      const task = await aTask(server, project, { status: from });
      const input = { taskId: task.id, status: to };
      if (allowed.includes(to)) {
        expect((await server.data('max', STATUS, { input })).changeTaskStatus.task).toEqual({ status: to, version: 2 });
      } else {
        expect(await server.refusal('max', STATUS, { input })).toEqual({
          code: 'INVALID_TRANSITION',
          from,
          to,
          allowed,
        });
      }
    }
  });

  it('lets Wim begin what is assigned to him', async () => {
    const task = await aTask(server, await aProject(server), { assignee: 'wim' });
    const input = { taskId: task.id, status: 'IN_PROGRESS' };
    expect((await server.data('wim', STATUS, { input })).changeTaskStatus.task.status).toBe('IN_PROGRESS');
  });
});

describe('the order of tasks', () => {
  it('is changed by Max: first, last, and behind one that clients do not see', async () => {
    const project = await aProject(server);
    const [a, , c, hidden] = [
      await aTask(server, project, { title: 'A' }),
      await aTask(server, project, { title: 'B' }),
      await aTask(server, project, { title: 'C' }),
      await aTask(server, project, { title: 'Hidden', clientVisible: false }),
    ];
    const titles = async (who: 'max' | 'clara') => {
      const data = await server.data(who, 'query ($id: ID!) { project(id: $id) { tasks { nodes { title } } } }', {
        id: project.id,
      });
      return data.project.tasks.nodes.map((task: { title: string }) => task.title).join();
    };
    await server.data('max', MOVE, { input: { taskId: c.id } });
    expect(await titles('max')).toBe('C,A,B,Hidden');
    const { moveTask } = await server.data('max', MOVE, { input: { taskId: a.id, afterTaskId: hidden.id } });
    expect(moveTask.task).toEqual({ title: 'A', order: 4 });
    expect(await titles('max')).toBe('C,B,Hidden,A');
    expect(await titles('clara')).toBe('C,B,A');
  });

  it('knows no task of another project, and no other way for Wim', async () => {
    const task = await aTask(server, await aProject(server), { assignee: 'wim' });
    const elsewhere = await aTask(server, await aProject(server));
    const input = { taskId: task.id, afterTaskId: elsewhere.id };
    expect(await server.refusal('max', MOVE, { input })).toMatchObject({ code: 'NOT_FOUND', field: 'afterTaskId' });
    expect(await server.refusal('wim', MOVE, { input: { taskId: task.id } })).toMatchObject({ code: 'FORBIDDEN' });
  });
});
