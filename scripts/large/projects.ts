import type { Tx } from '../../src/platform/database';
import { BLOCK_OF_PERSONA } from './people';
import { type LargePlan, PROJECTS_OF_BLOCK } from './plan';
import { idOf, insert, OWNER, STAMPS, temporary, WORKSPACE } from './sql';

/** So many of the team are on each project; the first of them manages it. */
export const TEAM_OF_PROJECT = 8;

/** Which of the team is the `member`-th on project `n`; `team` is how many there are. */
export const nthOfTeam = (n: string, member: string, team: string): string =>
  `((${n} - 1) * ${TEAM_OF_PROJECT} + ${member}) % ${team} + 1`;

/** What an hour of the `nth` of the team costs. */
export const costRate = (nth: string): string => `3000 + 100 * (${nth} % 40)`;

/** Projects with their grants and rates. */
export async function loadProjects(tx: Tx, plan: LargePlan): Promise<void> {
  await tx.rows(temporary('seed_project', PROJECTS), [plan.entries, plan.openBlocks]);
  await tx.rows(PROJECT_ROWS);
  await tx.rows(GRANTS_OF_PERSONAS, [plan.openBlocks]);
  await tx.rows(GRANTS_OF_TEAM, [plan.team]);
  await tx.rows(BILL_RATES);
  await tx.rows(COST_RATES);
}

export async function loadTasks(tx: Tx, plan: LargePlan): Promise<void> {
  await tx.rows(temporary('seed_task', TASKS));
  await tx.rows(TASK_ROWS, [plan.team]);
}

const PROJECTS = `
  select n::int, entries, ${idOf('Project', 'n')} as id, ${idOf('ClientOrganisation', '((n - 1) / 10 + 1)')} as organisation_id,
    block, is_open, 20 + n::int % 5 as tasks, 8000 + 500 * (n::int % 17) as rate,
    case when is_open then 'HOURLY' when n % 20 in (3, 9, 15) then 'FIXED_FEE' when n % 20 = 7 then 'NON_BILLABLE'
      else 'HOURLY' end as billing
  from unnest($1::int[]) with ordinality as s (entries, n),
    lateral (select (n - 1) / ${PROJECTS_OF_BLOCK} as block, (n - 1) / ${PROJECTS_OF_BLOCK} < $2::int as is_open) b`;

const BUDGET = `case n % 3 when 0 then 'HOURS' when 1 then 'FEES' else 'NONE' end`;

const PROJECT_ROWS = insert(
  'project',
  {
    id: 'id',
    workspace_id: WORKSPACE,
    client_organisation_id: 'organisation_id',
    name: `'Project ' || to_char(n, 'FM0000')`,
    code: `'P-' || to_char(n, 'FM0000')`,
    status: `case when is_open or n % 5 > 0 then 'ACTIVE' when n % 10 = 0 then 'COMPLETED' else 'ON_HOLD' end`,
    start_date: 'current_date - 720',
    end_date: 'current_date + 90',
    description: `'What was agreed on for project ' || n`,
    internal_description: `'What is said of project ' || n || ' among us'`,
    currency: `'EUR'`,
    billing: 'billing',
    contract_value_minor: `case when billing = 'FIXED_FEE' then 5000000 end`,
    budget_basis: BUDGET,
    // An entry has some two hours: most of a budget is used.
    budget_seconds: `case ${BUDGET} when 'HOURS' then entries::bigint * 9200 end`,
    budget_minor: `case ${BUDGET} when 'FEES' then entries::bigint * rate * 3 end`,
    preset: `case when is_open then 'FREELANCE'
      else (array['CONSULTANCY', 'AGENCY', 'DELIVERABLES', 'CONSTRUCTION', 'FREELANCE'])[n % 5 + 1] end`,
    visibility: `case when is_open then '{"financials": "FULL"}'::jsonb else '{}' end`,
    ...STAMPS,
  },
  'from seed_project order by n',
);

const grant = (held: Record<'track_time' | 'client_view' | 'internal_costs' | 'manages_project', string>) => ({
  id: idOf('ProjectGrant', `p.n || '/' || x.name`),
  workspace_id: WORKSPACE,
  project_id: 'p.id',
  membership_id: 'x.id',
  ...held,
  granted_by: OWNER,
  ...STAMPS,
});

const GRANTS_OF_PERSONAS = insert(
  'project_grant',
  grant({
    track_time: 'false',
    client_view: 'true',
    internal_costs: `x.kind = 'manager'`,
    manages_project: `x.kind = 'manager'`,
  }),
  `from seed_person x join seed_project p on p.block = ${BLOCK_OF_PERSONA} where x.kind in ('client', 'manager')`,
);

const GRANTS_OF_TEAM = insert(
  'project_grant',
  grant({
    track_time: 'true',
    client_view: 'member < 5',
    internal_costs: 'member = 0',
    manages_project: 'member = 0',
  }),
  `from seed_project p cross join generate_series(0, ${TEAM_OF_PROJECT - 1}) as member
   join seed_person x on x.kind = 'team' and x.nth = ${nthOfTeam('p.n', 'member', '$1::int')}`,
);

const rate = {
  workspace_id: WORKSPACE,
  currency: `'EUR'`,
  valid_from: 'current_date - 1000',
  ...STAMPS,
};

const BILL_RATES = insert(
  'rate',
  {
    id: idOf('Rate', `'project/' || n`),
    ...rate,
    scope: `'PROJECT'`,
    kind: `'BILL'`,
    project_id: 'id',
    minor_per_hour: 'rate',
  },
  'from seed_project',
);

const COST_RATES = insert(
  'rate',
  {
    id: idOf('Rate', 'name'),
    ...rate,
    scope: `'PERSON'`,
    kind: `'COST'`,
    membership_id: 'id',
    minor_per_hour: costRate('nth'),
  },
  `from seed_person where kind = 'team'`,
);

const TASKS = `
  select p.n, k, ${idOf('Task', `p.n || '/' || k`)} as id, p.id as project_id,
    p.is_open or k % 9 > 0 as client_visible, p.billing <> 'NON_BILLABLE' and k % 10 > 0 as billable
  from seed_project p, generate_series(1, p.tasks) as k`;

const TASK_ROWS = insert(
  'task',
  {
    id: 't.id',
    workspace_id: WORKSPACE,
    project_id: 't.project_id',
    title: `'Task ' || t.k || ' of project ' || t.n`,
    description: `'What is to be done for task ' || t.k`,
    status: `case when t.k <= 12 then 'DONE' when t.k <= 16 then 'IN_PROGRESS' else 'OPEN' end`,
    assignee_id: 'case when t.k % 3 > 0 then x.id end',
    due_date: 'current_date + 7 * (t.k - 14)',
    estimate_seconds: '28800',
    billable: 't.billable',
    client_visible: 't.client_visible',
    position: 't.k',
    ...STAMPS,
  },
  `from seed_task t join seed_person x on x.kind = 'team'
     and x.nth = ${nthOfTeam('t.n', `t.k % ${TEAM_OF_PROJECT}`, '$1::int')}
   order by t.n, t.k`,
);
