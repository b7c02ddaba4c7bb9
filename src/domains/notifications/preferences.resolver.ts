import { Arg, Ctx, FieldResolver, Mutation, Resolver } from 'type-graphql';
import type { Context } from '../../context';
import { Parent } from '../../platform/parent';
import { ViewerMembership } from '../auth/viewer.types';
import { loadPreference, updateNotificationPreferences } from './preferences.service';
import {
  NotificationPreferences,
  UpdateNotificationPreferencesInput,
  UpdateNotificationPreferencesPayload,
} from './preferences.types';

@Resolver(() => ViewerMembership)
export class PreferencesResolver {
  @FieldResolver(() => NotificationPreferences, {
    nullable: true,
    description: 'How they are told of what happens there (F-118, F-127).',
  })
  notificationPreferences(
    @Parent() { personId }: ViewerMembership,
    @Ctx() context: Context,
  ): Promise<NotificationPreferences | null> {
    return loadPreference(context, personId);
  }

  @Mutation(() => UpdateNotificationPreferencesPayload, {
    description: 'Decides how often the caller gets mail about their notifications of a workspace (F-118, F-119).',
  })
  async updateNotificationPreferences(
    @Arg('input', () => UpdateNotificationPreferencesInput, { description: 'Where, and how often.' })
    input: UpdateNotificationPreferencesInput,
    @Ctx() context: Context,
  ): Promise<UpdateNotificationPreferencesPayload> {
    return { membership: await updateNotificationPreferences(context, input) };
  }
}
