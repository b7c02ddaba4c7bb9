import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What has become of a mail. Whatever it is, its link is gone from the table with it. */
export class MailDelivery1700000000008 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table mail_outbox
        add column state text not null default 'QUEUED' check (state in ('QUEUED', 'SENT', 'FAILED', 'SUPPRESSED')),
        -- why it is not sent, or was not sent yet
        add column reason text,
        add column attempts integer not null default 0,
        -- null until an attempt has failed
        add column next_attempt_at timestamptz,
        -- a process is sending it; when the time is over, it has died
        add column claimed_until timestamptz,
        -- the same in every attempt
        add column message_id text;
      update mail_outbox set state = 'SENT', data = data - 'token' where sent_at is not null;
      alter table mail_outbox
        add constraint mail_outbox_sent_check check ((state = 'SENT') = (sent_at is not null)),
        add constraint mail_outbox_token_check check (state = 'QUEUED' or not data ? 'token');
      create index mail_outbox_queued_idx on mail_outbox (created_at, id) where state = 'QUEUED';
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop index mail_outbox_queued_idx;
      alter table mail_outbox
        drop constraint mail_outbox_sent_check, drop constraint mail_outbox_token_check,
        drop column state, drop column reason, drop column attempts, drop column next_attempt_at,
        drop column claimed_until, drop column message_id;
    `);
  }
}
