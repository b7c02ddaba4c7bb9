import { createUnionType, Field, ObjectType, registerEnumType } from 'type-graphql';
import type { Heard } from '../../events/as-seen';
import type { HeardEvent } from '../../events/delivery';
import type { Event } from '../../events/event.entity';
import { EVENT_KINDS, type EventKind, factsOf } from '../../events/event-types';
import { typeNameOf } from '../../platform/node';
import { CursorScalar, DateTimeScalar } from '../../platform/scalars';
import { ClientOrganisation } from '../clients/client-organisation.entity';
import { Contact } from '../clients/contact.entity';
import { Invitation } from '../invitations/invitation.entity';
import { Invoice } from '../invoices/invoice.entity';
import { Payment } from '../invoices/payment.entity';
import { Notification } from '../notifications/notification.entity';
import { Person } from '../people/person.entity';
import { Project } from '../projects/project.entity';
import { Task } from '../tasks/task.entity';
import { TimeEntry } from '../time/time-entry.entity';
import { Timer } from '../time/timer.entity';
import { Workspace } from '../workspaces/workspace.entity';

const told = EVENT_KINDS.filter((kind) => !factsOf(kind).silent);

/** `invoice.sent` is `INVOICE_SENT` in GraphQL, whose names have no dots. */
const nameOf = (kind: EventKind): string => kind.toUpperCase().replace('.', '_');

export const PortalEventKind = Object.fromEntries(told.map((kind) => [nameOf(kind), kind])) as Record<
  string,
  EventKind
>;

registerEnumType(PortalEventKind, {
  name: 'PortalEventKind',
  description: 'What happened. Notifications and mails use the same names, written `invoice.sent`.',
  valuesConfig: Object.fromEntries(told.map((kind) => [nameOf(kind), { description: factsOf(kind).description }])),
});

export const PortalSubject = createUnionType({
  name: 'PortalSubject',
  description: 'What an event happened to.',
  types: () =>
    [
      Project,
      Task,
      TimeEntry,
      Timer,
      Invoice,
      Payment,
      Workspace,
      Person,
      ClientOrganisation,
      Contact,
      Invitation,
      Notification,
    ] as const,
  resolveType: (subject) => typeNameOf(subject.id),
});

/** What is told of an event, live or later; `told-event.resolver.ts` reads the rest. */
@ObjectType({ simpleResolvers: true })
export abstract class ToldEvent {
  @Field(() => PortalEventKind, { description: 'What happened.' })
  kind: EventKind;

  @Field(() => DateTimeScalar, { description: 'When.' })
  occurredAt: Date;

  event: Event;
  heard: Heard;
}

@ObjectType({
  simpleResolvers: true,
  description: 'Something that happened, as far as you may see it at this moment. Everything in it is read anew.',
})
export class PortalEvent extends ToldEvent {
  @Field(() => CursorScalar, { description: 'Subscribe with `after` this, and you hear what comes next.' })
  cursor: string;
}

export function toPortalEvent({ event, cursor, kind, projectId, subjectId }: HeardEvent): PortalEvent {
  return { cursor, kind, occurredAt: event.occurredAt, event, heard: { kind, projectId, subjectId } };
}
