import type { Project } from '../../../src/domains/projects/project.entity';
import { days, hours, after as later, minutes } from '../../../src/platform/clock';
import { codeOf } from '../../support/answers';
import { aProject } from '../../support/builders';
import { accept, aUser, invite, linkTo, PASSWORD, tryToAccept, waitFor } from '../../support/invitations-builders';
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
});
afterAll(() => server.close());

const PREVIEW = 'query ($token: String!) { invitation(token: $token) { workspaceName inviterName expiresAt } }';
const PROJECTS = '{ projects { nodes { id name myAccess { permissions { trackTime clientView } } } } }';

const namesFor = async (token: string): Promise<string[]> =>
  (await server.data({ token }, PROJECTS)).projects.nodes.map((node: { name: string }) => node.name);
const invited = (more: object = {}) => invite(server, 'max', { projectId: project.id, email, ...more });

describe('the link, before Ivan signs in', () => {
  it('tells workspace, inviter and until when, and looking does not use it up', async () => {
    const { invitation } = await invited();
    const token = await linkTo(server, email);
    const preview = { workspaceName: 'Fjord Studio', inviterName: 'Max Manager', expiresAt: invitation.expiresAt };
    expect(await server.data(null, PREVIEW, { token })).toEqual({ invitation: preview });
    expect(await server.data(null, PREVIEW, { token })).toEqual({ invitation: preview });
  });

  it('tells nothing of an unknown, revoked, used or expired one, all alike (L-24)', async () => {
    const { invitation } = await invited();
    const revoked = await linkTo(server, email);
    await server.data(
      'max',
      'mutation ($id: ID!) { revokeInvitation(input: { invitationId: $id }) { invitationId } }',
      {
        id: invitation.id,
      },
    );
    await waitFor(server, minutes(1));
    await invited();
    const used = await linkTo(server, email);
    await accept(server, email);
    email = `late-${email}`;
    await invited();
    const expired = await linkTo(server, email);
    await waitFor(server, hours(168));
    const answers = [];
    for (const token of ['nonsense', revoked, used, expired]) answers.push(await server.ask(null, PREVIEW, { token }));
    expect(answers.map(({ data, errors }) => ({ data, errors }))).toEqual(
      Array(4).fill({ data: { invitation: null } }),
    );
  });
});

describe('accepting', () => {
  it('makes Ivan a user, a client, a contact of Acme, on his project, and signs him in (F-002, F-004, F-005, F-031, F-034, F-035)', async () => {
    await invited({ permissions: { trackTime: true } });
    const answer = await accept(server, email, { displayName: '  Ivan the Client ' });
    expect(answer).toMatchObject({
      workspace: { name: 'Fjord Studio' },
      skipped: [],
      viewer: { email, displayName: 'Ivan the Client', memberships: [{ personType: 'CLIENT', role: 'MEMBER' }] },
    });
    const { projects } = await server.data({ token: answer.token }, PROJECTS);
    expect(projects.nodes).toEqual([
      { id: project.id, name: 'Website', myAccess: { permissions: { trackTime: true, clientView: true } } },
    ]);
    const contact = await server.database.row(
      'select c.display_name, c.client_organisation_id from contact c where c.email = $1 and c.membership_id is not null',
      [email],
    );
    expect(contact).toEqual({ displayName: 'Ivan the Client', clientOrganisationId: server.cast.clients.acme });
  });

  it('takes the name of the invitation when he gives none, and lets him sign in by password', async () => {
    await invited();
    expect((await accept(server, email)).viewer.displayName).toBe('Ivan Invited');
    const signIn = 'mutation ($input: SignInInput!) { signIn(input: $input) { viewer { email } } }';
    const { signIn: signed } = await server.data(null, signIn, { input: { email, password: PASSWORD } });
    expect(signed.viewer.email).toBe(email);
  });

  it('keeps the id that the pending member had', async () => {
    const { member } = await invited();
    await accept(server, email);
    const query = 'query ($id: ID!) { node(id: $id) { ... on ProjectMember { name status person { displayName } } } }';
    const { node } = await server.data('max', query, { id: member.id });
    expect(node).toEqual({ name: 'Ivan Invited', status: 'ACTIVE', person: { displayName: 'Ivan Invited' } });
  });

  it('gives every project that was added to it, and no other (F-013, F-015, F-033)', async () => {
    await invited();
    await invite(server, 'max', { projectId: (await aProject(server, { name: 'App' })).id, email });
    expect(await namesFor((await accept(server, email)).token)).toEqual(['App', 'Website']);
  });

  it('skips what was archived or has ended meanwhile, and names no project', async () => {
    await invited({ expiresAt: later(server.clock.now(), days(3)).toISOString() });
    const archived = await aProject(server, { name: 'Old' });
    const kept = await aProject(server, { name: 'Kept' });
    for (const { id } of [archived, kept]) await invite(server, 'max', { projectId: id, email });
    await server.database.rows(`update project set status = 'ARCHIVED' where id = $1`, [archived.id]);
    await waitFor(server, days(4));
    const { token, skipped } = await accept(server, email);
    expect(skipped.map((one: { reason: string }) => one.reason).sort()).toEqual(['EXPIRED', 'PROJECT_ARCHIVED']);
    expect(await namesFor(token)).toEqual(['Kept']);
  });

  it('shows an invited client nothing when there is no project in it (F-010, F-026)', async () => {
    const query = 'mutation ($input: InvitePersonInput!) { invitePerson(input: $input) { outcome } }';
    const { workspaceId, clients } = server.cast;
    const input = { workspaceId, email, name: 'Ivan', personType: 'CLIENT', clientOrganisationId: clients.acme };
    await server.data('ada', query, { input });
    expect(await namesFor((await accept(server, email)).token)).toEqual([]);
  });
});

