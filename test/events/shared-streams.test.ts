import type { PermissionFlags } from '../../src/access/permissions';
import { Operation } from '../../src/api/shared-operation';
import { SocketOutlet } from '../../src/api/socket-outlet';
import type { Project } from '../../src/domains/projects/project.entity';
import { AccessWatch } from '../../src/events/access-watch';
import { aProject } from '../support/builders';
import { aMember, type Extra } from '../support/people-builders';
import { RawSocket } from '../support/raw-socket';
import { TestServer } from '../support/server';
import { aTimeEntry } from '../support/time-builders';
import { until } from '../support/until';

/** Many listen to one project, and ask alike: what is the same for all who hold the same is answered once. */
let server: TestServer;
let project: Project;
let clients: Extra[];
let managers: Extra[];
beforeAll(async () => {
  server = await TestServer.start({ live: true, socketLimits: { perAddress: 200 } });
  project = await aProject(server, { visibility: { tasks: 'SHOW' } });
  await aTimeEntry(server, project, { person: 'wim', costRateMinor: 777_700n });
  clients = await people(4, 'CLIENT', { clientView: true });
  managers = await people(3, 'EMPLOYEE', { clientView: true, internalCosts: true, managesProject: true });
});
afterAll(() => server.close());
afterEach(async () => {
  await Promise.all(open.splice(0).map((socket) => socket.close()));
  jest.restoreAllMocks();
});

async function people(count: number, personType: 'CLIENT' | 'EMPLOYEE', permissions: Partial<PermissionFlags>) {
  const all: Extra[] = [];
  while (all.length < count)
    all.push(await aMember(server, { personType, on: { projectId: project.id, permissions } }));
  return all;
}

const SHARED = `subscription ($after: Cursor, $kinds: [PortalEventKind!]) { portalEvents(after: $after, kinds: $kinds) {
  cursor kind project { name totals { internalCost { amount } } } subject { ... on Task { title } } } }`;
const PERSONAL = 'subscription { portalEvents { cursor actor { displayName } subject { ... on Task { title } } } }';
const COST = '7777.00';

const CREATE = 'mutation ($input: CreateTaskInput!) { createTask(input: $input) { task { id } } }';
const PERMISSIONS = `mutation ($input: UpdateProjectPermissionsInput!) {
  updateProjectPermissions(input: $input) { member { id } } }`;
const RENAME = 'mutation ($input: UpdateProjectInput!) { updateProject(input: $input) { __typename } }';
const SETTINGS =
  'mutation ($input: UpdateProjectVisibilityInput!) { updateProjectVisibility(input: $input) { project { id } } }';

const aTaskCalled = (title: string, more: object = {}) =>
  server.data('max', CREATE, { input: { projectId: project.id, title, ...more } });

const open: RawSocket[] = [];
async function listen(
  who: Extra,
  query = SHARED,
  variables: Record<string, unknown> = {},
  id = '1',
): Promise<RawSocket> {
  const socket = await RawSocket.as(server, who.token);
  const { viewer } = await server.data(who, '{ viewer { eventsCursor } }');
  const before = server.listening;
  socket.subscribe(id, query, { ...(query.includes('$after') ? { after: viewer.eventsCursor } : {}), ...variables });
  await until(async () => server.listening > before);
  open.push(socket);
  return socket;
}

const listenAll = (who: readonly Extra[], query?: string): Promise<RawSocket[]> =>
  who.reduce<Promise<RawSocket[]>>(
    async (before, each) => [...(await before), await listen(each, query)],
    Promise.resolve([]),
  );

const told = (socket: RawSocket): Record<string, any>[] =>
  socket.heard.flatMap(({ type, payload }) => (type === 'next' && payload.data ? [payload.data.portalEvents] : []));
const titles = (socket: RawSocket): string[] => told(socket).map(({ subject }) => subject?.title);
const hasHeard = (socket: RawSocket, title: string) =>
  socket.until(({ payload }) => payload?.data?.portalEvents.subject?.title === title);

/** How often what happened to a task was answered to all of a class, and how often to anybody at all. */
async function answersTo(title: string, sockets: readonly RawSocket[]): Promise<[toAll: number, inAll: number]> {
  const toAll = jest.spyOn(Operation.prototype, 'answer');
  const inAll = jest.spyOn(Operation.prototype, 'answerTo');
  await aTaskCalled(title);
  for (const socket of sockets) await hasHeard(socket, title);
  const counts: [number, number] = [
    toAll.mock.calls.filter(([, { kind }]) => kind === 'task.updated').length,
    inAll.mock.calls.filter(([, { event }]) => event.kind === 'task.updated').length,
  ];
  toAll.mockRestore();
  inAll.mockRestore();
  return counts;
}

/** Once nobody is busy with what came before. */
async function answersAtRest(sockets: readonly RawSocket[], wanted: [number, number]): Promise<[number, number]> {
  let counts = await answersTo('at rest', sockets);
  for (let i = 0; i < 20 && String(counts) !== String(wanted); i++) counts = await answersTo(`at rest ${i}`, sockets);
  return counts;
}

