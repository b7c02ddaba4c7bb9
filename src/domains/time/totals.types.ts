import { Field, ObjectType } from 'type-graphql';
import { Duration } from '../../platform/duration';
import { Money } from '../../platform/money';
import { CalendarDateScalar } from '../../platform/scalars';
import type { Project } from '../projects/project.entity';

/** The totals of a project are an object without a visibility of its own: each number is asked for by itself. */
@ObjectType({
  simpleResolvers: true,
  description:
    'What a project adds up to: all of it, or the days asked for; always project-wide, as far as released to you.',
})
export class ProjectTotals {
  project: Project;
  workspaceId: string;
  projectId: string;
  from: string | null;
  to: string | null;
  /** A cost with a range of dates is another secret than one without. */
  dated: boolean;
}

/** `simpleResolvers` counts where the fields are written: the classes below hand these on as they are here. */
@ObjectType({ simpleResolvers: true })
export abstract class PartOfTotals {
  workspaceId: string;
  projectId: string;
  totals: ProjectTotals;
  /** Of the task or person, or the day itself; null for all together that the viewer does not see. */
  key: string | null;

  @Field(() => Duration, { nullable: true, description: 'All hours, as billed.' })
  totalTime: Duration | null;

  @Field(() => Duration, { nullable: true, description: 'The billable hours.' })
  billableTime: Duration | null;

  @Field(() => Duration, { nullable: true, description: 'The other hours.' })
  nonBillableTime: Duration | null;

  @Field(() => Money, { nullable: true, description: 'What the entries cost the client; 0 unless billed by the hour.' })
  billableAmount: Money | null;

  @Field(() => Money, { nullable: true, description: 'What of it stands on no invoice yet.' })
  uninvoicedAmount: Money | null;
}

@ObjectType({ simpleResolvers: true, description: 'What one task adds up to.' })
export class TaskTotals extends PartOfTotals {}

@ObjectType({ simpleResolvers: true, description: 'What one person’s work adds up to.' })
export class PersonTotals extends PartOfTotals {}

@ObjectType({ simpleResolvers: true, description: 'What one day adds up to.' })
export class DayTotals extends PartOfTotals {
  @Field(() => CalendarDateScalar, { description: 'The day.' })
  date: string;
}

@ObjectType({ simpleResolvers: true, description: 'The time of one day on one task.' })
export class TimeByDay {
  workspaceId: string;
  projectId: string;

  @Field(() => CalendarDateScalar, { description: 'The day.' })
  date: string;

  taskId: string | null;

  @Field(() => Duration, { nullable: true, description: 'The billable hours.' })
  billableTime: Duration | null;

  @Field(() => Duration, { nullable: true, description: 'All hours, as billed.' })
  totalTime: Duration | null;
}

@ObjectType({ simpleResolvers: true, description: 'What your own entries on a project add up to.' })
export class MyTotals {
  @Field(() => Duration, { description: 'All hours, as billed.' })
  totalTime: Duration;

  @Field(() => Duration, { description: 'The billable hours.' })
  billableTime: Duration;

  @Field(() => Duration, { description: 'What you really worked, before rounding.' })
  rawTime: Duration;
}
