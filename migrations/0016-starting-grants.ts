import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Every request asks when the next grant of its person begins: few have a beginning, and without this all are read. */
export class StartingGrants1700000000016 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      'create index project_grant_start_idx on project_grant (membership_id, starts_at) where starts_at is not null',
    );
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('drop index project_grant_start_idx');
  }
}
