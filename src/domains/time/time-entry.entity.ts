import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Node } from '../../platform/node';
import { CalendarDateScalar, DateTimeScalar } from '../../platform/scalars';

/** Where an entry stands on its way to the client's invoice. Only ISSUED locks it. */
export type InvoiceState = 'NONE' | 'DRAFT' | 'ISSUED';

export enum TimeEntryWarning {
  NO_BILL_RATE = 'NO_BILL_RATE',
}

registerEnumType(TimeEntryWarning, {
  name: 'TimeEntryWarning',
  description: 'What the caller should know of an entry that was written all the same.',
  valuesConfig: {
    NO_BILL_RATE: { description: 'It is billable and no bill rate fits it: its amount is 0. Told to who sees rates.' },
  },
});

/** Time that somebody worked on a project, with the rates that counted when it was written (F-079). */
@Entity('time_entry')
@ObjectType({ implements: Node, simpleResolvers: true, description: 'Time that somebody worked on a project (F-079).' })
export class TimeEntry extends Node {
  @PrimaryColumn('text')
  declare id: string;

  @Column('text')
  workspaceId: string;

  @Column('text')
  projectId: string;

  @Column('text', { nullable: true })
  taskId: string | null;

  @Column('text')
  personId: string;

  @Column('date')
  @Field(() => CalendarDateScalar, {
    description: 'The day it was worked on, as its author gave it; never converted to another time zone.',
  })
  date: string;

  @Column('timestamptz', { nullable: true })
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the work began, if it was told. For whoever worked and for the team.',
  })
  startedAt: Date | null;

  @Column('timestamptz', { nullable: true })
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the work ended, if it was told. For whoever worked and for the team.',
  })
  endedAt: Date | null;

  @Column('int')
  rawSeconds: number;

  /** Rounded once, when it was logged: every total is a sum of these. */
  @Column('int')
  billedSeconds: number;

  @Column('boolean')
  @Field({ description: 'Whether the client is billed for it.' })
  billable: boolean;

  @Column('text')
  @Field({ description: 'What was done, up to 1,000 characters; the client may read it. Empty when nothing was said.' })
  description: string;

  @Column('text', { nullable: true })
  @Field(() => String, {
    nullable: true,
    description: 'For whoever worked and the managers, up to 1,000 characters.',
  })
  internalNote: string | null;

  @Column('bigint', { nullable: true })
  billRateMinor: bigint | null;

  @Column('bigint', { nullable: true })
  costRateMinor: bigint | null;

  @Column('bigint')
  billableAmountMinor: bigint;

  @Column('bigint')
  costAmountMinor: bigint;

  @Column('text')
  invoiceState: InvoiceState;

  @Column('text', { nullable: true })
  invoiceLineId: string | null;

  @Column('text', { name: 'created_by' })
  createdById: string;

  @Column('int')
  @Field(() => Int, {
    nullable: true,
    description:
      'For `expectedVersion`. For whoever worked and the managers: it also counts changes others do not see.',
  })
  version: number;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  updatedAt: Date;

  /** Of the project; read along with every entry. */
  currency: string;
}
