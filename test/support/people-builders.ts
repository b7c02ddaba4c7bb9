import type { PermissionFlags, PersonType, Role } from '../../src/access/permissions';
import { Session } from '../../src/domains/auth/session.entity';
import { User } from '../../src/domains/auth/user.entity';
import { ProjectGrant } from '../../src/domains/grants/project-grant.entity';
import {
  type BusinessRole,
  Membership,
  MembershipStatus,
  PersonTypeEnum,
} from '../../src/domains/people/person.entity';
import { after, days } from '../../src/platform/clock';
import { newId, newToken, tokenHash } from '../../src/platform/ids';
import type { TestServer } from './server';

export interface MemberFacts {
  personType?: PersonType;
  role?: Role;
  businessRoles?: BusinessRole[];
  status?: keyof typeof MembershipStatus;
  workspaceId?: string;
  displayName?: string;
  /** Of the workspace; with what they hold there. */
  on?: { projectId: string; permissions: Partial<PermissionFlags>; status?: ProjectGrant['status'] };
}

/** Somebody besides the cast, signed in: an employee without a role, unless told otherwise. */
export interface Extra {
  token: string;
  userId: string;
  personId: string;
  email: string;
}

let extras = 0;

export async function aMember(server: TestServer, facts: MemberFacts = {}): Promise<Extra> {
  const now = server.clock.now();
  const workspaceId = facts.workspaceId ?? server.cast.workspaceId;
  const stamps = { createdAt: now, updatedAt: now };
  const extra = {
    token: newToken(),
    userId: newId('User'),
    personId: newId('Person'),
    email: `extra${++extras}@demo.test`,
  };
  const { displayName = `Tom Extra ${extras}`, role = 'MEMBER', personType = 'EMPLOYEE', on } = facts;
  await server.database.transaction(async (tx) => {
    const profile = { phone: null, locale: 'en', timezone: 'UTC', passwordHash: null, status: 'ACTIVE' } as const;
    await tx.insert(User, { id: extra.userId, email: extra.email, displayName, ...profile, ...stamps });
    await tx.insert(Membership, {
      id: extra.personId,
      workspaceId,
      userId: extra.userId,
      personType: PersonTypeEnum[personType],
      role,
      businessRoles: facts.businessRoles ?? [],
      status: MembershipStatus[facts.status ?? 'ACTIVE'],
      title: null,
      avatarUrl: null,
      weeklyCapacitySeconds: null,
      clientFacing: false,
      version: 1,
      ...stamps,
    });
    if (on) await tx.insert(ProjectGrant, grantOf({ workspaceId, extra, on, stamps }));
  });
  await aSession(server, extra.userId, extra.token);
  return extra;
}

/** One more session of a user, to be ended without harm to the others. */
export async function aSession(
  server: TestServer,
  userId: string,
  token = newToken(),
): Promise<{ id: string; token: string }> {
  const now = server.clock.now();
  const id = newId('Session');
  await server.database.transaction((tx) =>
    tx.insert(Session, {
      id,
      userId,
      tokenHash: tokenHash(token),
      createdAt: now,
      lastUsedAt: now,
      expiresAt: after(now, days(30)),
      revokedAt: null,
      userAgent: null,
    }),
  );
  return { id, token };
}

interface NewGrant {
  workspaceId: string;
  extra: Extra;
  on: NonNullable<MemberFacts['on']>;
  stamps: { createdAt: Date; updatedAt: Date };
}

const grantOf = ({ workspaceId, extra, on, stamps }: NewGrant) => ({
  id: newId('ProjectGrant'),
  workspaceId,
  projectId: on.projectId,
  membershipId: extra.personId,
  trackTime: false,
  clientView: false,
  internalCosts: false,
  managesProject: false,
  ...on.permissions,
  status: on.status ?? ('ACTIVE' as const),
  startsAt: null,
  expiresAt: null,
  grantedBy: null,
  reason: null,
  epoch: 1,
  version: 1,
  ...stamps,
});
