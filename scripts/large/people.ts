import type { Tx } from '../../src/platform/database';
import { type LargePlan, ORGANISATIONS_OF_BLOCK } from './plan';
import { idOf, insert, STAMPS, temporary, WORKSPACE } from './sql';

/** What the session of a persona is opened with. */
export const tokenOf = (kind: 'client' | 'manager' | 'owner', nth: number): string =>
  `bench-${kind}-${String(nth).padStart(3, '0')}`;

/** The workspace with its owner, the team, and the personas with their sessions. */
export async function loadPeople(tx: Tx, plan: LargePlan): Promise<void> {
  await tx.rows(WORKSPACE_ROW);
  await tx.rows(temporary('seed_person', PEOPLE), [plan.personas, plan.team]);
  await tx.rows(USERS);
  await tx.rows(MEMBERSHIPS);
  await tx.rows(SESSIONS);
}

/** The client organisations; each client persona is a contact of both of their block. */
export async function loadOrganisations(tx: Tx, plan: LargePlan): Promise<void> {
  await tx.rows(ORGANISATIONS, [plan.organisations]);
  await tx.rows(CONTACTS, [plan.openBlocks]);
}

/** Which block a persona is at home in, of person `x`; `$1` is how many blocks are open. */
export const BLOCK_OF_PERSONA = '(x.nth - 1) % $1::int';

const WORKSPACE_ROW = insert(
  'workspace',
  { id: WORKSPACE, name: `'Bench'`, slug: `'bench'`, timezone: `'UTC'`, default_currency: `'EUR'`, ...STAMPS },
  '',
);

const PEOPLE = `
  select kind, nth, name, ${idOf('Person', 'name')} as id, ${idOf('User', 'name')} as user_id
  from (
    select kind, nth, kind || '-' || to_char(nth, case kind when 'team' then 'FM0000' else 'FM000' end) as name
    from (values ('owner', 1), ('client', $1::int), ('manager', $1), ('team', $2)) as k (kind, most),
      generate_series(1, most) as nth
  ) named`;

const USERS = insert(
  'app_user',
  { id: 'user_id', email: `name || '@bench.example'`, display_name: `initcap(replace(name, '-', ' '))`, ...STAMPS },
  'from seed_person',
);

const MEMBERSHIPS = insert(
  'membership',
  {
    id: 'id',
    workspace_id: WORKSPACE,
    user_id: 'user_id',
    person_type: `case when kind = 'client' then 'CLIENT' when nth % 10 = 0 and kind = 'team' then 'CONTRACTOR' else 'EMPLOYEE' end`,
    role: `case when kind = 'owner' then 'OWNER' else 'MEMBER' end`,
    title: `case kind when 'team' then 'Consultant' when 'manager' then 'Project manager' end`,
    weekly_capacity_seconds: `case when kind <> 'client' then 144000 end`,
    client_facing: `kind = 'manager' or nth % 2 = 0`,
    ...STAMPS,
  },
  'from seed_person',
);

/** Last used in the future: they do not grow idle, and using them writes nothing. */
const SESSIONS = insert(
  'session',
  {
    id: idOf('Session', 'name'),
    user_id: 'user_id',
    token_hash: `encode(sha256(convert_to('bench-' || name, 'UTF8')), 'hex')`,
    created_at: 'now()',
    last_used_at: `now() + interval '30 days'`,
    expires_at: `now() + interval '30 days'`,
  },
  `from seed_person where kind <> 'team'`,
);

const ORGANISATIONS = insert(
  'client_organisation',
  {
    id: idOf('ClientOrganisation', 'nth'),
    workspace_id: WORKSPACE,
    name: `'Organisation ' || to_char(nth, 'FM000')`,
    currency: `'EUR'`,
    billing_address: `'1 Long Street'`,
    max_contacts: '100',
    ...STAMPS,
  },
  'from generate_series(1, $1::int) as nth',
);

const CONTACTS = insert(
  'contact',
  {
    id: idOf('Contact', `x.name || '/' || o.nth`),
    workspace_id: WORKSPACE,
    client_organisation_id: idOf('ClientOrganisation', 'o.nth'),
    membership_id: 'x.id',
    display_name: `initcap(replace(x.name, '-', ' '))`,
    email: `x.name || '@bench.example'`,
    is_primary: 'x.nth <= $1',
    can_decide: 'true',
    can_pay: 'true',
    ...STAMPS,
  },
  `from seed_person x, generate_series(1, ${ORGANISATIONS_OF_BLOCK}) as i,
     lateral (select ${ORGANISATIONS_OF_BLOCK} * (${BLOCK_OF_PERSONA}) + i as nth) o
   where x.kind = 'client'`,
);
