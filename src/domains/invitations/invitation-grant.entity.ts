import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * What an invitation grants on a project once it is accepted; its id becomes the grant's (F-028). It stays when the
 * invitation is over, and tells then who may still read what has become of it.
 */
@Entity('invitation_grant')
export class InvitationGrant {
  @PrimaryColumn('text')
  id: string;

  @Column('text')
  invitationId: string;

  @Column('text')
  workspaceId: string;

  @Column('text')
  projectId: string;

  @Column('boolean')
  trackTime: boolean;

  @Column('boolean')
  clientView: boolean;

  @Column('boolean')
  internalCosts: boolean;

  @Column('boolean')
  managesProject: boolean;

  @Column('timestamptz', { nullable: true })
  startsAt: Date | null;

  @Column('timestamptz', { nullable: true })
  expiresAt: Date | null;

  @Column('text', { nullable: true })
  reason: string | null;

  @Column('text')
  grantedBy: string;

  @Column('int')
  version: number;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  updatedAt: Date;
}
