import { minutes } from '../../../src/platform/clock';
import { doing } from '../../support/activity-builders';
import { aProject } from '../../support/builders';
import { TestServer } from '../../support/server';
import { statementsOf } from '../../support/statements';
import { aTimeEntry } from '../../support/time-builders';

/** Twenty projects where everything happens that Clara sees, and after it more than a round of what she does not. */
let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
  for (let i = 0; i < 20; i++) {
    const project = await aProject(server, {
      name: `P${i}`,
      visibility: { timeEntries: 'DETAILED', invoices: 'FULL' },
    });
    const projectId = project.id;
    await doing(server, 'max', 'createTask', { projectId, title: 'Menu' });
    await doing(server, 'wim', 'logTime', { projectId, date: '2026-03-16', seconds: 3600 });
    await aTimeEntry(server, project, { billRate: 6000 });
    const draft = await doing(server, 'max', 'draftInvoice', { projectId }, 'invoice { id }');
    await doing(server, 'max', 'sendInvoice', { invoiceId: draft.invoice.id });
    server.clock.advance(minutes(1));
    const inside = { projectId, title: 'Secret', clientVisible: false };
    for (let n = 0; n < 15; n++) await doing(server, 'max', 'createTask', inside);
  }
}, 120_000);
afterAll(() => server.close());

const EVENT = `nodes { id kind occurredAt actor { displayName } project { name } subject { ... on Task { title }
  ... on TimeEntry { date } ... on Invoice { number } ... on Project { status } } }`;
const MOST = 12;

describe('the database is asked as often for much as for little of', () => {
  it.each<[what: string, query: string]>([
    [
      'when something last happened on the projects of a dashboard',
      'projects(first: $first) { nodes { name lastActivityAt } }',
    ],
    ['what happened on each of many projects', `projects(first: $first) { nodes { activity(first: 2) { ${EVENT} } } }`],
    ['what happened on all of one’s own', `viewer { activity(first: $first) { ${EVENT} } }`],
  ])('%s', async (_what, query) => {
    for (const who of ['clara', 'wim', 'max', 'ada'] as const) {
      const counts: number[] = [];
      for (const first of [2, 10, 20]) {
        const ask = () => server.data(who, `query ($first: Int!) { ${query} }`, { first });
        counts.push((await statementsOf(server, ask)).length);
      }
      // Two loads fall together or apart, as the answers of the database happen to arrive.
      expect(counts[2] - counts[1]).toBeLessThanOrEqual(1);
      expect({ who, counts, tooMany: counts.filter((n) => n > MOST) }).toEqual({ who, counts, tooMany: [] });
    }
  });

  it('and few more where a great deal is hidden: what is read grows from round to round', async () => {
    const { id: projectId } = await aProject(server, { name: 'Hidden' });
    await doing(server, 'max', 'updateProject', { projectId, description: 'For you' });
    const happenedAt = server.clock.now().toISOString();
    server.clock.advance(minutes(1));
    const { task } = await doing(
      server,
      'max',
      'createTask',
      { projectId, title: 'Secret', clientVisible: false },
      'task { id }',
    );
    await server.database.rows(
      `insert into event (id, workspace_id, project_id, kind, subject_id, changed, occurred_at)
       select 'evt_hidden' || n, $1, $2, 'task.updated', $3, '{Task.title}', $4 from generate_series(1, 5000) n`,
      [server.cast.workspaceId, projectId, task.id, server.clock.now()],
    );
    const query = 'query ($id: ID!) { project(id: $id) { lastActivityAt } }';
    let answer: any;
    const asked = await statementsOf(server, async () => {
      answer = await server.data('clara', query, { id: projectId });
    });
    expect(answer.project.lastActivityAt).toBe(happenedAt);
    expect(asked.length).toBeLessThanOrEqual(MOST);
  });
});
