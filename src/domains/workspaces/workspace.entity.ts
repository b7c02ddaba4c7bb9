import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { VisibilityPreset, type VisibilitySettings } from '../../access/visibility';
import { VisibilitySettingsType } from '../../access/visibility.types';
import { Node } from '../../platform/node';
import { CurrencyCodeScalar } from '../../platform/scalars';
import { NotificationFrequency } from './notification-frequency';

export enum InvitePolicy {
  ADMINS = 'ADMINS',
  ADMINS_AND_PROJECT_MANAGERS = 'ADMINS_AND_PROJECT_MANAGERS',
  PROJECT_TEAM = 'PROJECT_TEAM',
}

registerEnumType(InvitePolicy, {
  name: 'InvitePolicy',
  description: 'Who may invite people to a project.',
  valuesConfig: {
    ADMINS: { description: 'Owners and admins alone.' },
    ADMINS_AND_PROJECT_MANAGERS: { description: 'Also whoever manages the project. The default.' },
    PROJECT_TEAM: { description: 'Also every internal member of the project.' },
  },
});

/** The company that works for clients; everything else belongs to one. */
@Entity('workspace')
@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'The company that works for clients, and its people.',
})
export class Workspace extends Node {
  @PrimaryColumn('text')
  declare id: string;

  @Column('text')
  @Field({ description: 'What the company is called.' })
  name: string;

  @Column('text')
  @Field({ description: 'The name in addresses, unique on this server: `fjord-studio`.' })
  slug: string;

  @Column('text', { nullable: true })
  logoUrl: string | null;

  @Column('text', { nullable: true })
  brandColour: string | null;

  @Column('text')
  @Field({ description: 'IANA time zone; it decides what "today" is, for instance whether an invoice is overdue.' })
  timezone: string;

  @Column('text')
  @Field(() => CurrencyCodeScalar, {
    description: 'What new client organisations are billed in unless they say otherwise.',
  })
  defaultCurrency: string;

  @Column('text')
  invitePolicy: InvitePolicy;

  @Column('boolean')
  membersSeeBillRates: boolean;

  @Column('boolean')
  clientProfileEdit: boolean;

  @Column('text')
  defaultPreset: VisibilityPreset;

  @Column('jsonb')
  defaultVisibility: Partial<VisibilitySettings>;

  @Column('text')
  notificationDefault: NotificationFrequency;

  @Column('int')
  version: number;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  updatedAt: Date;

  /** Who asks about a workspace is judged by their membership of it. */
  workspaceId: string;
}

@ObjectType({ simpleResolvers: true, description: 'How the workspace shows itself to its clients.' })
export class WorkspaceBranding {
  @Field(() => String, { nullable: true, description: 'Address of the logo.' })
  logoUrl: string | null;

  @Field(() => String, { nullable: true, description: 'One colour, `#rrggbb`.' })
  colour: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'What owners and admins decide for the whole workspace.' })
export class WorkspaceSettings {
  @Field(() => InvitePolicy, { description: 'Who may invite people to a project.' })
  invitePolicy: InvitePolicy;

  @Field({
    description: 'Whether team members without a managing role see bill rates and amounts by task. Off at first.',
  })
  membersSeeBillRates: boolean;

  @Field({ description: 'Whether clients may edit their own name and phone.' })
  clientProfileEdit: boolean;

  @Field(() => VisibilityPreset, { description: 'The preset that new projects start with.' })
  defaultPreset: VisibilityPreset;

  @Field(() => VisibilitySettingsType, {
    description: 'What clients see of new projects: that preset, and where the workspace departs from it.',
  })
  defaultVisibility: VisibilitySettings;

  @Field(() => NotificationFrequency, {
    description: 'How often people get mail who have not chosen themselves (F-124).',
  })
  notificationDefault: NotificationFrequency;

  @Field(() => Int, { description: 'For `expectedVersion` of updateWorkspace.' })
  version: number;
}
