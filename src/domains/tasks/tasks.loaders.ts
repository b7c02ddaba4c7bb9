import type { Context } from '../../context';
import { batched, batchedById, inOrderOf } from '../../platform/batch';
import { batchedPages, type Connection } from '../../platform/paging';
import type { Task } from './task.entity';
import { findPlaces, findTasks, pageTasks, type TaskListArgs } from './tasks.repository';

/** Tasks that the viewer may see, by id. */
export const loadTask = batchedById<Context, Task>('Task', ({ db, access }, ids) => findTasks(db, access, ids));

/** Where a task stands in the list of its project as the viewer sees it, from 1. */
export const loadTaskOrder = batched<Context, string, number | null>(async ({ db, access }, ids) => {
  const places = await findPlaces(db, access, ids);
  return inOrderOf(ids, places, ({ id }) => id).map((row) => row?.place ?? null);
});

/** A page of the tasks of a project. */
export const loadTasksOfProject: (
  context: Context,
  projectId: string,
  args: TaskListArgs,
) => Promise<Connection<Task>> = batchedPages(({ db, access }: Context, projectIds, args: TaskListArgs) =>
  pageTasks(db, access, projectIds, args),
);
