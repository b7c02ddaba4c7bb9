import { Field, Int, ObjectType } from 'type-graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { VisibilityPreset, VisibilitySettings } from '../../access/visibility';
import { Node } from '../../platform/node';
import { CalendarDateScalar, CurrencyCodeScalar } from '../../platform/scalars';
import { Billing, BudgetBasis, BudgetPeriod, ProjectStatus, RoundingMode } from './project.enums';

/** A piece of work for one client organisation: what is shared, and what is billed. */
@Entity('project')
@ObjectType({ implements: Node, simpleResolvers: true, description: 'A piece of work for one client organisation.' })
export class Project extends Node {
  @PrimaryColumn('text')
  declare id: string;

  @Column('text')
  workspaceId: string;

  @Column('text')
  clientOrganisationId: string;

  @Column('text')
  @Field({ description: 'What the project is called, 1–200 characters.' })
  name: string;

  @Column('text', { nullable: true })
  @Field(() => String, { nullable: true, description: 'A short code: `ACME-24`. Another project may have the same.' })
  code: string | null;

  @Column('text')
  @Field(() => ProjectStatus, { description: 'Where the project stands.' })
  status: ProjectStatus;

  @Column('date', { nullable: true })
  @Field(() => CalendarDateScalar, { nullable: true, description: 'First day, as planned.' })
  startDate: string | null;

  @Column('date', { nullable: true })
  @Field(() => CalendarDateScalar, { nullable: true, description: 'Last day, as planned.' })
  endDate: string | null;

  @Column('text', { nullable: true })
  @Field(() => String, { nullable: true, description: 'What it is about, for everybody on it.' })
  description: string | null;

  @Column('text', { nullable: true })
  @Field(() => String, { nullable: true, description: 'What the team should know. Never for the client.' })
  internalDescription: string | null;

  @Column('text')
  @Field(() => CurrencyCodeScalar, {
    nullable: true,
    description: 'The currency of its rates, amounts and invoices. It does not change.',
  })
  currency: string;

  @Column('text')
  @Field(() => Billing, { description: 'How the work is billed.' })
  billing: Billing;

  @Column('bigint', { nullable: true })
  contractValueMinor: bigint | null;

  @Column('text')
  budgetBasis: Exclude<BudgetBasis, BudgetBasis.COST>;

  @Column('bigint', { nullable: true })
  budgetSeconds: bigint | null;

  @Column('bigint', { nullable: true })
  budgetMinor: bigint | null;

  @Column('text')
  budgetPeriod: BudgetPeriod;

  /** A budget beside the one above, so that who may not know of it can neither overwrite it nor be refused for it. */
  @Column('bigint', { nullable: true })
  costBudgetMinor: bigint | null;

  @Column('text', { nullable: true })
  costBudgetPeriod: BudgetPeriod | null;

  @Column('text')
  roundingMode: RoundingMode;

  @Column('int')
  roundingMinutes: number;

  @Column('text')
  preset: VisibilityPreset;

  @Column('jsonb')
  visibility: Partial<VisibilitySettings>;

  @Column('int')
  @Field(() => Int, {
    nullable: true,
    description: 'For `expectedVersion`. For managers: it counts changes that others do not see.',
  })
  version: number;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  updatedAt: Date;

  /** What the policy page is asked about: the project itself. */
  projectId: string;
}
