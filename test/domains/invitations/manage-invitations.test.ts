import type { Project } from '../../../src/domains/projects/project.entity';
import { hours, minutes, seconds } from '../../../src/platform/clock';
import { codeOf } from '../../support/answers';
import { aProject } from '../../support/builders';
import { accept, invite, linkTo, MEMBER, mailsTo, tryToAccept, waitFor } from '../../support/invitations-builders';
import { TestServer } from '../../support/server';

let server: TestServer;
let project: Project;
let email: string;
let count = 0;

beforeAll(async () => {
  server = await TestServer.start();
  await server.database.rows('update client_organisation set max_contacts = 1000');
});
beforeEach(async () => {
  project = await aProject(server, { name: 'Website' });
  email = `ivan${++count}@acme.test`;
  await waitFor(server, seconds(1));
});
afterAll(() => server.close());

const UPDATE = `mutation ($input: UpdateInvitationPermissionsInput!) {
  updateInvitationPermissions(input: $input) { implied member { ${MEMBER} } } }`;
const RESEND = `mutation ($id: ID!) { resendInvitation(input: { invitationId: $id }) { invitation { status expiresAt sentCount } } }`;
const REVOKE = `mutation ($id: ID!, $projectId: ID) { revokeInvitation(input: { invitationId: $id, projectId: $projectId }) {
  invitationId removedMemberIds invitation { status projects { id } } } }`;
const PERSON =
  'mutation ($input: InvitePersonInput!) { invitePerson(input: $input) { outcome warnings invitation { id status } } }';
const LIST = `query ($id: ID!, $statusIn: [InvitationStatus!]) { node(id: $id) { ... on Workspace {
  invitations(statusIn: $statusIn, first: 100) { totalCount nodes { email status projects { project { name } } } } } } }`;
const INVITATION =
  'query ($id: ID!) { node(id: $id) { ... on Invitation { email status projects { project { name } } } } }';

const invited = (more: object = {}) => invite(server, 'max', { projectId: project.id, email, ...more });

describe('while an invitation is pending', () => {
  it('Max changes what it will grant, and that is what comes (F-030)', async () => {
    const { invitation } = await invited();
    const input = { invitationId: invitation.id, projectId: project.id, permissions: { trackTime: true } };
    const { updateInvitationPermissions: done } = await server.data('max', UPDATE, { input });
    expect(done.member).toMatchObject({ status: 'PENDING', permissions: { trackTime: true, clientView: true } });
    const { token } = await accept(server, email);
    const { project: seen } = await server.data(
      { token },
      `query { project(id: "${project.id}") { myAccess { permissions { trackTime } } } }`,
    );
    expect(seen.myAccess.permissions).toEqual({ trackTime: true });
  });

  it('the same rules hold: costs by Ada alone, and for a reason', async () => {
    const { invitation } = await invited();
    const input = { invitationId: invitation.id, projectId: project.id, permissions: { internalCosts: true } };
    expect(await server.refusal('max', UPDATE, { input })).toMatchObject({ code: 'GRANT_EXCEEDS_GRANTER' });
    expect(await server.refusal('ada', UPDATE, { input })).toMatchObject({ code: 'REASON_REQUIRED' });
    const { updateInvitationPermissions: done } = await server.data('ada', UPDATE, {
      input: { ...input, reason: 'Open book' },
    });
    expect(done.member).toMatchObject({ reason: 'Open book', grantedBy: { displayName: 'Ada Admin' } });
  });

  it('two who read the same version do not overwrite each other', async () => {
    const { invitation, member } = await invited();
    const input = {
      invitationId: invitation.id,
      projectId: project.id,
      expectedVersion: member.version,
      permissions: { trackTime: true },
    };
    await server.data('max', UPDATE, { input });
    expect(await server.refusal('ada', UPDATE, { input })).toMatchObject({ code: 'CONFLICT', current: 2 });
  });

  it('is there for its sender, the managers of its projects and admins, and nobody else', async () => {
    const { invitation } = await invited();
    const see = async (who: Parameters<typeof server.data>[0]) =>
      (await server.data(who, INVITATION, invitation)).node?.email ?? null;
    for (const who of ['max', 'ada', 'olga'] as const) expect(await see(who)).toBe(email);
    for (const who of ['wim', 'clara', 'carl', 'eve'] as const) expect(await see(who)).toBeNull();
    const input = { invitationId: invitation.id, projectId: project.id, permissions: {} };
    for (const who of ['wim', 'clara'] as const) {
      expect(await server.refusal(who, UPDATE, { input })).toMatchObject({ code: 'FORBIDDEN' });
      expect(await server.refusal(who, REVOKE, invitation)).toMatchObject({ code: 'NOT_FOUND' });
      expect(await server.refusal(who, RESEND, invitation)).toMatchObject({ code: 'NOT_FOUND' });
    }
  });

  it('shows a manager of one of its projects that one alone', async () => {
    const other = await aProject(server, { name: 'App', grants: { cora: { managesProject: true, clientView: true } } });
    const { invitation } = await invite(server, 'ada', { projectId: project.id, email });
    await invite(server, 'cora', { projectId: other.id, email });
    const { node } = await server.data('cora', INVITATION, { id: invitation.id });
    expect(node.projects).toEqual([{ project: { name: 'App' } }]);
  });
});

