import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Timers that run. What was worked becomes a time entry when they stop: until then no total knows of it. And what
 * happened can be read backwards: of a project, of a workspace, of a person.
 */
export class Timers1700000000009 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table timer (
        id text collate "C" primary key,
        workspace_id text collate "C" not null,
        person_id text collate "C" not null,
        project_id text collate "C" not null,
        task_id text collate "C",
        description text not null default '' check (char_length(description) <= 1000),
        started_at timestamptz not null,
        -- a person is of one workspace: one of them runs per person and workspace
        constraint timer_person_key unique (person_id),
        foreign key (workspace_id, person_id) references membership (workspace_id, id),
        foreign key (workspace_id, project_id) references project (workspace_id, id),
        foreign key (project_id, task_id) references task (project_id, id)
      );

      drop index event_project_idx;
      create index event_project_place_idx on event (project_id, position desc);
      create index event_workspace_place_idx on event (workspace_id, position desc);
      create index event_of_no_project_idx on event (workspace_id, position desc) where project_id is null;
      create index event_person_place_idx on event (person_id, position desc) where person_id is not null;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop table timer;
      drop index event_project_place_idx, event_workspace_place_idx, event_of_no_project_idx, event_person_place_idx;
      create index event_project_idx on event (project_id, seq desc);
    `);
  }
}
