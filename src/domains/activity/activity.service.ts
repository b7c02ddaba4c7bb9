import type { Context } from '../../context';
import { type Heard, whatIsHeard } from '../../events/as-seen';
import { groupedBy } from '../../platform/batch';
import { readCursor } from '../../platform/cursors';
import { pageSize } from '../../platform/page-sql';
import { type Connection, type SortKey, toConnection } from '../../platform/paging';
import { NEWEST, newestOfProjects, newestOfViewer, type PlacedEvent, placeOf } from './activity.repository';
import { type ActivityArgs, type ActivityEvent, toActivityEvent } from './activity-event.types';

/** What happened on each of these projects, newest first, as far as the viewer may see it now. */
export async function activityOfProjects(
  context: Context,
  projectIds: readonly string[],
  args: ActivityArgs,
): Promise<Connection<ActivityEvent>[]> {
  const wanted = pageSize(args).size + 1;
  const before = await startOf(context, args);
  const readings = await readProjects(context, { projectIds, before, wanted });
  return readings.map((reading) => pageOf(reading, args));
}

/** When something last happened on each of these projects that the viewer may see; null where nothing did. */
export async function lastActivityOn(context: Context, projectIds: readonly string[]): Promise<(Date | null)[]> {
  const readings = await readProjects(context, { projectIds, before: NEWEST, wanted: 1 });
  return readings.map(({ told }) => told[0]?.event.occurredAt ?? null);
}

/** What happened on all projects and workspaces of the viewer, newest first. */
export async function activityOfViewer(context: Context, args: ActivityArgs): Promise<Connection<ActivityEvent>> {
  const reading = readingFrom('', await startOf(context, args));
  const next = async ([{ before }]: Reading[], most: number) => [await newestOfViewer(context, before, most)];
  await readOn(context, { readings: [reading], wanted: pageSize(args).size + 1, atFirst: OF_ALL, next });
  return pageOf(reading, args);
}

interface Told {
  event: PlacedEvent;
  heard: Heard;
}

/** How far one list has been read. */
interface Reading {
  id: string;
  before: bigint;
  told: Told[];
  isOver: boolean;
}

const readingFrom = (id: string, before: bigint | null): Reading => ({
  id,
  before: before ?? 0n,
  told: [],
  isOver: before === null,
});

interface OfProjects {
  projectIds: readonly string[];
  before: bigint | null;
  wanted: number;
}

async function readProjects(context: Context, { projectIds, before, wanted }: OfProjects): Promise<Reading[]> {
  const readings = projectIds.map((id) => readingFrom(id, before));
  const next = async (open: Reading[], most: number) =>
    groupedBy(
      open.map(({ id }) => id),
      await newestOfProjects(context, open, most),
      (event) => event.projectId!,
    );
  await readOn(context, { readings, wanted, atFirst: OF_ONE_OF_MANY, next });
  return readings;
}

interface ReadingOn {
  readings: readonly Reading[];
  wanted: number;
  /** How many events of each in the first round. */
  atFirst: number;
  /** The next events of each, newest first. */
  next: (open: Reading[], most: number) => Promise<PlacedEvent[][]>;
}

/**
 * Reads backwards until every list has what is wanted or has come to its beginning: each event is decided by the one
 * rule that decides the stream (as-seen.ts), all of a round at once. The rounds grow, so that even where much is hidden
 * they are few.
 */
async function readOn(context: Context, { readings, wanted, atFirst, next }: ReadingOn): Promise<void> {
  for (let most = Math.max(atFirst, wanted); ; most = Math.min(most * 4, MOST)) {
    const open = readings.filter(({ told, isOver }) => !isOver && told.length < wanted);
    if (open.length === 0) return;
    const found = await next(open, most);
    const heard = await whatIsHeard(context, found.flat());
    let at = 0;
    for (const [i, reading] of open.entries()) {
      for (const event of found[i]) {
        const said = heard[at++];
        if (said && reading.told.length < wanted) reading.told.push({ event, heard: said });
      }
      reading.before = found[i].at(-1)?.place ?? 0n;
      reading.isOver = found[i].length < most;
    }
  }
}

/** Nearly always enough, so that there is one round. */
const OF_ONE_OF_MANY = 10;
const OF_ALL = 200;
const MOST = 2000;

/** A cursor holds the id of an event that was shown, never its place: that counts hidden ones too. */
const ORDER: SortKey = { name: 'ACTIVITY', sql: '', type: 'bigint', descending: true, ofId: (id) => id };

async function startOf({ db }: Context, { after }: ActivityArgs): Promise<bigint | null> {
  return after == null ? NEWEST : placeOf(db, readCursor(after, ORDER, 'after').id);
}

const pageOf = ({ told }: Reading, args: ActivityArgs): Connection<ActivityEvent> =>
  toConnection({
    rows: told.map(({ event, heard }) => ({ ...toActivityEvent(event, heard), sortKey: null })),
    args,
    sort: ORDER,
    totalCount: undefined,
  });
