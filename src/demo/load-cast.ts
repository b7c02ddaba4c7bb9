import { VisibilityPreset } from '../access/visibility';
import { User } from '../domains/auth/user.entity';
import { ClientOrganisation, OrganisationStatus } from '../domains/clients/client-organisation.entity';
import { Contact } from '../domains/clients/contact.entity';
import { Membership, MembershipStatus, PersonTypeEnum } from '../domains/people/person.entity';
import { NotificationFrequency } from '../domains/workspaces/notification-frequency';
import { InvitePolicy, Workspace } from '../domains/workspaces/workspace.entity';
import type { Tx } from '../platform/database';
import { derivedId, type IdKind } from '../platform/ids';
import { CAST_NAMES, type CastName, CLIENTS, type ClientName, castMember, emailOf, WORKSPACE } from './cast';

interface CastOptions {
  /** Ids are derived from it and from natural keys: the same seed is the same world. */
  seed: string;
  now: Date;
  /** Of the one password of the cast; null where nobody signs in by password. */
  passwordHash: string | null;
}

export interface LoadedCast {
  workspaceId: string;
  clients: Record<ClientName, string>;
  /** The person of each, in the workspace. */
  people: Record<CastName, string>;
  users: Record<CastName, string>;
  id(kind: IdKind, naturalKey: string): string;
}

/** Fjord Studio with its two clients and its people, and no project yet. */
export async function loadCast(tx: Tx, { seed, now, passwordHash }: CastOptions): Promise<LoadedCast> {
  const id = (kind: IdKind, key: string) => derivedId(kind, seed, key);
  const workspaceId = id('Workspace', WORKSPACE.key);
  const stamps = { createdAt: now, updatedAt: now };
  await tx.insert(Workspace, {
    id: workspaceId,
    name: WORKSPACE.name,
    slug: WORKSPACE.slug,
    logoUrl: null,
    brandColour: '#1f6f8b',
    timezone: WORKSPACE.timezone,
    defaultCurrency: WORKSPACE.currency,
    invitePolicy: InvitePolicy.ADMINS_AND_PROJECT_MANAGERS,
    membersSeeBillRates: false,
    clientProfileEdit: true,
    notificationDefault: NotificationFrequency.INSTANT,
    defaultPreset: VisibilityPreset.CONSULTANCY,
    defaultVisibility: {},
    version: 1,
    ...stamps,
  });
  const clients = {} as Record<ClientName, string>;
  for (const name of Object.keys(CLIENTS) as ClientName[]) {
    clients[name] = id('ClientOrganisation', name);
    await tx.insert(ClientOrganisation, {
      id: clients[name],
      workspaceId,
      ...CLIENTS[name],
      status: OrganisationStatus.ACTIVE,
      maxContacts: 20,
      lastInvoiceNumber: 0,
      version: 1,
      ...stamps,
    });
  }
  const people = {} as Record<CastName, string>;
  const users = {} as Record<CastName, string>;
  for (const name of CAST_NAMES) {
    users[name] = id('User', name);
    people[name] = id('Person', name);
    await insertMember(tx, { name, userId: users[name], personId: people[name], workspaceId, now, passwordHash });
    const { client, displayName, title } = castMember(name);
    if (!client) continue;
    await tx.insert(Contact, {
      id: id('Contact', name),
      workspaceId,
      clientOrganisationId: clients[client],
      membershipId: people[name],
      displayName,
      email: emailOf(name),
      jobRole: title,
      isPrimary: name === 'clara' || name === 'eve',
      canDecide: name === 'clara',
      canPay: name === 'carl',
      published: name === 'carl',
      version: 1,
      ...stamps,
    });
  }
  return { workspaceId, clients, people, users, id };
}

interface NewMember {
  name: CastName;
  userId: string;
  personId: string;
  workspaceId: string;
  now: Date;
  passwordHash: string | null;
}

async function insertMember(
  tx: Tx,
  { name, userId, personId, workspaceId, now, passwordHash }: NewMember,
): Promise<void> {
  const member = castMember(name);
  const stamps = { createdAt: now, updatedAt: now };
  await tx.insert(User, {
    id: userId,
    email: emailOf(name),
    displayName: member.displayName,
    phone: name === 'carl' ? '+47 900 00 001' : null,
    locale: 'en',
    timezone: WORKSPACE.timezone,
    passwordHash,
    status: 'ACTIVE',
    ...stamps,
  });
  await tx.insert(Membership, {
    id: personId,
    workspaceId,
    userId,
    personType: PersonTypeEnum[member.personType],
    role: member.role,
    businessRoles: [],
    status: MembershipStatus.ACTIVE,
    title: member.title,
    avatarUrl: null,
    weeklyCapacitySeconds: member.personType === 'CLIENT' ? null : 37.5 * 3600,
    clientFacing: member.clientFacing ?? false,
    version: 1,
    ...stamps,
  });
}
