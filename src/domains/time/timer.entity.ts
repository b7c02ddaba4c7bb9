import { Field, ObjectType } from 'type-graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Node } from '../../platform/node';
import { DateTimeScalar } from '../../platform/scalars';

/**
 * A timer that runs: one for each person in a workspace, seen by nobody else. Its row is gone once it is stopped; what
 * was worked is a time entry then, and nothing before.
 */
@Entity('timer')
@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'A timer of yours that runs. Nobody else sees it, and no total knows of it before it is stopped.',
})
export class Timer extends Node {
  @PrimaryColumn('text')
  declare id: string;

  @Column('text')
  workspaceId: string;

  @Column('text')
  personId: string;

  @Column('text')
  projectId: string;

  @Column('text', { nullable: true })
  taskId: string | null;

  @Column('text')
  @Field({ description: 'What is being done. Empty when nothing was said.' })
  description: string;

  @Column('timestamptz')
  @Field(() => DateTimeScalar, { description: 'When it was started.' })
  startedAt: Date;

  /** Of whoever it is: says on which day the work began. Read along with every timer. */
  timezone: string;
}
