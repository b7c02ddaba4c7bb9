import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver } from 'type-graphql';
import type { Context } from '../../context';
import { Duration, toDuration } from '../../platform/duration';
import { Money, toMoney, toMoneyOrNull } from '../../platform/money';
import { type Connection, Page, type PageArgs } from '../../platform/paging';
import { Parent } from '../../platform/parent';
import { loadPersonOnProject } from '../people/people.loaders';
import { Person } from '../people/person.entity';
import { Project } from '../projects/project.entity';
import { loadProject } from '../projects/projects.loaders';
import { Task } from '../tasks/task.entity';
import { loadTask } from '../tasks/tasks.loaders';
import { logTime } from './log-time';
import {
  AllTimeEntriesFilter,
  DeleteTimeEntryInput,
  DeleteTimeEntryPayload,
  LogTimeInput,
  LogTimePayload,
  TimeEntryFilter,
  TimeEntrySort,
  UpdateTimeEntryInput,
  UpdateTimeEntryPayload,
} from './time.inputs';
import { isReleasedTo } from './time.logic';
import { listEntries, listEntriesOfProject } from './time.service';
import { TimeEntry } from './time-entry.entity';
import { TimeEntryConnection } from './time-entry.types';
import { deleteTimeEntry, updateTimeEntry } from './update-time-entry';

@Resolver(() => Project)
export class TimeOfProjectResolver {
  @FieldResolver(() => TimeEntryConnection, {
    nullable: true,
    description:
      'The entries of the project that you may see: released ones where they are shown, and your own (F-079).',
  })
  timeEntries(
    @Parent() project: Project,
    @Page() page: PageArgs,
    @Arg('filter', () => TimeEntryFilter, { nullable: true, description: 'Which ones; all without it.' })
    filter: TimeEntryFilter | null,
    @Arg('sort', () => TimeEntrySort, { defaultValue: TimeEntrySort.NEWEST, description: 'In which order.' })
    sort: TimeEntrySort,
    @Ctx() context: Context,
  ): Promise<Connection<TimeEntry>> {
    return listEntriesOfProject(context, project, { filter, sort, page });
  }
}

@Resolver(() => TimeEntry)
export class TimeResolver {
  @Query(() => TimeEntryConnection, {
    description: 'The entries that you may see, over all your projects (F-079, F-080).',
  })
  timeEntries(
    @Page() page: PageArgs,
    @Arg('filter', () => AllTimeEntriesFilter, { nullable: true, description: 'Which ones; all without it.' })
    filter: AllTimeEntriesFilter | null,
    @Arg('sort', () => TimeEntrySort, { defaultValue: TimeEntrySort.NEWEST, description: 'In which order.' })
    sort: TimeEntrySort,
    @Ctx() context: Context,
  ): Promise<Connection<TimeEntry>> {
    return listEntries(context, { filter, sort, page });
  }

  @FieldResolver(() => Project, { nullable: true, description: 'The project it was worked on.' })
  project(@Parent() entry: TimeEntry, @Ctx() context: Context): Promise<Project | null> {
    return loadProject(context, entry.projectId);
  }

  @FieldResolver(() => Task, {
    nullable: true,
    description: 'The task it was worked on; null for none, and for tasks that you do not see.',
  })
  task(@Parent() { taskId }: TimeEntry, @Ctx() context: Context): Promise<Task | null> | null {
    return taskId === null ? null : loadTask(context, taskId);
  }

  @FieldResolver(() => Person, {
    nullable: true,
    description: 'Who worked; null for people whom the project does not show you.',
  })
  person(@Parent() { personId, projectId }: TimeEntry, @Ctx() context: Context): Promise<Person | null> {
    return loadPersonOnProject(context, { personId, projectId });
  }

  @FieldResolver(() => Duration, { description: 'How long, as billed: the number that every total adds up.' })
  time(@Parent() entry: TimeEntry): Duration {
    return toDuration(entry.billedSeconds);
  }

  @FieldResolver(() => Duration, {
    nullable: true,
    description: 'How long it really was, before rounding. For whoever worked and the managers.',
  })
  rawTime(@Parent() entry: TimeEntry): Duration {
    return toDuration(entry.rawSeconds);
  }

  @FieldResolver(() => Person, {
    nullable: true,
    description: 'Who wrote it down. For whoever worked and the managers.',
  })
  createdBy(@Parent() { createdById, projectId }: TimeEntry, @Ctx() context: Context): Promise<Person | null> {
    return loadPersonOnProject(context, { personId: createdById, projectId });
  }

  @FieldResolver(() => Money, {
    nullable: true,
    description: 'What an hour of it costs the client; null when there was no rate.',
  })
  billRate(@Parent() entry: TimeEntry, @Ctx() { access }: Context): Money | null {
    if (!isReleasedTo(access.permit(entry)!, entry)) return null;
    return toMoneyOrNull(entry.billRateMinor, entry.currency);
  }

  @FieldResolver(() => Money, {
    nullable: true,
    description:
      'What it costs the client: billed time at the bill rate, half up; 0 unless billable and billed by the hour.',
  })
  billableAmount(@Parent() entry: TimeEntry, @Ctx() { access }: Context): Money | null {
    if (!isReleasedTo(access.permit(entry)!, entry)) return null;
    return toMoney(entry.billableAmountMinor, entry.currency);
  }

  @FieldResolver(() => Money, {
    nullable: true,
    description: 'What an hour of it costs the company; null when there was no rate. For owners and admins.',
  })
  costRate(@Parent() entry: TimeEntry): Money | null {
    return toMoneyOrNull(entry.costRateMinor, entry.currency);
  }

  @FieldResolver(() => Money, {
    nullable: true,
    description: 'What it costs the company: real time at the cost rate, half up. For owners and admins.',
  })
  costAmount(@Parent() entry: TimeEntry): Money {
    return toMoney(entry.costAmountMinor, entry.currency);
  }

  @FieldResolver(() => Boolean, {
    nullable: true,
    description: 'Whether it stands on an invoice that was sent; drafts do not count.',
  })
  invoiced(@Parent() entry: TimeEntry): boolean {
    return entry.invoiceState === 'ISSUED';
  }

  @Mutation(() => LogTimePayload, {
    description: 'Writes down time worked on an active project: your own, and for its managers that of others (F-043).',
  })
  logTime(
    @Arg('input', () => LogTimeInput, { description: 'The time.' }) input: LogTimeInput,
    @Ctx() context: Context,
  ): Promise<LogTimePayload> {
    return logTime(context, input);
  }

  @Mutation(() => UpdateTimeEntryPayload, {
    description: 'Corrects an entry that is on no issued invoice: your own, and for managers that of others.',
  })
  updateTimeEntry(
    @Arg('input', () => UpdateTimeEntryInput, { description: 'The changes.' }) input: UpdateTimeEntryInput,
    @Ctx() context: Context,
  ): Promise<UpdateTimeEntryPayload> {
    return updateTimeEntry(context, input);
  }

  @Mutation(() => DeleteTimeEntryPayload, {
    description: 'Deletes an entry that is on no issued invoice: your own, and for managers that of others.',
  })
  async deleteTimeEntry(
    @Arg('input', () => DeleteTimeEntryInput, { description: 'Which entry.' }) input: DeleteTimeEntryInput,
    @Ctx() context: Context,
  ): Promise<DeleteTimeEntryPayload> {
    return { deletedTimeEntryId: await deleteTimeEntry(context, input) };
  }
}
