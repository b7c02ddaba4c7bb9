import type { Context } from '../../context';
import { refuseInverted } from '../../platform/date-range';
import { notFound } from '../../platform/errors';
import type { Connection, PageArgs } from '../../platform/paging';
import { loadPerson } from '../people/people.loaders';
import type { Project } from '../projects/project.entity';
import { loadProject } from '../projects/projects.loaders';
import { loadTask } from '../tasks/tasks.loaders';
import type { AllTimeEntriesFilter, TimeEntrySort } from './time.inputs';
import { loadTimeEntriesOfProject } from './time.loaders';
import { listTimeEntries } from './time.repository';
import type { TimeEntry } from './time-entry.entity';

interface TimeEntryList {
  filter: AllTimeEntriesFilter | null;
  sort: TimeEntrySort;
  page: PageArgs;
}

/** The entries of a project (F-079), as far as the caller sees them. */
export async function listEntriesOfProject(
  context: Context,
  project: Project,
  { filter, sort, page }: TimeEntryList,
): Promise<Connection<TimeEntry>> {
  await refuseUnseen(context, filter ?? {});
  return loadTimeEntriesOfProject(context, project.id, { ...page, filter, sort });
}

/** The entries of all projects of the caller (F-080). */
export async function listEntries(
  context: Context,
  { filter, sort, page }: TimeEntryList,
): Promise<Connection<TimeEntry>> {
  await refuseUnseen(context, filter ?? {});
  return listTimeEntries(context.db, context.access, { ...page, filter, sort });
}

/** Filters that name what the caller does not see are refused before any row is read (L-01). */
async function refuseUnseen(context: Context, filter: AllTimeEntriesFilter): Promise<void> {
  const { projectId, personId, taskId } = filter;
  refuseInverted(filter, 'filter.from');
  if (projectId != null) {
    const project = await loadProject(context, projectId);
    if (!project) throw notFound('filter.projectId');
    context.access.require('entryList', project);
  }
  if (personId != null && !(await loadPerson(context, personId))) throw notFound('filter.personId');
  if (taskId != null && !(await loadTask(context, taskId))) throw notFound('filter.taskId');
}
