import type { Project } from '../../src/domains/projects/project.entity';
import type { Task } from '../../src/domains/tasks/task.entity';
import { aProject } from '../support/builders';
import { invite } from '../support/invitations-builders';
import { anInvoice } from '../support/invoice-builders';
import { TestServer } from '../support/server';
import { aRate, aTask, aTimeEntry } from '../support/time-builders';
import { WIDEST } from './matrix-world';

/**
 * What Clara sees and what she does not, in turn and of every kind: a project where all settings are open but that only
 * those who face clients are shown, and one of the same client that is not hers.
 */
export interface LeakWorld {
  server: TestServer;
  shared: Project;
  /** Acme's too, and Clara has no grant on it. */
  closed: Project;
  /** Of Borealis. */
  foreign: Project;
  /** Of the shared project, in its order; every second one is internal. */
  tasks: Task[];
}

export const SECRET = 'Quicksilver';

export async function leakWorld(): Promise<LeakWorld> {
  const server = await TestServer.start();
  const inside = { description: `${SECRET} plan`, internalDescription: SECRET };
  const shared = await aProject(server, {
    name: 'Relaunch',
    code: 'ACME-1',
    startDate: '2026-01-01',
    internalDescription: SECRET,
    visibility: { ...WIDEST, people: 'CLIENT_FACING' },
  });
  const team = { max: { clientView: true, managesProject: true }, wim: { trackTime: true, clientView: true } };
  const closed = await aProject(server, { name: `${SECRET} one`, code: 'SECRET-1', ...inside, grants: team });
  const foreign = await aProject(server, { client: 'borealis', name: `${SECRET} two`, code: 'SECRET-2', ...inside });
  await aProject(server, { name: 'App', status: 'PLANNED' as never, startDate: '2026-04-01' });
  for (const project of [shared, closed, foreign]) await workOn(server, project);
  const tasks = await tasksOf(server, shared);
  await invite(server, 'ada', { projectId: shared.id, email: 'ivan@demo.test' });
  await aRate(server, { project: shared, perHour: 9000 });
  return { server, shared, closed, foreign, tasks };
}

async function tasksOf(server: TestServer, project: Project): Promise<Task[]> {
  const notes = { internalNotes: SECRET };
  const tasks: Task[] = [];
  for (const [i, assignee] of (['max', 'wim', 'wim', 'max', undefined, 'wim'] as const).entries()) {
    const hidden = i % 2 === 1;
    const title = hidden ? `${SECRET} ${i}` : `Step ${i}`;
    tasks.push(await aTask(server, project, { title, assignee, clientVisible: !hidden, ...notes }));
  }
  return tasks;
}

/** Time on a task that clients see and on one that they do not, and invoices in every state. */
async function workOn(server: TestServer, project: Project): Promise<void> {
  const open = await aTask(server, project, { title: 'Design', assignee: 'wim', internalNotes: SECRET });
  const internal = await aTask(server, project, { title: `${SECRET} task`, clientVisible: false, assignee: 'cora' });
  for (const [i, person] of (['wim', 'max', 'wim', 'max'] as const).entries()) {
    const task = i < 2 ? open : internal;
    const facts = { person, task, billRate: 10_000, costRate: 5000, internalNote: SECRET };
    await aTimeEntry(server, project, { ...facts, billable: i !== 3, date: `2026-03-1${i}` });
  }
  await anInvoice(server, project, { as: 'DRAFT', net: [7_700_077n], notes: SECRET });
  await anInvoice(server, project, { paid: [10_000n], issueDate: '2026-03-02' });
  await anInvoice(server, project, { issueDate: '2026-03-03' });
  await anInvoice(server, project, { as: 'VOID' });
}
