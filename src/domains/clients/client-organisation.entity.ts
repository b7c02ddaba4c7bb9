import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Node } from '../../platform/node';
import { CurrencyCodeScalar } from '../../platform/scalars';

export enum OrganisationStatus {
  ACTIVE = 'ACTIVE',
  INACTIVE = 'INACTIVE',
}

registerEnumType(OrganisationStatus, {
  name: 'OrganisationStatus',
  description: 'Whether a client organisation is worked for.',
  valuesConfig: {
    ACTIVE: { description: 'Its people see the projects shared with them.' },
    INACTIVE: { description: 'Its people see nothing until it is active again.' },
  },
});

/** The company that is worked for: it owns projects, invoices, contacts, a currency and billing details (F-001). */
@Entity('client_organisation')
@ObjectType({ implements: Node, simpleResolvers: true, description: 'The company that projects are done for.' })
export class ClientOrganisation extends Node {
  @PrimaryColumn('text')
  declare id: string;

  @Column('text')
  workspaceId: string;

  @Column('text')
  @Field({ description: 'What the company is called.' })
  name: string;

  @Column('text', { nullable: true })
  @Field(() => String, { nullable: true, description: 'Address of its logo.' })
  logoUrl: string | null;

  @Column('text')
  @Field(() => CurrencyCodeScalar, { nullable: true, description: 'What its new projects are billed in.' })
  currency: string | null;

  @Column('text', { nullable: true })
  @Field(() => String, { nullable: true, description: 'Postal address for invoices.' })
  billingAddress: string | null;

  @Column('text', { nullable: true })
  @Field(() => String, { nullable: true, description: 'Tax number, as invoices print it.' })
  taxId: string | null;

  @Column('text')
  @Field(() => OrganisationStatus, { description: 'Whether it is worked for. Its own people only ever see ACTIVE.' })
  status: OrganisationStatus;

  @Column('text', { nullable: true })
  @Field(() => String, {
    nullable: true,
    description: 'For those who manage one of its projects, and admins; never for the client.',
  })
  internalNotes: string | null;

  /** How many contacts it may have. */
  @Column('int')
  maxContacts: number;

  /** Numbers run per client organisation, so that they tell nobody how much the company bills others (L-25). */
  @Column('int')
  lastInvoiceNumber: number;

  @Column('int')
  @Field(() => Int, { nullable: true, description: 'For `expectedVersion`; for those who may edit clients.' })
  version: number;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  updatedAt: Date;

  /** What the policy page is asked about: the organisation itself. */
  clientOrganisationId: string;
}
