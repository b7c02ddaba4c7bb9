import { InvitationGrant } from '../domains/invitations/invitation-grant.entity';
import { issueInvitation } from '../domains/invitations/issue-invitation';
import { PersonTypeEnum } from '../domains/people/person.entity';
import type { Tx } from '../platform/database';
import { emailOf } from './cast';
import type { LoadedCast } from './load-cast';
import { projectId, type Today } from './load-projects';
import { STORY } from './world';

/** Ivan is invited and has not come yet: his mail waits in the development inbox. */
export async function loadInvitation(tx: Tx, cast: LoadedCast, { now }: Today): Promise<void> {
  const guest = {
    workspaceId: cast.workspaceId,
    name: 'Ivan Invited',
    email: emailOf('ivan'),
    personType: PersonTypeEnum.CLIENT,
    clientOrganisationId: cast.clients.acme,
  };
  const sender = { userId: cast.users.max, perDay: 1, clock: { now: () => now } };
  const invitationId = await issueInvitation(tx, guest, { invitedBy: cast.people.max, sender });
  await tx.insert(InvitationGrant, {
    id: cast.id('ProjectGrant', 'website/ivan'),
    invitationId,
    workspaceId: cast.workspaceId,
    projectId: projectId(cast, STORY),
    trackTime: false,
    clientView: true,
    internalCosts: false,
    managesProject: false,
    startsAt: null,
    expiresAt: null,
    reason: null,
    grantedBy: cast.people.max,
    version: 1,
    createdAt: now,
    updatedAt: now,
  });
}
