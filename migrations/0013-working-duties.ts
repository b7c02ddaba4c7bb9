import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Takes away what gave nothing: two duties that opened nothing, and a moment that was never written. */
export class WorkingDuties1700000000013 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table membership drop constraint membership_business_roles_check;
      update membership set business_roles = array_remove(array_remove(business_roles, 'PEOPLE'), 'SALES')
        where business_roles && array['PEOPLE', 'SALES'];
      -- What triggers have put off to the end stands in the way of changing the table.
      set constraints all immediate;
      alter table membership add constraint membership_business_roles_check check (business_roles <@ array['BILLING']);
      alter table membership drop column last_seen_at;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table membership drop constraint membership_business_roles_check;
      alter table membership add constraint membership_business_roles_check
        check (business_roles <@ array['BILLING', 'PEOPLE', 'SALES']);
      alter table membership add column last_seen_at timestamptz;
    `);
  }
}
