import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { CalendarDateScalar, DateTimeScalar } from '../../platform/scalars';
import { EXPECTED_VERSION } from '../../platform/versioned';
import { TimeEntry, TimeEntryWarning } from './time-entry.entity';

@InputType({ description: 'Which entries of a project. Everything given must fit.' })
export class TimeEntryFilter {
  @Field(() => CalendarDateScalar, { nullable: true, description: 'On this day or later.' })
  from?: string | null;

  @Field(() => CalendarDateScalar, { nullable: true, description: 'On this day or earlier.' })
  to?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'By this person, as far as you see whose they are. `NOT_FOUND` for people whom you do not see.',
  })
  personId?: string | null;

  @Field(() => ID, { nullable: true, description: 'On this task. `NOT_FOUND` for tasks that you do not see.' })
  taskId?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Billable ones, or the others.' })
  billable?: boolean | null;
}

@InputType({ description: 'Which entries, over all your projects. Everything given must fit.' })
export class AllTimeEntriesFilter extends TimeEntryFilter {
  @Field(() => ID, {
    nullable: true,
    description: 'On this project. `NOT_FOUND` or `FORBIDDEN` where you do not see it, or not its entries.',
  })
  projectId?: string | null;
}

export enum TimeEntrySort {
  NEWEST = 'NEWEST',
  OLDEST = 'OLDEST',
}

registerEnumType(TimeEntrySort, {
  name: 'TimeEntrySort',
  description: 'What a list of entries is sorted by.',
  valuesConfig: {
    NEWEST: { description: 'Date, newest first.' },
    OLDEST: { description: 'Date, oldest first.' },
  },
});

const SECONDS = 'How long, 1 to 86,400 seconds; or give `startedAt` and `endedAt` instead.';

@InputType({ description: 'Time worked.' })
export class LogTimeInput {
  @Field(() => ID, { description: 'On which project. It must be ACTIVE: else `PROJECT_NOT_ACTIVE`.' })
  projectId: string;

  @Field(() => ID, { nullable: true, description: 'On which of its tasks, if on one.' })
  taskId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Who worked: yourself unless told. Managers log for whoever may track time there.',
  })
  personId?: string | null;

  @Field(() => CalendarDateScalar, { description: 'On which day.' })
  date: string;

  @Field(() => Int, { nullable: true, description: SECONDS })
  seconds?: number | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When the work began; with `endedAt`.' })
  startedAt?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it ended: after it began, within 24 hours.' })
  endedAt?: Date | null;

  @Field(() => String, { nullable: true, description: 'What was done, up to 1,000 characters; clients may read it.' })
  description?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the client is billed for it; unless told as the task or the project says, never for clients.',
  })
  billable?: boolean | null;

  @Field(() => String, { nullable: true, description: 'For whoever worked and the managers, up to 1,000 characters.' })
  internalNote?: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'What `logTime` wrote.' })
export class LogTimePayload {
  @Field({ description: 'The entry.' })
  timeEntry: TimeEntry;

  @Field(() => [TimeEntryWarning], { description: 'What you should know of it.' })
  warnings: TimeEntryWarning[];
}

@InputType({ description: 'Changes to an entry: what is left out stays, null clears.' })
export class UpdateTimeEntryInput {
  @Field(() => ID, { description: 'Which entry.' })
  timeEntryId: string;

  @Field(() => Int, EXPECTED_VERSION)
  expectedVersion?: number | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Another project, for who manages both. It leaves its task, and the invoice that it was drafted on.',
  })
  projectId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Another task of the project; null for none.' })
  taskId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Somebody else who may track time there. For managers to change.' })
  personId?: string | null;

  @Field(() => CalendarDateScalar, { nullable: true, description: 'Another day.' })
  date?: string | null;

  @Field(() => Int, { nullable: true, description: `${SECONDS} It then has no times any more.` })
  seconds?: number | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When the work began; with `endedAt`.' })
  startedAt?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it ended: after it began, within 24 hours.' })
  endedAt?: Date | null;

  @Field(() => String, { nullable: true, description: 'What was done, up to 1,000 characters; clients may read it.' })
  description?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether the client is billed for it.' })
  billable?: boolean | null;

  @Field(() => String, { nullable: true, description: 'For whoever worked and the managers, up to 1,000 characters.' })
  internalNote?: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'What `updateTimeEntry` changed.' })
export class UpdateTimeEntryPayload {
  @Field({ description: 'The entry.' })
  timeEntry: TimeEntry;

  @Field(() => [TimeEntryWarning], { description: 'What you should know of it.' })
  warnings: TimeEntryWarning[];
}

@InputType({ description: 'An entry to delete.' })
export class DeleteTimeEntryInput {
  @Field(() => ID, { description: 'Which entry.' })
  timeEntryId: string;

  @Field(() => Int, EXPECTED_VERSION)
  expectedVersion?: number | null;
}

@ObjectType({ simpleResolvers: true, description: 'What `deleteTimeEntry` deleted.' })
export class DeleteTimeEntryPayload {
  @Field(() => ID, { description: 'The id that the entry had.' })
  deletedTimeEntryId: string;
}
