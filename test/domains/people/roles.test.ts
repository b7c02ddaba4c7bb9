import type { CastName } from '../../../src/demo/cast';
import { aProject } from '../../support/builders';
import { TestServer } from '../../support/server';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
  await aProject(server);
});
afterAll(() => server.close());

const person = (name: CastName) => server.cast.people[name];

const CHANGE_ROLE = `mutation ($input: ChangeRoleInput!) { changeRole(input: $input) {
  person { displayName role businessRoles version } } }`;
const changeRole = async (who: CastName, name: CastName, change: object) =>
  (await server.data(who, CHANGE_ROLE, { input: { personId: person(name), ...change } })).changeRole.person;
const refusedRole = (who: CastName, name: CastName, change: object) =>
  server.refusal(who, CHANGE_ROLE, { input: { personId: person(name), ...change } });

const CHANGE_TYPE = `mutation ($input: ChangePersonTypeInput!) { changePersonType(input: $input) { person { personType } } }`;
const UPDATE = `mutation ($input: UpdatePersonInput!) { updatePerson(input: $input) {
  person { title avatarUrl weeklyCapacity { seconds } clientFacing version } } }`;
const update = async (name: CastName, change: object) =>
  (await server.data('ada', UPDATE, { input: { personId: person(name), ...change } })).updatePerson.person;

const ROLES = `{ viewer { memberships { workspace { people { nodes { displayName role businessRoles personType } } } } } }`;

describe('a role', () => {
  it('is given to Wim by Ada, with his duties, and counts from his next request on', async () => {
    const create = `mutation ($workspaceId: ID!) { createClientOrganisation(input: { workspaceId: $workspaceId, name: "X" }) {
      clientOrganisation { name } } }`;
    const { workspaceId } = server.cast;
    expect(await server.refusal('wim', create, { workspaceId })).toMatchObject({ code: 'FORBIDDEN' });
    const given = await changeRole('ada', 'wim', { role: 'MANAGER', businessRoles: ['BILLING', 'BILLING'] });
    expect(given).toMatchObject({ role: 'MANAGER', businessRoles: ['BILLING'] });
    await server.data('wim', create, { workspaceId });
    expect(await changeRole('ada', 'wim', { businessRoles: [] })).toMatchObject({ role: 'MANAGER', businessRoles: [] });
    expect(await changeRole('ada', 'wim', { role: 'MEMBER' })).toMatchObject({ role: 'MEMBER' });
    expect(await server.refusal('wim', create, { workspaceId })).toMatchObject({ code: 'FORBIDDEN' });
  });

  it.each([
    ['MANAGER', { role: 'MANAGER' }],
    ['ADMIN', { role: 'ADMIN' }],
    ['OWNER', { role: 'OWNER' }],
    ['a business role', { businessRoles: ['BILLING'] }],
  ])('is never given to Clara: %s (F-005, F-006, F-007, F-131)', async (_, change) => {
    const before = await server.data('ada', ROLES);
    for (const who of ['ada', 'olga'] as const) {
      expect(await refusedRole(who, 'clara', change)).toEqual({ code: 'CLIENT_CANNOT_HOLD_ROLE' });
    }
    expect(await server.data('ada', ROLES)).toEqual(before);
  });

  it('of Clara may be said again as it is', async () => {
    expect(await changeRole('ada', 'clara', { role: 'MEMBER', businessRoles: [] })).toMatchObject({ role: 'MEMBER' });
  });

  it('of an owner is made and unmade by owners alone', async () => {
    const refusal = { code: 'FORBIDDEN', requires: ['role:OWNER'] };
    expect(await refusedRole('ada', 'wim', { role: 'OWNER' })).toEqual(refusal);
    expect(await refusedRole('ada', 'olga', { role: 'ADMIN' })).toEqual(refusal);
    expect(await changeRole('olga', 'wim', { role: 'OWNER' })).toMatchObject({ role: 'OWNER' });
    expect(await changeRole('wim', 'olga', { role: 'ADMIN' })).toMatchObject({ role: 'ADMIN' });
    expect(await changeRole('wim', 'olga', { role: 'OWNER' })).toMatchObject({ role: 'OWNER' });
    expect(await changeRole('olga', 'wim', { role: 'MEMBER' })).toMatchObject({ role: 'MEMBER' });
  });

  it('is never one’s own to change, so the last owner stays', async () => {
    for (const [who, change] of [
      ['olga', { role: 'MEMBER' }],
      ['olga', { businessRoles: ['BILLING'] }],
      ['ada', { role: 'OWNER' }],
    ] as const) {
      expect(await refusedRole(who, who, change)).toMatchObject({ code: 'BAD_USER_INPUT', field: 'personId' });
    }
  });

  it('is refused to whoever is no admin: Max, Wim and Clara; Eve knows of nobody (F-011)', async () => {
    const refusal = { code: 'FORBIDDEN', requires: ['role:ADMIN'] };
    for (const who of ['max', 'wim', 'clara'] as const)
      expect(await refusedRole(who, 'max', { role: 'ADMIN' })).toEqual(refusal);
    expect(await refusedRole('eve', 'max', { role: 'ADMIN' })).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is none that gives nothing: no such duty is named, and none is stored', async () => {
    expect(await refusedRole('ada', 'wim', { businessRoles: ['SALES'] })).toMatchObject({ code: 'BAD_USER_INPUT' });
    const store = `update membership set business_roles = '{PEOPLE}' where id = $1`;
    await expect(server.database.rows(store, [server.cast.people.wim])).rejects.toThrow('business_roles_check');
  });

  it('is not given against a stale version', async () => {
    const { version } = await changeRole('ada', 'cora', { businessRoles: ['BILLING'] });
    const stale = await refusedRole('ada', 'cora', { businessRoles: [], expectedVersion: version - 1 });
    expect(stale).toEqual({ code: 'CONFLICT', current: version });
    await changeRole('ada', 'cora', { businessRoles: [], expectedVersion: version });
  });
});

