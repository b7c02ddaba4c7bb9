import pg from 'pg';
import { EFFECTIVE, SHOWN } from './permits.mjs';

// As in Portico: days stay text, and no number of PostgreSQL is beyond a double here.
pg.types.setTypeParser(pg.types.builtins.DATE, String);
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

const RELEASED = `(not k.issued_only or r.invoice_state = 'ISSUED')`;
const RANGES = `unnest($1::text[], $2::boolean[], $3::boolean[]) with ordinality as k (project_id, issued_only, drafts, nth)`;
const DAYS = `unnest($1::text[], $2::boolean[], $3::boolean[], $4::date[], $5::date[]) with ordinality
  as k (project_id, issued_only, drafts, from_date, to_date, nth)`;
const IN_RANGE = `(k.from_date is null or r.date >= k.from_date) and (k.to_date is null or r.date <= k.to_date)`;

const SUMS = `sum(r.billed_seconds)::bigint as seconds, sum(r.billable_seconds)::bigint as billable_seconds,
  sum(r.billable_amount_minor)::bigint as billable,
  coalesce(sum(r.billable_amount_minor) filter (where r.invoice_state = 'NONE' or (r.invoice_state = 'DRAFT' and not k.drafts)), 0)::bigint as uninvoiced`;
const COSTS = 'sum(r.cost_amount_minor)::bigint as cost';
const LISTED_ON = `case when i.status = 'DRAFT' then date '9999-12-31' else i.issue_date end`;

