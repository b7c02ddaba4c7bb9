import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { EventKind } from './event-types';

/**
 * Something that happened, written in the transaction of its cause: ids and names of fields, never a value. What
 * somebody is told of it is read when they are told, as they may see it then.
 */
export abstract class Event {
  @PrimaryColumn('text')
  id: string;

  @Column('text')
  workspaceId: string;

  /** Null for what belongs to the workspace alone. */
  @Column('text', { nullable: true })
  projectId: string | null;

  @Column('text')
  kind: EventKind;

  /** What it happened to. */
  @Column('text', { nullable: true })
  subjectId: string | null;

  /** Who hears of it whatever they may see: whose access it is. */
  @Column('text', { nullable: true })
  personId: string | null;

  /** Who did it; null when nobody did, as at a deadline. */
  @Column('text', { nullable: true })
  actorId: string | null;

  /** Fields of the schema, such as `Task.title`: who sees none of them hears nothing (L-16). */
  @Column('text', { array: true })
  changed: string[];

  /** Of time: `BEFORE` its invoice, hidden where hours are released by invoices; `WITH` it, news to those alone. */
  @Column('text', { nullable: true })
  timeRelease: 'BEFORE' | 'WITH' | null;

  @Column('timestamptz')
  occurredAt: Date;
}

/** An event as the table keeps it. */
@Entity('event')
export class EventRecord extends Event {
  /** The order of writing. */
  @Column({ type: 'bigint', insert: false, update: false })
  position: bigint;

  /** The order of telling within the workspace, without gaps; null until the relay has given it. */
  @Column({ type: 'bigint', insert: false, update: false, nullable: true })
  seq: bigint | null;
}

/** An event in its place: the relay has given it a number. */
export interface NumberedEvent extends Event {
  seq: bigint;
}
