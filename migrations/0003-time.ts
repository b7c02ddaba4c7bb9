import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tasks, rates, time entries, and the rollups that every total is read from. */
export class Time1700000000003 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(TABLES);
    await db.query(ROLLUPS);
    await db.query(REPRICING);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      drop trigger project_billing_reprices on project;
      drop trigger membership_client_has_no_rate on membership;
      drop table project_day, project_total, time_entry, rate, task;
      drop function time_entry_rollup_insert(), time_entry_rollup_delete(), time_entry_rollup_update(), repair_project_rollups(text),
        rate_not_for_clients(), membership_client_has_no_rate(), project_billing_reprices();
    `);
  }
}

const TABLES = `
  create table task (
    id text collate "C" primary key,
    workspace_id text collate "C" not null,
    project_id text collate "C" not null,
    title text not null check (char_length(title) between 1 and 200),
    description text check (char_length(description) <= 10000),
    internal_notes text check (char_length(internal_notes) <= 10000),
    status text not null default 'OPEN' check (status in ('OPEN', 'IN_PROGRESS', 'DONE', 'CANCELLED')),
    assignee_id text collate "C",
    due_date date,
    estimate_seconds integer check (estimate_seconds >= 0),
    billable boolean not null default true,
    client_visible boolean not null default true,
    position integer not null default 0,
    version integer not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint task_workspace_key unique (workspace_id, id),
    constraint task_project_key unique (project_id, id),
    foreign key (workspace_id, project_id) references project (workspace_id, id),
    foreign key (workspace_id, assignee_id) references membership (workspace_id, id)
  );
  create index task_project_order_idx on task (project_id, position, id);
  create index task_assignee_idx on task (assignee_id, project_id);

  create table rate (
    id text collate "C" primary key,
    workspace_id text collate "C" not null references workspace (id),
    scope text not null check (scope in ('TASK', 'PROJECT_PERSON', 'PROJECT', 'PERSON', 'CLIENT')),
    kind text not null check (kind in ('BILL', 'COST')),
    task_id text collate "C",
    project_id text collate "C",
    membership_id text collate "C",
    client_organisation_id text collate "C",
    minor_per_hour bigint not null check (minor_per_hour between 0 and 100000000000),
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    valid_from date not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint rate_scope_names_its_subject check (
      (scope = 'TASK') = (task_id is not null)
      and (scope in ('PROJECT_PERSON', 'PROJECT')) = (project_id is not null)
      and (scope in ('PROJECT_PERSON', 'PERSON')) = (membership_id is not null)
      and (scope = 'CLIENT') = (client_organisation_id is not null)
    ),
    constraint rate_subject_key unique nulls not distinct
      (workspace_id, scope, kind, task_id, project_id, membership_id, client_organisation_id, currency, valid_from),
    foreign key (workspace_id, task_id) references task (workspace_id, id),
    foreign key (workspace_id, project_id) references project (workspace_id, id),
    foreign key (workspace_id, membership_id) references membership (workspace_id, id),
    foreign key (workspace_id, client_organisation_id) references client_organisation (workspace_id, id)
  );
  create index rate_membership_idx on rate (membership_id);
  create index rate_project_idx on rate (project_id);
  create index rate_task_idx on rate (task_id) where task_id is not null;
  create index rate_organisation_idx on rate (client_organisation_id) where client_organisation_id is not null;

  create function rate_not_for_clients() returns trigger language plpgsql as $$
  begin
    -- Locked, so that nobody becomes a client between this look and the end of the transaction.
    if (select person_type from membership where id = new.membership_id for share) = 'CLIENT' then
      raise exception 'a client has no rate' using errcode = 'check_violation', constraint = 'rate_not_for_clients';
    end if;
    return new;
  end $$;
  create trigger rate_not_for_clients before insert or update on rate
    for each row execute function rate_not_for_clients();

  create function membership_client_has_no_rate() returns trigger language plpgsql as $$
  begin
    if exists (select from rate where membership_id = new.id) then
      raise exception 'a client has no rate' using errcode = 'check_violation', constraint = 'membership_client_has_no_rate';
    end if;
    return new;
  end $$;
  create trigger membership_client_has_no_rate before update of person_type on membership
    for each row when (new.person_type = 'CLIENT' and old.person_type <> 'CLIENT')
    execute function membership_client_has_no_rate();

  create table time_entry (
    id text collate "C" primary key,
    workspace_id text collate "C" not null,
    project_id text collate "C" not null,
    task_id text collate "C",
    person_id text collate "C" not null,
    date date not null,
    started_at timestamptz,
    ended_at timestamptz,
    raw_seconds integer not null check (raw_seconds between 1 and 86400),
    billed_seconds integer not null check (billed_seconds between 0 and 90000),
    billable boolean not null,
    description text not null default '' check (char_length(description) <= 1000),
    internal_note text check (char_length(internal_note) <= 1000),
    bill_rate_minor bigint,
    cost_rate_minor bigint,
    billable_amount_minor bigint not null default 0,
    cost_amount_minor bigint not null default 0,
    invoice_state text not null default 'NONE' check (invoice_state in ('NONE', 'DRAFT', 'ISSUED')),
    invoice_line_id text collate "C",
    created_by text collate "C" not null,
    version integer not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint time_entry_workspace_key unique (workspace_id, id),
    constraint time_entry_times_in_order check (ended_at > started_at),
    constraint time_entry_state_has_line check ((invoice_state = 'NONE') = (invoice_line_id is null)),
    foreign key (workspace_id, project_id) references project (workspace_id, id),
    foreign key (project_id, task_id) references task (project_id, id),
    foreign key (workspace_id, person_id) references membership (workspace_id, id),
    foreign key (workspace_id, created_by) references membership (workspace_id, id)
  );
  create index time_entry_project_date_idx on time_entry (project_id, date desc nulls last, id);
  create index time_entry_task_idx on time_entry (task_id, project_id);
  create index time_entry_person_idx on time_entry (person_id, project_id);
  create index time_entry_project_person_idx on time_entry (project_id, person_id);
  create index time_entry_line_idx on time_entry (invoice_line_id) where invoice_line_id is not null;

  create table project_total (
    project_id text collate "C" not null references project (id),
    invoice_state text not null,
    entries bigint not null,
    raw_seconds bigint not null,
    billed_seconds bigint not null,
    billable_seconds bigint not null,
    billable_amount_minor bigint not null,
    cost_amount_minor bigint not null,
    primary key (project_id, invoice_state)
  );

  create table project_day (
    project_id text collate "C" not null references project (id),
    date date not null,
    invoice_state text not null,
    entries bigint not null,
    raw_seconds bigint not null,
    billed_seconds bigint not null,
    billable_seconds bigint not null,
    billable_amount_minor bigint not null,
    cost_amount_minor bigint not null,
    primary key (project_id, date, invoice_state)
  );
