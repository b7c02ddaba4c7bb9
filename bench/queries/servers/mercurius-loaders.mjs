import pg from 'pg';
import { batchesOf } from './mercurius-batches.mjs';
import { EFFECTIVE, SHOWN } from './permits.mjs';

// As in Portico: days stay text, and no number of PostgreSQL is beyond a double here.
pg.types.setTypeParser(pg.types.builtins.DATE, String);
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

/** What one request reads, each thing at most once. `held` are the viewer's projects with what they see of them. */
export function loadersOf(pool, held) {
  const batches = batchesOf(pool);
  const byId = new Map(held.map((project) => [project.id, project]));
  return {
    ...totals(batches),
    ...tasks(batches, byId),
    ...people(batches, byId),
    ...entries(batches),
    ...invoices(batches, held),
  };
}

const RELEASED = `(not k.issued_only or r.invoice_state = 'ISSUED')`;
const RANGES = `unnest($1::text[], $2::boolean[], $3::boolean[]) with ordinality as k (project_id, issued_only, drafts, nth)`;
const DAYS = `unnest($1::text[], $2::boolean[], $3::boolean[], $4::date[], $5::date[]) with ordinality
  as k (project_id, issued_only, drafts, from_date, to_date, nth)`;
const IN_RANGE = `(k.from_date is null or r.date >= k.from_date) and (k.to_date is null or r.date <= k.to_date)`;

const SUMS = `sum(r.billed_seconds)::bigint as seconds, sum(r.billable_seconds)::bigint as billable_seconds,
  sum(r.billable_amount_minor)::bigint as billable,
  coalesce(sum(r.billable_amount_minor) filter (where r.invoice_state = 'NONE' or (r.invoice_state = 'DRAFT' and not k.drafts)), 0)::bigint as uninvoiced`;
const COSTS = 'sum(r.cost_amount_minor)::bigint as cost';

const totals = ({ rowsOf, one, byIds }) => ({
  sums: one(rangeKey, (keys) => readRollups(rowsOf, { name: 'sums', measures: SUMS, keys }), ofKey),
  costs: one(rangeKey, (keys) => readRollups(rowsOf, { name: 'costs', measures: COSTS, keys }), ofKey),
  netInvoiced: byIds(
    'netInvoiced',
    `select project_id as id, sum(subtotal_minor)::bigint as minor from invoice
     where project_id = any($1::text[]) and status not in ('DRAFT', 'VOID') group by project_id`,
  ),
});

const rangeKey = ({ project, from, to }) => `${project.id}/${from}/${to}`;
const ofKey = ({ key }) => rangeKey(key);

/** Whole lives from one rollup, ranges of days from the other. */
async function readRollups(rowsOf, { name, measures, keys }) {
  const found = [];
  for (const dated of [false, true]) {
    const own = keys.filter((key) => key.dated === dated);
    if (own.length === 0) continue;
    const from = dated
      ? `${DAYS} join project_day r on r.project_id = k.project_id and ${IN_RANGE}`
      : `${RANGES} join project_total r on r.project_id = k.project_id`;
    const rows = await rowsOf(
      `${name}${dated ? 'OfDays' : ''}`,
      `select k.nth, ${measures} from ${from} and ${RELEASED} group by k.nth`,
      [
        own.map(({ project }) => project.id),
        own.map(({ project }) => project.issued_only),
        own.map(({ project }) => project.drafts),
        ...(dated ? [own.map((key) => key.from), own.map((key) => key.to)] : []),
      ],
    );
    for (const row of rows) found.push({ ...row, key: own[row.nth - 1] });
  }
  return found;
}

const tasks = ({ rowsOf, one, pages }, byId) => ({
  tasks: pages(
    'tasks',
    `select t.* from unnest($2::text[], $3::boolean[]) as k (id, is_client) cross join lateral (
       select t.id, t.project_id, t.title, t.status, t.assignee_id, t.position from task t
       where t.project_id = k.id and (not k.is_client or t.client_visible) order by t.position, t.id limit $1) t
     order by t.position, t.id`,
    (projects) => [projects.map(({ id }) => id), projects.map((project) => project.is_client)],
  ),
  task: one(
    (id) => id,
    async (ids) => {
      const sql = `select id, project_id, title, status, assignee_id, client_visible from task where id = any($1::text[])`;
      return (await rowsOf('task', sql, [ids])).filter((task) => {
        const project = byId.get(task.project_id);
        return project?.tasks && (!project.is_client || task.client_visible);
      });
    },
    (row) => row.id,
  ),
  taskSeconds: one(
    (task) => task.id,
    (wanted) =>
      rowsOf(
        'taskSeconds',
        `select k.id, sum(r.billed_seconds)::bigint as seconds from unnest($1::text[], $2::text[], $3::boolean[])
             as k (id, project_id, issued_only)
           join task_total r on r.project_id = k.project_id and r.task_id = k.id and ${RELEASED} group by k.id`,
        [
          wanted.map((task) => task.id),
          wanted.map((task) => task.project_id),
          wanted.map((task) => byId.get(task.project_id).issued_only),
        ],
      ),
    (row) => row.id,
  ),
});

