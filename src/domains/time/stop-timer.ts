import type { Context } from '../../context';
import { emit } from '../../events/outbox';
import { today } from '../../platform/clock';
import type { Tx } from '../../platform/database';
import { badInput, notFound, PorticoError } from '../../platform/errors';
import type { Project } from '../projects/project.entity';
import { loadProject } from '../projects/projects.loaders';
import { loadTask } from '../tasks/tasks.loaders';
import { warningsFor, workOf, writeEntry } from './log-time';
import { loadTimeEntry } from './time.loaders';
import type { Timer } from './timer.entity';
import type { DiscardTimerInput, DiscardTimerPayload, StopTimerInput, StopTimerPayload } from './timers.inputs';
import { loadTimer } from './timers.loaders';
import { takeTimer } from './timers.repository';

/**
 * Stops the caller's timer and writes down what was worked, as `logTime` would. What logTime would refuse is refused in
 * the same words, and the timer runs on: nothing is lost until its owner discards it.
 */
export async function stopTimer(context: Context, input: StopTimerInput): Promise<StopTimerPayload> {
  const timer = await timerOf(context, input.timerId);
  const project = await projectOf(context, timer);
  const { startedAt, projectId } = timer;
  const endedAt = endOf(context, timer, input);
  const work = await workOf(context, project, {
    projectId,
    taskId: input.taskId === undefined ? await taskIdOf(context, timer) : input.taskId,
    date: input.date ?? today({ now: () => startedAt }, timer.timezone),
    startedAt,
    endedAt,
    description: input.description === undefined ? timer.description : input.description,
    billable: input.billable,
    internalNote: input.internalNote,
  });
  const entry = await context.db.transaction(async (tx) => {
    await endTimer(tx, context, timer);
    return writeEntry(tx, context, work);
  });
  return { timeEntry: (await loadTimeEntry(context, entry.id))!, warnings: warningsFor(context.access, entry) };
}

/** Throws the caller's timer away: nothing is written down. */
export async function discardTimer(context: Context, { timerId }: DiscardTimerInput): Promise<DiscardTimerPayload> {
  const timer = await timerOf(context, timerId);
  await context.db.transaction((tx) => endTimer(tx, context, timer));
  return { discardedTimerId: timer.id };
}

async function timerOf(context: Context, id: string): Promise<Timer> {
  const timer = await loadTimer(context, id);
  if (!timer) throw notFound('timerId');
  return timer;
}

async function endTimer(tx: Tx, context: Context, timer: Timer): Promise<void> {
  await takeTimer(tx, timer);
  const { id, workspaceId, projectId, personId } = timer;
  await emit(tx, context, 'timer.stopped', { workspaceId, projectId, id, personId, changed: [] });
}

/** The timer is one's own whatever became of the project: what is missing is said of the project. */
async function projectOf(context: Context, { projectId }: Timer): Promise<Project> {
  const project = await loadProject(context, projectId);
  if (project && context.access.may('tracker', project)) return project;
  throw new PorticoError(
    'FORBIDDEN',
    'You may not track time on this project any more. The timer runs on: discard it, or ask who manages the project.',
    { requires: ['trackTime'] },
  );
}

function endOf({ clock }: Context, { startedAt }: Timer, input: StopTimerInput): Date {
  const now = clock.now();
  const endedAt = input.endedAt ?? now;
  if (endedAt > now) throw badInput('endedAt', 'A timer measures what was worked: this moment is yet to come.');
  if (input.endedAt == null && now.getTime() - startedAt.getTime() > MOST_MS) {
    throw badInput('endedAt', 'The timer has run for more than 24 hours: say when the work ended, or discard it.');
  }
  return endedAt;
}

const MOST_MS = 24 * 3_600_000;

/** A task may be closed to its people while their timer runs. */
async function taskIdOf(context: Context, { taskId }: Timer): Promise<string | null> {
  if (taskId === null || (await loadTask(context, taskId))) return taskId;
  throw badInput('taskId', 'The task of the timer is not open to you any more: name another, or null for none.');
}
