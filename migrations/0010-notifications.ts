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
        created_at timestamptz not null,
        read_at timestamptz,
        constraint notification_once_key unique (event_id, person_id),
        foreign key (workspace_id, of_project_id) references project (workspace_id, id)
      );
      create index notification_person_idx on notification (person_id, created_at desc, id desc);
      create index notification_unread_idx on notification (person_id, created_at desc, id desc) where read_at is null;
      create index notification_age_idx on notification (created_at);
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop table notification;
      drop table event_reader;
    `);
  }
}
