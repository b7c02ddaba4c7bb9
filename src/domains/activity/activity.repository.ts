import { neverSeenWith } from '../../access/fields';
import type { ProjectAccess } from '../../access/project-access';
import { SqlParams } from '../../access/rows';
import type { Event } from '../../events/event.entity';
import { EVENT_KINDS, factsOf } from '../../events/event-types';
import type { Sql } from '../../platform/database';

/** An event where it was written: of two the later has the higher place. Nobody is told it, for it counts hidden ones. */
export interface PlacedEvent extends Event {
  place: bigint;
}

/** Above every place. */
export const NEWEST = 2n ** 63n - 1n;

/** The place of an event; null when it has been forgotten, and with it everything before. */
export async function placeOf(db: Sql, id: string): Promise<bigint | null> {
  const row = await db.row<{ place: bigint }>('select position as place from event where id = $1', [id]);
  return row?.place ?? null;
}

interface Reader {
  db: Sql;
  access: ProjectAccess;
}

/** Where somebody reads on in the events of a project. */
interface ReadOn {
  id: string;
  before: bigint;
}

/** The newest events of each of these projects, before a place of each. The viewer holds a permit on all of them. */
export function newestOfProjects(
  { db, access }: Reader,
  projects: readonly ReadOn[],
  most: number,
): Promise<PlacedEvent[]> {
  const hidden = projects.map(({ id }) => hiddenOn(access, id));
  const where = `e.project_id = k.id and e.position < k.before and ${worthAsking('$5')}`;
  const sql = `select x.* from ${withHidden('select id, before', 'unnest($1::text[], $2::bigint[], $6::text[]) as k (id, before, list)')}
    cross join lateral (${newest(where, '$3')} limit $4) x
    order by x.place desc`;
  const ids = projects.map(({ id }) => id);
  const places = projects.map(({ before }) => String(before));
  return db.rows<PlacedEvent>(sql, [ids, places, NOT_KEPT, most, access.personIds, hidden]);
}

/** The newest events that the viewer might be told of, before a place: the newest of each source, and the first of those. */
export function newestOfViewer({ db, access }: Reader, before: bigint, most: number): Promise<PlacedEvent[]> {
  const params = new SqlParams();
  const [place, kinds, limit] = [params.add(String(before)), params.add(NOT_KEPT), params.add(most)];
  const mine = params.add(access.personIds);
  const parts = sourcesOf(access).map(({ of, ids, hidden = ids.map(() => '') }) => {
    const one = newest(`${of('k.id', params)} and e.position < ${place}::bigint and ${worthAsking(mine)}`, kinds);
    return `select x.* from ${withHidden('select id', `unnest(${params.add(ids)}::text[], ${params.add(hidden)}::text[]) as k (id, list)`)}
      cross join lateral (${one} limit ${limit}) x`;
  });
  return db.rows<PlacedEvent>(`${parts.join(' union all ')} order by place desc limit ${limit}`, params.values);
}

/** The events of these ids that the viewer might be told of. */
export function findEvents(db: Sql, access: ProjectAccess, ids: readonly string[]): Promise<PlacedEvent[]> {
  const params = new SqlParams();
  const [wanted, kinds] = [params.add(ids), params.add(NOT_KEPT)];
  const sources = sourcesOf(access).map(({ of, ids: own }) => `(${of(`any(${params.add(own)}::text[])`, params)})`);
  const where = `e.id = any(${wanted}::text[]) and (${sources.join(' or ')})`;
  return db.rows<PlacedEvent>(newest(where, kinds), params.values);
}

const newest = (where: string, kinds: string): string =>
  `select e.id, e.workspace_id, e.project_id, e.kind, e.subject_id, e.person_id, e.actor_id, e.changed, e.time_release,
     e.occurred_at, e.position as place
   from event e where ${where} and e.kind <> all(${kinds}::text[]) order by e.position desc`;

/** Not those whose every field is shown to the viewer on no row of the project: however many, they are not read. */
const worthAsking = (mine: string): string => `(not e.changed <@ k.hidden or e.person_id = any(${mine}::text[]))`;

/** Taken apart once for each list, not for each event: `offset` keeps the planner from moving it there. */
const withHidden = (select: string, from: string): string =>
  `(${select}, string_to_array(list, ',') as hidden from ${from} offset 0) k`;

function hiddenOn(access: ProjectAccess, projectId: string): string {
  const permit = access.permitOfProject(projectId);
  return permit && !access.isAdmin(permit.workspaceId) ? neverSeenWith(permit).join(',') : '';
}

const NOT_KEPT = EVENT_KINDS.filter((kind) => factsOf(kind).silent || factsOf(kind).fleeting);

interface Source {
  of: (ids: string, params: SqlParams) => string;
  ids: readonly string[];
  hidden?: string[];
}

/**
 * Where there may be something for the viewer, each event in one place alone: projects whose activity is open to them,
 * what belongs to a workspace alone, and what was written to themselves. Each event is decided by itself after that
 * (as-seen.ts).
 */
function sourcesOf(access: ProjectAccess): Source[] {
  const administered = access.adminWorkspaceIds;
  const elsewhere = access.memberships.map((m) => m.workspaceId).filter((id) => !administered.includes(id));
  const projectIds = access.projectIds('clientView', (permit) => !administered.includes(permit.workspaceId));
  const hidden = projectIds.map((id) => hiddenOn(access, id));
  const toThemselves = (ids: string, params: SqlParams) => `e.person_id = ${ids} and e.project_id is not null
    and e.project_id <> all(${params.add(projectIds)}::text[]) and e.workspace_id <> all(${params.add(administered)}::text[])`;
  return [
    { of: (ids) => `e.project_id = ${ids}`, ids: projectIds, hidden },
    { of: (ids) => `e.workspace_id = ${ids}`, ids: administered },
    { of: (ids) => `e.project_id is null and e.workspace_id = ${ids}`, ids: elsewhere },
    { of: toThemselves, ids: access.personIds },
  ];
}