describe('accepting is refused', () => {
  it('a second time (F-031)', async () => {
    await invited();
    const token = await linkTo(server, email);
    await accept(server, email);
    expect(codeOf(await tryToAccept(server, { token }))).toBe('INVITATION_ALREADY_ACCEPTED');
  });

  it('at 168 hours, and not a moment before (F-027)', async () => {
    await invited();
    const token = await linkTo(server, email);
    await waitFor(server, hours(168) - 1);
    expect(codeOf(await tryToAccept(server, { token, password: 'short' }))).toBe('BAD_USER_INPUT');
    await waitFor(server, 1);
    expect(codeOf(await tryToAccept(server, { token }))).toBe('INVITATION_EXPIRED');
  });

  it('when who invited has been deactivated since', async () => {
    const manager = await aProject(server, { grants: { cora: { managesProject: true, clientView: true } } });
    await invite(server, 'cora', { projectId: manager.id, email });
    const status = 'update membership set status = $2 where id = $1';
    await server.database.rows(status, [server.cast.people.cora, 'DEACTIVATED']);
    const answer = await tryToAccept(server, { token: await linkTo(server, email) });
    await server.database.rows(status, [server.cast.people.cora, 'ACTIVE']);
    expect(codeOf(answer)).toBe('INVITATION_REVOKED');
  });

  it('without a password, or with a short one, and the invitation stays', async () => {
    await invited();
    const token = await linkTo(server, email);
    for (const password of [null, 'short']) {
      const [error] = (await tryToAccept(server, { token, password })).errors!;
      expect(error.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'password' });
    }
    expect(await accept(server, email)).toMatchObject({ skipped: [] });
  });

  it('to somebody signed in with another e-mail', async () => {
    await invited();
    const answer = await tryToAccept(server, { token: await linkTo(server, email) }, 'eve');
    expect(codeOf(answer)).toBe('INVITATION_EMAIL_MISMATCH');
  });
});

describe('accepting with an account that is there already', () => {
  it('links it by its password and keeps its name (F-031)', async () => {
    await aUser(server, email, 'the password of Nora');
    await invited();
    const answer = await accept(server, email, { password: 'the password of Nora', displayName: 'Somebody else' });
    expect(answer.viewer).toMatchObject({ displayName: 'Nora Newcomer', memberships: [{ personType: 'CLIENT' }] });
  });

  it('does not set another password: a wrong one is refused and the invitation stays pending', async () => {
    await aUser(server, email, 'the password of Nora');
    const { invitation } = await invited();
    const token = await linkTo(server, email);
    expect(codeOf(await tryToAccept(server, { token, password: 'another password' }))).toBe('INVALID_CREDENTIALS');
    const query = 'query ($id: ID!) { node(id: $id) { ... on Invitation { status } } }';
    expect((await server.data('max', query, { id: invitation.id })).node.status).toBe('PENDING');
    expect(await accept(server, email, { password: 'the password of Nora' })).toMatchObject({ skipped: [] });
  });

  it('counts wrong passwords as those of signing in', async () => {
    await aUser(server, email, 'the password of Nora');
    await invited();
    const token = await linkTo(server, email);
    const codes = [];
    for (let i = 0; i < 6; i++) codes.push(codeOf(await tryToAccept(server, { token, password: 'another password' })));
    expect(codes).toEqual([...Array(5).fill('INVALID_CREDENTIALS'), 'RATE_LIMITED']);
    await waitFor(server, minutes(15));
    expect(await accept(server, email, { password: 'the password of Nora' })).toMatchObject({ skipped: [] });
  });

  it('needs no password of whoever is signed in as that account', async () => {
    await aUser(server, email, PASSWORD);
    const signIn = 'mutation ($input: SignInInput!) { signIn(input: $input) { token } }';
    const { token } = (await server.data(null, signIn, { input: { email, password: PASSWORD } })).signIn;
    await invited();
    const { data } = await tryToAccept(server, { token: await linkTo(server, email), password: null }, { token });
    expect(data.acceptInvitation.viewer.memberships).toHaveLength(1);
  });
});
