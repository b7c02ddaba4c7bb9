import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A sign-in that lasts: 12 h idle, 30 d in all. Of the token only its hash is kept. */
@Entity('session')
export class Session {
  @PrimaryColumn('text')
  id: string;

  @Column('text')
  userId: string;

  @Column('text')
  tokenHash: string;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  lastUsedAt: Date;

  @Column('timestamptz')
  expiresAt: Date;

  @Column('timestamptz', { nullable: true })
  revokedAt: Date | null;

  @Column('text', { nullable: true })
  userAgent: string | null;
}
