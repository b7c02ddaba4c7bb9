import type { Project } from '../../src/domains/projects/project.entity';
import { aProject, aProjectOfTheirOwn } from '../support/builders';
import { invite, linkTo, tryToAccept } from '../support/invitations-builders';
import { Listener } from '../support/listener';
import { TestServer } from '../support/server';

/** Who somebody is decides what can be told on: whoever has become somebody else reads anew. */
let server: TestServer;
let project: Project;
beforeAll(async () => {
  server = await TestServer.start({ live: true });
  project = await aProject(server);
});
afterAll(() => server.close());

const CREATE = 'mutation ($name: String!) { createWorkspace(input: { name: $name }) { workspace { id } } }';
const CONVERT = 'mutation ($input: ConvertToClientInput!) { convertToClient(input: $input) { person { id } } }';
const TASK = 'mutation ($input: CreateTaskInput!) { createTask(input: $input) { task { id } } }';

const aTask = (title: string) => server.data('max', TASK, { input: { projectId: project.id, title } });

const RESET = [{ errors: [{ extensions: { code: 'STREAM_RESET_REQUIRED' } }] }];

async function expectReset(listener: Listener): Promise<void> {
  expect(await listener.untilEnded(1000)).toBe('complete');
  expect(listener.told.slice(-1)).toMatchObject(RESET);
  await listener.close();
}

describe('whoever joins a workspace while they listen', () => {
  it('reads anew, at once: Clara’s stream ends, and from before she cannot be told on', async () => {
    const clara = await Listener.open(server, 'clara');
    await aTask('heard');
    const [{ cursor }] = await clara.first(1);
    await server.data('clara', CREATE, { name: 'Of Clara' });
    await expectReset(clara);
    await expectReset(await Listener.open(server, 'clara', { after: cursor }));
    const again = await Listener.open(server, 'clara');
    await aTask('heard again');
    await again.first(1);
    await again.close();
  });

  it('by an invitation too: so does Tess', async () => {
    const mine = await aProjectOfTheirOwn(server, 'bo');
    const tess = await Listener.open(server, 'tess');
    await tess.settled();
    const { email } = (await server.data('tess', '{ viewer { email } }')).viewer;
    await invite(server, 'bo', { projectId: mine.id, email });
    const { errors } = await tryToAccept(server, { token: await linkTo(server, email) }, 'tess');
    expect(errors).toBeUndefined();
    await expectReset(tess);
  });

  it('goes on with a stream of one workspace; its cursor leads on that one alone', async () => {
    const { workspaceId } = project;
    const carl = await Listener.open(server, 'carl', { workspaceId });
    await aTask('one');
    await carl.first(1);
    await server.data('carl', CREATE, { name: 'Of Carl' });
    await aTask('two');
    const [, { cursor }] = await carl.first(2);
    await carl.close();
    await aTask('three');
    await expectReset(await Listener.open(server, 'carl', { after: cursor }));
    const again = await Listener.open(server, 'carl', { after: cursor, workspaceId });
    expect(await again.first(1)).toMatchObject([{ subject: { title: 'three' } }]);
    await again.close();
  });
});

describe('whoever becomes a client', () => {
  it('reads anew: Wim’s stream ends, and nothing from before is told to who he is now (L-30)', async () => {
    const wim = await Listener.open(server, 'wim');
    await aTask('as Wim sees it');
    const [{ cursor }] = await wim.first(1);
    const clientOrganisationId = server.cast.clients.acme;
    const input = { personId: server.cast.people.wim, clientOrganisationId, confirm: 'CONVERT' };
    await server.data('ada', CONVERT, { input });
    await expectReset(wim);
    await expectReset(await Listener.open(server, 'wim', { after: cursor }));
  });
});
