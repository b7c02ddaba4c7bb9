import { heldBy } from '../../access/held-by';
import type { Context } from '../../context';
import { changedFields } from '../../events/changed-fields';
import { emit } from '../../events/outbox';
import type { Tx } from '../../platform/database';
import { badInput, notFound } from '../../platform/errors';
import { newId } from '../../platform/ids';
import type { Connection, PageArgs } from '../../platform/paging';
import { cleanOptionalText, cleanText } from '../../platform/text';
import { expectVersion } from '../../platform/versioned';
import { loadPerson } from '../people/people.loaders';
import type { Project } from '../projects/project.entity';
import { Billing } from '../projects/project.enums';
import { loadProject } from '../projects/projects.loaders';
import { Task, TaskStatus } from './task.entity';
import type { ChangeTaskStatusInput, CreateTaskInput, MoveTaskInput, TaskFilter, UpdateTaskInput } from './task.inputs';
import { decideTransition, reordered } from './task.logic';
import { loadTask, loadTasksOfProject } from './tasks.loaders';
import { lockOrder, lockTask, nextPlace, saveOrder } from './tasks.repository';

interface TaskList {
  filter: TaskFilter | null;
  page: PageArgs;
}

/** The tasks of a project. A filter that names somebody whom the caller does not see is refused before any row is read. */
export async function listTasks(
  context: Context,
  project: Project,
  { filter, page }: TaskList,
): Promise<Connection<Task>> {
  if (filter?.assigneeId != null && !(await loadPerson(context, filter.assigneeId)))
    throw notFound('filter.assigneeId');
  return loadTasksOfProject(context, project.id, { ...page, filter });
}

export async function createTask(context: Context, input: CreateTaskInput): Promise<Task> {
  const project = (await loadProject(context, input.projectId))!;
  const { clock, db } = context;
  const now = clock.now();
  const task = {
    id: newId('Task'),
    workspaceId: project.workspaceId,
    projectId: project.id,
    title: cleanText(input.title, TITLE),
    description: cleanOptionalText(input.description, DESCRIPTION) ?? null,
    internalNotes: cleanOptionalText(input.internalNotes, NOTES) ?? null,
    status: TaskStatus.OPEN,
    assigneeId: await assigneeOf(context, project.id, input.assigneeId),
    dueDate: input.dueDate ?? null,
    estimateSeconds: estimateOf(input.estimateSeconds) ?? null,
    billable: input.billable ?? project.billing !== Billing.NON_BILLABLE,
    clientVisible: input.clientVisible ?? true,
    version: 1,
    createdAt: now,
    updatedAt: now,
  };
  await db.transaction(async (tx) => {
    await tx.insert(Task, { ...task, position: await nextPlace(tx, project.id) });
    await emit(tx, context, 'task.updated', { ...task, changed: task.clientVisible ? ['Task.id'] : INSIDE });
  });
  return (await loadTask(context, task.id))!;
}

/** For managers, and for team members on what is assigned to them. */
export async function updateTask(context: Context, input: UpdateTaskInput): Promise<Task> {
  const { id, workspaceId, projectId } = (await loadTask(context, input.taskId))!;
  if (FOR_MANAGERS.some((key) => input[key] !== undefined))
    context.access.require('manager', { workspaceId, projectId });
  const changes = await changesOf(context, projectId, input);
  await changeTask(context, { id, projectId }, async (tx, task) => {
    expectVersion(task.version, input.expectedVersion);
    await saveTask(context, tx, task, changes);
  });
  return (await loadTask(context, id))!;
}

export async function changeTaskStatus(context: Context, input: ChangeTaskStatusInput): Promise<Task> {
  const { id, projectId } = (await loadTask(context, input.taskId))!;
  await changeTask(context, { id, projectId }, async (tx, task) => {
    expectVersion(task.version, input.expectedVersion);
    decideTransition(task.status, input.status);
    await saveTask(context, tx, task, { status: input.status });
  });
  return (await loadTask(context, id))!;
}

/** Puts a task behind another one of its project, hidden ones included: the order is one for all who manage it. */
export async function moveTask(context: Context, { taskId, afterTaskId }: MoveTaskInput): Promise<Task> {
  const task = (await loadTask(context, taskId))!;
  const { id, projectId } = task;
  const behind = afterTaskId == null ? null : await loadTask(context, afterTaskId);
  if (afterTaskId != null && behind?.projectId !== projectId) throw notFound('afterTaskId');
  if (behind?.id === id) throw badInput('afterTaskId', 'A task cannot come behind itself.');
  await context.db.transaction(async (tx) => {
    const before = await lockOrder(tx, projectId);
    const places = new Map(before.map((place) => [place.id, place.place]));
    const order = reordered([...places.keys()], id, behind?.id ?? null);
    const moved = order.map((task, i) => ({ id: task, place: i + 1 })).filter((p) => places.get(p.id) !== p.place);
    await saveOrder(tx, moved);
    if (moved.length > 0)
      await emit(tx, context, 'task.updated', { ...task, changed: task.clientVisible ? ['Task.order'] : INSIDE });
  });
  return (await loadTask(context, id))!;
}

