import type { Context } from '../../context';
import { batchedById } from '../../platform/batch';
import { batchedPages } from '../../platform/paging';
import type { Invitation } from './invitation.entity';
import { findInvitations, type InvitationList, listInvitations } from './invitations.repository';

/** An invitation by id, as far as the viewer may see it. */
export const loadInvitation = batchedById<Context, Invitation>('Invitation', ({ db, access }, ids) =>
  findInvitations(db, access, ids),
);

/** The invitations of a workspace. Asked for after the policy page alone. */
export const loadInvitationsOf = batchedPages<Context, InvitationList, Invitation>(
  ({ db, access }, workspaceIds, list) => listInvitations(db, access, { workspaceIds, list }),
);
