import { findStaleRollups } from '../../src/domains/time/rollups.repository';
import { codeOf } from '../support/answers';
import { codesOf, times } from '../support/at-once';
import { aProject } from '../support/builders';
import { TestServer } from '../support/server';
import { aTask, aTimeEntry } from '../support/time-builders';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.close());

const LOG = 'mutation ($input: LogTimeInput!) { logTime(input: $input) { timeEntry { id } } }';
const UPDATE =
  'mutation ($input: UpdateTimeEntryInput!) { updateTimeEntry(input: $input) { timeEntry { time { seconds } } } }';
const DELETE = 'mutation ($input: DeleteTimeEntryInput!) { deleteTimeEntry(input: $input) { deletedTimeEntryId } }';
const MOVE = 'mutation ($input: MoveTaskInput!) { moveTask(input: $input) { task { id } } }';

describe('at the same time', () => {
  it('forty hours logged by four people on one day are forty hours in the totals', async () => {
    const project = await aProject(server);
    const people = ['wim', 'cora', 'max', 'tess'] as const;
    const input = { projectId: project.id, date: '2026-03-12', seconds: 3600 };
    const answers = await times(40, (i) => server.ask(people[i % 4], LOG, { input }));
    expect(answers.map(codeOf)).toEqual(answers.map(() => 'DONE'));
    const TOTAL =
      'query ($id: ID!) { project(id: $id) { totals { totalTime { hours } byDay { totalTime { hours } } } } }';
    expect((await server.data('max', TOTAL, { id: project.id })).project.totals).toEqual({
      totalTime: { hours: 40 },
      byDay: [{ totalTime: { hours: 40 } }],
    });
    expect(await findStaleRollups(server.database)).toEqual([]);
  });

  it('entries moved to and fro between two projects leave no hour behind and no deadlock', async () => {
    const [here, there] = [await aProject(server), await aProject(server)];
    const entries = await times(6, (i) => aTimeEntry(server, i % 2 ? here : there));
    const answers = await times(24, (i) => {
      const projectId = (i % 4 < 2 ? here : there).id;
      return server.ask('max', UPDATE, { input: { timeEntryId: entries[i % 6].id, projectId } });
    });
    // Whoever read an entry before another moved it does not find it where it was.
    expect(new Set(answers.map(codeOf))).not.toContain('INTERNAL');
    expect(answers.map(codeOf)).toContain('DONE');
    expect(await findStaleRollups(server.database)).toEqual([]);
  });

  it('ten corrections of one version let one in', async () => {
    const entry = await aTimeEntry(server, await aProject(server));
    const input = { timeEntryId: entry.id, expectedVersion: 1 };
    const answers = await times(10, (i) => server.ask('max', UPDATE, { input: { ...input, seconds: 60 * (i + 1) } }));
    expect(codesOf(answers)).toEqual([...Array(9).fill('CONFLICT'), 'DONE']);
  });

  it('ten deletions of one entry take it away once', async () => {
    const entry = await aTimeEntry(server, await aProject(server));
    const answers = await times(10, () => server.ask('max', DELETE, { input: { timeEntryId: entry.id } }));
    expect(codesOf(answers)).toEqual(['DONE', ...Array(9).fill('NOT_FOUND')]);
  });

  it('an entry is corrected or the project is closed, never both', async () => {
    const project = await aProject(server);
    const CLOSE = `mutation ($input: ChangeProjectStatusInput!) { changeProjectStatus(input: $input) { project { status } } }`;
    const input = { projectId: project.id, date: '2026-03-12', seconds: 3600 };
    const [closed, ...logged] = await Promise.all([
      server.ask('max', CLOSE, { input: { projectId: project.id, status: 'ON_HOLD' } }),
      ...Array.from({ length: 10 }, () => server.ask('wim', LOG, { input })),
    ]);
    expect(codeOf(closed)).toBe('DONE');
    expect(new Set([...logged.map(codeOf), 'DONE', 'PROJECT_NOT_ACTIVE'])).toEqual(
      new Set(['DONE', 'PROJECT_NOT_ACTIVE']),
    );
    expect(await server.refusal('wim', LOG, { input })).toMatchObject({ code: 'PROJECT_NOT_ACTIVE' });
  });

  it('ten moves of tasks leave each task one place', async () => {
    const project = await aProject(server);
    const tasks: { id: string }[] = [];
    for (let i = 0; i < 5; i++) tasks.push(await aTask(server, project));
    const answers = await times(10, (i) =>
      server.ask('max', MOVE, {
        input: { taskId: tasks[i % 5].id, afterTaskId: i % 2 ? tasks[(i + 2) % 5].id : null },
      }),
    );
    expect(answers.map(codeOf)).toEqual(answers.map(() => 'DONE'));
    const places = await server.database.rows<{ position: number }>(
      'select position from task where project_id = $1 order by position',
      [project.id],
    );
    expect(places.map(({ position }) => position)).toEqual([1, 2, 3, 4, 5]);
  });
});
