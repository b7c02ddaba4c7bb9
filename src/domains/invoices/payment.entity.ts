import { Field, ObjectType } from 'type-graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Node } from '../../platform/node';
import { CalendarDateScalar } from '../../platform/scalars';
import { PaymentMethod, PaymentStatus } from './invoice.enums';

/** Money received for an invoice, as somebody recorded it by hand. */
@Entity('payment')
@ObjectType({ implements: Node, simpleResolvers: true, description: 'Money received for an invoice (F-114).' })
export class Payment extends Node {
  @PrimaryColumn('text')
  declare id: string;

  @Column('text')
  workspaceId: string;

  @Column('text')
  projectId: string;

  @Column('text')
  invoiceId: string;

  @Column('bigint')
  amountMinor: bigint;

  @Column('text')
  @Field(() => PaymentStatus, { nullable: true, description: 'Whether it counts.' })
  status: PaymentStatus;

  @Column('text')
  @Field(() => PaymentMethod, { nullable: true, description: 'How it came.' })
  method: PaymentMethod;

  @Column('text', { nullable: true })
  @Field(() => String, { nullable: true, description: 'From which card or account, masked: `•••• 4242`.' })
  maskedInstrument: string | null;

  @Column('text', { nullable: true })
  @Field(() => String, { nullable: true, description: 'What finds it in the books. For those who bill.' })
  reference: string | null;

  @Column('date')
  @Field(() => CalendarDateScalar, { nullable: true, description: 'The day it was received.' })
  receivedOn: string;

  @Column('text', { name: 'recorded_by' })
  recordedById: string;

  @Column('timestamptz', { nullable: true })
  voidedAt: Date | null;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  updatedAt: Date;

  /** Of the invoice; read along with every payment. */
  currency: string;
}
