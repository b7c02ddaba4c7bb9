import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Project codes are free: a code that was refused told whoever tried it that a project has it which they do not see. */
export class FreeCodes1700000000015 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query('drop index project_code_key');
  }

  /** Of several projects with one code the first keeps it. */
  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      update project p set code = null where exists (select from project o where o.workspace_id = p.workspace_id
        and lower(o.code) = lower(p.code) and (o.created_at, o.id) < (p.created_at, p.id));
      create unique index project_code_key on project (workspace_id, lower(code));
    `);
  }
}
