import type { Asking } from '../../access/rules';
import { asHeardBy, whatIsHeard } from '../../events/as-seen';
import type { Event } from '../../events/event.entity';
import type { Notification } from './notification.entity';

/** The event that a notification is of: it may be forgotten by now. */
const eventOf = ({ eventId, ofProjectId, isPersonal, personId, createdAt, ...facts }: Notification): Event => ({
  ...facts,
  id: eventId,
  projectId: ofProjectId,
  personId: isPersonal ? personId : null,
  occurredAt: createdAt,
});

/** Whether the asker would be told of this event by its name: the one rule for making, listing, counting and mailing. */
export async function hearsOf(context: Asking, event: Event): Promise<boolean> {
  return (await asHeardBy(context, event))?.kind === event.kind;
}

/** Which of these somebody may still see: what is hidden by now is absent. */
export async function stillHeard(context: Asking, all: readonly Notification[]): Promise<Notification[]> {
  const heard = await whatIsHeard(context, all.map(eventOf));
  return all.filter(({ kind }, i) => heard[i]?.kind === kind);
}
