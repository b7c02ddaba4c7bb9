import type { Project } from '../../../src/domains/projects/project.entity';
import { emit, systemAt } from '../../../src/events/outbox';
import { createLogger } from '../../../src/platform/logger';
import { aProject, aProjectOfTheirOwn } from '../../support/builders';
import { anInvoice } from '../../support/invoice-builders';
import { allFollowed, noticesOf } from '../../support/notices';
import { TestServer } from '../../support/server';
import { aTimeEntry } from '../../support/time-builders';
import { until } from '../../support/until';

const BUDGET = { budgetBasis: 'HOURS', budgetSeconds: 3600n } as never as Partial<Project>;

const log: string[] = [];
let server: TestServer;
let ours: Project;
let theirs: Project;

beforeAll(async () => {
  const logger = createLogger('error', { write: (line) => void log.push(line) });
  server = await TestServer.start({ live: true, logger });
  ours = await aProject(server, { ...BUDGET, visibility: { invoices: 'SUMMARY' } });
  theirs = await aProjectOfTheirOwn(server, 'eve', BUDGET);
});
afterAll(() => server.close());

describe('a workspace whose calendar the database cannot read', () => {
  it('holds up no other: Clara is told of her invoice and of her budget, and the log says where it failed', async () => {
    await setTimeZone('Mars/Olympus');
    await aTimeEntry(server, ours, { person: 'wim', rawSeconds: 7200 });
    for (const project of [theirs, ours]) await becomesDue(project);
    await until(async () => !(await server.database.row('select from event where seq is null limit 1')));
    await expect(server.runJobs()).rejects.toThrow('2 of');
    expect(await told(ours)).toEqual(['budget.threshold_reached', 'invoice.overdue']);
    expect(await told(theirs)).toEqual([]);
    const failed = log.filter((line) => line.includes(theirs.workspaceId)).map((line) => JSON.parse(line).job);
    expect(new Set(failed)).toEqual(new Set(['tell budget thresholds', 'tell overdue invoices']));
    expect(log.join()).not.toContain(ours.workspaceId);
  });

  it('goes on where it stood once it can be read again', async () => {
    await setTimeZone('UTC');
    await allFollowed(server);
    expect(await told(theirs)).toEqual(['invoice.overdue']);
    expect((await noticesOf(server, 'clara')).texts.join()).toContain('Invoice 2026-031 is past its due date');
  });
});

/** An invoice is past its due date, and something happens that its budget is looked at for. */
async function becomesDue(project: Project): Promise<void> {
  await anInvoice(server, project, { number: '2026-031', dueDate: '2026-03-01' });
  const { workspaceId, id: projectId } = project;
  const happening = { workspaceId, projectId, changed: ['Project.budget'] };
  await server.database.transaction((tx) => emit(tx, systemAt(server.clock.now()), 'project.updated', happening));
}

const setTimeZone = (zone: string) =>
  server.database.rows('update workspace set timezone = $2 where id = $1', [theirs.workspaceId, zone]);

async function told({ id }: Project): Promise<string[]> {
  const rows = await server.database.rows<{ kind: string }>(
    `select kind from event where project_id = $1 and kind <> 'project.updated' order by kind`,
    [id],
  );
  return rows.map(({ kind }) => kind);
}
