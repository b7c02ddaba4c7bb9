import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Node } from '../../platform/node';
import { CalendarDateScalar } from '../../platform/scalars';

export enum RateScope {
  TASK = 'TASK',
  PROJECT_PERSON = 'PROJECT_PERSON',
  PROJECT = 'PROJECT',
  PERSON = 'PERSON',
  CLIENT = 'CLIENT',
}

registerEnumType(RateScope, {
  name: 'RateScope',
  description: 'What a rate is for. Of those that fit an entry the first in this order counts.',
  valuesConfig: {
    TASK: { description: 'One task, whoever works on it.' },
    PROJECT_PERSON: { description: 'One person on one project.' },
    PROJECT: { description: 'One project.' },
    PERSON: { description: 'One person, on every project of the currency.' },
    CLIENT: { description: 'Every project of a client organisation.' },
  },
});

export enum RateKind {
  BILL = 'BILL',
  COST = 'COST',
}

registerEnumType(RateKind, {
  name: 'RateKind',
  description: 'Whose money a rate is about.',
  valuesConfig: {
    BILL: { description: 'What the client pays for an hour.' },
    COST: { description: 'What an hour costs the company; close to a salary.' },
  },
});

/** The only place of rates. Entries keep a snapshot: setting a rate never touches the time that is logged already. */
@Entity('rate')
@ObjectType({ implements: Node, simpleResolvers: true, description: 'A price of an hour. For owners and admins.' })
export class Rate extends Node {
  @PrimaryColumn('text')
  declare id: string;

  @Column('text')
  workspaceId: string;

  @Column('text')
  @Field(() => RateScope, { description: 'What it is for.' })
  scope: RateScope;

  @Column('text')
  @Field(() => RateKind, { description: 'Whether the client pays it or the company bears it.' })
  kind: RateKind;

  // What it is of; not `projectId` and its like, which would make the rate a thing of that project (subjects.ts).

  @Column('text', { name: 'task_id', nullable: true })
  ofTaskId: string | null;

  @Column('text', { name: 'project_id', nullable: true })
  ofProjectId: string | null;

  @Column('text', { name: 'membership_id', nullable: true })
  ofPersonId: string | null;

  @Column('text', { name: 'client_organisation_id', nullable: true })
  ofOrganisationId: string | null;

  @Column('bigint')
  minorPerHour: bigint;

  @Column('text')
  currency: string;

  @Column('date')
  @Field(() => CalendarDateScalar, {
    description: 'The first day it counts for; the latest that is not after the date of an entry counts.',
  })
  validFrom: string;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  updatedAt: Date;
}
