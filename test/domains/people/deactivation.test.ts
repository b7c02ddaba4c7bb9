import type { CastName } from '../../../src/demo/cast';
import { aProject } from '../../support/builders';
import { TestServer } from '../../support/server';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
  await aProject(server);
});
afterAll(() => server.close());

const DEACTIVATE = `mutation ($id: ID!) { deactivatePerson(input: { personId: $id }) { person { displayName status } } }`;
const REACTIVATE = `mutation ($id: ID!) { reactivatePerson(input: { personId: $id }) { person { displayName status } } }`;
const WORLD = `{ viewer { email memberships { workspace { name } personType } } projects { totalCount } }`;

const person = (name: CastName) => ({ id: server.cast.people[name] });

/** Opens a workspace of their own for one of the cast. */
const openOwn = (who: CastName, name: string) =>
  server.data(who, `mutation ($name: String!) { createWorkspace(input: { name: $name }) { workspace { id } } }`, {
    name,
  });

describe('a deactivated person', () => {
  it('sees nothing of this workspace from the next request on, and everything again when reactivated (F-024)', async () => {
    const before = await server.data('clara', WORLD);
    expect(before.projects.totalCount).toBe(1);
    expect(await server.data('ada', DEACTIVATE, person('clara'))).toEqual({
      deactivatePerson: { person: { displayName: 'Clara Client', status: 'DEACTIVATED' } },
    });
    expect(await server.data('clara', WORLD)).toMatchObject({
      viewer: { memberships: [] },
      projects: { totalCount: 0 },
    });
    const { workspaceId, clients } = server.cast;
    const nodes = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';
    const ids = [workspaceId, clients.acme, server.cast.people.clara];
    expect(await server.data('clara', nodes, { ids })).toEqual({ nodes: [null, null, null] });
    await server.data('ada', REACTIVATE, person('clara'));
    expect(await server.data('clara', WORLD)).toEqual(before);
  });

  it('keeps the session and every other workspace (F-014, X-06)', async () => {
    await openOwn('carl', 'Carl’s own');
    await server.data('ada', DEACTIVATE, person('carl'));
    expect(await server.data('carl', WORLD)).toMatchObject({
      viewer: { memberships: [{ workspace: { name: 'Carl’s own' }, personType: 'EMPLOYEE' }] },
      projects: { totalCount: 0 },
    });
    await server.data('ada', REACTIVATE, person('carl'));
    expect((await server.data('carl', WORLD)).viewer.memberships).toHaveLength(2);
  });

  it('may be an admin, who then does nothing more', async () => {
    await server.data('olga', DEACTIVATE, person('ada'));
    expect(await server.refusal('ada', DEACTIVATE, person('wim'))).toMatchObject({ code: 'NOT_FOUND' });
    await server.data('olga', REACTIVATE, person('ada'));
  });

  it('is not made so twice', async () => {
    expect(await server.refusal('ada', REACTIVATE, person('wim'))).toEqual({
      code: 'INVALID_TRANSITION',
      from: 'ACTIVE',
      to: 'ACTIVE',
      allowed: ['DEACTIVATED'],
    });
  });

  it('is never oneself, so the last owner stays', async () => {
    for (const who of ['olga', 'ada'] as const) {
      const refusal = { code: 'BAD_USER_INPUT', field: 'personId' };
      expect(await server.refusal(who, DEACTIVATE, person(who))).toMatchObject(refusal);
    }
  });

  it('is no owner, unless another owner says so', async () => {
    expect(await server.refusal('ada', DEACTIVATE, person('olga'))).toEqual({
      code: 'FORBIDDEN',
      requires: ['role:OWNER'],
    });
  });

  it('is made so by admins alone; whoever does not see the person finds nobody (F-011)', async () => {
    const refusal = { code: 'FORBIDDEN', requires: ['role:ADMIN'] };
    for (const who of ['max', 'wim', 'clara'] as const) {
      expect(await server.refusal(who, DEACTIVATE, person('max'))).toEqual(refusal);
    }
    expect(await server.refusal('eve', DEACTIVATE, person('max'))).toMatchObject({ code: 'NOT_FOUND' });
    expect(await server.refusal(null, DEACTIVATE, person('max'))).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('of another workspace is nobody to Ada', async () => {
    await openOwn('eve', 'Eve’s own');
    const { viewer } = await server.data('eve', '{ viewer { memberships { workspace { name } person { id } } } }');
    const own = viewer.memberships.find((m: { workspace: { name: string } }) => m.workspace.name === 'Eve’s own');
    expect(await server.refusal('ada', DEACTIVATE, { id: own.person.id })).toMatchObject({ code: 'NOT_FOUND' });
  });
});
