import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Somebody who signs in: one user, however many workspaces know them as a person. */
@Entity('app_user')
export class User {
  @PrimaryColumn('text')
  id: string;

  /** Trimmed, NFC, lower case. */
  @Column('text')
  email: string;

  @Column('text')
  displayName: string;

  @Column('text', { nullable: true })
  phone: string | null;

  @Column('text')
  locale: string;

  @Column('text')
  timezone: string;

  @Column('text', { nullable: true })
  passwordHash: string | null;

  /** Counts the passwords: a session is opened for the very one that was proven, never for one just replaced. */
  @Column('int', { default: 1 })
  passwordVersion: number;

  @Column('text')
  status: 'ACTIVE' | 'LOCKED' | 'DELETED';

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  updatedAt: Date;
}