describe('what a person is to the workspace', () => {
  const change = (name: CastName, personType: string) => ({ input: { personId: person(name), personType } });

  it('changes from contractor to employee and back (F-003)', async () => {
    expect(await server.data('ada', CHANGE_TYPE, change('cora', 'EMPLOYEE'))).toEqual({
      changePersonType: { person: { personType: 'EMPLOYEE' } },
    });
    expect(await server.data('ada', CHANGE_TYPE, change('cora', 'CONTRACTOR'))).toEqual({
      changePersonType: { person: { personType: 'CONTRACTOR' } },
    });
  });

  it('is final once it is client (F-009, F-130)', async () => {
    for (const type of ['EMPLOYEE', 'CONTRACTOR', 'CLIENT']) {
      expect(await server.refusal('olga', CHANGE_TYPE, change('clara', type))).toEqual({ code: 'CLIENT_IS_FINAL' });
    }
  });

  it('becomes client by conversion alone', async () => {
    expect(await server.refusal('ada', CHANGE_TYPE, change('wim', 'CLIENT'))).toMatchObject({
      code: 'BAD_USER_INPUT',
      field: 'personType',
    });
  });

  it('is changed by admins alone', async () => {
    expect(await server.refusal('max', CHANGE_TYPE, change('wim', 'CONTRACTOR'))).toEqual({
      code: 'FORBIDDEN',
      requires: ['role:ADMIN'],
    });
  });
});

describe('what the workspace says of a person', () => {
  it('is changed by Ada: what is not given stays, null clears (X-12)', async () => {
    const avatarUrl = 'https://example.com/wim.png';
    const first = await update('wim', {
      title: ' Lead ',
      avatarUrl,
      weeklyCapacitySeconds: 36_000,
      clientFacing: true,
    });
    expect(first).toMatchObject({ title: 'Lead', avatarUrl, weeklyCapacity: { seconds: 36_000 }, clientFacing: true });
    const second = await update('wim', { title: null, avatarUrl: null, weeklyCapacitySeconds: null });
    expect(second).toMatchObject({ title: null, avatarUrl: null, weeklyCapacity: null, clientFacing: true });
    expect(second.version).toBe(first.version + 1);
  });

  it('puts Wim before clients who see client-facing people alone, or takes him away (clientFacing)', async () => {
    await aProject(server, {
      preset: 'DELIVERABLES',
      grants: { eve: { clientView: true }, wim: { clientView: true } },
      client: 'borealis',
    });
    const seen = async () =>
      (await server.data('eve', 'query ($id: ID!) { node(id: $id) { id } }', { id: person('wim') })).node;
    await update('wim', { clientFacing: true });
    expect(await seen()).not.toBeNull();
    await update('wim', { clientFacing: false });
    expect(await seen()).toBeNull();
  });

  it.each([
    ['too long a title', 'wim', { title: 'x'.repeat(121) }, 'title'],
    ['a picture that a browser would run', 'wim', { avatarUrl: 'data:text/html,x' }, 'avatarUrl'],
    ['more hours than a week has', 'wim', { weeklyCapacitySeconds: 604_801 }, 'weeklyCapacitySeconds'],
    ['fewer hours than none', 'wim', { weeklyCapacitySeconds: -1 }, 'weeklyCapacitySeconds'],
    ['a capacity of Clara', 'clara', { weeklyCapacitySeconds: 3600 }, 'weeklyCapacitySeconds'],
    ['Clara facing clients', 'clara', { clientFacing: true }, 'clientFacing'],
  ] as const)('is refused to Ada with %s', async (_, name, change, field) => {
    const input = { personId: person(name), ...change };
    expect(await server.refusal('ada', UPDATE, { input })).toMatchObject({ code: 'BAD_USER_INPUT', field });
  });

  it('may be the title of Clara, and is never Clara’s own to change here', async () => {
    expect(await update('clara', { title: 'Chief of Product' })).toMatchObject({ title: 'Chief of Product' });
    const input = { personId: person('clara'), title: 'Queen' };
    for (const who of ['clara', 'max'] as const) {
      expect(await server.refusal(who, UPDATE, { input })).toEqual({ code: 'FORBIDDEN', requires: ['role:ADMIN'] });
    }
  });
});
