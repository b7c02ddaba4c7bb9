import type { Transactional, Tx } from '../platform/database';
import { inEach } from '../platform/jobs';
import type { NumberedEvent } from './event.entity';
import type { EventKind } from './event-types';
import { eventsToRead, noteRead, takeReading, workspacesToRead } from './events.repository';

/** So many events go into one transaction. */
const AT_ONCE = 50;

/** Something that follows from what happened. */
export interface EventReader {
  /** Names its place in each stream. */
  name: string;
  kinds: readonly EventKind[];
  /** Does what follows from events of one workspace, in their order. */
  read(tx: Tx, events: readonly NumberedEvent[]): Promise<void>;
}

/**
 * Has a reader read what was told since, of every workspace. What follows from an event is committed together with the
 * reader's place, by one process at a time: so it follows once, whoever dies or runs beside.
 */
export async function readOn(database: Transactional, reader: EventReader, stopping: AbortSignal): Promise<void> {
  await inEach(await workspacesToRead(database, reader.name), stopping, async (workspaceId) => {
    let isMore = true;
    while (isMore && !stopping.aborted) {
      isMore = await database.transaction((tx) => readSome(tx, reader, workspaceId));
    }
  });
}

/** Says whether there may be more. */
async function readSome(tx: Tx, { name, kinds, read }: EventReader, workspaceId: string): Promise<boolean> {
  const place = await takeReading(tx, name, workspaceId);
  if (!place) return false;
  const events = await eventsToRead(tx, { ...place, workspaceId, kinds, most: AT_ONCE });
  if (events.length > 0) await read(tx, events);
  const isMore = events.length === AT_ONCE;
  await noteRead(tx, name, workspaceId, isMore ? events[AT_ONCE - 1].seq : place.lastSeq);
  return isMore;
}
