import { refuseUnknownField } from '../access/fields';
import type { Clock } from '../platform/clock';
import type { Tx } from '../platform/database';
import { newId } from '../platform/ids';
import { typeNameOf } from '../platform/node';
import { EventRecord } from './event.entity';
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
export async function emit(tx: Tx, { clock, access }: Doer, kind: EventKind, what: Happening): Promise<void> {
  const { workspaceId, projectId = null, personId = null, timeRelease = null } = what;
  const subjectId = what.id ?? projectId ?? workspaceId;
  const changed = [...(what.changed ?? [`${typeNameOf(subjectId)}.id`])];
  if (changed.length === 0 && personId === null) return;
  for (const field of changed) refuseUnknownField(field);
  const actorId = access?.membership(workspaceId)?.personId ?? null;
  const occurredAt = clock.now();
  const facts = { workspaceId, projectId, kind, subjectId, personId, actorId, changed, timeRelease, occurredAt };
  await tx.insert(EventRecord, { id: newId('Event'), ...facts });
  tx.announce();
}
