import type { CastName } from '../../../src/demo/cast';
import type { Project } from '../../../src/domains/projects/project.entity';
import { days, hours, after as later } from '../../../src/platform/clock';
import { aGrant, aProject } from '../../support/builders';
import { invite, MEMBER, waitFor } from '../../support/invitations-builders';
import { TestServer } from '../../support/server';

let server: TestServer;
let project: Project;

beforeAll(async () => {
  server = await TestServer.start();
});
beforeEach(async () => {
  project = await aProject(server, { name: 'Website' });
});
afterEach(async () => {
  await server.database.rows(`update workspace set invite_policy = 'ADMINS_AND_PROJECT_MANAGERS'`);
});
afterAll(() => server.close());

const UPDATE = `mutation ($input: UpdateProjectPermissionsInput!) {
  updateProjectPermissions(input: $input) { implied warnings member { ${MEMBER} } } }`;
const REMOVE = `mutation ($input: RemoveFromProjectInput!) { removeFromProject(input: $input) { removedMemberId warnings } }`;
const SUSPEND = `mutation ($input: SuspendProjectAccessInput!) { suspendProjectAccess(input: $input) { warnings member { status } } }`;
const RESUME = `mutation ($input: ResumeProjectAccessInput!) { resumeProjectAccess(input: $input) { warnings member { status } } }`;
const SEEN =
  'query ($id: ID!) { project(id: $id) { myAccess { permissions { trackTime clientView internalCosts managesProject } } } }';

const about = (name: CastName, more: object = {}) => ({
  input: { projectId: project.id, personId: server.cast.people[name], ...more },
});
const update = async (who: CastName, name: CastName, more: object) =>
  (await server.data(who, UPDATE, about(name, more))).updateProjectPermissions;
const refused = (who: CastName, name: CastName, more: object) => server.refusal(who, UPDATE, about(name, more));
/** What somebody holds by their own word; null when the project is not there for them. */
const heldBy = async (who: CastName) =>
  (await server.data(who, SEEN, { id: project.id })).project?.myAccess.permissions ?? null;

