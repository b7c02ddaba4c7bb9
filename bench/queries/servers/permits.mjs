/**
 * The permission check of the limit and the peers, in SQL: the session, the grants that count today, and what each
 * shows. It asks what src/access asks of the two people of the bench, a client with client view and a manager of
 * projects; roles that need no grant are left out.
 */

/** The user of a session that works; `hash` is the SQL of the token's hash. */
export const VIEWER = (hash) => `
  select u.id as user_id from session s join app_user u on u.id = s.user_id
  where s.token_hash = ${hash} and s.revoked_at is null and s.expires_at > now()
    and s.last_used_at > now() - interval '12 hours' and u.status = 'ACTIVE'`;

/** An effective grant `g` of membership `m` on project `p`. */
export const EFFECTIVE = `
  g.status = 'ACTIVE' and (g.starts_at is null or g.starts_at <= now()) and (g.expires_at is null or now() < g.expires_at)
  and m.status = 'ACTIVE' and exists (select from app_user u where u.id = m.user_id and u.status = 'ACTIVE')
  and (m.person_type <> 'CLIENT' or (p.status <> 'ARCHIVED' and exists (
    select from client_organisation o where o.id = p.client_organisation_id and o.status = 'ACTIVE')))`;

/** One row for each project of `viewer`: the project itself, and what the viewer sees of it. */
export const permits = (where = '') => `
  select p.*, m.id as viewer_id, ${bits}
  from viewer join membership m on m.user_id = viewer.user_id join project_grant g on g.membership_id = m.id
    join project p on p.id = g.project_id
    cross join lateral (select ('${process.env.BENCH_PRESETS}'::jsonb -> p.preset) || p.visibility as setting) v
  where ${EFFECTIVE}${where}`;

/** Whether person `m` is shown on the project of permit `k`. */
export const SHOWN = `(not k.is_client or m.id = k.viewer_id or (m.person_type <> 'CLIENT' and k.people_shown = 'ALL')
  or (m.person_type <> 'CLIENT' and m.client_facing and k.people_shown = 'CLIENT_FACING')
  or (m.person_type = 'CLIENT' and k.people_shown <> 'HIDE' and exists (
    select from contact own join contact c on c.client_organisation_id = own.client_organisation_id
      join client_organisation o on o.id = c.client_organisation_id and o.status = 'ACTIVE'
    where own.membership_id = k.viewer_id and c.membership_id = m.id)))`;

const CLIENT = `m.person_type = 'CLIENT'`;
const of = (key, ...values) => `v.setting ->> '${key}' in (${values.map((value) => `'${value}'`).join(', ')})`;
/** Managers see it; clients with client view where the settings say so. */
const shown = (...settings) => `(g.manages_project or (${CLIENT} and g.client_view and ${settings.join(' and ')}))`;
const ENTRIES = [of('hours', 'FULL', 'BILLABLE'), of('timeEntries', 'DETAILED')];

const bits = Object.entries({
  is_client: CLIENT,
  hours: shown(of('hours', 'FULL')),
  billable_hours: shown(of('hours', 'FULL', 'BILLABLE')),
  amounts: shown(of('financials', 'SUMMARY', 'FULL')),
  /** Without a range of dates; with one they are for the team alone. */
  costs: `(g.internal_costs and ${shown(of('financials', 'SUMMARY', 'FULL'))})`,
  dated_costs: `(g.internal_costs and g.manages_project)`,
  tasks: shown(of('tasks', 'SHOW')),
  entries: shown(...ENTRIES),
  hours_of_people: shown(of('hours', 'FULL'), ...ENTRIES, of('people', 'ALL', 'CLIENT_FACING')),
  entry_amounts: shown(...ENTRIES, of('financials', 'FULL')),
  bill_rates: shown(...ENTRIES, of('financials', 'FULL'), of('billRates', 'SHOW')),
  invoices: shown(of('invoices', 'SUMMARY', 'FULL')),
  drafts: 'g.manages_project',
  people_shown: `case when ${CLIENT} then case when g.client_view then v.setting ->> 'people' else 'HIDE' end else 'ALL' end`,
  issued_only: `(${CLIENT} and ${of('timeRelease', 'INVOICED')})`,
  billable_only: `(${CLIENT} and ${of('hours', 'BILLABLE')})`,
})
  .map(([name, sql]) => `${sql} as ${name}`)
  .join(', ');
