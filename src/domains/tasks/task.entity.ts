import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Node } from '../../platform/node';
import { CalendarDateScalar } from '../../platform/scalars';

export enum TaskStatus {
  OPEN = 'OPEN',
  IN_PROGRESS = 'IN_PROGRESS',
  DONE = 'DONE',
  CANCELLED = 'CANCELLED',
}

registerEnumType(TaskStatus, {
  name: 'TaskStatus',
  description: 'Where a task stands: OPEN ↔ IN_PROGRESS → DONE; any → CANCELLED; DONE and CANCELLED → OPEN (F-075).',
  valuesConfig: {
    OPEN: { description: 'To be done: "Open".' },
    IN_PROGRESS: { description: 'Somebody is at it: "In Progress".' },
    DONE: { description: 'Finished: "Done".' },
    CANCELLED: { description: 'Not to be done after all: "Cancelled". Tasks are never deleted.' },
  },
});

/** A piece of the work on a project: what hours are logged on, and what a client follows. */
@Entity('task')
@ObjectType({ implements: Node, simpleResolvers: true, description: 'A piece of the work on a project (F-053).' })
export class Task extends Node {
  @PrimaryColumn('text')
  declare id: string;

  @Column('text')
  workspaceId: string;

  @Column('text')
  projectId: string;

  @Column('text')
  @Field({ description: 'What is to be done, 1–200 characters.' })
  title: string;

  @Column('text', { nullable: true })
  @Field(() => String, {
    nullable: true,
    description: 'More about it, for everybody who sees the task; up to 10,000 characters.',
  })
  description: string | null;

  @Column('text', { nullable: true })
  @Field(() => String, {
    nullable: true,
    description: 'What the team should know, up to 10,000 characters. Never for the client.',
  })
  internalNotes: string | null;

  @Column('text')
  @Field(() => TaskStatus, { description: 'Where the task stands.' })
  status: TaskStatus;

  @Column('text', { nullable: true })
  assigneeId: string | null;

  @Column('date', { nullable: true })
  @Field(() => CalendarDateScalar, { nullable: true, description: 'By when, as planned.' })
  dueDate: string | null;

  @Column('int', { nullable: true })
  estimateSeconds: number | null;

  @Column('boolean')
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether new entries on it are billable unless they say otherwise. For the team.',
  })
  billable: boolean;

  @Column('boolean')
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether clients see the task at all. Its hours count in their totals in any case. For the team.',
  })
  clientVisible: boolean;

  /** Among all tasks of the project, hidden ones too: never shown as it is, see `order`. */
  @Column('int')
  position: number;

  @Column('int')
  @Field(() => Int, {
    nullable: true,
    description: 'For `expectedVersion`. For the team: it also counts changes that clients do not see.',
  })
  version: number;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  updatedAt: Date;
}
