import type { Tx } from '../../platform/database';
import { newId } from '../../platform/ids';
import { PERMISSION_NAMES, type PermissionKey } from '../grants/grant.enums';
import type { Granter, GrantTerms, GrantWish } from '../grants/grant.types';
import { decideTerms } from '../grants/grants.service';
import type { PersonTypeEnum } from '../people/person.entity';
import { InvitationGrant } from './invitation-grant.entity';

export interface PendingGrantOrder {
  invitationId: string;
  project: { id: string; workspaceId: string };
  /** What the person will be: the rules for grants ask it. */
  personType: PersonTypeEnum;
  /** What the invitation grants on the project already. */
  earlier: InvitationGrant | null;
  wish: GrantWish;
  granter: Granter;
  now: Date;
}

interface PendingGrantChange {
  memberId: string;
  implied: PermissionKey[];
}

/** Writes what an invitation will grant on a project, by the rules for grants (F-028, F-030). */
export async function writePendingGrant(tx: Tx, order: PendingGrantOrder): Promise<PendingGrantChange> {
  const { earlier, project, invitationId, granter, now } = order;
  const held: GrantTerms | null = earlier;
  const decision = decideTerms({ ...order, held });
  const implied = decision.implied.map((key) => PERMISSION_NAMES[key]);
  const written = { ...decision.terms, grantedBy: granter.personId, updatedAt: now };
  if (earlier) {
    await tx.update(InvitationGrant, { id: earlier.id }, { ...written, version: earlier.version + 1 });
    return { memberId: earlier.id, implied };
  }
  const memberId = newId('ProjectMember');
  const { workspaceId, id: projectId } = project;
  const row = { id: memberId, invitationId, workspaceId, projectId, ...written, version: 1, createdAt: now };
  await tx.insert(InvitationGrant, row);
  return { memberId, implied };
}
