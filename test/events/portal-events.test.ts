import { aProject } from '../support/builders';
import { Listener } from '../support/listener';
import { TestServer } from '../support/server';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.close());

const CREATE = 'mutation ($input: CreateTaskInput!) { createTask(input: $input) { task { id } } }';

describe('a client with the portal open', () => {
  it('is told within a second that a task was made, and reads it as a client does', async () => {
    const project = await aProject(server);
    const clara = await Listener.open(server, 'clara');
    await server.data('max', CREATE, { input: { projectId: project.id, title: 'Launch', internalNotes: 'hush' } });
    const [event] = await clara.first(1, 1000);
    expect(event).toMatchObject({
      kind: 'TASK_UPDATED',
      project: { name: 'Website relaunch' },
      actor: { displayName: 'Max Manager' },
      subject: { __typename: 'Task', title: 'Launch', internalNotes: null },
    });
    await clara.close();
  });
});
