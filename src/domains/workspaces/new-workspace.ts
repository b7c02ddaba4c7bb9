import { randomInt } from 'node:crypto';
import { VisibilityPreset } from '../../access/visibility';
import type { Clock } from '../../platform/clock';
import type { Tx } from '../../platform/database';
import { newId } from '../../platform/ids';
import { Membership, MembershipStatus, PersonTypeEnum } from '../people/person.entity';
import { NotificationFrequency } from './notification-frequency';
import { InvitePolicy, Workspace } from './workspace.entity';

interface NewWorkspace {
  name: string;
  slug: string;
  timezone: string;
  defaultCurrency: string;
  /** Who becomes its OWNER, as an employee. */
  userId: string;
}

/** Writes a workspace with its first owner, in the transaction of the use case. Gives the workspace's id. */
export async function insertWorkspace(tx: Tx, { userId, ...facts }: NewWorkspace, clock: Clock): Promise<string> {
  const now = clock.now();
  const stamps = { version: 1, createdAt: now, updatedAt: now };
  const workspaceId = newId('Workspace');
  await tx.insert(Workspace, {
    id: workspaceId,
    ...facts,
    logoUrl: null,
    brandColour: null,
    invitePolicy: InvitePolicy.ADMINS_AND_PROJECT_MANAGERS,
    membersSeeBillRates: false,
    clientProfileEdit: true,
    notificationDefault: NotificationFrequency.INSTANT,
    defaultPreset: VisibilityPreset.CONSULTANCY,
    defaultVisibility: {},
    ...stamps,
  });
  await tx.insert(Membership, {
    id: newId('Person'),
    workspaceId,
    userId,
    personType: PersonTypeEnum.EMPLOYEE,
    role: 'OWNER',
    businessRoles: [],
    status: MembershipStatus.ACTIVE,
    title: null,
    avatarUrl: null,
    weeklyCapacitySeconds: null,
    clientFacing: false,
    ...stamps,
  });
  return workspaceId;
}

/** A name as it stands in addresses: `Fjord Studio` → `fjord-studio`. A name without a Latin letter is `workspace`. */
export function slugOf(name: string): string {
  const ascii = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const words = ascii.replace(/[^a-z0-9]+/g, '-').slice(0, LONGEST_SLUG);
  return words.replace(/^-|-$/g, '') || 'workspace';
}

/** Always with a random end: one given only to the second of a name would tell that there is a first (L-12). */
export function uniqueSlugOf(name: string): string {
  const end = Array.from({ length: 6 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return `${slugOf(name)}-${end}`;
}

const LONGEST_SLUG = 50;
const ALPHABET = '23456789abcdefghjkmnpqrstvwxyz';
