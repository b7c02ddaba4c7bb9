import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../../platform/paging';
import { Workspace } from '../workspaces/workspace.entity';
import { Notification } from './notification.entity';

export const NotificationConnection = connectionOf(() => Notification, 'Notification');

@InputType({ description: 'Which notifications. Everything given must fit.' })
export class NotificationFilter {
  @Field(() => Boolean, { nullable: true, description: 'Unread ones alone (F-206).' })
  unreadOnly?: boolean | null;

  @Field(() => ID, { nullable: true, description: 'Of one workspace; of all of yours without it.' })
  workspaceId?: string | null;
}

@InputType({ description: 'Which notification.' })
export class MarkNotificationReadInput {
  @Field(() => ID, { description: 'One of your own that you still see.' })
  notificationId: string;
}

@InputType({ description: 'Whose notifications.' })
export class MarkAllNotificationsReadInput {
  @Field(() => ID, { description: 'Those of this workspace.' })
  workspaceId: string;
}

@ObjectType({ simpleResolvers: true, description: 'The notification is read.' })
export class MarkNotificationReadPayload {
  @Field(() => Notification, { description: 'As it is now.' })
  notification: Notification;

  @Field(() => Int, { description: 'As `Viewer.unreadNotificationCount`.' })
  unreadNotificationCount: number;
}

@ObjectType({ simpleResolvers: true, description: 'All notifications of the workspace are read.' })
export class MarkAllNotificationsReadPayload {
  @Field(() => Workspace, { nullable: true, description: 'The workspace.' })
  workspace: Workspace | null;

  @Field(() => Int, { description: 'As `Viewer.unreadNotificationCount`: of your other workspaces by now.' })
  unreadNotificationCount: number;
}
