import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What happened, in the order in which it is told. */
export class Events1700000000005 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table event (
        id text collate "C" primary key,
        -- the order of writing; the order of telling is seq
        position bigint generated always as identity,
        workspace_id text collate "C" not null references workspace (id),
        project_id text collate "C",
        kind text not null,
        subject_id text collate "C",
        -- whom it concerns beyond what they may see: whose access, whose notification
        person_id text collate "C",
        actor_id text collate "C",
        changed text[] not null,
        time_release text check (time_release in ('BEFORE', 'WITH')),
        occurred_at timestamptz not null,
        -- given by the relay once the change is committed; without gaps within a workspace
        seq bigint,
        constraint event_seq_key unique (workspace_id, seq),
        foreign key (workspace_id, project_id) references project (workspace_id, id)
      );
      create index event_waiting_idx on event (position) where seq is null;
      create index event_project_idx on event (project_id, seq desc);
      create index event_age_idx on event (occurred_at);

      -- How far each workspace has been told.
      create table event_stream (
        workspace_id text collate "C" primary key references workspace (id),
        last_seq bigint not null default 0
      );
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop table event_stream;
      drop table event;
    `);
  }
}