describe('an event', () => {
  it('is answered once for each class, and given to each with a cursor of their own', async () => {
    const sockets = await listenAll([...clients, ...managers]);
    expect(await answersAtRest(sockets, [2, 2])).toEqual([2, 2]);
    expect(new Set(sockets.map((socket) => told(socket).at(-1)!.cursor)).size).toBe(sockets.length);
  });

  it('that could not be answered to all is answered to each, and the next one to all again', async () => {
    const sockets = await listenAll(clients);
    await answersAtRest(sockets, [1, 1]);
    jest.spyOn(Operation.prototype, 'answer').mockRejectedValueOnce(new Error('It took too long.'));
    await aTaskCalled('to each');
    for (const socket of sockets) await hasHeard(socket, 'to each');
    jest.restoreAllMocks();
    expect(await answersAtRest(sockets, [1, 1])).toEqual([1, 1]);
  });

  it('shows managers what the work has cost, and clients never', async () => {
    const sockets = await listenAll([...clients, ...managers]);
    await aTaskCalled('with costs');
    for (const socket of sockets) await hasHeard(socket, 'with costs');
    const shown = sockets.map((socket) => JSON.stringify(socket.heard).includes(COST));
    expect(shown).toEqual([...clients.map(() => false), ...managers.map(() => true)]);
    const { payload } = await sockets[0].until(({ type }) => type === 'next');
    expect(payload.extensions.withheld).toEqual([
      { path: ['portalEvents', 'project', 'totals', 'internalCost'], requires: ['internalCosts'] },
    ]);
  });

  it('that a class does not hear wakes none of them', async () => {
    const sockets = await listenAll([clients[0], managers[0]]);
    await aTaskCalled('hidden', { clientVisible: false });
    await aTaskCalled('shown');
    for (const socket of sockets) await hasHeard(socket, 'shown');
    expect(sockets.map(titles)).toEqual([['shown'], ['hidden', 'shown']]);
  });

  it('that depends on who hears it is answered to each, once it was tried for all of them', async () => {
    const sockets = await listenAll(clients, PERSONAL);
    expect(await answersTo('by somebody', sockets)).toEqual([1, clients.length + 1]);
    expect(await answersTo('by somebody again', sockets)).toEqual([0, clients.length]);
  });

  it('comes in its place, whether it is answered to many or to each', async () => {
    const [one, other] = await listenAll(clients.slice(0, 2));
    const give = (trackTime: boolean) =>
      server.data('ada', PERMISSIONS, {
        input: { projectId: project.id, personId: clients[0].personId, permissions: { trackTime } },
      });
    const all = ['task 0', 'task 1', 'task 2', 'task 3'];
    for (const [i, title] of all.entries()) {
      await aTaskCalled(title);
      await give(i % 2 === 0);
    }
    await aTaskCalled('the last');
    for (const socket of [one, other]) await hasHeard(socket, 'the last');
    expect(titles(other).filter(Boolean)).toEqual([...all, 'the last']);
    const inOrder = told(one).flatMap(({ kind, subject }) =>
      kind.startsWith('NOTIFICATION') ? [] : [subject?.title ?? kind],
    );
    expect(inOrder).toEqual([...all.flatMap((title) => [title, 'ACCESS_CHANGED']), 'the last']);
  });

  it('is told in the words of the protocol, whatever the stream is called and however long it is', async () => {
    const id = 'ä "€" 😀';
    const long = Array.from({ length: 28 }, (_, i) => `d${i}: description`).join(' ');
    const query = `subscription { portalEvents { cursor subject { ... on Task { title ${long} } } } }`;
    const socket = await listen(clients[0], query, {}, id);
    const description = 'Grüße. '.repeat(400);
    await aTaskCalled('long', { description });
    const message = await hasHeard(socket, 'long');
    expect(message.id).toBe(id);
    expect(message.payload.data.portalEvents.subject.d27).toBe(description.trim());
  });

  it('is the same for all who ask alike, whichever part of the stream they want', async () => {
    const all = await listen(clients[0], SHARED, { kinds: null });
    const tasks = await listen(clients[1], SHARED, { kinds: ['TASK_UPDATED'] });
    const answers = jest.spyOn(Operation.prototype, 'answer');
    const description = { input: { projectId: project.id, description: `${Math.random()}` } };
    await server.data('max', RENAME, description);
    await aTaskCalled('wanted by both');
    for (const socket of [all, tasks]) await hasHeard(socket, 'wanted by both');
    const kinds = answers.mock.calls.map(([, { kind }]) => kind).filter((kind) => /project|task/.test(kind));
    expect(kinds).toEqual(['project.updated', 'task.updated']);
    expect(told(all).map(({ kind }) => kind)).toEqual(['PROJECT_UPDATED', 'TASK_UPDATED']);
    expect(told(tasks).map(({ kind }) => kind)).toEqual(['TASK_UPDATED']);
  });
});

