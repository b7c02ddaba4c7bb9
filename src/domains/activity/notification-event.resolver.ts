import { Ctx, FieldResolver, Resolver } from 'type-graphql';
import type { Context } from '../../context';
import type { EventKind } from '../../events/event-types';
import { Parent } from '../../platform/parent';
import { Notification } from '../notifications/notification.entity';
import { PortalEventKind, PortalSubject } from './portal-event.types';

/** What a notification says in the words of the stream. */
@Resolver(() => Notification)
export class NotificationEventResolver {
  @FieldResolver(() => PortalEventKind, { description: 'What happened.' })
  kind(@Parent() { kind }: Notification): EventKind {
    return kind;
  }

  @FieldResolver(() => PortalSubject, { nullable: true, description: 'What it happened to, as you see it now.' })
  async subject(@Parent() { subjectId }: Notification, @Ctx() context: Context): Promise<typeof PortalSubject | null> {
    return subjectId === null ? null : ((await context.node(subjectId)) as typeof PortalSubject | null);
  }
}
