import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Users and how they sign in; workspaces and who belongs to them. */
export class Identity1700000000001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table app_user (
        id text collate "C" primary key,
        email text not null check (email = lower(email)),
        display_name text not null check (char_length(display_name) between 1 and 120),
        phone text,
        locale text not null default 'en',
        timezone text not null default 'UTC',
        password_hash text,
        password_version integer not null default 1,
        status text not null default 'ACTIVE' check (status in ('ACTIVE', 'LOCKED', 'DELETED')),
        created_at timestamptz not null,
        updated_at timestamptz not null,
        constraint app_user_email_key unique (email)
      );

      create table session (
        id text collate "C" primary key,
        user_id text collate "C" not null references app_user (id) on delete cascade,
        token_hash text collate "C" not null,
        created_at timestamptz not null,
        last_used_at timestamptz not null,
        expires_at timestamptz not null,
        revoked_at timestamptz,
        user_agent text,
        constraint session_token_hash_key unique (token_hash)
      );
      create index session_user_idx on session (user_id);

      create table password_reset (
        token_hash text collate "C" primary key,
        user_id text collate "C" not null references app_user (id) on delete cascade,
        created_at timestamptz not null,
        expires_at timestamptz not null,
        used_at timestamptz
      );
      create index password_reset_user_idx on password_reset (user_id);

      create table setup_link (
        token_hash text collate "C" primary key,
        created_at timestamptz not null,
        expires_at timestamptz not null,
        used_at timestamptz
      );

      create table rate_limit (
        key text collate "C" primary key,
        points integer not null,
        expires_at timestamptz not null
      );
      create index rate_limit_expires_idx on rate_limit (expires_at);

      create table workspace (
        id text collate "C" primary key,
        name text not null check (char_length(name) between 1 and 120),
        slug text not null,
        logo_url text,
        brand_colour text check (brand_colour ~ '^#[0-9a-f]{6}$'),
        timezone text not null,
        default_currency text not null check (default_currency ~ '^[A-Z]{3}$'),
        invite_policy text not null default 'ADMINS_AND_PROJECT_MANAGERS'
          check (invite_policy in ('ADMINS', 'ADMINS_AND_PROJECT_MANAGERS', 'PROJECT_TEAM')),
        members_see_bill_rates boolean not null default false,
        client_profile_edit boolean not null default true,
        default_preset text not null default 'CONSULTANCY'
          check (default_preset in ('CONSULTANCY', 'AGENCY', 'DELIVERABLES', 'CONSTRUCTION', 'FREELANCE')),
        default_visibility jsonb not null default '{}',
        version integer not null default 1,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        constraint workspace_slug_key unique (slug)
      );

      create table membership (
        id text collate "C" primary key,
        workspace_id text collate "C" not null references workspace (id),
        user_id text collate "C" not null references app_user (id),
        person_type text not null check (person_type in ('EMPLOYEE', 'CONTRACTOR', 'CLIENT')),
        role text not null default 'MEMBER' check (role in ('OWNER', 'ADMIN', 'MANAGER', 'MEMBER')),
        business_roles text[] not null default '{}'
          check (business_roles <@ array['BILLING', 'PEOPLE', 'SALES']),
        status text not null default 'ACTIVE' check (status in ('ACTIVE', 'DEACTIVATED')),
        title text check (char_length(title) <= 120),
        avatar_url text,
        weekly_capacity_seconds integer check (weekly_capacity_seconds between 0 and 604800),
        client_facing boolean not null default false,
        last_seen_at timestamptz,
        version integer not null default 1,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        constraint membership_user_key unique (workspace_id, user_id),
        constraint membership_workspace_key unique (workspace_id, id),
        constraint membership_client_is_plain check (
          person_type <> 'CLIENT' or (role = 'MEMBER' and business_roles = '{}' and weekly_capacity_seconds is null)
        )
      );
      create index membership_user_idx on membership (user_id);

      create function membership_client_is_final() returns trigger language plpgsql as $$
      begin
        raise exception 'a client stays a client' using errcode = 'check_violation', constraint = 'membership_client_is_final';
      end $$;
      create trigger membership_client_is_final before update of person_type on membership
        for each row when (old.person_type = 'CLIENT' and new.person_type <> 'CLIENT')
        execute function membership_client_is_final();
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop table membership, workspace, rate_limit, setup_link, password_reset, session, app_user;
      drop function membership_client_is_final();
    `);
  }
}
