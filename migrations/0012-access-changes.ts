import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * When what somebody holds changed last, counted for each workspace: whoever keeps what they read of permissions sees
 * with one look whose have changed since. Triggers count, so that nothing that changes them can forget to.
 */
export class AccessChanges1700000000012 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table access_epoch (
        workspace_id text collate "C" primary key references workspace (id),
        epoch bigint not null default 0,
        -- the transaction that counted last: each counts once, however much it changes
        counted_by xid8
      );
      insert into access_epoch (workspace_id) select id from workspace;

      -- The epoch since when it is as it is; of everybody, where no person is named.
      create table access_change (
        workspace_id text collate "C" not null references access_epoch (workspace_id),
        person_id text collate "C" not null,
        epoch bigint not null,
        primary key (workspace_id, person_id)
      );
      create index access_change_epoch_idx on access_change (workspace_id, epoch);

      create function access_epoch_begins() returns trigger language plpgsql as $$
      begin
        insert into access_epoch (workspace_id) values (new.id);
        return null;
      end $$;
      create trigger access_epoch_begins after insert on workspace for each row execute function access_epoch_begins();

      create function count_access_change(in_workspace text, of_person text) returns void language sql as $$
        update access_epoch set epoch = epoch + 1, counted_by = pg_current_xact_id()
          where workspace_id = in_workspace and counted_by is distinct from pg_current_xact_id();
        insert into access_change (workspace_id, person_id, epoch)
          select workspace_id, of_person, epoch from access_epoch where workspace_id = in_workspace
          on conflict (workspace_id, person_id) do update set epoch = excluded.epoch;
      $$;

      -- Whoever belongs to another workspace, or to none, is somebody else in all of theirs.
      create function access_of_member_changes() returns trigger language plpgsql as $$
      begin
        perform count_access_change(workspace, person) from (
            select coalesce(new.workspace_id, old.workspace_id) as workspace, coalesce(new.id, old.id) as person
            union select workspace_id, id from membership where user_id in (old.user_id, new.user_id)
          ) as concerned order by workspace, person;
        return null;
      end $$;

      -- Of the person whom a column of the row names; the trigger says which column.
      create function access_of_person_changes() returns trigger language plpgsql as $$
      begin
        perform count_access_change(m.workspace_id, m.id) from membership m
          where m.id in (to_jsonb(old) ->> tg_argv[0], to_jsonb(new) ->> tg_argv[0]) order by m.workspace_id, m.id;
        return null;
      end $$;

      -- Of whoever the user is whom the column names, in every workspace.
      create function access_of_user_changes() returns trigger language plpgsql as $$
      begin
        perform count_access_change(m.workspace_id, m.id) from membership m
          where m.user_id in (to_jsonb(old) ->> tg_argv[0], to_jsonb(new) ->> tg_argv[0]) order by m.workspace_id, m.id;
        return null;
      end $$;

      -- Of everybody in the workspace that the column names.
      create function access_of_everybody_changes() returns trigger language plpgsql as $$
      begin
        perform count_access_change(to_jsonb(new) ->> tg_argv[0], '');
        return null;
      end $$;
    `);
    for (const [table, { counts, columns, comesAndGoes }] of Object.entries(COUNTED)) {
      const trigger = (name: string, when: string) =>
        db.query(`create constraint trigger ${name} after ${when} execute function ${counts}`);
      // At the end of the transaction: nobody who writes waits for another that has not finished.
      const deferred = `on ${table} deferrable initially deferred for each row`;
      const row = (which: string) => `(${columns.replace(/\w+/g, `${which}.$&`).replaceAll(' ', ', ')})`;
      await trigger('access_changes', `update ${deferred} when (${row('old')} is distinct from ${row('new')})`);
      if (comesAndGoes) await trigger('access_comes_or_goes', `${comesAndGoes} ${deferred}`);
    }
  }

  async down(db: QueryRunner): Promise<void> {
    for (const [table, { comesAndGoes }] of Object.entries(COUNTED)) {
      await db.query(`drop trigger access_changes on ${table}`);
      if (comesAndGoes) await db.query(`drop trigger access_comes_or_goes on ${table}`);
    }
    await db.query(`
      drop trigger access_epoch_begins on workspace;
      drop function access_of_everybody_changes(), access_of_user_changes(), access_of_person_changes(),
        access_of_member_changes(), count_access_change(text, text), access_epoch_begins();
      drop table access_change, access_epoch;
    `);
  }
}

interface Counted {
  counts: string;
  /** A change of these counts. */
  columns: string;
  /** Where it also matters that there is one more, or one less. */
  comesAndGoes?: string;
}

/** What a decision rests on (src/access/load-access.ts), but for what every request moves: when a session was used last. */
const COUNTED: Record<string, Counted> = {
  membership: {
    counts: 'access_of_member_changes()',
    columns: 'user_id person_type role business_roles status',
    comesAndGoes: 'insert or delete',
  },
  project_grant: {
    counts: `access_of_person_changes('membership_id')`,
    columns:
      'membership_id project_id track_time client_view internal_costs manages_project status starts_at expires_at',
    comesAndGoes: 'insert or delete',
  },
  contact: {
    counts: `access_of_person_changes('membership_id')`,
    columns: 'membership_id client_organisation_id',
    comesAndGoes: 'insert or delete',
  },
  // A session that is new changes nothing of those there were.
  session: {
    counts: `access_of_user_changes('user_id')`,
    columns: 'user_id token_hash expires_at revoked_at',
    comesAndGoes: 'delete',
  },
  app_user: { counts: `access_of_user_changes('id')`, columns: 'email status' },
  project: {
    counts: `access_of_everybody_changes('workspace_id')`,
    columns: 'client_organisation_id status preset visibility',
  },
  client_organisation: { counts: `access_of_everybody_changes('workspace_id')`, columns: 'status' },
  workspace: {
    counts: `access_of_everybody_changes('id')`,
    columns: 'name members_see_bill_rates invite_policy timezone',
  },
};
