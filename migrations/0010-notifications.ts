import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What people are told of, how far it has been read, and which deadlines were announced. */
export class Notifications1700000000010 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- How far each reader has come in the events of a workspace. What happened before there were readers is past.
      create table event_reader (
        name text not null,
        workspace_id text collate "C" not null references workspace (id),
        seq bigint not null,
        primary key (name, workspace_id)
      );
      insert into event_reader (name, workspace_id, seq)
        select r.name, s.workspace_id, s.last_seq
        from event_stream s cross join (values ('notifications'), ('budgets')) as r (name);

      -- References and names of fields, as in event, which is forgotten earlier: never a value.
      create table notification (
        id text collate "C" primary key,
        workspace_id text collate "C" not null references workspace (id),
        of_project_id text collate "C",
        person_id text collate "C" not null references membership (id),
        event_id text collate "C" not null,
        kind text not null,
        critical boolean not null,
        subject_id text collate "C",
        actor_id text collate "C",
        changed text[] not null,
        time_release text check (time_release in ('BEFORE', 'WITH')),
        -- their own access, and not merely something that they see
        is_personal boolean not null,
        -- in a mail of its own or in a digest
        is_mailed boolean not null,
        created_at timestamptz not null,
        read_at timestamptz,
        constraint notification_once_key unique (event_id, person_id),
        foreign key (workspace_id, of_project_id) references project (workspace_id, id)
      );
      create index notification_person_idx on notification (person_id, created_at desc nulls last, id);
      create index notification_unread_idx on notification (person_id, created_at desc nulls last, id) where read_at is null;
      create index notification_age_idx on notification (created_at);

      -- How often people are written to: as the workspace says, until they say otherwise.
      alter table workspace add column notification_default text not null default 'INSTANT'
        check (notification_default in ('INSTANT', 'DAILY', 'WEEKLY', 'CRITICAL_ONLY', 'NONE'));
      alter table membership
        add column notification_frequency text
          check (notification_frequency in ('INSTANT', 'DAILY', 'WEEKLY', 'CRITICAL_ONLY', 'NONE')),
        -- when the next digest is due, for which frequency and time zone that was reckoned, and from when on they want any
        add column next_digest_at timestamptz,
        add column digest_of text,
        add column digest_since timestamptz;

      -- Deadlines that were told: of which end, and when. What was over before there were deadlines is not told any more.
      alter table project_grant add column warned_of timestamptz, add column end_told_of timestamptz;
      update project_grant set end_told_of = expires_at where expires_at <= now();
      create index project_grant_end_idx on project_grant (expires_at) where expires_at is not null;
      alter table invitation add column end_told_of timestamptz;
      update invitation set end_told_of = expires_at where expires_at <= now();
      create index invitation_end_idx on invitation (expires_at) where status = 'PENDING';
      alter table invoice add column overdue_told_at timestamptz;
      update invoice set overdue_told_at = now() where due_date < current_date;
      create index invoice_due_idx on invoice (due_date) where overdue_told_at is null and status in ('SENT', 'PARTIALLY_PAID');

      -- Which part of which budget was told to be used, in the project's life or a month: of all time, and of time that is issued.
      create table budget_alert (
        project_id text collate "C" not null references project (id),
        of_costs boolean not null,
        issued_only boolean not null,
        period text not null,
        percent int not null,
        -- of this budget: told anew of another one
        basis text not null,
        total bigint not null,
        told_at timestamptz not null,
        primary key (project_id, of_costs, issued_only, period, percent)
      );
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop table budget_alert;
      drop index invoice_due_idx;
      alter table invoice drop column overdue_told_at;
      drop index invitation_end_idx;
      alter table invitation drop column end_told_of;
      drop index project_grant_end_idx;
      alter table project_grant drop column warned_of, drop column end_told_of;
      alter table membership drop column notification_frequency, drop column next_digest_at,
        drop column digest_of, drop column digest_since;
      alter table workspace drop column notification_default;
      drop table notification;
      drop table event_reader;
    `);
  }
}