/** For `k (id, is_client, viewer_id, people_shown)`. */
const viewers = (projects) => [
  projects.map((project) => project.id),
  projects.map((project) => project.is_client),
  projects.map((project) => project.viewer_id),
  projects.map((project) => project.people_shown),
];
const PERSON = 'm.id, k.id as project_id, m.title, m.person_type, u.display_name';

const people = ({ rowsOf, one, many, pages }, byId) => ({
  people: pages(
    'people',
    `select x.* from unnest($2::text[], $3::boolean[], $4::text[], $5::text[]) as k (id, is_client, viewer_id, people_shown)
       cross join lateral (
         select ${PERSON} from project_grant g join project p on p.id = g.project_id
           join membership m on m.id = g.membership_id join app_user u on u.id = m.user_id
         where g.project_id = k.id and ${EFFECTIVE} and ${SHOWN}
         order by lower(u.display_name) collate "C", m.id limit $1) x
     order by lower(x.display_name) collate "C", x.id`,
    viewers,
  ),
  person: one(
    ({ person_id, project_id }) => `${person_id}/${project_id}`,
    (pairs) =>
      rowsOf(
        'person',
        `select ${PERSON} from unnest($1::text[], $2::boolean[], $3::text[], $4::text[], $5::text[])
             as k (id, is_client, viewer_id, people_shown, person_id)
           join membership m on m.id = k.person_id join app_user u on u.id = m.user_id where ${SHOWN}`,
        [...viewers(pairs.map(({ project_id }) => byId.get(project_id))), pairs.map(({ person_id }) => person_id)],
      ),
    (row) => `${row.id}/${row.project_id}`,
  ),
  hoursOfPeople: many(
    (project) => project.id,
    (projects) =>
      rowsOf(
        'hoursOfPeople',
        `select k.id as project_id, y.person_id, sum(y.seconds)::bigint as seconds
         from unnest($1::text[], $2::boolean[], $3::text[], $4::text[], $5::boolean[])
             as k (id, is_client, viewer_id, people_shown, issued_only)
           cross join lateral (
             select case when ${SHOWN} then m.id end as person_id, w.seconds
             from (select r.person_id, sum(r.billed_seconds) as seconds from person_total r
                 where r.project_id = k.id and ${RELEASED} group by r.person_id having sum(r.entries) > 0) w
               join membership m on m.id = w.person_id) y
         group by k.id, y.person_id order by y.person_id is null, sum(y.seconds) desc, y.person_id`,
        [...viewers(projects), projects.map((project) => project.issued_only)],
      ),
    (row) => row.project_id,
  ),
});

const entries = ({ pages }) => ({
  entries: pages(
    'entries',
    `select e.* from unnest($2::text[], $3::boolean[], $4::boolean[]) as k (id, issued_only, billable_only)
       cross join lateral (
         select r.id, r.project_id, r.date, r.description, r.billable, r.billed_seconds, r.bill_rate_minor,
           r.billable_amount_minor, r.invoice_state, r.task_id, r.person_id
         from time_entry r where r.project_id = k.id and ${RELEASED} and (not k.billable_only or r.billable)
         order by r.date desc nulls last, r.id limit $1) e
     order by e.date desc nulls last, e.id`,
    (projects) => [
      projects.map(({ id }) => id),
      projects.map((project) => project.issued_only),
      projects.map((project) => project.billable_only),
    ],
  ),
});

const LISTED_ON = `case when i.status = 'DRAFT' then date '9999-12-31' else i.issue_date end`;

const invoices = ({ rowsOf, byIds }, held) => ({
  organisation: byIds('organisations', 'select id, name from client_organisation where id = any($1::text[])'),
  /** The page is of all projects: there is one of them in a request. */
  invoices: (first) => {
    const shown = held.filter((project) => project.invoices);
    return rowsOf(
      'invoices',
      `select x.* from unnest($2::text[], $3::boolean[]) as k (id, drafts) cross join lateral (
         select i.*, ${LISTED_ON} as listed_on from invoice i
         where i.project_id = k.id and (k.drafts or i.status <> 'DRAFT')
         order by ${LISTED_ON} desc, i.id limit $1) x
       order by x.listed_on desc, x.id limit $1`,
      [first, shown.map((project) => project.id), shown.map((project) => project.drafts)],
    );
  },
  draftTotal: byIds(
    'draftTotals',
    `select i.id, sum(a.minor + sign(a.minor) * ((abs(a.minor) * l.tax_bp + 5000) / 10000))::bigint as minor
     from invoice i join invoice_line l on l.invoice_id = i.id
       cross join lateral (select case when l.from_time then (
         select coalesce(sum(e.billable_amount_minor), 0)::bigint from time_entry e
         where e.invoice_line_id = l.id and e.billable) else l.amount_minor end as minor offset 0) a
     where i.id = any($1::text[]) group by i.id`,
  ),
});
