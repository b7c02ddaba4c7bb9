import type { Event } from '../../events/event.entity';
import type { EventKind } from '../../events/event-types';
import type { NotificationFrequency } from '../workspaces/notification-frequency';

/** Among whom somebody is told: those on the project, whose task or invitation it is, or whose access. */
export type Recipients = 'PROJECT' | 'ASSIGNEE' | 'INVITER' | 'CONCERNED';

interface Telling {
  to: Recipients;
  /** Only when one of these changed. */
  when?: readonly string[];
  /** `never`: what comes with it is written of. `always`: whatever its reader prefers. */
  mail?: 'never' | 'always';
}

/**
 * Whom what is worth a notification (F-117, F-122). Who of them gets one is decided by what they may hear, as on the
 * stream; nobody is told what they did themselves. What is not here happens too often to be told of.
 */
const TELLINGS = {
  'invoice.sent': { to: 'PROJECT' },
  'invoice.overdue': { to: 'PROJECT' },
  'invoice.voided': { to: 'PROJECT' },
  'invoice.paid': { to: 'PROJECT', mail: 'never' },
  'payment.received': { to: 'PROJECT' },
  'budget.threshold_reached': { to: 'PROJECT' },
  'time.released': { to: 'PROJECT', mail: 'never' },
  'project.updated': { to: 'PROJECT', when: ['Project.status'] },
  'task.updated': { to: 'ASSIGNEE', when: ['Task.id', 'Task.assignee'] },
  'invitation.updated': { to: 'INVITER', when: ['Invitation.status'] },
  'access.granted': { to: 'CONCERNED' },
  'access.changed': { to: 'CONCERNED' },
  'access.revoked': { to: 'CONCERNED', mail: 'always' },
  'access.expiring': { to: 'CONCERNED' },
} as const satisfies Partial<Record<EventKind, Telling>>;

export type TellingKind = keyof typeof TELLINGS;
export const TELLING_KINDS = Object.keys(TELLINGS) as TellingKind[];

/** Among whom somebody is told of an event; undefined when it is not worth it. */
export function recipientsOf({ kind, changed }: Pick<Event, 'kind' | 'changed'>): Recipients | undefined {
  const telling: Telling | undefined = TELLINGS[kind as TellingKind];
  if (!telling) return undefined;
  return telling.when && !telling.when.some((field) => changed.includes(field)) ? undefined : telling.to;
}

/** What they are to the event: the key that candidates are looked up by. */
export function namedBy(recipients: Recipients, event: Event): string | null {
  if (recipients === 'PROJECT') return event.projectId;
  return recipients === 'CONCERNED' ? event.personId : event.subjectId;
}

/** Whether somebody who wants mail so often is written to at once. */
export function isMailed(
  { kind, critical }: { kind: TellingKind; critical: boolean },
  frequency: `${NotificationFrequency}`,
): boolean {
  const { mail }: Telling = TELLINGS[kind];
  if (mail) return mail === 'always';
  return frequency === 'INSTANT' || (frequency === 'CRITICAL_ONLY' && critical);
}
