import type { ProjectAccess } from '../../access/project-access';
import { SqlParams, visibleOrganisations } from '../../access/rows';
import type { Sql, Tx } from '../../platform/database';
import { notFound } from '../../platform/errors';
import { type Connection, readPages, type SortKey } from '../../platform/paging';
import type { ClientOrganisation } from './client-organisation.entity';
import type { ClientOrganisationList } from './clients.inputs';

const SELECT = 'select o.*, o.id as client_organisation_id';

/** The client organisations of these ids that the viewer may see. */
export function findOrganisations(
  db: Sql,
  access: ProjectAccess,
  ids: readonly string[],
): Promise<ClientOrganisation[]> {
  const params = new SqlParams();
  const wanted = params.add(ids);
  const sql = `${SELECT} from client_organisation o
    where o.id = any(${wanted}::text[]) and ${visibleOrganisations(access, params)}`;
  return db.rows<ClientOrganisation>(sql, params.values);
}

/** A page of the client organisations of each workspace, by name. */
export function listOrganisations(
  db: Sql,
  access: ProjectAccess,
  { workspaceIds, list }: { workspaceIds: readonly string[]; list: ClientOrganisationList },
): Promise<Connection<ClientOrganisation>[]> {
  const params = new SqlParams();
  const { search, statusIn } = list.filter ?? {};
  const conditions = [
    'o.workspace_id = k.id',
    visibleOrganisations(access, params),
    ...(search == null ? [] : [`position(lower(${params.add(search.trim())}::text) in lower(o.name)) > 0`]),
    ...(statusIn == null ? [] : [`o.status = any(${params.add(statusIn)}::text[])`]),
  ];
  const from = `from client_organisation o where ${conditions.join(' and ')}`;
  const page = { select: SELECT, from, values: params.values, id: 'o.id', sort: BY_NAME };
  return readPages(db, list, page, workspaceIds);
}

const BY_NAME: SortKey = { name: 'NAME', sql: 'lower(o.name) collate "C"', type: 'text' };

/** Locks a client organisation: its contacts are counted and added one transaction after the other. */
export async function lockOrganisation(tx: Tx, id: string): Promise<ClientOrganisation> {
  const organisation = await tx.row<ClientOrganisation>(
    `${SELECT} from client_organisation o where o.id = $1 for no key update`,
    [id],
  );
  if (!organisation) throw notFound();
  return organisation;
}
