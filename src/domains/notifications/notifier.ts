import { loadAccessOfUsers } from '../../access/load-access';
import type { ProjectAccess } from '../../access/project-access';
import type { Context } from '../../context';
import type { NumberedEvent } from '../../events/event.entity';
import { factsOf } from '../../events/event-types';
import { emitAll, systemAt } from '../../events/outbox';
import { type EventReader, readOn } from '../../events/reader';
import { groupedBy } from '../../platform/batch';
import type { Clock } from '../../platform/clock';
import type { Transactional, Tx } from '../../platform/database';
import { newId } from '../../platform/ids';
import { queueMail } from '../mail/queue-mail';
import { Notification } from './notification.entity';
import { findCandidates } from './notifications.repository';
import { findReceivers } from './preferences.repository';
import { isMailed, namedBy, type Recipients, recipientsOf, TELLING_KINDS, type TellingKind } from './recipients';
import { hearsOf } from './still-heard';

interface NotifierParts {
  database: Transactional;
  clock: Clock;
  /** Reads as somebody who was read in this transaction. */
  contextInside(tx: Tx, access: ProjectAccess): Context;
}

/** Makes the notifications of what was told since: each once, whichever process comes first. */
export function makeNotifications(parts: NotifierParts, stopping: AbortSignal): Promise<void> {
  const reader: EventReader = {
    name: 'notifications',
    kinds: TELLING_KINDS,
    read: (tx, events) => notify(tx, events, parts),
  };
  return readOn(parts.database, reader, stopping);
}

async function notify(
  tx: Tx,
  events: readonly NumberedEvent[],
  { clock, contextInside }: NotifierParts,
): Promise<void> {
  const tellable = await tellableOf(tx, events);
  const accesses = await loadAccessOfUsers(tx, clock, [...new Set(tellable.map(({ userId }) => userId))]);
  const contexts = new Map([...accesses].map(([userId, access]) => [userId, contextInside(tx, access)]));
  const made: Notification[] = [];
  for (const { event, personId, userId } of tellable) {
    const context = contexts.get(userId);
    if (context && (await hearsOf(context, event))) made.push(notificationOf(event, personId));
  }
  await mailAtOnce(tx, made, clock);
  await tx.insert(Notification, made);
  const badges = made.map(({ id, workspaceId, personId }) => ({ workspaceId, id, personId, changed: [] }));
  await emitAll(tx, systemAt(clock.now()), 'notification.created', badges);
}

/** Mails to those who want them at once; what is in them is read when they are sent. */
async function mailAtOnce(tx: Tx, made: readonly Notification[], clock: Clock): Promise<void> {
  const receivers = await findReceivers(tx, [...new Set(made.map(({ personId }) => personId))]);
  const byPerson = new Map(receivers.map((receiver) => [receiver.personId, receiver]));
  for (const notification of made) {
    const { id: notificationId, personId, workspaceId } = notification;
    const receiver = byPerson.get(personId);
    if (!receiver || !isMailed(notification, receiver.frequency)) continue;
    notification.isMailed = true;
    const data = { personId, notificationId };
    await queueMail(tx, { kind: 'NOTIFICATION', recipient: receiver.email, workspaceId, data }, clock);
  }
}

interface Tellable {
  event: NumberedEvent;
  personId: string;
  userId: string;
}

/** Who may be told of what, whatever they may see: nobody of what they did themselves. */
async function tellableOf(tx: Tx, events: readonly NumberedEvent[]): Promise<Tellable[]> {
  const named: Record<Recipients, string[]> = { PROJECT: [], ASSIGNEE: [], INVITER: [], CONCERNED: [] };
  const wanted = withoutRepeats(events).flatMap((event) => {
    const recipients = recipientsOf(event);
    const name = recipients && namedBy(recipients, event);
    if (!recipients || !name) return [];
    named[recipients].push(name);
    return [{ event, key: `${recipients}/${name}` }];
  });
  const candidates = await findCandidates(tx, named);
  const keys = wanted.map(({ key }) => key);
  const found = groupedBy([...new Set(keys)], candidates, (c) => `${c.recipients}/${c.namedBy}`);
  const byKey = new Map([...new Set(keys)].map((key, i) => [key, found[i]]));
  return wanted.flatMap(({ event, key }) =>
    byKey
      .get(key)!
      .flatMap(({ personId, userId }) => (personId === event.actorId ? [] : [{ event, personId, userId }])),
  );
}

/** Whose task it is by now is told once, of the last time that it was given to somebody. */
function withoutRepeats(events: readonly NumberedEvent[]): NumberedEvent[] {
  const isGiven = (event: NumberedEvent) => recipientsOf(event) === 'ASSIGNEE';
  const last = new Map(events.filter(isGiven).map((event) => [event.subjectId, event]));
  return events.filter((event) => !isGiven(event) || last.get(event.subjectId) === event);
}

function notificationOf(event: NumberedEvent, personId: string): Notification {
  const { workspaceId, projectId, subjectId, actorId, changed, timeRelease } = event;
  return {
    id: newId('Notification'),
    workspaceId,
    ofProjectId: projectId,
    personId,
    eventId: event.id,
    kind: event.kind as TellingKind,
    critical: factsOf(event.kind).critical === true,
    subjectId,
    actorId,
    changed,
    timeRelease,
    isPersonal: event.personId === personId,
    isMailed: false,
    createdAt: event.occurredAt,
    readAt: null,
  };
}