describe('sending again', () => {
  it('gives a new link for another 168 hours, and the old one dies (F-040)', async () => {
    const { invitation } = await invited();
    const old = await linkTo(server, email);
    await waitFor(server, minutes(1));
    const { resendInvitation: again } = await server.data('max', RESEND, invitation);
    const expiresAt = new Date(server.clock.now().getTime() + hours(168)).toISOString();
    expect(again.invitation).toEqual({ status: 'PENDING', sentCount: 2, expiresAt });
    expect(codeOf(await tryToAccept(server, { token: old }))).toBe('NOT_FOUND');
    expect(await accept(server, email)).toMatchObject({ skipped: [] });
  });

  it('wakes one that has expired', async () => {
    const { invitation } = await invited();
    await waitFor(server, hours(169));
    expect((await server.data('max', INVITATION, invitation)).node.status).toBe('EXPIRED');
    const { resendInvitation: again } = await server.data('max', RESEND, invitation);
    expect(again.invitation.status).toBe('PENDING');
  });

  it('is done once a minute and five times a day, and says when', async () => {
    const { invitation } = await invited();
    await waitFor(server, seconds(59));
    expect(await server.refusal('max', RESEND, invitation)).toMatchObject({ code: 'RATE_LIMITED', retryAfter: 1 });
    for (let i = 0; i < 5; i++) {
      await waitFor(server, minutes(1));
      await server.data('max', RESEND, invitation);
    }
    await waitFor(server, minutes(1));
    const refusal = await server.refusal('max', RESEND, invitation);
    expect(refusal).toMatchObject({ code: 'RATE_LIMITED', retryAfter: 24 * 3600 - 59 - 6 * 60 });
    await waitFor(server, seconds(refusal.retryAfter));
    await server.data('max', RESEND, invitation);
    expect(await mailsTo(server, email)).toHaveLength(7);
  });

  it('is over once accepted', async () => {
    const { invitation } = await invited();
    await accept(server, email);
    await waitFor(server, minutes(2));
    for (const who of ['max', 'ada'] as const) {
      const refusal = { code: 'INVALID_TRANSITION', from: 'ACCEPTED' };
      expect(await server.refusal(who, RESEND, invitation)).toMatchObject(refusal);
    }
  });
});

describe('withdrawing', () => {
  it('kills the link and drops what it would grant', async () => {
    const { invitation, member } = await invited();
    const token = await linkTo(server, email);
    const { revokeInvitation: done } = await server.data('max', REVOKE, invitation);
    expect(done).toEqual({
      invitationId: invitation.id,
      removedMemberIds: [member.id],
      invitation: { status: 'REVOKED', projects: [] },
    });
    expect(codeOf(await tryToAccept(server, { token }))).toBe('INVITATION_REVOKED');
    expect(await server.refusal('max', REVOKE, invitation)).toMatchObject({
      code: 'INVALID_TRANSITION',
      from: 'REVOKED',
    });
    await waitFor(server, minutes(1));
    expect((await invited()).outcome).toBe('INVITED');
  });

  it('leaves to Cora the project that she manages, and the rest to admins', async () => {
    const other = await aProject(server, { name: 'App', grants: { cora: { managesProject: true, clientView: true } } });
    const { invitation } = await invite(server, 'ada', { projectId: project.id, email });
    await invite(server, 'cora', { projectId: other.id, email });
    expect(await server.refusal('cora', REVOKE, invitation)).toMatchObject({
      code: 'FORBIDDEN',
      requires: ['role:ADMIN'],
    });
    expect(await server.refusal('cora', REVOKE, { ...invitation, projectId: project.id })).toMatchObject({
      code: 'FORBIDDEN',
    });
    await server.data('cora', REVOKE, { ...invitation, projectId: other.id });
    const { token } = await accept(server, email);
    const { projects } = await server.data({ token }, '{ projects { nodes { name } } }');
    expect(projects.nodes).toEqual([{ name: 'Website' }]);
  });

  it('leaves to admins what grants internal costs', async () => {
    const { invitation } = await invited();
    const costs = { permissions: { internalCosts: true }, reason: 'Open book' };
    await invite(server, 'ada', { projectId: project.id, email, ...costs });
    expect(await server.refusal('max', REVOKE, invitation)).toMatchObject({ code: 'GRANT_EXCEEDS_GRANTER' });
    await server.data('ada', REVOKE, invitation);
  });
});

