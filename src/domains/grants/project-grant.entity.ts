import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What one person holds on one project. Whether it counts: `EFFECTIVE_GRANT`. */
@Entity('project_grant')
export class ProjectGrant {
  @PrimaryColumn('text')
  id: string;

  @Column('text')
  workspaceId: string;

  @Column('text')
  projectId: string;

  @Column('text')
  membershipId: string;

  @Column('boolean')
  trackTime: boolean;

  @Column('boolean')
  clientView: boolean;

  @Column('boolean')
  internalCosts: boolean;

  @Column('boolean')
  managesProject: boolean;

  @Column('text')
  status: 'ACTIVE' | 'SUSPENDED' | 'REVOKED';

  @Column('timestamptz', { nullable: true })
  startsAt: Date | null;

  @Column('timestamptz', { nullable: true })
  expiresAt: Date | null;

  @Column('text', { nullable: true })
  grantedBy: string | null;

  /** Why a client sees internal costs; required for them. */
  @Column('text', { nullable: true })
  reason: string | null;

  /** Which end the person was warned of, and which end was told: a new one is told anew. */
  @Column('timestamptz', { nullable: true })
  warnedOf: Date | null;

  @Column('timestamptz', { nullable: true })
  endToldOf: Date | null;

  /** Counts the times the grant was given anew. */
  @Column('int')
  epoch: number;

  @Column('int')
  version: number;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  updatedAt: Date;
}
