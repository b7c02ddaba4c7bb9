import type { Project } from '../../src/domains/projects/project.entity';
import { days, hours } from '../../src/platform/clock';
import { aGrant, aProject } from '../support/builders';
import { Listener } from '../support/listener';
import { TestServer } from '../support/server';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start({ live: true });
});
afterAll(() => server.close());

const CREATE = 'mutation ($input: CreateTaskInput!) { createTask(input: $input) { task { id } } }';
const PERMISSIONS = `mutation ($input: UpdateProjectPermissionsInput!) {
  updateProjectPermissions(input: $input) { member { id } } }`;
const REMOVE = 'mutation ($input: RemoveFromProjectInput!) { removeFromProject(input: $input) { removedMemberId } }';

const aTaskOf = (project: Project) =>
  server.data('ada', CREATE, { input: { projectId: project.id, title: 'Something new' } });

const personId = (name: 'clara' | 'wim' | 'bo') => server.cast.people[name];

/** Somebody who listens to one project alone. */
async function listeningTo(project: Project, who: 'clara' | 'wim' | 'bo'): Promise<Listener> {
  const listener = await Listener.open(server, who, { projectIds: [project.id] });
  await aTaskOf(project);
  await listener.first(1);
  return listener;
}

/** The stream has ended by itself, and said why. */
async function expectRevoked(listener: Listener): Promise<void> {
  await listener.untilEnded(2000);
  expect([listener.ended, listener.told.at(-1)]).toMatchObject([
    'complete',
    { errors: [{ extensions: { code: 'ACCESS_REVOKED' } }] },
  ]);
  await listener.close();
}

describe('an open stream ends when nothing of it is open any more', () => {
  it('Clara is taken off the project: she is told so, and then no more', async () => {
    const project = await aProject(server);
    const clara = await listeningTo(project, 'clara');
    await server.data('ada', REMOVE, { input: { projectId: project.id, personId: personId('clara') } });
    await expectRevoked(clara);
    expect(clara.events.at(-1)).toMatchObject({ kind: 'ACCESS_REVOKED', project: null, subject: null });
  });

  it('her grant runs out by itself', async () => {
    const project = await aProject(server, { grants: {} });
    const expiresAt = new Date(server.clock.now().getTime() + hours(1));
    await aGrant(server, project.id, 'clara', { clientView: true }, { expiresAt });
    const clara = await listeningTo(project, 'clara');
    server.clock.advance(hours(1));
    await expectRevoked(clara);
  });

  it('the project is archived, or her company deactivated', async () => {
    const project = await aProject(server, { status: 'COMPLETED' as never });
    const clara = await Listener.open(server, 'clara', { projectIds: [project.id] });
    const status =
      'mutation ($input: ChangeProjectStatusInput!) { changeProjectStatus(input: $input) { project { id } } }';
    await clara.settled();
    await server.data('max', status, { input: { projectId: project.id, status: 'ARCHIVED' } });
    await expectRevoked(clara);
    const other = await aProject(server);
    const again = await listeningTo(other, 'clara');
    const input = { clientOrganisationId: other.clientOrganisationId };
    const move = (name: string, type: string) =>
      server.data('ada', `mutation ($input: ${type}!) { ${name}(input: $input) { clientOrganisation { id } } }`, {
        input,
      });
    await move('deactivateClientOrganisation', 'DeactivateClientOrganisationInput');
    await expectRevoked(again);
    await move('reactivateClientOrganisation', 'ReactivateClientOrganisationInput');
  });

  it('Ada is no admin any more, and on no project: she is told so, and then no more', async () => {
    await aProject(server);
    const ada = await Listener.open(server, 'ada');
    const change = 'mutation ($input: ChangeRoleInput!) { changeRole(input: $input) { person { id } } }';
    const become = (role: string) => server.data('olga', change, { input: { personId: server.cast.people.ada, role } });
    await ada.settled();
    await become('MEMBER');
    await expectRevoked(ada);
    expect(ada.kinds).toEqual(['ACCESS_CHANGED']);
    await become('ADMIN');
  });

  it('Wim is deactivated', async () => {
    const project = await aProject(server);
    const wim = await listeningTo(project, 'wim');
    const move = (name: string, type: string) =>
      server.data('ada', `mutation ($input: ${type}!) { ${name}(input: $input) { person { id } } }`, {
        input: { personId: personId('wim') },
      });
    await move('deactivatePerson', 'DeactivatePersonInput');
    await expectRevoked(wim);
    await move('reactivatePerson', 'ReactivatePersonInput');
  });
});

describe('a stream that loses a part', () => {
  it('goes on with the rest: Clara hears of the permission that changed and of nothing that it hides', async () => {
    const project = await aProject(server);
    const clara = await listeningTo(project, 'clara');
    const input = {
      projectId: project.id,
      personId: personId('clara'),
      permissions: { clientView: false, trackTime: true },
    };
    await server.data('ada', PERMISSIONS, { input });
    const task = await aTaskOf(project);
    const update = 'mutation ($input: UpdateTaskInput!) { updateTask(input: $input) { task { id } } }';
    await server.data('ada', update, { input: { taskId: task.createTask.task.id, clientVisible: false } });
    await server.data('ada', PERMISSIONS, { input: { ...input, permissions: { clientView: true } } });
    await clara.until(() => clara.kinds.filter((kind) => kind === 'ACCESS_CHANGED').length === 2);
    // With track time alone she sees the task that was hidden again before it was read, or not at all.
    expect(clara.events.flatMap((event) => event.subject?.internalNotes ?? [])).toEqual([]);
    await clara.close();
  });
});

describe('the socket goes with its session', () => {
  const signIn = async () => {
    const token = `second-${Math.random()}`;
    await server.database.rows(
      `insert into session (id, user_id, token_hash, created_at, last_used_at, expires_at)
       select 'ses_' || translate(substr(md5(random()::text), 1, 22), '0', 'x'), user_id, encode(sha256($1::bytea), 'hex'), $2, $2, $3
       from membership where id = $4`,
      [Buffer.from(token), server.clock.now(), new Date(server.clock.now().getTime() + days(30)), personId('bo')],
    );
    return { token };
  };

  it('when Bo signs out, within a second', async () => {
    const project = await aProject(server);
    const bo = await signIn();
    const listener = await Listener.open(server, bo, { projectIds: [project.id] });
    await listener.settled();
    await server.data(bo, 'mutation { signOut { endedSessions } }');
    expect(await listener.untilEnded(1000)).toMatchObject({ code: 4403 });
    await listener.close();
  });

  it('when it runs out, within a second', async () => {
    const bo = await signIn();
    const listener = await Listener.open(server, bo);
    await listener.settled();
    server.clock.advance(hours(12) + 1000);
    expect(await listener.untilEnded(1500)).toMatchObject({ code: 4403 });
    await listener.close();
  });
});
