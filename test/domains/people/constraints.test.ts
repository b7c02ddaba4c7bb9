import type { CastName } from '../../../src/demo/cast';
import { brokenConstraint } from '../../../src/platform/database';
import { aGrant, aProject } from '../../support/builders';
import { TestServer } from '../../support/server';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.close());

/** What the database itself says to a statement about one of the cast, `$1`. */
async function refusedBy(sql: string, name: CastName): Promise<string | undefined> {
  try {
    await server.database.rows(sql, [server.cast.people[name]]);
    return 'nobody';
  } catch (error) {
    return brokenConstraint(error);
  }
}

describe('the database itself', () => {
  it.each([
    ['a role', `update membership set role = 'MANAGER' where id = $1`],
    ['the role of an owner', `update membership set role = 'OWNER' where id = $1`],
    ['a business role', `update membership set business_roles = '{BILLING}' where id = $1`],
    ['a capacity', `update membership set weekly_capacity_seconds = 3600 where id = $1`],
  ])('gives Clara no %s (F-005, F-006, F-007)', async (_, sql) => {
    expect(await refusedBy(sql, 'clara')).toBe('membership_client_is_plain');
  });

  it('lets nobody of the team become a client with role, duties or capacity (F-008)', async () => {
    const sql = `update membership set person_type = 'CLIENT' where id = $1`;
    expect(await refusedBy(sql, 'max')).toBe('membership_client_is_plain');
    expect(await refusedBy(sql, 'wim')).toBe('membership_client_is_plain');
  });

  it.each(['EMPLOYEE', 'CONTRACTOR'])('never makes Clara %s again (F-009, F-130)', async (type) => {
    const sql = `update membership set person_type = '${type}' where id = $1`;
    expect(await refusedBy(sql, 'clara')).toBe('membership_client_is_final');
  });

  it('gives Clara no rate', async () => {
    const sql = `insert into rate (id, workspace_id, scope, kind, membership_id, minor_per_hour, currency, valid_from, created_at, updated_at)
      select 'rat_1', workspace_id, 'PERSON', 'BILL', id, 1, 'EUR', '2026-01-01', now(), now() from membership where id = $1`;
    expect(await refusedBy(sql, 'clara')).toBe('rate_not_for_clients');
  });

  it('lets nobody become a client who has a rate, manages a project, or sees costs without a reason (F-008)', async () => {
    const convert = `update membership set person_type = 'CLIENT', role = 'MEMBER', business_roles = '{}', weekly_capacity_seconds = null
      where id = $1`;
    await server.database.rows(
      `insert into rate (id, workspace_id, scope, kind, membership_id, minor_per_hour, currency, valid_from, created_at, updated_at)
       values ('rat_2', $1, 'PERSON', 'BILL', $2, 1, 'EUR', '2026-01-01', now(), now())`,
      [server.cast.workspaceId, server.cast.people.cora],
    );
    expect(await refusedBy(convert, 'cora')).toBe('membership_client_has_no_rate');
    const { id } = await aProject(server, { grants: {} });
    await aGrant(server, id, 'max', { clientView: true, managesProject: true });
    expect(await refusedBy(convert, 'max')).toBe('membership_client_grants_fit');
    await aGrant(server, id, 'wim', { clientView: true, internalCosts: true }, { reason: null });
    expect(await refusedBy(convert, 'wim')).toBe('membership_client_grants_fit');
  });

  it('makes no grant by which Clara manages, or sees costs without a reason (F-007, X-19)', async () => {
    const { id } = await aProject(server, { grants: { clara: { clientView: true } } });
    const set = (column: string) =>
      `update project_grant set ${column} = true where project_id = '${id}' and membership_id = $1`;
    expect(await refusedBy(set('manages_project'), 'clara')).toBe('project_grant_fits_person');
    expect(await refusedBy(set('internal_costs'), 'clara')).toBe('project_grant_fits_person');
  });

  it('keeps one primary contact of a client, and one contact for each e-mail and person', async () => {
    const add = (columns: string, values: string) =>
      `insert into contact (id, workspace_id, client_organisation_id, display_name, email, created_at, updated_at ${columns})
       select 'con_' || md5(random()::text), workspace_id, client_organisation_id, 'X', email ${values}
       from contact where membership_id = $1`;
    expect(await refusedBy(add('', ', now(), now()'), 'clara')).toBe('contact_email_key');
    const other = add(', is_primary', ', now(), now(), true').replace("'X', email", "'X', 'x@example.com'");
    expect(await refusedBy(other, 'clara')).toBe('contact_primary_key');
    const twice = add(', membership_id', ', now(), now(), $1').replace("'X', email", "'X', 'y@example.com'");
    expect(await refusedBy(twice, 'clara')).toBe('contact_membership_key');
  });
});
