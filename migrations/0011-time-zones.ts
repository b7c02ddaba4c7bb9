import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Time zones could be chosen that the database does not know: whatever it reckons with them fails. */
export class TimeZones1700000000011 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      update workspace set timezone = 'UTC' where lower(timezone) not in (select lower(name) from pg_timezone_names);
      update app_user set timezone = 'UTC' where lower(timezone) not in (select lower(name) from pg_timezone_names);
    `);
  }

  /** Nobody can use what was there before. */
  async down(): Promise<void> {}
}
