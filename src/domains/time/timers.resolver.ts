import { Arg, Ctx, FieldResolver, Mutation, Resolver } from 'type-graphql';
import type { Context } from '../../context';
import { Parent } from '../../platform/parent';
import { ViewerMembership } from '../auth/viewer.types';
import { Project } from '../projects/project.entity';
import { loadProject } from '../projects/projects.loaders';
import { Task } from '../tasks/task.entity';
import { loadTask } from '../tasks/tasks.loaders';
import { startTimer } from './start-timer';
import { discardTimer, stopTimer } from './stop-timer';
import { Timer } from './timer.entity';
import {
  DiscardTimerInput,
  DiscardTimerPayload,
  StartTimerInput,
  StartTimerPayload,
  StopTimerInput,
  StopTimerPayload,
} from './timers.inputs';
import { loadRunningTimer } from './timers.loaders';

@Resolver(() => ViewerMembership)
export class RunningTimerResolver {
  @FieldResolver(() => Timer, {
    nullable: true,
    description: 'The timer of the viewer that runs in this workspace; null when none does.',
  })
  runningTimer(@Parent() { personId }: ViewerMembership, @Ctx() context: Context): Promise<Timer | null> {
    return loadRunningTimer(context, personId);
  }
}

@Resolver(() => Timer)
export class TimersResolver {
  @FieldResolver(() => Project, {
    nullable: true,
    description: 'The project that is worked on; null when you do not see it any more.',
  })
  project(@Parent() { projectId }: Timer, @Ctx() context: Context): Promise<Project | null> {
    return loadProject(context, projectId);
  }

  @FieldResolver(() => Task, {
    nullable: true,
    description: 'The task that is worked on; null for none, and for tasks that you do not see any more.',
  })
  async task(@Parent() { taskId }: Timer, @Ctx() context: Context): Promise<Task | null> {
    return taskId === null ? null : loadTask(context, taskId);
  }

  @Mutation(() => StartTimerPayload, {
    description:
      'Starts your timer on an active project where you may track time. One runs at a time in each workspace: else ' +
      '`TIMER_ALREADY_RUNNING`, whose `timerId` and `startedAt` are those of the one that runs.',
  })
  startTimer(
    @Arg('input', () => StartTimerInput, { description: 'The work.' }) input: StartTimerInput,
    @Ctx() context: Context,
  ): Promise<StartTimerPayload> {
    return startTimer(context, input);
  }

  @Mutation(() => StopTimerPayload, {
    description:
      'Stops your timer and writes down what was worked, as `logTime` does. Where that is refused (the project is not ' +
      'ACTIVE any more, you may not track time there any more) the timer runs on, so that nothing is lost.',
  })
  stopTimer(
    @Arg('input', () => StopTimerInput, { description: 'The timer.' }) input: StopTimerInput,
    @Ctx() context: Context,
  ): Promise<StopTimerPayload> {
    return stopTimer(context, input);
  }

  @Mutation(() => DiscardTimerPayload, { description: 'Throws your timer away: nothing is written down.' })
  discardTimer(
    @Arg('input', () => DiscardTimerInput, { description: 'The timer.' }) input: DiscardTimerInput,
    @Ctx() context: Context,
  ): Promise<DiscardTimerPayload> {
    return discardTimer(context, input);
  }
}
