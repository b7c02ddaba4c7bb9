import { EFFECTIVE, permits, VIEWER } from './permits.mjs';

/**
 * What PostGraphile serves: views of their own schema over the product's tables, guarded by row level security. What the
 * caller holds is read once for each request and set as lists of projects, so that a policy is a look into a list; the
 * views run as the caller, but for those of costs, whose columns the caller is not granted.
 */

/** Lists of projects and people that the policies ask for, one setting for each. */
const LISTS = {
  projects: 'k.id',
  inside: 'k.id) filter (where not k.is_client',
  hours: 'k.id) filter (where k.hours',
  billable_hours: 'k.id) filter (where k.billable_hours',
  amounts: 'k.id) filter (where k.amounts',
  costs: 'k.id) filter (where k.costs',
  dated_costs: 'k.id) filter (where k.dated_costs',
  tasks: 'k.id) filter (where k.tasks',
  entries: 'k.id) filter (where k.entries',
  hours_of_people: 'k.id) filter (where k.hours_of_people',
  entry_amounts: 'k.id) filter (where k.entry_amounts',
  bill_rates: 'k.id) filter (where k.bill_rates',
  invoices: 'k.id) filter (where k.invoices',
  drafts: 'k.id) filter (where k.drafts',
  issued_only: 'k.id) filter (where k.issued_only',
  billable_only: 'k.id) filter (where k.billable_only',
  people: `k.id) filter (where k.people_shown <> 'HIDE'`,
  organisations: 'k.client_organisation_id',
  workspaces_inside: 'k.workspace_id) filter (where not k.is_client',
};

/** The session and what its user holds, as the settings of a request: one statement, `$1` is the hash of the token. */
export const SETTINGS = `
  with viewer as (${VIEWER('$1')}), k as (${permits()})
  select ${Object.entries(LISTS)
    .map(([name, ids]) => `coalesce(array_agg(${ids}), '{}')::text as "bench.${name}"`)
    .join(', ')},
    (select coalesce(array_agg(distinct c.membership_id), '{}') from viewer join membership m on m.user_id = viewer.user_id
      join contact own on own.membership_id = m.id join contact c on c.client_organisation_id = own.client_organisation_id
      join client_organisation o on o.id = c.client_organisation_id and o.status = 'ACTIVE')::text as "bench.colleagues"
  from viewer left join k on true having count(viewer.user_id) > 0`;

const listed = (column, list) => `${column} = any((select bench_pg.list('${list}'))::text[])`;
const when = (condition, value) => `case when ${condition} then ${value} end`;
const hours = (seconds) => `round(${seconds} / 3600.0, 2)`;
const amount = (minor) => `round((${minor}) / 100.0, 2)`;
const LISTED_ON = `case when i.status = 'DRAFT' then date '9999-12-31' else i.issue_date end`;
const RELEASED = (of) => `(${of}.invoice_state = 'ISSUED' or not ${listed(`${of}.project_id`, 'issued_only')})`;

/** Who sees which rows. */
const POLICIES = {
  project: listed('id', 'projects'),
  project_total: `${listed('project_id', 'projects')} and ${RELEASED('project_total')}`,
  project_day: `${listed('project_id', 'projects')} and ${RELEASED('project_day')}`,
  task_total: `${listed('project_id', 'hours')} and ${RELEASED('task_total')}`,
  person_total: `${listed('project_id', 'hours_of_people')} and ${RELEASED('person_total')}`,
  task: `${listed('project_id', 'tasks')} and (client_visible or ${listed('project_id', 'inside')})`,
  time_entry: `${listed('project_id', 'entries')} and ${RELEASED('time_entry')}
    and (billable or not ${listed('project_id', 'billable_only')})`,
  invoice: `${listed('project_id', 'invoices')} and (status <> 'DRAFT' or ${listed('project_id', 'drafts')})`,
  project_grant: listed('project_id', 'people'),
  membership: `person_type <> 'CLIENT' or ${listed('id', 'colleagues')} or ${listed('workspace_id', 'workspaces_inside')}`,
  client_organisation: listed('id', 'organisations'),
};

/** No cost is among them. */
const COLUMNS = {
  project: '*',
  project_total: 'project_id, invoice_state, billed_seconds, billable_seconds, billable_amount_minor',
  project_day: 'project_id, date, invoice_state, billed_seconds, billable_seconds, billable_amount_minor',
  task_total: 'project_id, task_id, invoice_state, billed_seconds',
  person_total: 'project_id, person_id, invoice_state, entries, billed_seconds',
  task: 'id, project_id, title, status, position, assignee_id, client_visible',
  time_entry: `id, project_id, task_id, person_id, date, description, billable, billed_seconds, bill_rate_minor,
    billable_amount_minor, invoice_state, invoice_line_id`,
  invoice: '*',
  invoice_line: '*',
  project_grant: '*',
  membership: 'id, workspace_id, user_id, person_type, status, title',
  client_organisation: 'id, name, status',
  app_user: 'id, display_name, status',
};

