import { Arg, Ctx, FieldResolver, Int, Mutation, Resolver } from 'type-graphql';
import type { Context } from '../../context';
import { type Connection, Page, type PageArgs } from '../../platform/paging';
import { Parent } from '../../platform/parent';
import { Viewer } from '../auth/viewer.types';
import { loadPerson, loadPersonOnProject } from '../people/people.loaders';
import { Person } from '../people/person.entity';
import { Project } from '../projects/project.entity';
import { loadProject } from '../projects/projects.loaders';
import { Workspace } from '../workspaces/workspace.entity';
import { loadWorkspace } from '../workspaces/workspace.loaders';
import { Notification } from './notification.entity';
import { countUnread, markAllRead, markNotificationRead, notificationsOf } from './notifications.service';
import {
  MarkAllNotificationsReadInput,
  MarkAllNotificationsReadPayload,
  MarkNotificationReadInput,
  MarkNotificationReadPayload,
  NotificationConnection,
  NotificationFilter,
} from './notifications.types';
import { tell } from './tell';

@Resolver(() => Viewer)
export class NotificationsOfViewerResolver {
  @FieldResolver(() => NotificationConnection, {
    description:
      'What happened in the last 90 days that the viewer should know of, as far as they may see it now, newest first (F-206).',
  })
  notifications(
    @Page() page: PageArgs,
    @Arg('filter', () => NotificationFilter, { nullable: true, description: 'Which ones; all without it.' })
    filter: NotificationFilter | null,
    @Ctx() context: Context,
  ): Promise<Connection<Notification>> {
    return notificationsOf(context, filter, page);
  }

  @FieldResolver(() => Int, {
    description: 'How many of them are unread: exact up to 100, else 101. `NOTIFICATION_…` events say when it changes.',
  })
  unreadNotificationCount(@Ctx() context: Context): Promise<number> {
    return countUnread(context);
  }
}

@Resolver(() => Notification)
export class NotificationsResolver {
  @FieldResolver(() => String, { description: 'What happened, in a sentence without amounts.' })
  text(@Parent() notification: Notification, @Ctx() context: Context): Promise<string> {
    return tell(context, notification);
  }

  @FieldResolver(() => Workspace, { nullable: true, description: 'Where it happened.' })
  workspace(@Parent() { workspaceId }: Notification, @Ctx() context: Context): Promise<Workspace | null> {
    return loadWorkspace(context, workspaceId);
  }

  @FieldResolver(() => Project, {
    nullable: true,
    description: 'The project; null for what belongs to none, and when you have lost it.',
  })
  async project(@Parent() { ofProjectId }: Notification, @Ctx() context: Context): Promise<Project | null> {
    return ofProjectId === null ? null : loadProject(context, ofProjectId);
  }

  @FieldResolver(() => Person, {
    nullable: true,
    description: 'Who did it; null for nobody, and for people whom you are not shown.',
  })
  async actor(@Parent() { actorId, ofProjectId }: Notification, @Ctx() context: Context): Promise<Person | null> {
    if (actorId === null) return null;
    if (ofProjectId === null) return loadPerson(context, actorId);
    return loadPersonOnProject(context, { personId: actorId, projectId: ofProjectId });
  }

  @Mutation(() => MarkNotificationReadPayload, { description: 'Marks one of your notifications as read (F-206).' })
  markNotificationRead(
    @Arg('input', () => MarkNotificationReadInput, { description: 'Which.' }) input: MarkNotificationReadInput,
    @Ctx() context: Context,
  ): Promise<MarkNotificationReadPayload> {
    return markNotificationRead(context, input.notificationId);
  }

  @Mutation(() => MarkAllNotificationsReadPayload, {
    description: 'Marks all your notifications of a workspace as read (F-206).',
  })
  markAllNotificationsRead(
    @Arg('input', () => MarkAllNotificationsReadInput, { description: 'Of which workspace.' })
    input: MarkAllNotificationsReadInput,
    @Ctx() context: Context,
  ): Promise<MarkAllNotificationsReadPayload> {
    return markAllRead(context, input.workspaceId);
  }
}
