import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Role } from '../../access/permissions';
import { Node } from '../../platform/node';
import type { NotificationFrequency } from '../workspaces/notification-frequency';

export enum PersonTypeEnum {
  EMPLOYEE = 'EMPLOYEE',
  CONTRACTOR = 'CONTRACTOR',
  CLIENT = 'CLIENT',
}

registerEnumType(PersonTypeEnum, {
  name: 'PersonType',
  description: 'What a person is to the workspace. A client stays a client (F-009).',
  valuesConfig: {
    EMPLOYEE: { description: 'Works for the company.' },
    CONTRACTOR: { description: 'Works for the company from outside.' },
    CLIENT: { description: 'Works for a client organisation; sees what is shared with them, project by project.' },
  },
});

export enum RoleEnum {
  OWNER = 'OWNER',
  ADMIN = 'ADMIN',
  MANAGER = 'MANAGER',
  MEMBER = 'MEMBER',
}

registerEnumType(RoleEnum, {
  name: 'Role',
  description: 'What a person may do in the whole workspace. Projects are seen by grant.',
  valuesConfig: {
    OWNER: { description: 'Sees and does everything, and cannot be removed by admins.' },
    ADMIN: { description: 'Sees and does everything in every project.' },
    MANAGER: { description: 'Creates projects, clients and contacts; sees projects by grant.' },
    MEMBER: { description: 'Sees projects by grant. Clients are always members.' },
  },
});

export enum BusinessRole {
  BILLING = 'BILLING',
}

registerEnumType(BusinessRole, {
  name: 'BusinessRole',
  description: 'An internal duty besides the role; never for clients (F-006).',
  valuesConfig: {
    BILLING: { description: 'Drafts, sends and voids invoices of assigned projects.' },
  },
});

export enum MembershipStatus {
  ACTIVE = 'ACTIVE',
  DEACTIVATED = 'DEACTIVATED',
}

registerEnumType(MembershipStatus, {
  name: 'MembershipStatus',
  description: 'Whether a person may use the workspace.',
  valuesConfig: {
    ACTIVE: { description: 'Signs in and sees what they may.' },
    DEACTIVATED: { description: 'Sees nothing of this workspace until reactivated.' },
  },
});

export enum Side {
  TEAM = 'TEAM',
  CLIENT = 'CLIENT',
}

registerEnumType(Side, {
  name: 'Side',
  description: 'On whose side of the table somebody sits.',
  valuesConfig: {
    TEAM: { description: 'The company that does the work.' },
    CLIENT: { description: 'The client.' },
  },
});

/** The table of people: who a user is in one workspace. */
@Entity('membership')
export class Membership {
  @PrimaryColumn('text')
  id: string;

  @Column('text')
  workspaceId: string;

  @Column('text')
  userId: string;

  @Column('text')
  personType: PersonTypeEnum;

  @Column('text')
  role: Role;

  @Column('text', { array: true })
  businessRoles: BusinessRole[];

  @Column('text')
  status: MembershipStatus;

  @Column('text', { nullable: true })
  title: string | null;

  @Column('text', { nullable: true })
  avatarUrl: string | null;

  @Column('int', { nullable: true })
  weeklyCapacitySeconds: number | null;

  @Column('boolean')
  clientFacing: boolean;

  /** When somebody of the team became a client; null for who never was anything else. */
  @Column('timestamptz', { nullable: true })
  convertedAt: Date | null;

  /** How often they want mail about their notifications; null: as the workspace says. */
  @Column('text', { nullable: true })
  notificationFrequency: NotificationFrequency | null;

  /** Kept by `notifications/digests.ts`. */
  @Column('timestamptz', { nullable: true })
  nextDigestAt: Date | null;

  @Column('text', { nullable: true })
  digestOf: string | null;

  @Column('timestamptz', { nullable: true })
  digestSince: Date | null;

  @Column('int')
  version: number;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  updatedAt: Date;
}

/** A person as the API gives them, with the facts that the policy page asks for. Read by people.repository alone. */
@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'Somebody in a workspace: of the team, or of a client.',
})
export class Person extends Node {
  declare id: string;

  @Field({ description: 'The name to show.' })
  displayName: string;

  @Field(() => String, { nullable: true, description: 'What they do: "Project lead".' })
  title: string | null;

  @Field(() => String, { nullable: true, description: 'Address of their picture.' })
  avatarUrl: string | null;

  @Field(() => Side, { description: 'On whose side they sit.' })
  side: Side;

  @Field(() => String, {
    nullable: true,
    description: 'For themselves, their team and managers; for colleagues at the client if they publish it.',
  })
  email: string | null;

  @Field(() => String, { nullable: true, description: 'As `email`.' })
  phone: string | null;

  @Field(() => MembershipStatus, { nullable: true, description: 'For managers of a shared project, and admins.' })
  status: MembershipStatus | null;

  @Field(() => PersonTypeEnum, { nullable: true, description: 'For owners and admins.' })
  personType: PersonTypeEnum | null;

  @Field(() => RoleEnum, { nullable: true, description: 'For owners and admins.' })
  role: Role | null;

  @Field(() => [BusinessRole], { nullable: true, description: 'For owners and admins.' })
  businessRoles: BusinessRole[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether clients see them where the setting `people` is CLIENT_FACING. For owners and admins.',
  })
  clientFacing: boolean | null;

  @Field(() => Int, { nullable: true, description: 'For `expectedVersion`. For owners and admins.' })
  version: number | null;

  weeklyCapacitySeconds: number | null;
  workspaceId: string;
  userId: string;

  isSelf: boolean;
  isPublishedColleague: boolean;
  sharedProjectIds: string[];
}