const TITLE = { field: 'title', max: 200 };
const DESCRIPTION = { field: 'description', max: 10_000 };
const NOTES = { field: 'internalNotes', max: 10_000 };
const LONGEST_ESTIMATE = 2_000_000_000;
/** What decides about others (who works), about money and about what the client sees. */
const FOR_MANAGERS = ['assigneeId', 'billable', 'clientVisible'] as const;

/** The rule has asked about the task as it was read; the locked one may be another's by now. */
async function changeTask(
  { access, db }: Context,
  which: { id: string; projectId: string },
  change: (tx: Tx, task: Task) => Promise<void>,
): Promise<void> {
  await db.transaction(async (tx) => {
    const task = await lockTask(tx, which);
    access.require('taskEditor', task);
    await change(tx, task);
  });
}

async function saveTask(context: Context, tx: Tx, task: Task, changes: Partial<Task>): Promise<void> {
  const updatedAt = context.clock.now();
  await tx.update(Task, { id: task.id }, { ...changes, version: task.version + 1, updatedAt });
  const changed = fieldsChanged(task, changes);
  await emit(tx, context, 'task.updated', { ...task, changed });
  await emitLost(tx, context, task, changed);
}

/** Whose task it was may have no other way to see it, and hears that the project is another one. */
async function emitLost(tx: Tx, context: Context, task: Task, changed: string[]): Promise<void> {
  const { workspaceId, projectId, assigneeId, clientVisible } = task;
  const isLost = changed.some((field) => field === 'Task.assignee' || field === 'Task.clientVisible');
  if (!assigneeId || !clientVisible || !isLost) return;
  await emit(tx, context, 'project.updated', { workspaceId, projectId, personId: assigneeId, changed: [] });
}

/** Whoever may not see the task any more, or did not see it before, hears that the list is another one. */
function fieldsChanged(task: Task, changes: Partial<Task>): string[] {
  const fields = changedFields('Task', task, changes, { assigneeId: 'assignee', estimateSeconds: 'estimate' });
  const isListed = task.clientVisible || changes.clientVisible === true;
  if (!isListed) return fields.length > 0 ? INSIDE : [];
  const isOff = isOpen(task.status) && changes.status !== undefined && !isOpen(changes.status);
  return isOff || fields.includes('Task.clientVisible') ? [...fields, 'Project.tasks'] : fields;
}

/** What is done stands no more on the list of who tracks time alone. */
const isOpen = (status: TaskStatus): boolean => status === TaskStatus.OPEN || status === TaskStatus.IN_PROGRESS;

/** What is done with an internal task is the team's own, who see its version, also when the task is shown one day. */
const INSIDE = ['Task.version'];

async function changesOf(context: Context, projectId: string, input: UpdateTaskInput): Promise<Partial<Task>> {
  const { dueDate, billable, clientVisible, title } = input;
  if (title === null) throw badInput('title', 'A task keeps a title.');
  return {
    ...(title === undefined ? {} : { title: cleanText(title, TITLE) }),
    ...given('description', cleanOptionalText(input.description, DESCRIPTION)),
    ...given('internalNotes', cleanOptionalText(input.internalNotes, NOTES)),
    ...(input.assigneeId === undefined ? {} : { assigneeId: await assigneeOf(context, projectId, input.assigneeId) }),
    ...given('dueDate', dueDate),
    ...given('estimateSeconds', estimateOf(input.estimateSeconds)),
    ...(billable == null ? {} : { billable }),
    ...(clientVisible == null ? {} : { clientVisible }),
  };
}

function given<K extends keyof Task>(key: K, value: Task[K] | undefined): Partial<Task> {
  return value === undefined ? {} : ({ [key]: value } as Partial<Task>);
}

function estimateOf(seconds: number | null | undefined): number | null | undefined {
  if (seconds == null || (seconds >= 0 && seconds <= LONGEST_ESTIMATE)) return seconds;
  throw badInput('estimateSeconds', 'An estimate is not negative.', { max: LONGEST_ESTIMATE, actual: seconds });
}

/** Somebody who sees the project: a task in the hands of others would be nobody's. */
async function assigneeOf(context: Context, projectId: string, id: string | null | undefined): Promise<string | null> {
  if (id == null) return null;
  if (!(await loadPerson(context, id))) throw notFound('assigneeId');
  const holding = await heldBy(context.db, { personId: id, projectId, now: context.clock.now() });
  if (!holding) throw badInput('assigneeId', 'This person has no access to the project; give it to them first.');
  return id;
}
