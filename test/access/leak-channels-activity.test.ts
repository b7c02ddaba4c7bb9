import type { CastName } from '../../src/demo/cast';
import { minutes } from '../../src/platform/clock';
import { activityOf, activityOfViewer, doing } from '../support/activity-builders';
import { aProject } from '../support/builders';
import { draftOf } from '../support/invoice-builders';
import { TestServer } from '../support/server';
import { aTask, aTimeEntry } from '../support/time-builders';
import { WIDEST } from './matrix-world';

/**
 * L-16 for what is past: the same things happen on two projects, and on one of them the team does what is its own
 * between them. Who may not see that reads two histories that are equal to the byte, but for ids.
 */
let server: TestServer;
let busy: string;
let quiet: string;
beforeAll(async () => {
  server = await TestServer.start();
  [busy, quiet] = [await history({ withSecrets: true }), await history({ withSecrets: false })];
}, 120_000);
afterAll(() => server.close());

const SECRET = 'Quicksilver';
const BEGIN = '2026-03-16T10:00:00Z';

/** The moments are the same on both projects; what is hidden happens at moments of its own. */
async function history({ withSecrets }: { withSecrets: boolean }): Promise<string> {
  server.clock.set(BEGIN);
  const project = await aProject(server, { visibility: { ...WIDEST, people: 'CLIENT_FACING' } });
  const task = await aTask(server, project, { title: 'Menu' });
  const entry = await aTimeEntry(server, project, { billRate: 10_000, person: 'max' });
  const hidden = secretsOf(project.id, task.id, () => draftOf(server, project, { notes: SECRET }));
  const open: (() => Promise<unknown>)[] = [
    () => doing(server, 'max', 'updateProject', { projectId: project.id, description: 'For you' }),
    () => doing(server, 'wim', 'logTime', { projectId: project.id, date: '2026-03-16', seconds: 3600 }),
    () => doing(server, 'max', 'changeTaskStatus', { taskId: task.id, status: 'IN_PROGRESS' }),
    () => doing(server, 'max', 'updateTimeEntry', { timeEntryId: entry.id, description: 'Menu' }),
    () => doing(server, 'max', 'createTask', { projectId: project.id, title: 'Cart' }),
  ];
  for (const [i, step] of open.entries()) {
    await step();
    const between = hidden.filter((_, n) => Math.floor((n * open.length) / hidden.length) === i);
    for (const secret of between) {
      server.clock.advance(minutes(1));
      if (withSecrets) await secret();
    }
    server.clock.advance(minutes(1));
  }
  return project.id;
}

function secretsOf(
  projectId: string,
  taskId: string,
  draft: () => Promise<{ id: string }>,
): (() => Promise<unknown>)[] {
  const secret: { task?: string; invoice?: string } = {};
  const inside = { projectId, title: SECRET, clientVisible: false };
  return [
    () => doing(server, 'max', 'updateTask', { taskId, internalNotes: SECRET }),
    async () => {
      secret.invoice = (await draft()).id;
    },
    async () => {
      secret.task = (await doing(server, 'max', 'createTask', inside, 'task { id }')).task.id;
    },
    () => doing(server, 'max', 'updateProject', { projectId, internalDescription: SECRET }),
    () => doing(server, 'max', 'changeTaskStatus', { taskId: secret.task, status: 'IN_PROGRESS' }),
    () => doing(server, 'max', 'updateInvoice', { invoiceId: secret.invoice, notes: `${SECRET} too` }),
    () => doing(server, 'max', 'moveTask', { taskId: secret.task }),
    () => doing(server, 'ada', 'setRate', { scope: 'PROJECT', kind: 'COST', projectId, amount: '51' }),
    () => doing(server, 'ada', 'setProjectBudget', { projectId, basis: 'COST', amount: '5000' }),
    () => doing(server, 'wim', 'startTimer', { projectId, description: SECRET }),
    () =>
      doing(server, 'max', 'inviteToProject', {
        projectId,
        name: 'Nils',
        email: 'nils@example.com',
        personType: 'CLIENT',
      }),
    async () => {
      await doing(server, 'max', 'deleteInvoice', { invoiceId: secret.invoice });
      await draft();
    },
  ];
}

