/**
 * Everything that can happen, by the name that the stream, notifications and mails share. A kind stands here when
 * something tells it. `critical`: also for whoever wants to hear of critical things alone.
 */
const EVENTS = {
  'project.updated': { description: 'A project, or a number of it, changed.' },
  'task.updated': { description: 'A task was made or changed.' },
  'time.logged': { description: 'Time was written down.' },
  'time.updated': { description: 'A time entry was corrected.' },
  'timer.started': { own: true, fleeting: true, description: 'A timer of yours was started, on whichever device.' },
  'timer.stopped': { own: true, fleeting: true, description: 'A timer of yours was stopped or thrown away.' },
  'time.released': { description: 'Hours can be seen that were held back until their invoice.' },
  'invoice.updated': { description: 'A draft of an invoice was made or changed. For those who bill.' },
  'invoice.sent': { critical: true, description: 'An invoice was issued.' },
  'invoice.overdue': { critical: true, description: 'An invoice is past its due date, and not paid.' },
  'invoice.voided': { description: 'An issued invoice was withdrawn.' },
  'invoice.paid': { description: 'An invoice is paid in full.' },
  'payment.received': { description: 'A payment was recorded.' },
  'payment.withdrawn': { description: 'A payment that was recorded by mistake was taken back.' },
  'budget.threshold_reached': { description: 'A budget is used to 80 %, or used up.' },
  'access.granted': { own: true, critical: true, description: 'Somebody was put on a project.' },
  'access.changed': { own: true, critical: true, description: 'What somebody may see or do on a project changed.' },
  'access.revoked': { own: true, critical: true, description: 'Somebody was taken off a project.' },
  'access.expiring': { own: true, critical: true, description: 'Somebody’s access to a project ends within 7 days.' },
  'workspace.updated': { description: 'A workspace, or a list of it, changed.' },
  'person.updated': { description: 'A person’s details changed.' },
  'client.updated': { description: 'A client organisation or one of its contacts changed.' },
  'invitation.updated': { description: 'An invitation was sent, changed or used.' },
  'notification.created': { badge: true, fleeting: true, description: 'You have a new notification.' },
  'notification.read': {
    badge: true,
    fleeting: true,
    description: 'You have read a notification, or all of a workspace.',
  },
  /** Told to nobody: open streams look again at who holds them. */
  'session.ended': { silent: true, description: 'A session ended.' },
  'workspace.joined': { silent: true, description: 'Somebody is a person of another workspace besides.' },
} as const satisfies Record<string, EventFacts>;

interface EventFacts {
  description: string;
  critical?: boolean;
  /** Told to the person whom it concerns also when they see nothing of the project any more. */
  own?: boolean;
  /** About somebody’s own notifications: told to them on the stream and nowhere else, while they may see them. */
  badge?: boolean;
  silent?: boolean;
  /** For whoever has the portal open at that moment: no history is kept of it for people to read. */
  fleeting?: boolean;
}

export type EventKind = keyof typeof EVENTS;
export const EVENT_KINDS = Object.keys(EVENTS) as EventKind[];

export const factsOf = (kind: EventKind): EventFacts => EVENTS[kind];
