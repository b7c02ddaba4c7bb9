import type { ProjectAccess } from '../../access/project-access';
import { SqlParams, visibleProjects } from '../../access/rows';
import type { VisibilityPreset, VisibilitySettings } from '../../access/visibility';
import type { Sql, Tx } from '../../platform/database';
import { notFound } from '../../platform/errors';
import { type Connection, type PageArgs, readPage, type SortKey } from '../../platform/paging';
import type { Project } from './project.entity';
import { type ProjectFilter, ProjectSort } from './project.inputs';

const SELECT = 'select p.*, p.id as project_id';

/** The projects of these ids that the viewer may see. */
export function findProjects(db: Sql, access: ProjectAccess, ids: readonly string[]): Promise<Project[]> {
  const params = new SqlParams();
  const wanted = params.add(ids);
  const sql = `${SELECT} from project p where p.id = any(${wanted}::text[]) and ${visibleProjects(access, params)}`;
  return db.rows<Project>(sql, params.values);
}

export interface ProjectList {
  filter?: ProjectFilter | null;
  sort: ProjectSort;
  page: PageArgs;
}

export function listProjects(
  db: Sql,
  access: ProjectAccess,
  { filter, sort, page }: ProjectList,
): Promise<Connection<Project>> {
  const params = new SqlParams();
  const from = `from project p where ${visibleProjects(access, params)}${conditions(filter ?? {}, params)}`;
  return readPage(db, page, { select: SELECT, from, values: params.values, id: 'p.id', sort: SORTS[sort] });
}

/**
 * Locks a project for the rest of the transaction. What counts on it as it stands (time being logged, an invitation) waits;
 * rows that merely name it do not. Callers have asked the policy page before.
 */
export async function lockProject(tx: Tx, id: string): Promise<Project> {
  const project = await tx.row<Project>(`${SELECT} from project p where p.id = $1 for no key update`, [id]);
  if (!project) throw notFound();
  return project;
}

/** What a client organisation and its workspace decide for new projects. */
export interface ProjectDefaults {
  workspaceId: string;
  currency: string;
  preset: VisibilityPreset;
  visibility: Partial<VisibilitySettings>;
}

export async function findDefaults(tx: Tx, clientOrganisationId: string): Promise<ProjectDefaults> {
  const defaults = await tx.row<ProjectDefaults>(
    `select o.workspace_id, o.currency, w.default_preset as preset, w.default_visibility as visibility
     from client_organisation o join workspace w on w.id = o.workspace_id where o.id = $1`,
    [clientOrganisationId],
  );
  if (!defaults) throw notFound('clientOrganisationId');
  return defaults;
}

function conditions(filter: ProjectFilter, params: SqlParams): string {
  const { statusIn, workspaceId, clientOrganisationId, search } = filter;
  return [
    statusIn == null ? ` and p.status <> 'ARCHIVED'` : ` and p.status = any(${params.add(statusIn)}::text[])`,
    workspaceId == null ? '' : ` and p.workspace_id = ${params.add(workspaceId)}`,
    clientOrganisationId == null ? '' : ` and p.client_organisation_id = ${params.add(clientOrganisationId)}`,
    search == null ? '' : ` and (${contains('p.name', search, params)} or ${contains('p.code', search, params)})`,
  ].join('');
}

const contains = (column: string, text: string, params: SqlParams): string =>
  `position(lower(${params.add(text.trim())}::text) in lower(${column})) > 0`;

const LIFE = `array['PLANNED', 'ACTIVE', 'ON_HOLD', 'COMPLETED', 'ARCHIVED']`;

const SORTS: Record<ProjectSort, SortKey> = {
  [ProjectSort.NAME]: { name: 'NAME', sql: 'lower(p.name) collate "C"', type: 'text' },
  [ProjectSort.CODE]: { name: 'CODE', sql: 'lower(p.code) collate "C"', type: 'text' },
  [ProjectSort.STATUS]: { name: 'STATUS', sql: `array_position(${LIFE}, p.status)::bigint`, type: 'bigint' },
  [ProjectSort.START_DATE]: { name: 'START_DATE', sql: 'p.start_date', type: 'date', descending: true },
};