/** Something that everybody hears: whatever was before it has been decided for each of them. */
async function allHaveHeard(sockets: readonly RawSocket[]): Promise<void> {
  const name = `Renamed ${++renamed}`;
  await server.data('max', RENAME, { input: { projectId: project.id, name } });
  for (const socket of sockets) await socket.until(({ payload }) => payload?.data?.portalEvents.project?.name === name);
}
let renamed = 0;

describe('a change of permissions', () => {
  const take = (who: Extra, clientView: boolean) =>
    server.data('ada', PERMISSIONS, {
      input: { projectId: project.id, personId: who.personId, permissions: { clientView } },
    });

  it('counts from the next event, for whom it is of', async () => {
    const [lost, keeps] = await listenAll(clients.slice(0, 2));
    await aTaskCalled('before');
    for (const socket of [lost, keeps]) await hasHeard(socket, 'before');
    await take(clients[0], false);
    await aTaskCalled('meanwhile');
    await allHaveHeard([lost, keeps]);
    await take(clients[0], true);
    await aTaskCalled('after');
    for (const socket of [lost, keeps]) await hasHeard(socket, 'after');
    expect(titles(keeps).filter(Boolean)).toEqual(['before', 'meanwhile', 'after']);
    expect(titles(lost).filter(Boolean)).toEqual(['before', 'after']);
  });

  it('counts from the next event, for everybody', async () => {
    const [client, manager] = await listenAll([clients[0], managers[0]]);
    const show = (tasks: string) =>
      server.data('max', SETTINGS, { input: { projectId: project.id, settings: { tasks } } });
    await show('HIDE');
    await aTaskCalled('hidden from clients');
    await allHaveHeard([client, manager]);
    await show('SHOW');
    await aTaskCalled('shown again');
    for (const socket of [client, manager]) await hasHeard(socket, 'shown again');
    expect(titles(client).filter(Boolean)).toEqual(['shown again']);
    expect(titles(manager).filter(Boolean)).toEqual(['hidden from clients', 'shown again']);
  });

  /** What a client hears who was taken client view behind everybody’s back: nothing tells of it. */
  async function heardAfterSilentLoss(): Promise<string[]> {
    const [lost, keeps] = await listenAll(clients.slice(0, 2));
    await aTaskCalled('before');
    for (const socket of [lost, keeps]) await hasHeard(socket, 'before');
    const set = 'update project_grant set client_view = $2 where membership_id = $1';
    await server.database.rows(set, [clients[0].personId, false]);
    await aTaskCalled('meanwhile');
    await allHaveHeard([lost, keeps]);
    await server.database.rows(set, [clients[0].personId, true]);
    await aTaskCalled('after');
    await hasHeard(lost, 'after');
    return titles(lost).filter(Boolean);
  }

  it('counts though nothing tells of it', async () => {
    expect(await heardAfterSilentLoss()).toEqual(['before', 'after']);
  });

  it('would go unnoticed where nobody looked for it: that is found out here', async () => {
    jest.spyOn(AccessWatch.prototype, 'confirms').mockReturnValue(true);
    expect(await heardAfterSilentLoss()).toEqual(['before', 'meanwhile', 'after']);
  });
});

describe('a cursor that comes with what was answered for many', () => {
  /** Whether each goes on from their own cursor, and from nobody else’s. */
  async function whoseCursorsWork(): Promise<boolean[][]> {
    const sockets = await listenAll(clients.slice(0, 3));
    await aTaskCalled('kept');
    for (const socket of sockets) await hasHeard(socket, 'kept');
    const cursors = sockets.map((socket) => told(socket).at(-1)!.cursor as string);
    await aTaskCalled('missed');
    const works = async (who: Extra, after: string) => {
      const socket = await RawSocket.as(server, who.token);
      open.push(socket);
      socket.subscribe('1', SHARED, { after });
      const { payload } = await socket.until(({ id }) => id === '1');
      return payload.data?.portalEvents.subject.title === 'missed';
    };
    return Promise.all(clients.slice(0, 3).map((who) => Promise.all(cursors.map((after) => works(who, after)))));
  }
  const ONLY_THEIR_OWN = [
    [true, false, false],
    [false, true, false],
    [false, false, true],
  ];

  it('works for its person, from where they are, and for nobody else', async () => {
    expect(await whoseCursorsWork()).toEqual(ONLY_THEIR_OWN);
  });

  it('would be found out were it somebody else’s', async () => {
    const { pass } = SocketOutlet.prototype;
    let first: string | undefined;
    jest.spyOn(SocketOutlet.prototype, 'pass').mockImplementation(function (this: SocketOutlet, answer, cursor) {
      first ??= cursor;
      return pass.call(this, answer, first);
    });
    expect(await whoseCursorsWork()).not.toEqual(ONLY_THEIR_OWN);
  });
});
