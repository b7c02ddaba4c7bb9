import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { ViewerMembership } from '../auth/viewer.types';
import { NotificationFrequency } from '../workspaces/notification-frequency';

@ObjectType({ simpleResolvers: true, description: 'How somebody is told of what happens in a workspace.' })
export class NotificationPreferences {
  @Field(() => NotificationFrequency, { description: 'How often by mail.' })
  frequency: NotificationFrequency;

  @Field({ description: 'Whether that is the default of the workspace, and follows it.' })
  isDefault: boolean;
}

@InputType({ description: 'How the caller wants to be told.' })
export class UpdateNotificationPreferencesInput {
  @Field(() => ID, { description: 'Of what happens in this workspace.' })
  workspaceId: string;

  @Field(() => NotificationFrequency, {
    nullable: true,
    description: 'How often by mail; null for the default of the workspace.',
  })
  frequency: NotificationFrequency | null;
}

@ObjectType({ simpleResolvers: true, description: 'The caller in the workspace, with their preferences.' })
export class UpdateNotificationPreferencesPayload {
  @Field(() => ViewerMembership, { description: 'Who they are there.' })
  membership: ViewerMembership;
}