/** What one request reads, each thing at most once. `held` are the viewer's projects with what they see of them. */
export function loadersOf(DataLoader, pool, held) {
  const rowsOf = async (name, text, values) => (await pool.query({ name, text, values })).rows;
  const byId = new Map(held.map((project) => [project.id, project]));
  const one = (keyOf, read, rowKey) =>
    new DataLoader(
      async (keys) => {
        const rows = new Map((await read(keys)).map((row) => [rowKey(row), row]));
        return keys.map((key) => rows.get(keyOf(key)) ?? null);
      },
      { cacheKeyFn: keyOf },
    );
  const many = (keyOf, read, rowKey) =>
    new DataLoader(
      async (keys) => {
        const lists = new Map(keys.map((key) => [keyOf(key), []]));
        for (const row of await read(keys)) lists.get(rowKey(row)).push(row);
        return keys.map((key) => lists.get(keyOf(key)));
      },
      { cacheKeyFn: keyOf },
    );
  const rollup = (name, measures) =>
    one(
      ({ project, from, to }) => `${project.id}/${from}/${to}`,
      async (keys) => {
        const read = async (dated) => {
          const own = keys.filter((key) => key.dated === dated);
          if (own.length === 0) return [];
          const values = [
            own.map(({ project }) => project.id),
            own.map(({ project }) => project.issued_only),
            own.map(({ project }) => project.drafts),
            ...(dated ? [own.map(({ from }) => from), own.map(({ to }) => to)] : []),
          ];
          const from = dated
            ? `${DAYS} join project_day r on r.project_id = k.project_id and ${IN_RANGE}`
            : `${RANGES} join project_total r on r.project_id = k.project_id`;
          const sql = `select k.nth, ${measures} from ${from} and ${RELEASED} group by k.nth`;
          const rows = await rowsOf(`${name}${dated ? 'OfDays' : ''}`, sql, values);
          return rows.map((row) => ({ ...row, key: own[row.nth - 1] }));
        };
        return [...(await read(false)), ...(await read(true))];
      },
      ({ key: { project, from, to } }) => `${project.id}/${from}/${to}`,
    );
  const ofProject = (name, text, size) =>
    many(
      ({ project }) => project.id,
      async (keys) => {
        const projects = keys.map(({ project }) => project);
        return rowsOf(name, text, [
          projects.map(({ id }) => id),
          projects.map((project) => project.is_client),
          ...size(projects),
          keys[0].first,
        ]);
      },
      (row) => row.project_id,
    );
  const id = (key) => key;

  return {
    organisation: one(
      id,
      (ids) => rowsOf('organisations', 'select id, name from client_organisation where id = any($1::text[])', [ids]),
      (row) => row.id,
    ),
    sums: rollup('sums', SUMS),
    costs: rollup('costs', COSTS),
    netInvoiced: one(
      id,
      (ids) =>
        rowsOf(
          'netInvoiced',
          `select project_id, sum(subtotal_minor)::bigint as minor from invoice
           where project_id = any($1::text[]) and status not in ('DRAFT', 'VOID') group by project_id`,
          [ids],
        ),
      (row) => row.project_id,
    ),
    tasks: ofProject(
      'tasks',
      `select t.* from unnest($1::text[], $2::boolean[]) as k (id, is_client) cross join lateral (
         select t.id, t.project_id, t.title, t.status, t.assignee_id, t.position from task t
         where t.project_id = k.id and (not k.is_client or t.client_visible) order by t.position, t.id limit $3) t
       order by t.position, t.id`,
      () => [],
    ),
    task: one(
      id,
      async (ids) => {
        const rows = await rowsOf(
          'task',
          'select id, project_id, title, status, assignee_id, client_visible from task where id = any($1::text[])',
          [ids],
        );
        return rows.filter((row) => {
          const project = byId.get(row.project_id);
          return project?.tasks && (!project.is_client || row.client_visible);
        });
      },
      (row) => row.id,
    ),
    taskSeconds: one(
      (task) => task.id,
      (tasks) =>
        rowsOf(
          'taskSeconds',
          `select k.id, sum(r.billed_seconds)::bigint as seconds from unnest($1::text[], $2::boolean[]) as k (id, issued_only)
             join time_entry r on r.task_id = k.id and ${RELEASED} group by k.id`,
          [tasks.map((task) => task.id), tasks.map((task) => byId.get(task.project_id).issued_only)],
        ),
      (row) => row.id,
    ),
    people: ofProject(
      'people',
      `select x.* from unnest($1::text[], $2::boolean[], $3::text[], $4::text[]) as k (id, is_client, viewer_id, people_shown)
         cross join lateral (
           select m.id, k.id as project_id, m.title, m.person_type, u.display_name
           from project_grant g join project p on p.id = g.project_id join membership m on m.id = g.membership_id
             join app_user u on u.id = m.user_id
           where g.project_id = k.id and ${EFFECTIVE} and ${SHOWN}
           order by lower(u.display_name) collate "C", m.id limit $5) x
       order by lower(x.display_name) collate "C", x.id`,
      viewers,
    ),
    person: one(
      ({ person_id, project_id }) => `${person_id}/${project_id}`,
      (pairs) => {
        const projects = pairs.map(({ project_id }) => byId.get(project_id));
        return rowsOf(
          'person',
          `select m.id, k.id as project_id, m.title, m.person_type, u.display_name
           from unnest($1::text[], $2::boolean[], $3::text[], $4::text[], $5::text[])
               as k (id, is_client, viewer_id, people_shown, person_id)
             join membership m on m.id = k.person_id join app_user u on u.id = m.user_id where ${SHOWN}`,
          [
            projects.map((project) => project.id),
            projects.map((project) => project.is_client),
            ...viewers(projects),
            pairs.map(({ person_id }) => person_id),
          ],
        );
      },
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
               from (select r.person_id, sum(r.billed_seconds) as seconds from time_entry r
                   where r.project_id = k.id and ${RELEASED} group by r.person_id) w
                 join membership m on m.id = w.person_id) y
           group by k.id, y.person_id order by y.person_id is null, sum(y.seconds) desc, y.person_id`,
          [
            projects.map((project) => project.id),
            projects.map((project) => project.is_client),
            ...viewers(projects),
            projects.map((project) => project.issued_only),
          ],
        ),
      (row) => row.project_id,
    ),
    entries: ofProject(
      'entries',
      `select e.* from unnest($1::text[], $2::boolean[], $3::boolean[], $4::boolean[]) as k (id, is_client, issued_only, billable_only)
         cross join lateral (
           select r.id, r.project_id, r.date, r.description, r.billable, r.billed_seconds, r.bill_rate_minor,
             r.billable_amount_minor, r.invoice_state, r.task_id, r.person_id
           from time_entry r where r.project_id = k.id and ${RELEASED} and (not k.billable_only or r.billable)
           order by r.date desc nulls last, r.id limit $5) e
       order by e.date desc nulls last, e.id`,
      (projects) => [projects.map((project) => project.issued_only), projects.map((project) => project.billable_only)],
    ),
    invoices: new DataLoader((sizes) =>
      Promise.all(
        sizes.map((size) => {
          const shown = held.filter((project) => project.invoices);
          return rowsOf(
            'invoices',
            `select x.* from unnest($1::text[], $2::boolean[]) as k (id, drafts) cross join lateral (
               select i.*, ${LISTED_ON} as listed_on from invoice i
               where i.project_id = k.id and (k.drafts or i.status <> 'DRAFT')
               order by ${LISTED_ON} desc, i.id limit $3) x
             order by x.listed_on desc, x.id limit $3`,
            [shown.map((project) => project.id), shown.map((project) => project.drafts), size],
          );
        }),
      ),
    ),
    draftTotal: one(
      id,
      (ids) =>
        rowsOf(
          'draftTotals',
          `select i.id, sum(a.minor + sign(a.minor) * ((abs(a.minor) * l.tax_bp + 5000) / 10000))::bigint as minor
           from invoice i join invoice_line l on l.invoice_id = i.id
             cross join lateral (select case when l.from_time then (
               select coalesce(sum(e.billable_amount_minor), 0)::bigint from time_entry e
               where e.invoice_line_id = l.id and e.billable and e.project_id = i.project_id) else l.amount_minor end as minor) a
           where i.id = any($1::text[]) group by i.id`,
          [ids],
        ),
      (row) => row.id,
    ),
  };
}

/** Who looks, for each project: in the order of `k (…, viewer_id, people_shown)`. */
const viewers = (projects) => [
  projects.map((project) => project.viewer_id),
  projects.map((project) => project.people_shown),
];
