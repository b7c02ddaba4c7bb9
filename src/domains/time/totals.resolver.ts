import { Arg, Ctx, FieldResolver, Float, Resolver } from 'type-graphql';
import type { Context } from '../../context';
import { Duration, toDuration } from '../../platform/duration';
import { Money, toMoney, toMoneyOrNull } from '../../platform/money';
import { Parent } from '../../platform/parent';
import { CalendarDateScalar } from '../../platform/scalars';
import { loadPersonOnProject } from '../people/people.loaders';
import { Person } from '../people/person.entity';
import { Project } from '../projects/project.entity';
import { loadProject } from '../projects/projects.loaders';
import { Task } from '../tasks/task.entity';
import { loadTask } from '../tasks/tasks.loaders';
import { loadCost, loadSums, loadTaskCost, loadTaskSums } from './totals.loaders';
import {
  billableAmount,
  costOfPart,
  margin,
  marginPercent,
  myTotals,
  timeByDay,
  totalsByDay,
  totalsByPerson,
  totalsByTask,
  totalsOf,
  uninvoicedAmount,
} from './totals.service';
import { DayTotals, MyTotals, PersonTotals, ProjectTotals, TaskTotals, TimeByDay } from './totals.types';

const From = () => Arg('from', () => CalendarDateScalar, { nullable: true, description: 'From this day on.' });
const To = () => Arg('to', () => CalendarDateScalar, { nullable: true, description: 'Up to this day, inclusive.' });

@Resolver(() => Project)
export class TotalsOfProjectResolver {
  @FieldResolver(() => ProjectTotals, {
    description: 'Project-wide totals, of all days or of a range (F-051, F-052, F-055, F-057, F-058). Never null.',
  })
  totals(@Parent() project: Project, @From() from: string | null, @To() to: string | null): ProjectTotals {
    return totalsOf(project, { from, to });
  }

  @FieldResolver(() => MyTotals, { nullable: true, description: 'Your own entries. For those who track time here.' })
  myTotals(
    @Parent() project: Project,
    @From() from: string | null,
    @To() to: string | null,
    @Ctx() context: Context,
  ): Promise<MyTotals> {
    return myTotals(context, project, { from, to });
  }

  @FieldResolver(() => [TimeByDay], {
    nullable: true,
    description: 'Time by date and task, oldest first: the last 30 days unless told, at most 366 (F-081).',
  })
  timeByDay(
    @Parent() project: Project,
    @From() from: string | null,
    @To() to: string | null,
    @Ctx() context: Context,
  ): Promise<TimeByDay[]> {
    return timeByDay(context, project, { from, to });
  }
}

@Resolver(() => ProjectTotals)
export class ProjectTotalsResolver {
  @FieldResolver(() => Duration, { nullable: true, description: 'All hours, as billed (F-051).' })
  async totalTime(@Parent() totals: ProjectTotals, @Ctx() context: Context): Promise<Duration> {
    return toDuration((await loadSums(context, totals)).billedSeconds);
  }

  @FieldResolver(() => Duration, { nullable: true, description: 'The billable hours (F-052).' })
  async billableTime(@Parent() totals: ProjectTotals, @Ctx() context: Context): Promise<Duration> {
    return toDuration((await loadSums(context, totals)).billableSeconds);
  }

  @FieldResolver(() => Duration, { nullable: true, description: 'The other hours (F-052).' })
  async nonBillableTime(@Parent() totals: ProjectTotals, @Ctx() context: Context): Promise<Duration> {
    const { billedSeconds, billableSeconds } = await loadSums(context, totals);
    return toDuration(billedSeconds - billableSeconds);
  }

  @FieldResolver(() => Duration, { nullable: true, description: 'What was really worked. For managers.' })
  async rawTime(@Parent() totals: ProjectTotals, @Ctx() context: Context): Promise<Duration> {
    return toDuration((await loadSums(context, totals)).rawSeconds);
  }

  @FieldResolver(() => Money, {
    nullable: true,
    description: 'What the client pays: the sum of the entries, or the fixed fee (then null for a range) (F-055).',
  })
  async billableAmount(@Parent() totals: ProjectTotals, @Ctx() context: Context): Promise<Money | null> {
    return toMoneyOrNull(await billableAmount(context, totals), totals.project.currency);
  }

  @FieldResolver(() => Money, {
    nullable: true,
    description: 'What of it stands on no issued invoice yet, net (F-057). Drafts count for those who see them.',
  })
  async uninvoicedAmount(@Parent() totals: ProjectTotals, @Ctx() context: Context): Promise<Money | null> {
    return toMoneyOrNull(await uninvoicedAmount(context, totals), totals.project.currency);
  }

