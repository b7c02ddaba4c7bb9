import type { ProjectAccess } from '../../access/project-access';
import { SqlParams, shownOn, visibleTasks } from '../../access/rows';
import type { Sql, Tx } from '../../platform/database';
import { notFound } from '../../platform/errors';
import { type Connection, type PageArgs, readPages, type SortKey } from '../../platform/paging';
import type { Task } from './task.entity';
import type { TaskFilter } from './task.inputs';

/** The tasks of these ids that the viewer may see. */
export function findTasks(db: Sql, access: ProjectAccess, ids: readonly string[]): Promise<Task[]> {
  const params = new SqlParams();
  const wanted = params.add(ids);
  const sql = `select t.* from task t where t.id = any(${wanted}::text[]) and ${visibleTasks(access, params)}`;
  return db.rows<Task>(sql, params.values);
}

export interface TaskListArgs extends PageArgs {
  filter?: TaskFilter | null;
}

/** The same page of the tasks of many projects, in the order that the team gave them. */
export function pageTasks(
  db: Sql,
  access: ProjectAccess,
  projectIds: readonly string[],
  args: TaskListArgs,
): Promise<Connection<Task>[]> {
  const params = new SqlParams();
  const visible = visibleTasks(access, params);
  const from = `from task t where t.project_id = k.id and ${visible}${conditions(access, args.filter ?? {}, params)}`;
  const page = { select: 'select t.*', from, values: params.values, id: 't.id', sort: byPlace(visible) };
  return readPages(db, args, page, projectIds);
}

interface Place {
  id: string;
  place: number;
}

/** Where tasks stand among those that the viewer sees of the same project, from 1: gaps would tell of hidden ones. */
export function findPlaces(db: Sql, access: ProjectAccess, ids: readonly string[]): Promise<Place[]> {
  const params = new SqlParams();
  const wanted = params.add(ids);
  const sql = `select x.id, x.place from (
      select t.id, (row_number() over (partition by t.project_id order by t.position, t.id))::int as place
      from task t where t.project_id in (select project_id from task where id = any(${wanted}::text[]))
        and ${visibleTasks(access, params)}) x
    where x.id = any(${wanted}::text[])`;
  return db.rows<Place>(sql, params.values);
}

/** Locks a task for the rest of the transaction. Callers have asked the policy page before, and ask it again. */
export async function lockTask(tx: Tx, { id, projectId }: Pick<Task, 'id' | 'projectId'>): Promise<Task> {
  const task = await tx.row<Task>('select t.* from task t where t.project_id = $1 and t.id = $2 for update', [
    projectId,
    id,
  ]);
  if (!task) throw notFound();
  return task;
}

/** All tasks of a project in their order, locked, so that two moves at once do not shuffle each other. */
export async function lockOrder(tx: Tx, projectId: string): Promise<Place[]> {
  const sql = `select t.id, t.position as place from task t where t.project_id = $1 order by t.id for update`;
  const places = await tx.rows<Place>(sql, [projectId]);
  return places.sort((a, b) => a.place - b.place || (a.id < b.id ? -1 : 1));
}

export async function saveOrder(tx: Tx, places: readonly Place[]): Promise<void> {
  if (places.length === 0) return;
  await tx.rows(
    `update task t set position = k.place from unnest($1::text[], $2::int[]) as k (id, place) where t.id = k.id`,
    [places.map(({ id }) => id), places.map(({ place }) => place)],
  );
}

export async function nextPlace(tx: Tx, projectId: string): Promise<number> {
  const sql = `select coalesce(max(position), 0) + 1 as place from task where project_id = $1`;
  return (await tx.row<{ place: number }>(sql, [projectId]))!.place;
}

/**
 * Cursors hold no positions: hidden tasks stand in the same row of numbers. For the same reason a cursor made by hand
 * for a hidden task is one for no task.
 */
const byPlace = (visible: string): SortKey => ({
  name: 'ORDER',
  sql: 't.position',
  type: 'bigint',
  ofId: (id) => `select t.position from task t where t.id = ${id} and ${visible}`,
});

function conditions(access: ProjectAccess, { statusIn, assigneeId, search }: TaskFilter, params: SqlParams): string {
  return [
    statusIn == null ? '' : ` and t.status = any(${params.add(statusIn)}::text[])`,
    assigneeId == null ? '' : ` and t.assignee_id = ${params.add(assigneeId)} and ${assigneeShown(access, params)}`,
    search == null ? '' : ` and position(lower(${params.add(search.trim())}::text) in lower(t.title)) > 0`,
  ].join('');
}

/** A masked assignee matches no filter, or the filter would unmask them (L-01). */
const assigneeShown = (access: ProjectAccess, params: SqlParams): string =>
  `exists (select from membership m where m.id = t.assignee_id and ${shownOn(access, params, 't.project_id')})`;
