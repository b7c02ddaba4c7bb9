import type { Context } from '../../context';
import { emit } from '../../events/outbox';
import { brokenConstraint } from '../../platform/database';
import { PorticoError } from '../../platform/errors';
import { newId } from '../../platform/ids';
import { loadProject } from '../projects/projects.loaders';
import { taskOf, wordsOf } from './log-time';
import { refuseUnlessActive } from './time.logic';
import { holdProject } from './time.repository';
import { Timer } from './timer.entity';
import type { StartTimerInput, StartTimerPayload } from './timers.inputs';
import { loadRunningTimer, loadTimer } from './timers.loaders';

/** Starts the caller's timer. One runs at a time in each workspace: who works on two things at once is not believed. */
export async function startTimer(context: Context, input: StartTimerInput): Promise<StartTimerPayload> {
  const project = (await loadProject(context, input.projectId))!;
  const { id: projectId, workspaceId } = project;
  const { personId } = context.access.require('tracker', project);
  const task = input.taskId == null ? null : await taskOf(context, projectId, input.taskId);
  const description = wordsOf(input).description ?? '';
  const id = newId('Timer');
  await refusingSecond(context, personId, () =>
    context.db.transaction(async (tx) => {
      refuseUnlessActive(await holdProject(tx, projectId));
      const startedAt = context.clock.now();
      await tx.insert(Timer, {
        id,
        workspaceId,
        personId,
        projectId,
        taskId: task?.id ?? null,
        description,
        startedAt,
      });
      await emit(tx, context, 'timer.started', { workspaceId, projectId, id, personId, changed: [] });
    }),
  );
  return { timer: (await loadTimer(context, id))! };
}

async function refusingSecond(context: Context, personId: string, start: () => Promise<void>): Promise<void> {
  try {
    await start();
  } catch (error) {
    if (brokenConstraint(error) !== 'timer_person_key') throw error;
    const running = await loadRunningTimer(context, personId);
    throw new PorticoError('TIMER_ALREADY_RUNNING', 'Another timer of yours runs here. Stop or discard it first.', {
      timerId: running?.id,
      startedAt: running?.startedAt,
    });
  }
}
