import { Field, ObjectType } from 'type-graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Node } from '../../platform/node';
import { DateTimeScalar } from '../../platform/scalars';
import type { TellingKind } from './recipients';

/**
 * That something happened, for one person: ids and names of fields, never a value. What it says is read anew each time,
 * as its reader may see it then; what they may not see any more is not there (L-14).
 */
@Entity('notification')
@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'Something that happened, for the viewer alone. Everything in it is read as they may see it now.',
})
export class Notification extends Node {
  @PrimaryColumn('text')
  declare id: string;

  @Column('text')
  workspaceId: string;

  /** Not `projectId`, which would have it judged by the project: it is its reader's own. */
  @Column('text', { nullable: true })
  ofProjectId: string | null;

  @Column('text')
  personId: string;

  @Column('text')
  eventId: string;

  @Column('text')
  kind: TellingKind;

  @Column('boolean')
  @Field({ description: 'Whether it is also for those who want to hear of critical things alone.' })
  critical: boolean;

  @Column('text', { nullable: true })
  subjectId: string | null;

  @Column('text', { nullable: true })
  actorId: string | null;

  @Column('text', { array: true })
  changed: string[];

  @Column('text', { nullable: true })
  timeRelease: 'BEFORE' | 'WITH' | null;

  /** Of their own access: told whatever they may see. */
  @Column('boolean')
  isPersonal: boolean;

  /** In a mail of its own or in a digest. */
  @Column('boolean')
  isMailed: boolean;

  @Column('timestamptz')
  @Field(() => DateTimeScalar, { description: 'When it happened.' })
  createdAt: Date;

  @Column('timestamptz', { nullable: true })
  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was read; null until then.' })
  readAt: Date | null;
}
