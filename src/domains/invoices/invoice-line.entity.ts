import { Field, ObjectType } from 'type-graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Node } from '../../platform/node';

/** A line of an invoice: made from the time of one task at one rate, or written by hand. */
@Entity('invoice_line')
@ObjectType({ implements: Node, simpleResolvers: true, description: 'A line of an invoice.' })
export class InvoiceLine extends Node {
  @PrimaryColumn('text')
  declare id: string;

  @Column('text')
  workspaceId: string;

  @Column('text')
  invoiceId: string;

  @Column('int')
  position: number;

  @Column('text')
  @Field({ description: 'What is billed.' })
  description: string;

  @Column('boolean')
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether it was made from logged time; else it was written by hand. For those who bill.',
  })
  fromTime: boolean;

  /** Of a line made from time; null for work without a task, or on a task that clients do not see. */
  @Column('text', { nullable: true })
  taskId: string | null;

  @Column('bigint', { nullable: true })
  unitMinor: bigint | null;

  @Column('bigint')
  quantityMilli: bigint;

  /** Made from time: the sum of its entries, never quantity × unit price. */
  @Column('bigint')
  amountMinor: bigint;

  @Column('int')
  taxBp: number;

  @Column('bigint')
  taxMinor: bigint;

  /** Of the invoice; read along with every line. */
  projectId: string;
  currency: string;
}
