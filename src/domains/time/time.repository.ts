import type { ProjectAccess } from '../../access/project-access';
import {
  SqlParams,
  shownOn,
  visibleProjects,
  visibleTimeEntries,
  visibleTimeEntriesOfProject,
} from '../../access/rows';
import type { Sql, Tx } from '../../platform/database';
import { notFound } from '../../platform/errors';
import {
  type Connection,
  type PageArgs,
  type PageOf,
  readPageAcross,
  readPages,
  type SortKey,
} from '../../platform/paging';
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
  return readPages(db, args, pageOf({ access, args, of: OF_PROJECT }), projectIds);
}

/** The same page of the entries that stand on many invoice lines. */
export function pageTimeEntriesOfLines(
  db: Sql,
  access: ProjectAccess,
  lineIds: readonly string[],
  args: TimeEntryListArgs,
): Promise<Connection<TimeEntry>[]> {
  return readPages(db, args, pageOf({ access, args, of: OF_LINE }), lineIds);
}

/** A page of the entries of all projects that the viewer sees. */
export function listTimeEntries(
  db: Sql,
  access: ProjectAccess,
  args: TimeEntryListArgs,
): Promise<Connection<TimeEntry>> {
  const params = new SqlParams();
  const page = pageOf({ access, args, of: OF_PROJECT, params });
  const projectId = args.filter?.projectId;
  const one = projectId == null ? '' : ` and p.id = ${params.add(projectId)}`;
  const parents = `select p.id from project p where ${visibleProjects(access, params)}${one}`;
  return readPageAcross(db, args, [{ parents, page }]);
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

/** On which side somebody works who has an entry. */
interface Worker {
  isClient: boolean;
  /** They are a client now, and were of the team when the entry was written. */
  wasOfTeam: boolean;
}

export async function findWorker(
  tx: Tx,
  { personId, createdAt }: Pick<TimeEntry, 'personId' | 'createdAt'>,
): Promise<Worker> {
  const sql = `select m.person_type = 'CLIENT' as is_client, coalesce($2::timestamptz < m.converted_at, false) as was_of_team
    from membership m where m.id = $1`;
  return (await tx.row<Worker>(sql, [personId, createdAt]))!;
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

const OF_PROJECT = { where: 'e.project_id = k.id', visible: visibleTimeEntriesOfProject };
const OF_LINE = { where: 'e.invoice_line_id = k.id', visible: visibleTimeEntries };

interface EntriesOf {
  access: ProjectAccess;
  args: TimeEntryListArgs;
  of: typeof OF_PROJECT | typeof OF_LINE;
  params?: SqlParams;
}

function pageOf({ access, args: { filter, sort }, of, params = new SqlParams() }: EntriesOf): PageOf {
  const from = `${FROM} where ${of.where} and ${of.visible(access, params)}${conditions(access, filter ?? {}, params)}`;
  return { select: SELECT, from, values: params.values, id: 'e.id', sort: SORTS[sort] };
}

function conditions(access: ProjectAccess, filter: AllTimeEntriesFilter, params: SqlParams): string {
  const { from, to, personId, taskId, billable } = filter;
  return [
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
