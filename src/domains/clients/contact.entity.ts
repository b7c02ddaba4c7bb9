import { Field, Int, ObjectType } from 'type-graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Node } from '../../platform/node';

/** Somebody to talk to at a client organisation, with or without an account (F-016). */
@Entity('contact')
@ObjectType({ implements: Node, simpleResolvers: true, description: 'Somebody to talk to at a client organisation.' })
export class Contact extends Node {
  @PrimaryColumn('text')
  declare id: string;

  @Column('text')
  workspaceId: string;

  @Column('text')
  clientOrganisationId: string;

  /** Null until the person is invited and accepts. */
  @Column('text', { nullable: true })
  membershipId: string | null;

  @Column('text')
  @Field({ description: 'The name to show.' })
  displayName: string;

  @Column('text')
  @Field(() => String, {
    nullable: true,
    description:
      'For themselves, whoever manages a project of the organisation or edits contacts; for colleagues if published.',
  })
  email: string;

  @Column('text', { nullable: true })
  @Field(() => String, { nullable: true, description: 'What they do there: "Head of Product".' })
  jobRole: string | null;

  @Column('boolean')
  @Field({ description: 'Whether they are the first to ask. One for each organisation.' })
  isPrimary: boolean;

  @Column('boolean')
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether they may decide for the organisation. For the team and themselves.',
  })
  canDecide: boolean;

  @Column('boolean')
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether invoices are addressed to them. For the team and themselves.',
  })
  canPay: boolean;

  @Column('boolean')
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether colleagues of the same organisation see e-mail and phone. For the team and themselves.',
  })
  published: boolean;

  @Column('int')
  @Field(() => Int, { nullable: true, description: 'For `expectedVersion`; for those who may edit contacts.' })
  version: number;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  updatedAt: Date;

  /** What the policy page is asked about besides: whose contact it is. */
  isSelf: boolean;
  isPublishedColleague: boolean;
  side: 'CLIENT';
}
