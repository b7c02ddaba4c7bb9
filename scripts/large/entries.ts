import type { Tx } from '../../src/platform/database';
import type { LargePlan } from './plan';
import { costRate, nthOfTeam, TEAM_OF_PROJECT } from './projects';
import { idOf, insert, temporary, WORKSPACE } from './sql';

/** In so many steps, oldest work first: as it is written in life, the work of all projects side by side. */
export const STEPS = 10;

/**
 * Throws the dice for every entry. In each period three tasks of a project are worked on, one for each line of that
 * period's invoice; now and then work is on no task. Then the invoices, and what their lines may be made of.
 */
export async function prepareEntries(tx: Tx, plan: LargePlan): Promise<void> {
  await tx.rows('select setseed(0.2026)');
  await tx.rows(temporary('seed_entry', ENTRIES), [plan.periodDays * (plan.invoices + 1)]);
  await tx.rows(temporary('seed_invoice', INVOICES), [plan.invoices]);
  await tx.rows(temporary('seed_line', LINES));
  for (const table of ['seed_person', 'seed_project', 'seed_task', 'seed_entry', 'seed_invoice', 'seed_line']) {
    await tx.rows(`analyze ${table}`);
  }
}

/** Writes one of the steps. Lines are named and not there yet: their key is put back later. */
export async function loadEntries(tx: Tx, plan: LargePlan, step: number): Promise<void> {
  const ages = plan.periodDays * (plan.invoices + 1);
  const oldest = Math.ceil((ages * (STEPS - step)) / STEPS);
  const newest = Math.ceil((ages * (STEPS - step - 1)) / STEPS);
  await tx.rows(ENTRY_ROWS, [newest, oldest, plan.periodDays, plan.team]);
}

const ENTRIES = `
  select p.n, k, floor(random() * $1::int)::int as age, floor(random() * 3.1)::int as slot,
    floor(random() * ${TEAM_OF_PROJECT})::int as member, 900 * (1 + floor(random() * 16)::int) as seconds
  from seed_project p, generate_series(1, p.entries) as k`;

/** Period 0 is now and on no invoice yet; period 1 is on a draft. */
const INVOICES = `
  select p.n, m, ${idOf('Invoice', `p.n || '/' || m`)} as id, p.id as project_id, p.organisation_id,
    case when m = 1 then 'DRAFT' when (p.n + m) % 40 = 0 then 'VOID' when m <= 4 then 'SENT'
      when (p.n + m) % 20 = 1 then 'PARTIALLY_PAID' else 'PAID' end as status
  from seed_project p, generate_series(1, $1::int) as m`;

const TASK_OF = (m: string, slot: string) => `(${m} * 3 + ${slot}) % p.tasks + 1`;

const LINES = `
  select i.n, i.m, slot, ${idOf('InvoiceLine', `i.n || '/' || i.m || '/' || slot`)} as id, i.id as invoice_id, i.status,
    t.id as task_id, 'Task ' || t.k || ' of project ' || t.n as title, p.rate,
    p.billing = 'HOURLY' and i.status <> 'VOID' and t.client_visible as takes_time
  from seed_invoice i join seed_project p on p.n = i.n, generate_series(0, 2) as slot,
    lateral (select * from seed_task t where t.n = i.n and t.k = ${TASK_OF('i.m', 'slot')}) t`;

const ON_INVOICE = 'l.id is not null and priced.billable';
const DAY = 'current_date - e.age';

/** As src/domains/time/time.logic.ts would have priced it. */
const amount = (rate: string) => `(2 * e.seconds * ${rate}::bigint + 3600) / 7200`;

const ENTRY_ROWS = insert(
  'time_entry',
  {
    id: idOf('TimeEntry', `e.n || '/' || e.k`),
    workspace_id: WORKSPACE,
    project_id: 'p.id',
    task_id: 't.id',
    person_id: 'x.id',
    date: DAY,
    started_at: `case when e.k % 2 = 0 then (${DAY}) + time '08:00' at time zone 'UTC' end`,
    ended_at: `case when e.k % 2 = 0 then (${DAY}) + time '08:00' at time zone 'UTC' + make_interval(secs => e.seconds) end`,
    raw_seconds: 'e.seconds',
    billed_seconds: 'e.seconds',
    billable: 'priced.billable',
    description: `(array['Talked it through', 'Built what was agreed', 'Tested it', 'Wrote it down'])[e.k % 4 + 1]`,
    bill_rate_minor: 'p.rate',
    cost_rate_minor: costRate('x.nth'),
    billable_amount_minor: `case when priced.billable and p.billing = 'HOURLY' then ${amount('p.rate')} else 0 end`,
    cost_amount_minor: amount(`(${costRate('x.nth')})`),
    invoice_state: `case when not (${ON_INVOICE}) then 'NONE' when l.status = 'DRAFT' then 'DRAFT' else 'ISSUED' end`,
    invoice_line_id: `case when ${ON_INVOICE} then l.id end`,
    created_by: 'x.id',
    created_at: `(${DAY}) + time '17:00' at time zone 'UTC'`,
    updated_at: `(${DAY}) + time '17:00' at time zone 'UTC'`,
  },
  `from seed_entry e
     join seed_project p on p.n = e.n
     join seed_person x on x.kind = 'team' and x.nth = ${nthOfTeam('e.n', 'e.member', '$4::int')}
     left join seed_task t on t.n = e.n and e.slot < 3 and t.k = ${TASK_OF('(e.age / $3::int)', 'e.slot')}
     left join seed_line l on l.n = e.n and l.m = e.age / $3 and l.slot = e.slot and l.takes_time,
     lateral (select coalesce(t.billable, p.billing <> 'NON_BILLABLE') as billable) priced
   where e.age >= $1::int and e.age < $2::int
   order by e.age desc, e.member, e.k`,
);