const SUMS = `sum(r.billed_seconds) as seconds, sum(r.billable_seconds) as billable_seconds,
  sum(r.billable_amount_minor) as billable,
  sum(r.billable_amount_minor) filter (where r.invoice_state = 'NONE'
    or (r.invoice_state = 'DRAFT' and not ${listed('p.id', 'drafts')})) as uninvoiced`;
const NET_INVOICED = `coalesce((select sum(i.subtotal_minor) from invoice i where i.project_id = p.id and i.status not in ('DRAFT', 'VOID')), 0)`;
const fees = (hourly, fixed) =>
  `case p.billing when 'HOURLY' then ${hourly} when 'NON_BILLABLE' then 0 else ${fixed} end`;

const totals = (fixed, uninvoicedFixed) => `
  p.id as project_id,
  ${when(listed('p.id', 'hours'), hours('coalesce(r.seconds, 0)'))} as total_hours,
  ${when(listed('p.id', 'billable_hours'), hours('coalesce(r.billable_seconds, 0)'))} as billable_hours,
  ${when(listed('p.id', 'amounts'), amount(fees('coalesce(r.billable, 0)', fixed)))} as billable_amount,
  ${when(listed('p.id', 'amounts'), amount(fees('coalesce(r.uninvoiced, 0)', uninvoicedFixed)))} as uninvoiced_amount`;

const INVOKER = 'with (security_invoker = true)';

const VIEWS = `
  create view bench_pg.organisation ${INVOKER} as select id, name from client_organisation;
  create view bench_pg.person ${INVOKER} as
    select m.id, u.display_name, m.title, case m.person_type when 'CLIENT' then 'CLIENT' else 'TEAM' end as side
    from membership m join app_user u on u.id = m.user_id;
  create view bench_pg.project ${INVOKER} as
    select p.id, p.name, p.code, p.status, p.start_date, p.end_date, p.currency, p.client_organisation_id,
      lower(p.name) collate "C" as sort_name, p.billing, p.contract_value_minor
    from project p where p.status <> 'ARCHIVED';
  create view bench_pg.project_totals ${INVOKER} as
    select ${totals('p.contract_value_minor', `p.contract_value_minor - ${NET_INVOICED}`)}
    from project p cross join lateral (select ${SUMS} from project_total r where r.project_id = p.id) r;
  create view bench_pg.task ${INVOKER} as
    select t.id, t.project_id, t.title, t.status, t.position, t.assignee_id,
      ${when(
        listed('t.project_id', 'hours'),
        hours('coalesce((select sum(r.billed_seconds) from task_total r where r.task_id = t.id), 0)'),
      )} as tracked_hours
    from task t;
  create view bench_pg.member ${INVOKER} as
    select g.project_id, g.membership_id as person_id, lower(u.display_name) collate "C" as sort_name
    from project_grant g join project p on p.id = g.project_id join membership m on m.id = g.membership_id
      join app_user u on u.id = m.user_id
    where ${EFFECTIVE};
  create view bench_pg.hours_of_person ${INVOKER} as
    select r.project_id, r.person_id, ${hours('sum(r.billed_seconds)')} as hours from person_total r
    where ${listed('r.project_id', 'hours_of_people')} group by r.project_id, r.person_id having sum(r.entries) > 0;
  create view bench_pg.time_entry ${INVOKER} as
    select e.id, e.project_id, e.task_id, e.person_id, e.date, e.description, e.billable, e.billed_seconds as seconds,
      ${hours('e.billed_seconds')} as hours,
      ${when(listed('e.project_id', 'bill_rates'), amount('e.bill_rate_minor'))} as bill_rate,
      ${when(listed('e.project_id', 'entry_amounts'), amount('e.billable_amount_minor'))} as billable_amount,
      (select p.currency from project p where p.id = e.project_id) as currency,
      ${when(listed('e.project_id', 'invoices'), `e.invoice_state = 'ISSUED'`)} as invoiced
    from time_entry e;
  create view bench_pg.invoice ${INVOKER} as
    select i.id, i.project_id, i.client_organisation_id, i.number, i.status, i.issue_date, i.due_date, i.currency,
      ${LISTED_ON} as listed_on, ${amount('i.total')} as total, ${amount('i.total - i.paid_minor')} as balance
    from (select i.*, case when i.status <> 'DRAFT' then i.total_minor else (
      select coalesce(sum(a.minor + sign(a.minor) * ((abs(a.minor) * l.tax_bp + 5000) / 10000)), 0)::bigint
      from invoice_line l cross join lateral (select case when l.from_time then (
          select coalesce(sum(e.billable_amount_minor), 0)::bigint from time_entry e
          where e.invoice_line_id = l.id and e.billable) else l.amount_minor end as minor offset 0) a
      where l.invoice_id = i.id) end as total from invoice i) i;
  create view bench_pg.project_cost as
    select p.id as project_id, ${amount(`coalesce((select sum(r.cost_amount_minor) from project_total r where r.project_id = p.id), 0)`)} as cost
    from project p where ${listed('p.id', 'costs')};

  create type bench_pg.dated_totals as (project_id text, total_hours numeric, billable_hours numeric,
    billable_amount numeric, uninvoiced_amount numeric);
  create function bench_pg.project_dated_totals(p bench_pg.project, from_date date, to_date date)
    returns bench_pg.dated_totals language sql stable as $$
    select ${totals('null', 'null')}
    from (select ${SUMS} from project_day r
      where r.project_id = p.id and r.date >= from_date and r.date <= to_date) r $$;
  create function bench_pg.project_dated_cost(p bench_pg.project, from_date date, to_date date)
    returns numeric language sql stable security definer set search_path = public as $$
    select ${amount('coalesce(sum(r.cost_amount_minor), 0)')} from project_day r
    where r.project_id = p.id and r.date >= from_date and r.date <= to_date and ${listed('p.id', 'dated_costs')}
    having ${listed('p.id', 'dated_costs')} $$;`;