describe('changing what somebody holds (F-049)', () => {
  it('lets Max turn on track time for Clara, and her next request knows (F-043)', async () => {
    expect(await heldBy('clara')).toMatchObject({ trackTime: false });
    const { member } = await update('max', 'clara', { permissions: { trackTime: true } });
    expect(member).toMatchObject({
      name: 'Clara Client',
      status: 'ACTIVE',
      version: 2,
      grantedBy: { displayName: 'Max Manager' },
    });
    expect(await heldBy('clara')).toMatchObject({ trackTime: true, clientView: true });
  });

  it('turns client view on with internal costs, and says so (F-046, F-047)', async () => {
    const { implied, member } = await update('ada', 'tess', {
      permissions: { internalCosts: true },
      reason: 'Open book',
    });
    expect(implied).toEqual(['CLIENT_VIEW']);
    expect(member.permissions).toMatchObject({ clientView: true, internalCosts: true });
  });

  it('turns internal costs off with client view, and says so (F-045)', async () => {
    const { implied, member } = await update('ada', 'carl', { permissions: { clientView: false } });
    expect(implied).toEqual(['INTERNAL_COSTS']);
    expect(member.permissions).toMatchObject({ clientView: false, internalCosts: false });
  });

  it.each([
    ['max', 'wim', { permissions: { internalCosts: true } }, 'GRANT_EXCEEDS_GRANTER'],
    ['max', 'wim', { permissions: { managesProject: true } }, 'GRANT_EXCEEDS_GRANTER'],
    ['max', 'carl', { permissions: { internalCosts: false } }, 'GRANT_EXCEEDS_GRANTER'],
    ['max', 'carl', { permissions: { clientView: false } }, 'GRANT_EXCEEDS_GRANTER'],
    ['max', 'carl', { expiresAt: '2030-01-01T00:00:00Z' }, 'GRANT_EXCEEDS_GRANTER'],
    ['max', 'carl', { reason: 'No reason' }, 'GRANT_EXCEEDS_GRANTER'],
    ['max', 'max', { permissions: { trackTime: false } }, 'GRANT_EXCEEDS_GRANTER'],
    ['ada', 'clara', { permissions: { managesProject: true } }, 'CLIENT_CANNOT_MANAGE_PROJECT'],
    ['ada', 'clara', { permissions: { internalCosts: true } }, 'REASON_REQUIRED'],
    ['ada', 'clara', { permissions: { internalCosts: true }, reason: ' ' }, 'REASON_REQUIRED'],
    ['ada', 'carl', { reason: null }, 'REASON_REQUIRED'],
    ['ada', 'wim', { permissions: { clientView: false, managesProject: true } }, 'CONTRADICTORY_PERMISSIONS'],
    ['ada', 'wim', { expiresAt: '2020-01-01T00:00:00Z' }, 'BAD_USER_INPUT'],
    ['ada', 'wim', { expectedVersion: 7 }, 'CONFLICT'],
    ['ada', 'eve', { permissions: { trackTime: true } }, 'NOT_FOUND'],
    ['wim', 'clara', { permissions: { trackTime: true } }, 'FORBIDDEN'],
    ['clara', 'bo', { permissions: { trackTime: true } }, 'FORBIDDEN'],
    ['eve', 'bo', { permissions: { trackTime: true } }, 'NOT_FOUND'],
  ] as const)('refuses %s for %s: %j is %s (F-007, F-048, X-19, X-20)', async (who, name, more, code) => {
    const state =
      'select membership_id, track_time, client_view, internal_costs, manages_project, version from project_grant where project_id = $1 order by 1';
    const before = await server.database.rows(state, [project.id]);
    expect(await refused(who, name, more)).toMatchObject({ code });
    expect(await server.database.rows(state, [project.id])).toEqual(before);
  });

  it('refuses Ada her own grant, though she needs none', async () => {
    await aGrant(server, project.id, 'ada', { clientView: true });
    expect(await refused('ada', 'ada', { permissions: { trackTime: true } })).toMatchObject({
      code: 'GRANT_EXCEEDS_GRANTER',
    });
    await update('olga', 'ada', { permissions: { trackTime: true } });
  });

  it('refuses ids of other kinds and of nobody as it refuses hidden ones', async () => {
    for (const personId of [project.id, 'per_1111111111111111111111', 'no id', server.cast.people.eve]) {
      const refusal = await server.refusal('max', UPDATE, { input: { projectId: project.id, personId } });
      expect(refusal).toEqual({ code: 'NOT_FOUND', field: 'personId' });
    }
  });

  it('is open to Wim for his team where the workspace trusts project teams, within the same rules (X-04)', async () => {
    await server.database.rows(`update workspace set invite_policy = 'PROJECT_TEAM'`);
    expect(await update('wim', 'clara', { permissions: { trackTime: true } })).toEqual({
      implied: [],
      warnings: [],
      member: null,
    });
    expect(await refused('wim', 'max', { permissions: { managesProject: false } })).toMatchObject({
      code: 'GRANT_EXCEEDS_GRANTER',
    });
    expect(await server.refusal('wim', REMOVE, about('clara'))).toMatchObject({ code: 'FORBIDDEN' });
  });

  it('warns when the last manager goes', async () => {
    const second = await aGrant(server, project.id, 'olga', { managesProject: true, clientView: true });
    expect((await update('ada', 'max', { permissions: { managesProject: false } })).warnings).toEqual([]);
    expect(second).toBeTruthy();
    expect((await server.data('ada', SUSPEND, about('olga'))).suspendProjectAccess.warnings).toEqual([
      'LAST_MANAGER_REMOVED',
    ]);
  });
});

