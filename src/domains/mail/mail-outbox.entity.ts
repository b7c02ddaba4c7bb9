import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * What each kind of mail has to say, in references: what is written about them is read when it is sent. A kind stands
 * here when something writes it; its template stands in `api/mail-templates.ts`.
 */
export interface MailData {
  /** Somebody asked for a new password (F-040). */
  PASSWORD_RESET: { token: string };
  /** Somebody is asked into a workspace (F-027, F-039): no project is named, the mail may reach the wrong reader (L-24). */
  INVITATION: { token: string };
  /** Something happened that somebody wants to hear of at once (F-117). */
  NOTIFICATION: { personId: string; notificationId: string };
  /** What somebody has not read, every day or every week (F-118). */
  DIGEST: { personId: string; notificationIds: string[] };
}

export type MailKind = keyof MailData;

export type MailState = 'QUEUED' | 'SENT' | 'FAILED' | 'SUPPRESSED';

/**
 * A mail, written in the transaction of its cause. While it waits it holds the token of its link in plain text, the
 * only place that does: so it is read by the sender and the development inbox, and never through the API.
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

  @Column('text')
  state: MailState;

  /** Why it was not sent, or not yet. */
  @Column('text', { nullable: true })
  reason: string | null;

  /** How often it was claimed. Of two that believe to have it, the later one counts. */
  @Column('int')
  attempts: number;

  /** Null until an attempt has failed. */
  @Column('timestamptz', { nullable: true })
  nextAttemptAt: Date | null;

  /** While a process is sending it; one that has died leaves it to others then. */
  @Column('timestamptz', { nullable: true })
  claimedUntil: Date | null;

  /** The same in every attempt, so that what arrives twice is known for one. */
  @Column('text', { nullable: true })
  messageId: string | null;
}
