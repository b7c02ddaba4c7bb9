import { setTimeout as sleep } from 'node:timers/promises';
import { aProject } from '../support/builders';
import { TestServer } from '../support/server';
import { until } from '../support/until';

const TASK = 'mutation ($input: CreateTaskInput!) { createTask(input: $input) { task { id } } }';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start({ live: true });
});
afterAll(() => server.close());

describe('what is written while another process is numbering', () => {
  it('is numbered as soon as that one is done, not at the next look', async () => {
    const project = await aProject(server);
    const waits: number[] = [];
    for (let i = 0; i < 9; i++) {
      let letGo = () => {};
      const wait = new Promise<void>((resolve) => {
        letGo = resolve;
      });
      const held = server.database.transaction(async (tx) => {
        const lock = `select pg_advisory_xact_lock(hashtextextended('events/' || $1, 0))`;
        await tx.rows(lock, [project.workspaceId]);
        await wait;
      });
      await sleep(20 + 55 * i);
      await server.data('max', TASK, { input: { projectId: project.id, title: `Task ${i}` } });
      letGo();
      await held;
      const from = performance.now();
      await until(async () => !(await server.database.row('select from event where seq is null limit 1')));
      waits.push(performance.now() - from);
    }
    // A look comes twice a second: without another try half of them would wait for 250 ms and more.
    expect(waits.filter((wait) => wait > 200).length).toBeLessThan(3);
  });
});
