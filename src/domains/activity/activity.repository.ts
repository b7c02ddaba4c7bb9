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

/** Where somebody reads on in the events of a project. */
export interface ReadOn {
  id: string;
  before: bigint;
}

/** The newest events of each of these projects, before a place of each. */
export function newestOfProjects(db: Sql, projects: readonly ReadOn[], most: number): Promise<PlacedEvent[]> {
  const sql = `select x.* from unnest($1::text[], $2::bigint[]) as k (id, before)
    cross join lateral (${newest('e.project_id = k.id and e.position < k.before', '$3')} limit $4) x
    order by x.place desc`;
  const ids = projects.map(({ id }) => id);
  const places = projects.map(({ before }) => String(before));
  return db.rows<PlacedEvent>(sql, [ids, places, NOT_KEPT, most]);
}

/** The newest events that the viewer might be told of, before a place: the newest of each source, and the first of those. */
export function newestOfViewer(db: Sql, access: ProjectAccess, before: bigint, most: number): Promise<PlacedEvent[]> {
  const params = new SqlParams();
  const [place, kinds, limit] = [params.add(String(before)), params.add(NOT_KEPT), params.add(most)];
  const parts = sourcesOf(access).map(({ of, ids }) => {
    const one = newest(`${of('k.id')} and e.position < ${place}::bigint`, kinds);
    return `select x.* from unnest(${params.add(ids)}::text[]) as k (id) cross join lateral (${one} limit ${limit}) x`;
  });
  return db.rows<PlacedEvent>(`${parts.join(' union ')} order by place desc limit ${limit}`, params.values);
}

/** The events of these ids that the viewer might be told of. */
export function findEvents(db: Sql, access: ProjectAccess, ids: readonly string[]): Promise<PlacedEvent[]> {
  const params = new SqlParams();
  const [wanted, kinds] = [params.add(ids), params.add(NOT_KEPT)];
  const sources = sourcesOf(access).map((source) => `(${source.of(`any(${params.add(source.ids)}::text[])`)})`);
  const where = `e.id = any(${wanted}::text[]) and (${sources.join(' or ')})`;
  return db.rows<PlacedEvent>(newest(where, kinds), params.values);
}

const newest = (where: string, kinds: string): string =>
  `select e.id, e.workspace_id, e.project_id, e.kind, e.subject_id, e.person_id, e.actor_id, e.changed, e.time_release,
     e.occurred_at, e.position as place
   from event e where ${where} and e.kind <> all(${kinds}::text[]) order by e.position desc`;

const NOT_KEPT = EVENT_KINDS.filter((kind) => factsOf(kind).silent || factsOf(kind).fleeting);

interface Source {
  of: (ids: string) => string;
  ids: readonly string[];
}

/**
 * Where there may be something for the viewer: projects whose activity is open to them, what belongs to a workspace
 * alone, and what was written to themselves. Each event is decided by itself after that (as-seen.ts).
 */
const sourcesOf = (access: ProjectAccess): Source[] => [
  { of: (ids) => `e.project_id = ${ids}`, ids: access.projectIds('clientView') },
  { of: (ids) => `e.workspace_id = ${ids}`, ids: access.adminWorkspaceIds },
  {
    of: (ids) => `e.project_id is null and e.workspace_id = ${ids}`,
    ids: access.memberships.map((m) => m.workspaceId),
  },
  { of: (ids) => `e.person_id = ${ids}`, ids: access.personIds },
];
