import { heldBy } from '../../access/held-by';
import type { ProjectAccess } from '../../access/project-access';
import type { Context } from '../../context';
import type { Tx } from '../../platform/database';
import { badInput, notFound } from '../../platform/errors';
import { newId } from '../../platform/ids';
import { cleanOptionalText } from '../../platform/text';
import { loadPerson } from '../people/people.loaders';
import { Billing } from '../projects/project.enums';
import { loadProject } from '../projects/projects.loaders';
import { resolveRates } from '../rates/resolve-rates';
import type { Task } from '../tasks/task.entity';
import { loadTask } from '../tasks/tasks.loaders';
import type { LogTimeInput, LogTimePayload } from './time.inputs';
import { loadTimeEntry } from './time.loaders';
import { lacksBillRate, priced, refuseUnlessActive, roundedSeconds, timeSpent } from './time.logic';
import { holdProject } from './time.repository';
import { TimeEntry, TimeEntryWarning } from './time-entry.entity';

/** Writes down time that was worked, with the rates that count now: one's own, and for managers that of others (F-043, F-044). */
export async function logTime(context: Context, input: LogTimeInput): Promise<LogTimePayload> {
  const { access, clock, db } = context;
  const project = (await loadProject(context, input.projectId))!;
  const own = access.require('tracker', project).personId;
  const personId = input.personId ?? own;
  if (personId !== own) await refuseUnlessForOthers(context, project, personId);
  const spent = timeSpent(input);
  if (!spent) throw badInput('seconds', 'Say how long: `seconds`, or `startedAt` and `endedAt`.');
  const task = input.taskId == null ? null : await taskOf(context, project.id, input.taskId);
  const words = wordsOf(input);
  const now = clock.now();

  const entry = await db.transaction(async (tx) => {
    const held = await holdProject(tx, project.id);
    refuseUnlessActive(held);
    const isClient = await isClientWhoTracks(tx, { personId, projectId: project.id, now });
    const asUsual = task ? task.billable : held.billing !== Billing.NON_BILLABLE;
    const facts = {
      projectId: project.id,
      taskId: task?.id ?? null,
      personId,
      date: input.date,
      ...spent,
      billedSeconds: roundedSeconds(spent.rawSeconds, held),
      billable: input.billable ?? (asUsual && !isClient),
    };
    const [rates] = await resolveRates(tx, [facts]);
    const entry = {
      id: newId('TimeEntry'),
      workspaceId: project.workspaceId,
      ...facts,
      description: words.description ?? '',
      internalNote: words.internalNote ?? null,
      ...rates,
      ...priced({ ...facts, ...rates }, held.billing),
      invoiceState: 'NONE' as const,
      invoiceLineId: null,
      createdById: own,
      version: 1,
      createdAt: now,
      updatedAt: now,
    };
    await tx.insert(TimeEntry, entry);
    return { ...entry, billing: held.billing };
  });
  return { timeEntry: (await loadTimeEntry(context, entry.id))!, warnings: warningsFor(access, entry) };
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

type Written = Parameters<typeof lacksBillRate>[0] & {
  workspaceId: string;
  projectId: string;
  personId: string;
  billing: Billing;
};

/** That a rate is missing is told to those alone who would see it (L-06). */
export function warningsFor(access: ProjectAccess, entry: Written): TimeEntryWarning[] {
  const tells = lacksBillRate(entry, entry.billing) && access.may('entryBillRate', entry);
  return tells ? [TimeEntryWarning.NO_BILL_RATE] : [];
}
