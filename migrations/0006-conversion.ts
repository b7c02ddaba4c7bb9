import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Since when somebody is a client: what they worked before is the team's. */
export class Conversion1700000000006 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table membership add column converted_at timestamptz,
        add constraint membership_converted_is_client check (converted_at is null or person_type = 'CLIENT');
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('alter table membership drop column converted_at');
  }
}
