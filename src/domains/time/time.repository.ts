import type { ProjectAccess } from '../../access/project-access';
import { SqlParams, shownOn, visibleTimeEntries } from '../../access/rows';
import type { Sql, Tx } from '../../platform/database';
import { notFound } from '../../platform/errors';
import { type Connection, type PageArgs, readPage, readPages, type SortKey } from '../../platform/paging';
import type { Project } from '../projects/project.entity';
import { type AllTimeEntriesFilter, TimeEntrySort } from './time.inputs';
import { TimeEntry } from './time-entry.entity';

/** The entries of these ids that the viewer may see. */
export function findTimeEntries(db: Sql, access: ProjectAccess, ids: readonly string[]): Promise<TimeEntry[]> {
  const params = new SqlParams();
  const wanted = params.add(ids);
  const sql = `${SELECT} ${FROM} where e.id = any(${wanted}::text[]) and ${visibleTimeEntries(access, params)}`;
  return db.rows<TimeEntry>(sql, params.values);
}

export interface TimeEntryListArgs extends PageArgs {
  filter?: AllTimeEntriesFilter | null;
  sort: TimeEntrySort;
}

/** The same page of the entries of many projects. */
export function pageTimeEntries(
  db: Sql,
  access: ProjectAccess,
  projectIds: readonly string[],
  args: TimeEntryListArgs,
): Promise<Connection<TimeEntry>[]> {
  return readPages(db, args, pageOf(access, 'e.project_id = k.id', args), projectIds);
}

/** The same page of the entries that stand on many invoice lines. */
export function pageTimeEntriesOfLines(
  db: Sql,
  access: ProjectAccess,
  lineIds: readonly string[],
  args: TimeEntryListArgs,
): Promise<Connection<TimeEntry>[]> {
  return readPages(db, args, pageOf(access, 'e.invoice_line_id = k.id', args), lineIds);
}

/** A page of the entries of all projects. */
export function listTimeEntries(
  db: Sql,
  access: ProjectAccess,
  args: TimeEntryListArgs,
): Promise<Connection<TimeEntry>> {
  return readPage(db, args, pageOf(access, 'true', args));
}

/** Locks an entry for the rest of the transaction. Callers have asked the policy page before, and ask it again. */
export async function lockTimeEntry(
  tx: Tx,
  { id, projectId }: Pick<TimeEntry, 'id' | 'projectId'>,
): Promise<TimeEntry> {
  const sql = `${SELECT} ${FROM} where e.project_id = $1 and e.id = $2 for update of e`;
  const entry = await tx.row<TimeEntry>(sql, [projectId, id]);
  if (!entry) throw notFound();
  return entry;
}

/** Holds a project as it stands until the end of the transaction: entries of it may be written side by side. */
export async function holdProject(tx: Tx, id: string): Promise<Project> {
  const project = await tx.row<Project>('select p.*, p.id as project_id from project p where p.id = $1 for share', [
    id,
  ]);
  if (!project) throw notFound();
  return project;
}

export async function deleteEntry(tx: Tx, id: string): Promise<void> {
  await tx.rows('delete from time_entry where id = $1', [id]);
}

const SELECT = 'select e.*, e.created_by as created_by_id, p.currency';
const FROM = 'from time_entry e join project p on p.id = e.project_id';

const SORTS: Record<TimeEntrySort, SortKey> = {
  [TimeEntrySort.NEWEST]: { name: 'NEWEST', sql: 'e.date', type: 'date', descending: true },
  [TimeEntrySort.OLDEST]: { name: 'OLDEST', sql: 'e.date', type: 'date' },
};

function pageOf(access: ProjectAccess, where: string, { filter, sort }: TimeEntryListArgs) {
  const params = new SqlParams();
  const from = `${FROM} where ${where} and ${visibleTimeEntries(access, params)}${conditions(access, filter ?? {}, params)}`;
  return { select: SELECT, from, values: params.values, id: 'e.id', sort: SORTS[sort] };
}

function conditions(access: ProjectAccess, filter: AllTimeEntriesFilter, params: SqlParams): string {
  const { projectId, from, to, personId, taskId, billable } = filter;
  return [
    projectId == null ? '' : ` and e.project_id = ${params.add(projectId)}`,
    from == null ? '' : ` and e.date >= ${params.add(from)}::date`,
    to == null ? '' : ` and e.date <= ${params.add(to)}::date`,
    personId == null ? '' : ` and e.person_id = ${params.add(personId)} and ${personShown(access, params)}`,
    taskId == null ? '' : ` and e.task_id = ${params.add(taskId)}`,
    billable == null ? '' : ` and e.billable = ${params.add(billable)}`,
  ].join('');
}

/** Masked people match no filter, or the filter would unmask them (L-01). */
const personShown = (access: ProjectAccess, params: SqlParams): string =>
  `exists (select from membership m where m.id = e.person_id and ${shownOn(access, params, 'e.project_id')})`;
