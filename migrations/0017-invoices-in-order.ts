import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The order of lists of invoices: with the nulls where the lists ask for them, though there are none, or it is not used. */
const LISTED_DATE = `case when status = 'DRAFT' then date '9999-12-31' else issue_date end`;

/** A page of invoices is read by an index, as pages of entries are, and no longer sorted out of all there are. */
export class InvoicesInOrder1700000000017 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await inOrder(db, 'desc nulls last');
  }

  async down(db: QueryRunner): Promise<void> {
    await inOrder(db, 'desc');
  }
}

const inOrder = (db: QueryRunner, order: string): Promise<unknown> =>
  db.query(`
    drop index invoice_project_idx, invoice_workspace_idx;
    create index invoice_project_idx on invoice (project_id, (${LISTED_DATE}) ${order}, id);
    create index invoice_workspace_idx on invoice (workspace_id, (${LISTED_DATE}) ${order}, id);
  `);
