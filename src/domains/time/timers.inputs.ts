import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { CalendarDateScalar, DateTimeScalar } from '../../platform/scalars';
import { TimeEntry, TimeEntryWarning } from './time-entry.entity';
import { Timer } from './timer.entity';

@InputType({ description: 'Work that begins now.' })
export class StartTimerInput {
  @Field(() => ID, { description: 'On which project. It must be ACTIVE: else `PROJECT_NOT_ACTIVE`.' })
  projectId: string;

  @Field(() => ID, { nullable: true, description: 'On which of its tasks, if on one.' })
  taskId?: string | null;

  @Field(() => String, { nullable: true, description: 'What is being done, up to 1,000 characters.' })
  description?: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'What `startTimer` started.' })
export class StartTimerPayload {
  @Field({ description: 'The timer.' })
  timer: Timer;
}

@InputType({ description: 'A timer to stop, and what the entry should say otherwise than the timer.' })
export class StopTimerInput {
  @Field(() => ID, { description: 'Which timer.' })
  timerId: string;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the work ended, if not now: for a timer that was forgotten. An entry is 24 hours at most.',
  })
  endedAt?: Date | null;

  @Field(() => CalendarDateScalar, {
    nullable: true,
    description: 'On which day; unless told the day on which it was started, in your own time zone.',
  })
  date?: string | null;

  @Field(() => ID, { nullable: true, description: 'On which task; unless told as the timer, null for none.' })
  taskId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What was done, up to 1,000 characters; unless told as the timer. Clients may read it.',
  })
  description?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the client is billed for it; unless told as the task or the project says, never for clients.',
  })
  billable?: boolean | null;

  @Field(() => String, { nullable: true, description: 'For whoever worked and the managers, up to 1,000 characters.' })
  internalNote?: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'What `stopTimer` wrote.' })
export class StopTimerPayload {
  @Field({ description: 'The entry.' })
  timeEntry: TimeEntry;

  @Field(() => [TimeEntryWarning], { description: 'What you should know of it.' })
  warnings: TimeEntryWarning[];
}

@InputType({ description: 'A timer to throw away.' })
export class DiscardTimerInput {
  @Field(() => ID, { description: 'Which timer.' })
  timerId: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `discardTimer` threw away.' })
export class DiscardTimerPayload {
  @Field(() => ID, { description: 'The id that the timer had.' })
  discardedTimerId: string;
}
