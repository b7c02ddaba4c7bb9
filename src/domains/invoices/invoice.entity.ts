import { Field, Int, ObjectType } from 'type-graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Node } from '../../platform/node';
import { CalendarDateScalar, CurrencyCodeScalar } from '../../platform/scalars';
import { InvoiceStatus } from './invoice.enums';

/** What a client organisation is billed for one project. Immutable once it is sent, but for status and payments. */
@Entity('invoice')
@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'What a client is billed for one project (F-111).',
})
export class Invoice extends Node {
  @PrimaryColumn('text')
  declare id: string;

  @Column('text')
  workspaceId: string;

  @Column('text')
  projectId: string;

  @Column('text')
  clientOrganisationId: string;

  @Column('text', { nullable: true })
  @Field(() => String, {
    nullable: true,
    description: 'Year and running number, `2026-007`: numbered for each client organisation. Null on a draft.',
  })
  number: string | null;

  @Column('text')
  @Field(() => InvoiceStatus, { description: 'Where the invoice stands.' })
  status: InvoiceStatus;

  @Column('date', { nullable: true })
  @Field(() => CalendarDateScalar, { nullable: true, description: 'Its date. Null on a draft: the day it is sent.' })
  issueDate: string | null;

  @Column('date', { nullable: true })
  @Field(() => CalendarDateScalar, {
    nullable: true,
    description: 'The last day to pay. Null on a draft: `dueInDays` after the issue date.',
  })
  dueDate: string | null;

  @Column('int')
  @Field(() => Int, { nullable: true, description: 'On a draft without a due date: how many days there are to pay.' })
  dueInDays: number;

  @Column('text')
  @Field(() => CurrencyCodeScalar, { description: 'The currency of all its amounts: that of its project.' })
  currency: string;

  @Column('text', { nullable: true })
  @Field(() => String, { nullable: true, description: 'What is written on it for the client.' })
  notes: string | null;

  @Column('text', { nullable: true })
  @Field(() => String, { nullable: true, description: 'What those who bill should know. Never for the client.' })
  internalNotes: string | null;

  /** Amounts are written when it is sent; those of a draft follow its time entries and are added up when read. */
  @Column('bigint')
  subtotalMinor: bigint;

  @Column('bigint')
  taxMinor: bigint;

  @Column('bigint')
  totalMinor: bigint;

  @Column('bigint')
  paidMinor: bigint;

  @Column('timestamptz', { nullable: true })
  sentAt: Date | null;

  @Column('timestamptz', { nullable: true })
  voidedAt: Date | null;

  @Column('timestamptz', { nullable: true })
  overdueToldAt: Date | null;

  @Column('int')
  @Field(() => Int, { nullable: true, description: 'For `expectedVersion`. For those who bill.' })
  version: number;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  updatedAt: Date;

  /** Of the workspace; read along with every invoice. */
  timezone: string;
}
