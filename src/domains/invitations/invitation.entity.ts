import { Field, Int, ObjectType } from 'type-graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Node } from '../../platform/node';
import { DateTimeScalar } from '../../platform/scalars';
import { PersonTypeEnum } from '../people/person.entity';
import { InvitationStatus } from './invitation.enums';

/** Somebody is asked into the workspace; one pending for each e-mail. Of the link's token only its hash is kept. */
@Entity('invitation')
@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description:
    'Somebody is asked into the workspace. For admins, those who manage a project on it, and whoever sent it while ' +
    'they are of the team of one.',
})
export class Invitation extends Node {
  @PrimaryColumn('text')
  declare id: string;

  @Column('text')
  workspaceId: string;

  @Column('text')
  @Field({ description: 'Where it was sent: trimmed, lower case.' })
  email: string;

  @Column('text')
  @Field({ description: 'The name that the inviter gave.' })
  name: string;

  @Column('text')
  @Field(() => PersonTypeEnum, { description: 'What the person will be to the workspace.' })
  personType: PersonTypeEnum;

  /** Set for clients: whose contact they become. */
  @Column('text', { nullable: true })
  clientOrganisationId: string | null;

  @Column('text')
  tokenHash: string;

  @Column('text')
  invitedBy: string;

  /** As stored: EXPIRED is what PENDING becomes at `expiresAt`, and is never written. */
  @Column('text')
  @Field(() => InvitationStatus, { description: 'How far it has come.' })
  status: InvitationStatus;

  @Column('timestamptz')
  @Field(() => DateTimeScalar, { description: 'Until when the link works: 168 hours from the last sending (F-027).' })
  expiresAt: Date;

  @Column('int')
  @Field(() => Int, { description: 'How often it was sent.' })
  sentCount: number;

  @Column('timestamptz')
  @Field(() => DateTimeScalar, { description: 'When it was last sent.' })
  lastSentAt: Date;

  /** Which end was told. */
  @Column('timestamptz', { nullable: true })
  endToldOf: Date | null;

  @Column('text', { nullable: true })
  acceptedBy: string | null;

  @Column('int')
  @Field(() => Int, { description: 'Counts its changes.' })
  version: number;

  @Column('timestamptz')
  @Field(() => DateTimeScalar, { description: 'When it was made.' })
  createdAt: Date;

  @Column('timestamptz')
  updatedAt: Date;
}