  @FieldResolver(() => Money, { nullable: true, description: 'What the work cost the company (F-046, F-059).' })
  async internalCost(@Parent() totals: ProjectTotals, @Ctx() context: Context): Promise<Money> {
    return toMoney(await loadCost(context, totals), totals.project.currency);
  }

  @FieldResolver(() => Money, { nullable: true, description: '`billableAmount` less `internalCost`.' })
  async margin(@Parent() totals: ProjectTotals, @Ctx() context: Context): Promise<Money | null> {
    return toMoneyOrNull(await margin(context, totals), totals.project.currency);
  }

  @FieldResolver(() => Float, {
    nullable: true,
    description: 'The margin in percent of `billableAmount`, two decimals, cut off; null when that is 0.',
  })
  marginPercent(@Parent() totals: ProjectTotals, @Ctx() context: Context): Promise<number | null> {
    return marginPercent(context, totals);
  }

  @FieldResolver(() => [TaskTotals], { nullable: true, description: 'By task, in the order of the tasks.' })
  byTask(@Parent() totals: ProjectTotals, @Ctx() context: Context): Promise<TaskTotals[]> {
    return totalsByTask(context, totals);
  }

  @FieldResolver(() => [PersonTotals], { nullable: true, description: 'By person, the most hours first.' })
  byPerson(@Parent() totals: ProjectTotals, @Ctx() context: Context): Promise<PersonTotals[]> {
    return totalsByPerson(context, totals);
  }

  @FieldResolver(() => [DayTotals], {
    nullable: true,
    description: 'By day, oldest first; days without time are left out.',
  })
  byDay(@Parent() totals: ProjectTotals, @Ctx() context: Context): Promise<DayTotals[]> {
    return totalsByDay(context, totals);
  }
}

const COST = { nullable: true, description: 'What the entries cost the company. For owners and admins.' } as const;
const TASK = {
  nullable: true,
  description: 'The task; null for work on none, and for all tasks that you do not see.',
} as const;

@Resolver(() => TaskTotals)
export class TaskTotalsResolver {
  @FieldResolver(() => Money, COST)
  cost(@Parent() part: TaskTotals, @Ctx() context: Context): Promise<Money> {
    return costOfPart(context, part, 'task');
  }

  @FieldResolver(() => Task, TASK)
  async task(@Parent() { key }: TaskTotals, @Ctx() context: Context): Promise<Task | null> {
    return key === null ? null : loadTask(context, key);
  }
}

@Resolver(() => PersonTotals)
export class PersonTotalsResolver {
  @FieldResolver(() => Money, COST)
  cost(@Parent() part: PersonTotals, @Ctx() context: Context): Promise<Money> {
    return costOfPart(context, part, 'person');
  }

  @FieldResolver(() => Person, {
    nullable: true,
    description: 'Who; null for all people together whom the project does not show you.',
  })
  async person(@Parent() { key, projectId }: PersonTotals, @Ctx() context: Context): Promise<Person | null> {
    return key === null ? null : loadPersonOnProject(context, { personId: key, projectId });
  }
}

@Resolver(() => DayTotals)
export class DayTotalsResolver {
  @FieldResolver(() => Money, COST)
  cost(@Parent() part: DayTotals, @Ctx() context: Context): Promise<Money> {
    return costOfPart(context, part, 'day');
  }
}

@Resolver(() => TimeByDay)
export class TimeByDayResolver {
  @FieldResolver(() => Task, TASK)
  async task(@Parent() { taskId }: TimeByDay, @Ctx() context: Context): Promise<Task | null> {
    return taskId === null ? null : loadTask(context, taskId);
  }
}

@Resolver(() => Task)
export class TotalsOfTaskResolver {
  @FieldResolver(() => Duration, {
    nullable: true,
    description: 'The hours on it, as billed and as far as released to you.',
  })
  async trackedTime(@Parent() task: Task, @Ctx() context: Context): Promise<Duration> {
    return toDuration((await loadTaskSums(context, task)).billedSeconds);
  }

  @FieldResolver(() => Money, { nullable: true, description: 'What its entries cost the client.' })
  async billableAmount(@Parent() task: Task, @Ctx() context: Context): Promise<Money | null> {
    const sums = await loadTaskSums(context, task);
    return toMoney(sums.billableAmountMinor, await currencyOf(context, task));
  }

  @FieldResolver(() => Money, {
    nullable: true,
    description: 'What its entries cost the company. For owners and admins.',
  })
  async cost(@Parent() task: Task, @Ctx() context: Context): Promise<Money | null> {
    return toMoney(await loadTaskCost(context, task), await currencyOf(context, task));
  }
}

/** Of the project: whoever sees the task sees the project too. */
async function currencyOf(context: Context, { projectId }: Task): Promise<string> {
  return (await loadProject(context, projectId))!.currency;
}
