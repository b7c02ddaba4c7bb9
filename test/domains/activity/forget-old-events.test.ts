import type { Project } from '../../../src/domains/projects/project.entity';
import { days, hours } from '../../../src/platform/clock';
import { aProject } from '../../support/builders';
import { waitFor } from '../../support/invitations-builders';
import { Listener } from '../../support/listener';
import { TestServer } from '../../support/server';
import { until } from '../../support/until';

let server: TestServer;
let project: Project;
beforeAll(async () => {
  server = await TestServer.start({ live: true });
  project = await aProject(server);
});
afterAll(() => server.close());

const CREATE = 'mutation ($input: CreateTaskInput!) { createTask(input: $input) { task { id } } }';

/** Max makes a task, and everybody has been told. */
async function maxMakes(title: string): Promise<void> {
  await server.data('max', CREATE, { input: { projectId: project.id, title } });
  await until(async () => !(await server.database.row('select from event where seq is null')));
}

const kept = async (): Promise<string[]> => {
  const sql = 'select t.title from event e join task t on t.id = e.subject_id order by e.seq';
  return (await server.database.rows<{ title: string }>(sql)).map(({ title }) => title);
};

describe('events', () => {
  it('are kept for whoever was away for thirty days, and forgotten a day later, however many they are', async () => {
    for (const title of ['first', 'second', 'third']) {
      await maxMakes(title);
      await waitFor(server, hours(5));
    }
    await waitFor(server, days(1));
    const { eventsCursor } = (await server.data('clara', '{ viewer { eventsCursor } }')).viewer;
    await maxMakes('last');
    await waitFor(server, days(30) - hours(1));

    await server.runJobs();
    expect(await kept()).toEqual(['last']);
    const clara = await Listener.open(server, 'clara', { after: eventsCursor });
    expect(await clara.first(1)).toMatchObject([{ subject: { title: 'last' } }]);
    await clara.close();

    await waitFor(server, days(1));
    await server.runJobs();
    expect(await kept()).toEqual(['last']);
    await waitFor(server, hours(3));
    await server.runJobs();
    expect(await kept()).toEqual([]);
  });
});
