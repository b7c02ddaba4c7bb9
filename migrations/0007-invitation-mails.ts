import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Mails with invitations are counted in `rate_limit`, whatever they come from: an invitation keeps no count of its own. */
export class InvitationMails1700000000007 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query('alter table invitation drop column recent_resends');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`alter table invitation add column recent_resends timestamptz[] not null default '{}'`);
  }
}
