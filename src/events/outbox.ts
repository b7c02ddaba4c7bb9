import { refuseUnknownField } from '../access/fields';
import type { Clock } from '../platform/clock';
import type { Tx } from '../platform/database';
import { newId } from '../platform/ids';
import { typeNameOf } from '../platform/node';
import { type Event, EventRecord } from './event.entity';
import type { EventKind } from './event-types';

/** Who does something: a request's context, or a clock alone where no person acts. */
export interface Doer {
  clock: Clock;
  access?: { membership(workspaceId: string): { personId: string } | undefined };
}

/** Nobody in particular, at a moment. */
export const systemAt = (now: Date): Doer => ({ clock: { now: () => now } });

/** Somebody who is known by their id in the workspace alone. */
export const doneBy = (personId: string, now: Date): Doer => ({
  ...systemAt(now),
  access: { membership: () => ({ personId }) },
});

/** What happened, in ids. */
export interface Happening {
  workspaceId: string;
  projectId?: string | null;
  /** What it happened to; the project, or else the workspace, when nothing is said. */
  id?: string;
  personId?: string;
  /** Fields of the schema that changed; the subject as a whole when nothing is said. */
  changed?: readonly string[];
  timeRelease?: 'BEFORE' | 'WITH';
}

/**
 * Writes down that something happened, in the transaction of the change: both are kept or neither. After the commit
 * the relay numbers it and whoever may see it is told.
 */
export const emit = (tx: Tx, by: Doer, kind: EventKind, what: Happening): Promise<void> =>
  emitAll(tx, by, kind, [what]);

/** The same for many at once, in one statement. */
export async function emitAll(tx: Tx, by: Doer, kind: EventKind, all: readonly Happening[]): Promise<void> {
  const events = all
    .map((what) => eventOf(by, kind, what))
    .filter((event) => event.changed.length > 0 || event.personId);
  if (events.length === 0) return;
  await tx.insert(EventRecord, events);
  tx.announce();
}

function eventOf({ clock, access }: Doer, kind: EventKind, what: Happening): Event {
  const { workspaceId, projectId = null, personId = null, timeRelease = null } = what;
  const subjectId = what.id ?? projectId ?? workspaceId;
  const changed = [...(what.changed ?? [`${typeNameOf(subjectId)}.id`])];
  for (const field of changed) refuseUnknownField(field);
  const actorId = access?.membership(workspaceId)?.personId ?? null;
  const facts = { workspaceId, projectId, kind, subjectId, personId, actorId, changed, timeRelease };
  return { id: newId('Event'), ...facts, occurredAt: clock.now() };
}