describe('a change counts from the next request', () => {
  it('when somebody is taken off and put on again, they begin anew (F-010)', async () => {
    const { removeFromProject: removed } = await server.data('max', REMOVE, about('clara'));
    expect(removed).toMatchObject({ warnings: [] });
    expect(await heldBy('clara')).toBeNull();
    expect(await refused('ada', 'clara', { permissions: { trackTime: true } })).toMatchObject({ code: 'NOT_FOUND' });
    const { member } = await invite(server, 'max', { projectId: project.id, email: 'clara@demo.test' });
    expect(member).toMatchObject({ id: removed.removedMemberId, status: 'ACTIVE', permissions: { clientView: true } });
    expect(await heldBy('clara')).toMatchObject({ clientView: true });
  });

  it('when Max takes people off, but for those with internal costs and himself', async () => {
    expect(await server.refusal('max', REMOVE, about('carl'))).toMatchObject({ code: 'GRANT_EXCEEDS_GRANTER' });
    expect(await server.refusal('max', REMOVE, about('max'))).toMatchObject({ code: 'GRANT_EXCEEDS_GRANTER' });
    expect(await server.refusal('max', REMOVE, about('eve'))).toMatchObject({ code: 'NOT_FOUND' });
    expect((await server.data('ada', REMOVE, about('carl'))).removeFromProject.warnings).toEqual([]);
    expect((await server.data('ada', REMOVE, about('max'))).removeFromProject.warnings).toEqual([
      'LAST_MANAGER_REMOVED',
    ]);
    expect(await heldBy('max')).toBeNull();
  });

  it('when access is set aside and given back as it was', async () => {
    expect((await server.data('max', SUSPEND, about('tess'))).suspendProjectAccess.member.status).toBe('SUSPENDED');
    expect(await heldBy('tess')).toBeNull();
    expect(await server.refusal('max', SUSPEND, about('tess'))).toMatchObject({
      code: 'INVALID_TRANSITION',
      from: 'SUSPENDED',
      to: 'SUSPENDED',
      allowed: ['ACTIVE', 'REVOKED'],
    });
    await server.data('max', RESUME, about('tess'));
    expect(await heldBy('tess')).toMatchObject({ trackTime: true, clientView: false });
  });

  it('when its time comes and when it is over, to the moment', async () => {
    const now = server.clock.now();
    const startsAt = later(now, hours(1)).toISOString();
    const expiresAt = later(now, hours(2)).toISOString();
    expect((await update('max', 'clara', { startsAt, expiresAt })).member).toMatchObject({
      status: 'UPCOMING',
      startsAt,
      expiresAt,
    });
    expect(await heldBy('clara')).toBeNull();
    await waitFor(server, hours(1));
    expect(await heldBy('clara')).toMatchObject({ clientView: true });
    await waitFor(server, hours(1) - 1);
    expect(await heldBy('clara')).toMatchObject({ clientView: true });
    await waitFor(server, 1);
    expect(await heldBy('clara')).toBeNull();
    const { member } = await update('max', 'clara', { expiresAt: null });
    expect(member).toMatchObject({ status: 'ACTIVE', expiresAt: null });
    expect(await heldBy('clara')).toMatchObject({ clientView: true });
  });

  it('when the client organisation is set inactive, for its people alone (F-020)', async () => {
    const set = (status: string) =>
      server.database.rows('update client_organisation set status = $2 where id = $1', [
        server.cast.clients.acme,
        status,
      ]);
    await set('INACTIVE');
    expect([await heldBy('clara'), await heldBy('carl')]).toEqual([null, null]);
    expect(await heldBy('wim')).toMatchObject({ trackTime: true });
    await set('ACTIVE');
    expect(await heldBy('clara')).toMatchObject({ clientView: true });
  });

  it.each(['PLANNED', 'ON_HOLD', 'COMPLETED', 'ARCHIVED'])(
    'when the project is %s: only ARCHIVED hides it from Clara',
    async (status) => {
      await server.database.rows('update project set status = $2 where id = $1', [project.id, status]);
      expect((await heldBy('clara')) === null).toBe(status === 'ARCHIVED');
      expect(await heldBy('wim')).toMatchObject({ clientView: true });
    },
  );

  it('when a person is deactivated', async () => {
    const { people } = server.cast;
    await server.database.rows(`update membership set status = 'DEACTIVATED' where id = $1`, [people.bo]);
    expect(await heldBy('bo')).toBeNull();
    await server.database.rows(`update membership set status = 'ACTIVE' where id = $1`, [people.bo]);
    expect(await heldBy('bo')).not.toBeNull();
  });

  it('when a grant ends that would have come back after it: 30 days later it is gone', async () => {
    await update('ada', 'carl', { expiresAt: later(server.clock.now(), days(30)).toISOString() });
    await waitFor(server, days(29));
    expect(await heldBy('carl')).toMatchObject({ internalCosts: true });
    await waitFor(server, days(1));
    expect(await heldBy('carl')).toBeNull();
  });
});