/** What somebody reads, with ids as they come: the first, the second … */
async function readBy(who: CastName, projectId: string, first?: number): Promise<string> {
  const seen: string[] = [];
  return JSON.stringify(await activityOf(server, who, { projectId, first }), (key, value) => {
    if (!['id', 'cursor', 'startCursor', 'endCursor'].includes(key) || value === null) return value;
    const id = key === 'id' ? value : JSON.parse(Buffer.from(value, 'base64url').toString())[2];
    if (!seen.includes(id)) seen.push(id);
    return `#${seen.indexOf(id)}`;
  });
}

const kindsSeenBy = async (who: CastName, projectId: string): Promise<string[]> =>
  (await activityOf(server, who, { projectId, first: 100 })).activity.nodes.map((node: { kind: string }) => node.kind);

describe('L-16: what happened on a project', () => {
  it('is the same to Clara and to Carl, whether or not the team did things of its own between', async () => {
    for (const first of [1, 2, 3, 4, 5, 25]) {
      expect(await readBy('clara', busy, first)).toBe(await readBy('clara', quiet, first));
    }
    expect(await kindsSeenBy('clara', quiet)).toHaveLength(5);
    expect(await readBy('clara', busy)).not.toContain(SECRET);
  });

  it('tells Wim of the internal note and task, and not of the draft', async () => {
    const [there, here] = [await kindsSeenBy('wim', busy), await kindsSeenBy('wim', quiet)];
    expect(there.length).toBeGreaterThan(here.length);
    expect(await readBy('wim', busy)).toContain(SECRET);
    expect(there).not.toContain('INVOICE_UPDATED');
    expect(await kindsSeenBy('max', busy)).toEqual(expect.arrayContaining(['INVOICE_UPDATED', 'TASK_UPDATED']));
    expect(there).not.toContain('TIMER_STARTED');
  });

  it('is the same over all of Clara’s projects: as much of the one as of the other', async () => {
    const { nodes } = await activityOfViewer(server, 'clara', 100);
    expect(nodes).toHaveLength(10);
    expect(JSON.stringify(nodes)).not.toContain(SECRET);
    const { edges, pageInfo } = await activityOfViewer(server, 'eve', 100);
    expect({ edges, more: pageInfo.hasNextPage }).toEqual({ edges: [], more: false });
  });
});

describe('L-12 L-30: what is shown to Clara later', () => {
  const titles = async (projectId: string) =>
    (await activityOf(server, 'clara', { projectId })).activity.nodes.map(({ kind, occurredAt }: any) => [
      kind,
      occurredAt,
    ]);

  it('of an invoice does not tell when it was drafted, nor how often it was changed', async () => {
    server.clock.set(BEGIN);
    const project = await aProject(server, { visibility: WIDEST });
    await aTimeEntry(server, project, { billRate: 10_000 });
    const { id: invoiceId } = await draftOf(server, project);
    server.clock.advance(minutes(1));
    await doing(server, 'max', 'updateInvoice', { invoiceId, notes: 'Thank you' });
    server.clock.advance(minutes(1));
    await doing(server, 'max', 'sendInvoice', { invoiceId });
    const sentAt = server.clock.now().toISOString();
    const told = await titles(project.id);
    expect(told.map(([kind]: string[]) => kind)).toContain('INVOICE_SENT');
    expect(told.filter(([, at]: string[]) => at !== sentAt)).toEqual([]);
  });

  it('of a task does not tell what was done with it while it was internal', async () => {
    server.clock.set(BEGIN);
    const { id: projectId } = await aProject(server);
    const inside = { projectId, title: 'Cart', clientVisible: false };
    const { task } = await doing(server, 'max', 'createTask', inside, 'task { id }');
    await doing(server, 'max', 'updateTask', { taskId: task.id, title: 'Checkout' });
    await doing(server, 'max', 'changeTaskStatus', { taskId: task.id, status: 'IN_PROGRESS' });
    await doing(server, 'max', 'moveTask', { taskId: task.id, afterTaskId: null });
    server.clock.advance(minutes(1));
    await doing(server, 'max', 'updateTask', { taskId: task.id, clientVisible: true });
    const shownAt = server.clock.now().toISOString();
    const told = await titles(projectId);
    expect(told.length).toBeGreaterThan(0);
    expect(told.filter(([, at]: string[]) => at !== shownAt)).toEqual([]);
    expect(await kindsSeenBy('wim', projectId)).toEqual(Array(told.length + 3).fill('TASK_UPDATED'));
  });
});
