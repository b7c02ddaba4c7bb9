import { heldBy } from '../../access/held-by';
import type { ProjectAccess } from '../../access/project-access';
import type { Context } from '../../context';
import type { Tx } from '../../platform/database';
import { badInput, notFound } from '../../platform/errors';
import { newId } from '../../platform/ids';
import { cleanOptionalText } from '../../platform/text';
import { loadPerson } from '../people/people.loaders';
import type { Project } from '../projects/project.entity';
import { Billing } from '../projects/project.enums';
import { loadProject } from '../projects/projects.loaders';
import { resolveRates } from '../rates/resolve-rates';
import type { Task } from '../tasks/task.entity';
import { loadTask } from '../tasks/tasks.loaders';
import type { LogTimeInput, LogTimePayload } from './time.inputs';
import { loadTimeEntry } from './time.loaders';
import {
  decideBillable,
  lacksBillRate,
  priced,
  refuseUnlessActive,
  roundedSeconds,
  type TimeSpent,
  timeSpent,
} from './time.logic';
import { holdProject } from './time.repository';
import { TimeEntry, TimeEntryWarning } from './time-entry.entity';
import { emitLogged } from './time-events';

/** Writes down time that was worked, with the rates that count now: one's own, and for managers that of others (F-043, F-044). */
export async function logTime(context: Context, input: LogTimeInput): Promise<LogTimePayload> {
  const project = (await loadProject(context, input.projectId))!;
  const work = await workOf(context, project, input);
  const entry = await context.db.transaction((tx) => writeEntry(tx, context, work));
  return { timeEntry: (await loadTimeEntry(context, entry.id))!, warnings: warningsFor(context.access, entry) };
}

/** A task of the project that the caller sees. */
export async function taskOf(context: Context, projectId: string, id: string): Promise<Task> {
  const task = await loadTask(context, id);
  if (task?.projectId !== projectId) throw notFound('taskId');
  return task;
}

/** For others a manager writes, and for people alone whom the manager sees. */
export async function refuseUnlessForOthers(
  context: Context,
  project: { workspaceId: string; projectId: string },
  personId: string,
): Promise<void> {
  context.access.require('manager', project);
  if (!(await loadPerson(context, personId))) throw notFound('personId');
}

/** Refuses people who may not track time on the project; says of the others whether they are the client's. */
export async function isClientWhoTracks(
  tx: Tx,
  who: { personId: string; projectId: string; now: Date },
): Promise<boolean> {
  const holding = await heldBy(tx, who);
  if (holding?.trackTime || holding?.managesProject) return holding.personType === 'CLIENT';
  throw badInput('personId', 'This person may not track time on the project.');
}

/** What was typed; undefined where nothing was said. */
export function wordsOf({
  description,
  internalNote,
}: Pick<LogTimeInput, 'description' | 'internalNote'>): Partial<Record<'description' | 'internalNote', string | null>> {
  return {
    description: cleanOptionalText(description, { field: 'description', max: 1000 }),
    internalNote: cleanOptionalText(internalNote, { field: 'internalNote', max: 1000 }),
  };
}

/** That a rate is missing is told to those alone who would see it (L-06). */
export function warningsFor(access: ProjectAccess, entry: Written): TimeEntryWarning[] {
  const tells = lacksBillRate(entry, entry.billing) && access.may('entryBillRate', entry);
  return tells ? [TimeEntryWarning.NO_BILL_RATE] : [];
}

interface Work {
  project: Project;
  task: Task | null;
  personId: string;
  createdById: string;
  spent: TimeSpent;
  date: string;
  /** Undefined: as the task or the project is billed. */
  billable: boolean | undefined;
  description: string;
  internalNote: string | null;
}

/** What the input says, as far as the caller may say it. */
export async function workOf(context: Context, project: Project, input: LogTimeInput): Promise<Work> {
  const createdById = context.access.require('tracker', project).personId;
  const personId = input.personId ?? createdById;
  if (personId !== createdById) await refuseUnlessForOthers(context, project, personId);
  const spent = timeSpent(input);
  if (!spent) throw badInput('seconds', 'Say how long: `seconds`, or `startedAt` and `endedAt`.');
  const task = input.taskId == null ? null : await taskOf(context, project.id, input.taskId);
  const { description, internalNote } = wordsOf(input);
  return {
    project,
    task,
    personId,
    createdById,
    spent,
    date: input.date,
    billable: input.billable ?? undefined,
    description: description ?? '',
    internalNote: internalNote ?? null,
  };
}

/** In the transaction of whoever says that it was worked. */
export async function writeEntry(tx: Tx, context: Context, work: Work) {
  const now = context.clock.now();
  const { task, personId, createdById, spent, date, description, internalNote } = work;
  const project = await holdProject(tx, work.project.id);
  refuseUnlessActive(project);
  const ofClient = await isClientWhoTracks(tx, { personId, projectId: project.id, now });
  const asUsual = task ? task.billable : project.billing !== Billing.NON_BILLABLE;
  const facts = {
    projectId: project.id,
    taskId: task?.id ?? null,
    personId,
    date,
    ...spent,
    billedSeconds: roundedSeconds(spent.rawSeconds, project),
    billable: decideBillable({ told: work.billable, asUsual, ofClient }),
  };
  const [rates] = await resolveRates(tx, [facts]);
  const measured = { ...facts, ...rates, ...priced({ ...facts, ...rates }, project.billing) };
  const state = { invoiceState: 'NONE' as const, invoiceLineId: null, version: 1, createdAt: now, updatedAt: now };
  const words = { description, internalNote, createdById };
  const entry = { id: newId('TimeEntry'), workspaceId: project.workspaceId, ...measured, ...words, ...state };
  await tx.insert(TimeEntry, entry);
  await emitLogged(tx, context, entry);
  return { ...entry, billing: project.billing };
}

type Written = Parameters<typeof lacksBillRate>[0] & {
  workspaceId: string;
  projectId: string;
  personId: string;
  billing: Billing;
};