`;

const MEASURES = [
  'entries',
  'raw_seconds',
  'billed_seconds',
  'billable_seconds',
  'billable_amount_minor',
  'cost_amount_minor',
];

/** Sums of per-entry integers, signed: additions and removals cancel to the unit. */
const delta = (rows: string, sign: '+' | '-') => `
  select project_id, date, invoice_state, ${sign}1 as entries, ${sign}raw_seconds as raw_seconds, ${sign}billed_seconds as billed_seconds,
    case when billable then ${sign}billed_seconds else 0 end as billable_seconds,
    ${sign}billable_amount_minor as billable_amount_minor, ${sign}cost_amount_minor as cost_amount_minor
  from ${rows}`;

const sums = MEASURES.map((measure) => `sum(${measure})::bigint as ${measure}`).join(', ');
const accumulate = (table: string) => MEASURES.map((m) => `${m} = ${table}.${m} + excluded.${m}`).join(', ');
const unchanged = MEASURES.map((measure) => `sum(${measure}) <> 0`).join(' or ');

/**
 * Adds the deltas of one statement to both rollups. Keys are locked in their order, so that writers of the same
 * projects wait for each other instead of meeting in a deadlock.
 */
const apply = (deltas: string) => `
  insert into project_day as d (project_id, date, invoice_state, ${MEASURES.join(', ')})
    select project_id, date, invoice_state, ${sums} from (${deltas}) x
    group by project_id, date, invoice_state having ${unchanged} order by project_id, date, invoice_state
    on conflict (project_id, date, invoice_state) do update set ${accumulate('d')};
  insert into project_total as t (project_id, invoice_state, ${MEASURES.join(', ')})
    select project_id, invoice_state, ${sums} from (${deltas}) x
    group by project_id, invoice_state having ${unchanged} order by project_id, invoice_state
    on conflict (project_id, invoice_state) do update set ${accumulate('t')};`;

const trigger = (name: 'insert' | 'delete' | 'update', tables: string, deltas: string) => `
  create function time_entry_rollup_${name}() returns trigger language plpgsql as $$
  begin ${apply(deltas)} return null; end $$;
  create trigger time_entry_rollup_${name} after ${name} on time_entry referencing ${tables}
    for each statement execute function time_entry_rollup_${name}();`;

const ROLLUPS = `
  ${trigger('insert', 'new table as added', delta('added', '+'))}
  ${trigger('delete', 'old table as removed', delta('removed', '-'))}
  ${trigger('update', 'old table as removed new table as added', `${delta('added', '+')} union all ${delta('removed', '-')}`)}

  create function repair_project_rollups(of_project text) returns void language plpgsql as $$
  begin
    lock table time_entry in share row exclusive mode;
    delete from project_day where project_id = of_project;
    delete from project_total where project_id = of_project;
    ${apply(delta('time_entry where project_id = of_project', '+'))}
  end $$;
`;

/**
 * Time has amounts where it is paid by the hour alone: a project that is billed otherwise from now on
 * has its open work priced anew, by the rates that the entries keep. Issued invoices are documents and stay.
 */
const REPRICING = `
  create function project_billing_reprices() returns trigger language plpgsql as $$
  begin
    update time_entry set billable_amount_minor = case
        when new.billing = 'HOURLY' and billable then coalesce((2 * billed_seconds::bigint * bill_rate_minor + 3600) / 7200, 0)
        else 0 end
      where project_id = new.id and invoice_state <> 'ISSUED';
    return null;
  end $$;
  create trigger project_billing_reprices after update of billing on project
    for each row when (old.billing <> new.billing) execute function project_billing_reprices();
`;
