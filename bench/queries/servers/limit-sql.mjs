import { EFFECTIVE, permits, SHOWN, VIEWER } from './permits.mjs';

const object = (fields) =>
  `json_build_object(${Object.entries(fields)
    .map(([key, sql]) => `'${key}', ${sql}`)
    .join(', ')})`;
const list = (sql) => object({ nodes: `coalesce((select json_agg(x) from (${sql}) x), '[]')` });
const when = (condition, value) => `case when ${condition} then ${value} end`;
const hours = (seconds) => object({ hours: `round(coalesce(${seconds}, 0) / 3600.0, 2)` });
const amount = (minor) => `round(${minor} / 100.0, 2)::text`;
const money = (minor, currency = 'k.currency') =>
  when(`(${minor}) is not null`, object({ amount: amount(`(${minor})`), currencyCode: currency }));

const RELEASED = (of) => `(not k.issued_only or ${of}.invoice_state = 'ISSUED')`;
const SUMS = `coalesce(sum(r.billed_seconds), 0) as seconds, coalesce(sum(r.billable_seconds), 0) as billable_seconds,
  coalesce(sum(r.billable_amount_minor), 0) as billable, coalesce(sum(r.cost_amount_minor), 0) as cost,
  coalesce(sum(r.billable_amount_minor) filter (where r.invoice_state = 'NONE' or (r.invoice_state = 'DRAFT' and not k.drafts)), 0) as uninvoiced`;
const NET_INVOICED = `coalesce((select sum(i.subtotal_minor) from invoice i where i.project_id = k.id and i.status not in ('DRAFT', 'VOID')), 0)`;

/** By the hour what the entries add up to; a fixed fee belongs to the whole of a project, not to a range of dates. */
const fees = (hourly, fixed) =>
  `case k.billing when 'HOURLY' then r.${hourly} when 'NON_BILLABLE' then 0 else ${fixed} end`;

const totals = ({ dated, costs }) =>
  object({
    totalTime: when('k.hours', hours('r.seconds')),
    billableTime: when('k.billable_hours', hours('r.billable_seconds')),
    billableAmount: when('k.amounts', money(fees('billable', dated ? 'null' : 'k.contract_value_minor'))),
    uninvoicedAmount: when(
      'k.amounts',
      money(fees('uninvoiced', dated ? 'null' : `k.contract_value_minor - ${NET_INVOICED}`)),
    ),
    ...(costs ? { internalCost: when(dated ? 'k.dated_costs' : 'k.costs', money('r.cost')) } : {}),
  });

/** What the viewer holds, read once: PostgreSQL would ask it of every row again. */
const withPermits = (where) => `
  with viewer as materialized (${VIEWER('$1')}), k as materialized (${permits(where)})`;

const dashboard = (costs) => `
  ${withPermits(` and p.status <> 'ARCHIVED'`)}
  select ${object({
    data: object({
      projects: list(`
        select k.id, k.name, k.code, k.status, json_build_object('id', o.id, 'name', o.name) as "clientOrganisation",
          ${totals({ costs })} as totals
        from (select * from k order by lower(k.name) collate "C", k.id limit 20) k
          join client_organisation o on o.id = k.client_organisation_id
          cross join lateral (select ${SUMS} from project_total r where r.project_id = k.id and ${RELEASED('r')}) r
        order by lower(k.name) collate "C", k.id`),
    }),
  })}::text as body from viewer`;

const TASKS = `
  select t.id, t.title, t.status,
    ${when(`m.id is not null and ${SHOWN}`, `json_build_object('id', m.id, 'displayName', u.display_name)`)} as assignee,
    ${when('k.hours', hours(`(select sum(r.billed_seconds) from task_total r where r.project_id = k.id and r.task_id = t.id and ${RELEASED('r')})`))} as "trackedTime"
  from (select * from task t where t.project_id = k.id and (not k.is_client or t.client_visible)
      order by t.position, t.id limit 20) t
    left join membership m on m.id = t.assignee_id left join app_user u on u.id = m.user_id
  order by t.position, t.id`;

const PEOPLE = `
  select m.id, u.display_name as "displayName", m.title,
    case m.person_type when 'CLIENT' then 'CLIENT' else 'TEAM' end as side
  from project_grant g join project p on p.id = g.project_id join membership m on m.id = g.membership_id
    join app_user u on u.id = m.user_id
  where g.project_id = k.id and ${EFFECTIVE} and ${SHOWN}
  order by lower(u.display_name) collate "C", m.id limit 20`;

const HOURS_OF_PEOPLE = `
  select ${when('y.id is not null', `json_build_object('id', y.id, 'displayName', min(y.name))`)} as person,
    ${hours('sum(y.seconds)')} as "totalTime"
  from (select ${when(SHOWN, 'm.id')} as id, ${when(SHOWN, 'u.display_name')} as name, w.seconds
    from (select r.person_id, sum(r.billed_seconds) as seconds from person_total r
        where r.project_id = k.id and ${RELEASED('r')} group by r.person_id having sum(r.entries) > 0) w
      join membership m on m.id = w.person_id join app_user u on u.id = m.user_id) y
  group by y.id order by y.id is null, sum(y.seconds) desc, y.id`;

