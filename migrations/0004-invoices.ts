import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lists are in the order of the issue date, newest first; drafts stand before them all. */
const LISTED_DATE = `case when status = 'DRAFT' then date '9999-12-31' else issue_date end`;

/** Invoices, their lines, and payments recorded by hand. */
export class Invoices1700000000004 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table invoice (
        id text collate "C" primary key,
        workspace_id text collate "C" not null,
        project_id text collate "C" not null,
        client_organisation_id text collate "C" not null,
        number text,
        status text not null default 'DRAFT' check (status in ('DRAFT', 'SENT', 'PARTIALLY_PAID', 'PAID', 'VOID')),
        issue_date date,
        due_date date,
        due_in_days integer not null default 30 check (due_in_days between 0 and 365),
        currency text not null check (currency ~ '^[A-Z]{3}$'),
        notes text check (char_length(notes) <= 5000),
        internal_notes text check (char_length(internal_notes) <= 5000),
        subtotal_minor bigint not null default 0,
        tax_minor bigint not null default 0,
        total_minor bigint not null default 0,
        paid_minor bigint not null default 0,
        sent_at timestamptz,
        voided_at timestamptz,
        version integer not null default 1,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        constraint invoice_workspace_key unique (workspace_id, id),
        constraint invoice_number_key unique (client_organisation_id, number),
        constraint invoice_issued_is_complete check (
          status = 'DRAFT' or (number is not null and issue_date is not null and due_date is not null and sent_at is not null)
        ),
        constraint invoice_total_adds_up check (total_minor = subtotal_minor + tax_minor),
        constraint invoice_paid_within_total check (paid_minor between 0 and greatest(total_minor, 0)),
        constraint invoice_dates_in_order check (due_date >= issue_date),
        foreign key (workspace_id, project_id) references project (workspace_id, id),
        foreign key (workspace_id, client_organisation_id) references client_organisation (workspace_id, id)
      );
      create index invoice_project_idx on invoice (project_id, (${LISTED_DATE}) desc, id);
      create index invoice_workspace_idx on invoice (workspace_id, (${LISTED_DATE}) desc, id);

      create table invoice_line (
        id text collate "C" primary key,
        workspace_id text collate "C" not null,
        invoice_id text collate "C" not null,
        position integer not null,
        description text not null check (char_length(description) between 1 and 500),
        -- of a line made from time: the task (null for other work) and the rate that its entries share
        from_time boolean not null default false,
        task_id text collate "C",
        unit_minor bigint,
        quantity_milli bigint not null,
        amount_minor bigint not null,
        tax_bp integer not null default 0 check (tax_bp between 0 and 10000),
        tax_minor bigint not null default 0,
        constraint invoice_line_workspace_key unique (workspace_id, id),
        constraint invoice_line_free_has_price check (from_time or unit_minor is not null),
        constraint invoice_line_task_is_of_time check (from_time or task_id is null),
        foreign key (workspace_id, invoice_id) references invoice (workspace_id, id) on delete cascade,
        foreign key (workspace_id, task_id) references task (workspace_id, id)
      );
      create index invoice_line_invoice_idx on invoice_line (invoice_id, position, id);
      create unique index invoice_line_work_key on invoice_line (invoice_id, task_id, unit_minor) nulls not distinct where from_time;

      alter table time_entry add constraint time_entry_line_fkey
        foreign key (workspace_id, invoice_line_id) references invoice_line (workspace_id, id);

      create table payment (
        id text collate "C" primary key,
        workspace_id text collate "C" not null,
        project_id text collate "C" not null,
        invoice_id text collate "C" not null,
        amount_minor bigint not null check (amount_minor > 0),
        status text not null default 'SUCCEEDED' check (status in ('SUCCEEDED', 'CANCELLED')),
        method text not null check (method in ('BANK_TRANSFER', 'CARD', 'CASH', 'CHEQUE', 'OTHER')),
        masked_instrument text check (char_length(masked_instrument) <= 40),
        reference text check (char_length(reference) <= 200),
        received_on date not null,
        recorded_by text collate "C" not null,
        voided_at timestamptz,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        foreign key (workspace_id, invoice_id) references invoice (workspace_id, id),
        foreign key (workspace_id, project_id) references project (workspace_id, id),
        foreign key (workspace_id, recorded_by) references membership (workspace_id, id)
      );
      create index payment_invoice_idx on payment (invoice_id, received_on, id);
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table time_entry drop constraint time_entry_line_fkey;
      drop table payment, invoice_line, invoice;
    `);
  }
}
