import type { ViewerMembership } from '../../access/project-access';
import type { Context } from '../../context';
import { changedFields } from '../../events/changed-fields';
import { emit } from '../../events/outbox';
import { forbidden } from '../../platform/errors';
import { cleanLocale } from '../../platform/locale';
import { cleanOptionalText, cleanText } from '../../platform/text';
import { knownTimeZone } from '../workspaces/time-zone';
import type { UpdateProfileInput } from './auth.inputs';
import { User } from './user.entity';
import { findViewer, mayClientsEditThemselves } from './users.repository';
import type { Viewer } from './viewer.types';

/**
 * One's own name, phone, language and time zone; e-mail, role and organisation are the team's to change.
 * `FORBIDDEN` for the name and phone of who is nothing but a client, where no workspace of theirs lets clients do so.
 */
export async function updateProfile(context: Context, input: UpdateProfileInput): Promise<Viewer> {
  const { db, clock, access } = context;
  const { displayName, phone, locale, timezone } = input;
  const says = displayName != null || phone !== undefined;
  if (says && isOnlyClient(access.memberships) && !(await mayClientsEditThemselves(db, access.personIds))) {
    throw forbidden(['clientProfileEdit']);
  }
  const values = {
    displayName: displayName == null ? undefined : cleanText(displayName, { field: 'displayName', max: 120 }),
    phone: cleanOptionalText(phone, { field: 'phone', max: 40 }),
    locale: locale == null ? undefined : cleanLocale(locale),
    timezone: timezone == null ? undefined : await knownTimeZone(db, timezone),
    updatedAt: clock.now(),
  };
  const before = await findViewer(db, access.userId);
  await db.transaction(async (tx) => {
    await tx.update(User, { id: access.userId }, values);
    const changed = changedFields('Person', before, { displayName: values.displayName, phone: values.phone });
    for (const { workspaceId, personId } of access.memberships) {
      await emit(tx, context, 'person.updated', { workspaceId, id: personId, changed });
    }
  });
  return findViewer(db, access.userId);
}

const isOnlyClient = (memberships: readonly ViewerMembership[]): boolean =>
  memberships.length > 0 && memberships.every((membership) => membership.personType === 'CLIENT');
