import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What each kind of mail has to say. A kind stands here when something writes it. */
export interface MailData {
  /** Somebody asked for a new password (F-040). */
  PASSWORD_RESET: { token: string; displayName: string; expiresAt: string };
  /** Somebody is asked into a workspace (F-027, F-039): no project is named, the mail may reach the wrong reader (L-24). */
  INVITATION: { token: string; name: string; workspaceName: string; inviterName: string; expiresAt: string };
}

export type MailKind = keyof MailData;

/**
 * A mail that waits to be sent, written in the transaction of its cause. It holds the token of its link in plain
 * text, the only place that does: so it is read by the sender and the development inbox, and never through the API.
 */
@Entity('mail_outbox')
export class MailOutbox {
  @PrimaryColumn('text')
  id: string;

  /** On whose behalf; null where a person is written to about themselves. */
  @Column('text', { nullable: true })
  workspaceId: string | null;

  @Column('text')
  kind: MailKind;

  @Column('text')
  recipient: string;

  @Column('jsonb')
  data: MailData[MailKind];

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz', { nullable: true })
  sentAt: Date | null;
}