/** What PostgreSQL cannot say of a view: its keys, and what its columns point to. */
const TAGS = {
  organisation: '@primaryKey id',
  person: '@primaryKey id',
  project: `@primaryKey id
@foreignKey (client_organisation_id) references bench_pg.organisation (id)|@fieldName organisation
@foreignKey (id) references bench_pg.project_totals (project_id)|@fieldName sums
@foreignKey (id) references bench_pg.project_cost (project_id)|@fieldName costs`,
  project_totals: '@primaryKey project_id',
  project_cost: '@primaryKey project_id',
  task: `@primaryKey id
@foreignKey (project_id) references bench_pg.project (id)|@fieldName project|@foreignFieldName tasks
@foreignKey (assignee_id) references bench_pg.person (id)|@fieldName assignee`,
  member: `@primaryKey project_id,person_id
@foreignKey (project_id) references bench_pg.project (id)|@fieldName project|@foreignFieldName people
@foreignKey (person_id) references bench_pg.person (id)|@fieldName person`,
  hours_of_person: `@primaryKey project_id,person_id
@foreignKey (project_id) references bench_pg.project (id)|@fieldName project|@foreignFieldName hoursOfPeople
@foreignKey (person_id) references bench_pg.person (id)|@fieldName person`,
  time_entry: `@primaryKey id
@foreignKey (project_id) references bench_pg.project (id)|@fieldName project|@foreignFieldName timeEntries
@foreignKey (task_id) references bench_pg.task (id)|@fieldName task
@foreignKey (person_id) references bench_pg.person (id)|@fieldName person`,
  invoice: `@primaryKey id
@foreignKey (project_id) references bench_pg.project (id)|@fieldName project
@foreignKey (client_organisation_id) references bench_pg.organisation (id)|@fieldName organisation`,
};

/** Run once, in a copy of the data. */
export const ROW_SECURITY = `
  do $$ begin create role bench_pg_viewer nologin; exception when duplicate_object then null; end $$;
  create schema bench_pg;
  create function bench_pg.list(name text) returns text[] language sql stable as
    $$ select current_setting('bench.' || name)::text[] $$;
  comment on function bench_pg.list is '@behavior -*';
  ${VIEWS}
  ${Object.entries(TAGS)
    .map(([view, tags]) => `comment on view bench_pg.${view} is '${tags.replaceAll("'", "''")}';`)
    .join('\n')}
  grant usage on schema public, bench_pg to bench_pg_viewer;
  grant select on all tables in schema bench_pg to bench_pg_viewer;
  grant execute on all functions in schema bench_pg to bench_pg_viewer;
  ${Object.entries(COLUMNS)
    .map(([table, columns]) =>
      columns === '*'
        ? `grant select on public.${table} to bench_pg_viewer;`
        : `grant select (${columns}) on public.${table} to bench_pg_viewer;`,
    )
    .join('\n')}
  ${Object.entries(POLICIES)
    .map(
      ([table, sees]) => `
        alter table public.${table} enable row level security;
        create policy bench_pg_rows on public.${table} for select to bench_pg_viewer using (${sees});`,
    )
    .join('\n')}`;