describe('inviting without a project', () => {
  const order = (more: object = {}) => {
    const { workspaceId, clients } = server.cast;
    return {
      input: { workspaceId, email, name: 'Ivan', personType: 'CLIENT', clientOrganisationId: clients.acme, ...more },
    };
  };

  it('is for owners and admins (F-026)', async () => {
    expect((await server.data('ada', PERSON, order())).invitePerson).toMatchObject({
      outcome: 'INVITED',
      invitation: { status: 'PENDING' },
    });
    expect((await server.data('olga', PERSON, order())).invitePerson.outcome).toBe('MERGED_INTO_PENDING');
    for (const who of ['max', 'wim', 'clara'] as const) {
      expect(await server.refusal(who, PERSON, order())).toMatchObject({ code: 'FORBIDDEN', requires: ['role:ADMIN'] });
    }
    expect(await mailsTo(server, email)).toHaveLength(1);
  });

  it.each([
    ['a client without an organisation', { clientOrganisationId: null }, 'BAD_USER_INPUT', 'clientOrganisationId'],
    [
      'an organisation that is not there',
      { clientOrganisationId: 'cli_1111111111111111111111' },
      'NOT_FOUND',
      'clientOrganisationId',
    ],
    ['what is no organisation', { clientOrganisationId: 'acme' }, 'NOT_FOUND', 'clientOrganisationId'],
    ['an employee with an organisation', { personType: 'EMPLOYEE' }, 'BAD_USER_INPUT', 'clientOrganisationId'],
    ['somebody who is here', { email: 'wim@demo.test' }, 'CONFLICT', 'email'],
  ])('refuses %s (F-021, F-134)', async (_what, more, code, field) => {
    expect(await server.refusal('ada', PERSON, order(more))).toMatchObject({ code, field });
  });

  it('keeps a pending one as it is, and warns', async () => {
    await server.data('ada', PERSON, order());
    const employee = order({ personType: 'EMPLOYEE', clientOrganisationId: null });
    expect((await server.data('ada', PERSON, employee)).invitePerson.warnings).toEqual(['PERSON_TYPE_DIFFERS']);
    const borealis = order({ clientOrganisationId: server.cast.clients.borealis });
    expect((await server.data('ada', PERSON, borealis)).invitePerson.warnings).toEqual(['CLIENT_ORGANISATION_DIFFERS']);
  });
});

describe('the list of invitations', () => {
  it('shows Ada whom she waits for, and withholds it from Max', async () => {
    await invited();
    const variables = { id: server.cast.workspaceId, statusIn: ['PENDING'] };
    const { node } = await server.data('ada', LIST, variables);
    expect(node.invitations.nodes[0]).toEqual({
      email,
      status: 'PENDING',
      projects: [{ project: { name: 'Website' } }],
    });
    const answer = await server.ask('max', LIST, variables);
    expect(answer.data.node.invitations).toBeNull();
    expect(answer.extensions?.withheld).toEqual([{ path: ['node', 'invitations'], requires: ['role:ADMIN'] }]);
  });

  it('counts an invitation as expired from the moment it is', async () => {
    await invited();
    await waitFor(server, hours(168));
    const { node } = await server.data('ada', LIST, { id: server.cast.workspaceId, statusIn: ['EXPIRED'] });
    expect(node.invitations.nodes.map((one: { email: string }) => one.email)).toContain(email);
  });
});