const projectPage = (costs) => `
  ${withPermits(' and p.id = $2')}
  select ${object({
    data: object({
      project: `(select ${object({
        id: 'k.id',
        name: 'k.name',
        status: 'k.status',
        startDate: 'k.start_date',
        endDate: 'k.end_date',
        tasks: when('k.tasks', list(TASKS)),
        people: when(`k.people_shown <> 'HIDE'`, list(PEOPLE)),
        hoursOfPeople: object({
          byPerson: when('k.hours_of_people', `coalesce((select json_agg(x) from (${HOURS_OF_PEOPLE}) x), '[]')`),
        }),
        totals: totals({ dated: true, costs }),
      })}
        from k cross join lateral (select ${SUMS} from project_day r where r.project_id = k.id
            and r.date >= $3::date and r.date <= $4::date and ${RELEASED('r')}) r)`,
    }),
  })}::text as body from viewer`;

const ENTRIES = `
  select e.id, e.date, e.description, e.billable,
    json_build_object('seconds', e.billed_seconds, 'hours', round(e.billed_seconds / 3600.0, 2)) as time,
    ${when('k.bill_rates and e.bill_rate_minor is not null', object({ amount: amount('e.bill_rate_minor') }))} as "billRate",
    ${when('k.entry_amounts', object({ amount: amount('e.billable_amount_minor'), currencyCode: 'k.currency' }))} as "billableAmount",
    ${when('k.invoices', `e.invoice_state = 'ISSUED'`)} as invoiced,
    ${when('t.id is not null', `json_build_object('id', t.id, 'title', t.title)`)} as task,
    ${when(SHOWN, `json_build_object('id', m.id, 'displayName', u.display_name)`)} as person
  from (select * from time_entry e where e.project_id = k.id and ${RELEASED('e')}
      and (not k.billable_only or e.billable) order by e.date desc nulls last, e.id limit 100) e
    left join task t on t.project_id = k.id and t.id = e.task_id and k.tasks and (not k.is_client or t.client_visible)
    join membership m on m.id = e.person_id join app_user u on u.id = m.user_id
  order by e.date desc nulls last, e.id`;

const timeEntries = `
  ${withPermits(' and p.id = $2')}
  select ${object({
    data: object({
      project: `(select ${object({ id: 'k.id', timeEntries: when('k.entries', list(ENTRIES)) })}
        from k)`,
    }),
  })}::text as body from viewer`;

const LISTED_ON = `case when i.status = 'DRAFT' then date '9999-12-31' else i.issue_date end`;
/** Tax is rounded on each line; the amounts of a draft's lines of time are those of its entries at this moment. */
const TOTAL = `case when i.status <> 'DRAFT' then i.total_minor else (
  select coalesce(sum(a.minor + sign(a.minor) * ((abs(a.minor) * l.tax_bp + 5000) / 10000)), 0)::bigint
  from invoice_line l cross join lateral (select case when l.from_time then (
      select coalesce(sum(e.billable_amount_minor), 0)::bigint from time_entry e
      where e.invoice_line_id = l.id and e.billable) else l.amount_minor end as minor offset 0) a
  where l.invoice_id = i.id) end`;

const invoices = `
  ${withPermits('')}
  select ${object({
    data: object({
      invoices: list(`
        select i.id, i.number, i.status, i.issue_date as "issueDate", i.due_date as "dueDate",
          ${money('i.total', 'i.currency')} as total, ${money('i.total - i.paid_minor', 'i.currency')} as balance,
          json_build_object('id', i.project_id, 'name', i.project_name) as project,
          json_build_object('id', o.id, 'name', o.name) as "clientOrganisation"
        from (select i.*, ${TOTAL} as total from (
            select i.*, k.name as project_name, ${LISTED_ON} as listed_on from k cross join lateral (
              select * from invoice i where i.project_id = k.id and k.invoices and (k.drafts or i.status <> 'DRAFT')
              order by ${LISTED_ON} desc, i.id limit 50) i
            order by listed_on desc, i.id limit 50) i offset 0) i
          join client_organisation o on o.id = i.client_organisation_id
        order by i.listed_on desc, i.id`),
    }),
  })}::text as body from viewer`;

/** The statements of the limit: each checks the session (`$1`, a hash) and the permissions, and gives the answer as text. */
export const statements = {
  Dashboard: { text: { true: dashboard(true), false: dashboard(false) }, values: () => [] },
  ProjectPage: {
    text: { true: projectPage(true), false: projectPage(false) },
    values: ({ id, from, to }) => [id, from, to],
  },
  TimeEntries: { text: { undefined: timeEntries }, values: ({ id }) => [id] },
  Invoices: { text: { undefined: invoices }, values: () => [] },
};
