import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Client organisations and their contacts; projects, who may see them, and who is invited to. */
export class Projects1700000000002 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table client_organisation (
        id text collate "C" primary key,
        workspace_id text collate "C" not null references workspace (id),
        name text not null check (char_length(name) between 1 and 200),
        logo_url text,
        currency text not null check (currency ~ '^[A-Z]{3}$'),
        billing_address text check (char_length(billing_address) <= 1000),
        tax_id text check (char_length(tax_id) <= 60),
        status text not null default 'ACTIVE' check (status in ('ACTIVE', 'INACTIVE')),
        internal_notes text check (char_length(internal_notes) <= 10000),
        max_contacts integer not null default 20 check (max_contacts between 1 and 1000),
        last_invoice_number integer not null default 0,
        version integer not null default 1,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        constraint client_organisation_workspace_key unique (workspace_id, id)
      );

      create table contact (
        id text collate "C" primary key,
        workspace_id text collate "C" not null,
        client_organisation_id text collate "C" not null,
        membership_id text collate "C",
        display_name text not null check (char_length(display_name) between 1 and 120),
        email text not null check (email = lower(email)),
        job_role text check (char_length(job_role) <= 120),
        is_primary boolean not null default false,
        can_decide boolean not null default false,
        can_pay boolean not null default false,
        published boolean not null default false,
        version integer not null default 1,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        constraint contact_email_key unique (client_organisation_id, email),
        constraint contact_membership_key unique (client_organisation_id, membership_id),
        foreign key (workspace_id, client_organisation_id) references client_organisation (workspace_id, id),
        foreign key (workspace_id, membership_id) references membership (workspace_id, id)
      );
      create unique index contact_primary_key on contact (client_organisation_id) where is_primary;
      create index contact_membership_idx on contact (membership_id);

      create table project (
        id text collate "C" primary key,
        workspace_id text collate "C" not null references workspace (id),
        client_organisation_id text collate "C" not null,
        name text not null check (char_length(name) between 1 and 200),
        code text check (char_length(code) <= 40),
        status text not null default 'PLANNED' check (status in ('PLANNED', 'ACTIVE', 'ON_HOLD', 'COMPLETED', 'ARCHIVED')),
        start_date date,
        end_date date,
        description text check (char_length(description) <= 10000),
        internal_description text check (char_length(internal_description) <= 10000),
        currency text not null check (currency ~ '^[A-Z]{3}$'),
        billing text not null default 'HOURLY' check (billing in ('HOURLY', 'FIXED_FEE', 'NON_BILLABLE')),
        contract_value_minor bigint check (contract_value_minor >= 0),
        budget_basis text not null default 'NONE' check (budget_basis in ('NONE', 'HOURS', 'FEES')),
        budget_seconds bigint check (budget_seconds >= 0),
        budget_minor bigint check (budget_minor >= 0),
        budget_period text not null default 'TOTAL' check (budget_period in ('TOTAL', 'MONTHLY')),
        -- apart from the budget above, so that who may not know of it can neither overwrite it nor be refused for it
        cost_budget_minor bigint check (cost_budget_minor >= 0),
        cost_budget_period text check (cost_budget_period in ('TOTAL', 'MONTHLY')),
        rounding_mode text not null default 'NONE' check (rounding_mode in ('NONE', 'UP', 'NEAREST', 'DOWN')),
        rounding_minutes integer not null default 1 check (rounding_minutes in (1, 5, 6, 10, 15, 30, 60)),
        preset text not null check (preset in ('CONSULTANCY', 'AGENCY', 'DELIVERABLES', 'CONSTRUCTION', 'FREELANCE')),
        visibility jsonb not null default '{}',
        version integer not null default 1,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        constraint project_workspace_key unique (workspace_id, id),
        constraint project_dates_in_order check (end_date >= start_date),
        constraint project_budget_has_its_number check (
          (budget_basis = 'HOURS') = (budget_seconds is not null)
          and (budget_basis = 'FEES') = (budget_minor is not null)
        ),
        constraint project_cost_budget_has_its_period check ((cost_budget_minor is null) = (cost_budget_period is null)),
        constraint project_fixed_fee_has_value check (billing <> 'FIXED_FEE' or contract_value_minor is not null),
        foreign key (workspace_id, client_organisation_id) references client_organisation (workspace_id, id)
      );
      create unique index project_code_key on project (workspace_id, lower(code));
      create index project_organisation_idx on project (client_organisation_id);

      create table project_grant (
        id text collate "C" primary key,
        workspace_id text collate "C" not null,
        project_id text collate "C" not null,
        membership_id text collate "C" not null,
        track_time boolean not null,
        client_view boolean not null,
        internal_costs boolean not null,
        manages_project boolean not null,
        status text not null default 'ACTIVE' check (status in ('ACTIVE', 'SUSPENDED', 'REVOKED')),
        starts_at timestamptz,
        expires_at timestamptz,
        granted_by text collate "C",
        reason text check (char_length(reason) <= 1000),
        epoch integer not null default 1,
        version integer not null default 1,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        constraint project_grant_person_key unique (project_id, membership_id),
        constraint project_grant_implies_client_view check (client_view or not (internal_costs or manages_project)),
        foreign key (workspace_id, project_id) references project (workspace_id, id),
        foreign key (workspace_id, membership_id) references membership (workspace_id, id),
        foreign key (workspace_id, granted_by) references membership (workspace_id, id)
      );
      create index project_grant_membership_idx on project_grant (membership_id) where status = 'ACTIVE';

      create function project_grant_fits_person() returns trigger language plpgsql as $$
      begin
        -- Locked, so that nobody becomes a client between this look and the end of the transaction.
        if (new.manages_project or (new.internal_costs and new.reason is null))
          and (select person_type from membership where id = new.membership_id for share) = 'CLIENT' then
          raise exception 'a client never manages, and sees costs for a reason only'
            using errcode = 'check_violation', constraint = 'project_grant_fits_person';
        end if;
        return new;
      end $$;
      create trigger project_grant_fits_person before insert or update on project_grant
        for each row execute function project_grant_fits_person();

      create function membership_client_grants_fit() returns trigger language plpgsql as $$
      begin
        if exists (select from project_grant where membership_id = new.id
          and (manages_project or (internal_costs and reason is null))) then
          raise exception 'a client never manages, and sees costs for a reason only'
            using errcode = 'check_violation', constraint = 'membership_client_grants_fit';
        end if;
        return new;
      end $$;
      create trigger membership_client_grants_fit before update of person_type on membership
        for each row when (new.person_type = 'CLIENT' and old.person_type <> 'CLIENT')
        execute function membership_client_grants_fit();

      create table invitation (
        id text collate "C" primary key,
        workspace_id text collate "C" not null references workspace (id),
        email text not null check (email = lower(email)),
        name text not null check (char_length(name) between 1 and 120),
        person_type text not null check (person_type in ('EMPLOYEE', 'CONTRACTOR', 'CLIENT')),
        client_organisation_id text collate "C",
        token_hash text collate "C" not null,
        invited_by text collate "C" not null,
        status text not null default 'PENDING' check (status in ('PENDING', 'ACCEPTED', 'REVOKED')),
        expires_at timestamptz not null,
        sent_count integer not null default 1,
        last_sent_at timestamptz not null,
        recent_resends timestamptz[] not null default '{}',
        accepted_by text collate "C",
        version integer not null default 1,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        constraint invitation_token_hash_key unique (token_hash),
        constraint invitation_workspace_key unique (workspace_id, id),
        constraint invitation_client_has_organisation check ((person_type = 'CLIENT') = (client_organisation_id is not null)),
        foreign key (workspace_id, client_organisation_id) references client_organisation (workspace_id, id),
        foreign key (workspace_id, invited_by) references membership (workspace_id, id),
        foreign key (workspace_id, accepted_by) references membership (workspace_id, id)
      );
      create unique index invitation_pending_key on invitation (workspace_id, email) where status = 'PENDING';

      create table invitation_grant (
        id text collate "C" primary key,
        invitation_id text collate "C" not null,
        workspace_id text collate "C" not null,
        project_id text collate "C" not null,
        track_time boolean not null,
        client_view boolean not null,
        internal_costs boolean not null,
        manages_project boolean not null,
        starts_at timestamptz,
        expires_at timestamptz,
        reason text check (char_length(reason) <= 1000),
        granted_by text collate "C" not null,
        version integer not null default 1,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        constraint invitation_grant_project_key unique (invitation_id, project_id),
        constraint invitation_grant_implies_client_view check (client_view or not (internal_costs or manages_project)),
        foreign key (workspace_id, invitation_id) references invitation (workspace_id, id) on delete cascade,
        foreign key (workspace_id, project_id) references project (workspace_id, id),
        foreign key (workspace_id, granted_by) references membership (workspace_id, id)
      );
      create index invitation_grant_project_idx on invitation_grant (project_id);

      create table mail_outbox (
        id text collate "C" primary key,
        workspace_id text collate "C" references workspace (id),
        kind text not null,
        recipient text not null,
        data jsonb not null,
        created_at timestamptz not null,
        sent_at timestamptz
      );
      create index mail_outbox_created_idx on mail_outbox (created_at desc, id);
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop table mail_outbox, invitation_grant, invitation, project_grant, project, contact, client_organisation;
      drop trigger membership_client_grants_fit on membership;
      drop function project_grant_fits_person(), membership_client_grants_fit();
    `);
  }
}
