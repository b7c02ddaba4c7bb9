import type { Context } from '../../context';
import { emit } from '../../events/outbox';
import { batched, inOrderOf } from '../../platform/batch';
import { notFound } from '../../platform/errors';
import type { ViewerMembership } from '../auth/viewer.types';
import { findReceivers, type Preference, writeFrequency } from './preferences.repository';
import type { UpdateNotificationPreferencesInput } from './preferences.types';

/** How often each person of the viewer's wants mail. */
export const loadPreference = batched<Context, string, Preference | null>(async ({ db }, personIds) =>
  inOrderOf(personIds, await findReceivers(db, personIds), (receiver) => receiver.personId),
);

/** Decides how often the caller is written to about a workspace. */
export async function updateNotificationPreferences(
  { access, clock, db }: Context,
  { workspaceId, frequency }: UpdateNotificationPreferencesInput,
): Promise<ViewerMembership> {
  const membership = access.membership(workspaceId);
  if (!membership) throw notFound('workspaceId');
  const { personId } = membership;
  await db.transaction(async (tx) => {
    await writeFrequency(tx, personId, frequency);
    // To themselves alone: what others see of them is as it was.
    await emit(tx, { clock, access }, 'person.updated', { workspaceId, id: personId, personId, changed: [] });
  });
  return membership as ViewerMembership;
}
