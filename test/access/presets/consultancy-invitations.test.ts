import { aProject } from '../../support/builders';
import { accept, invite, linkTo, mailsTo, PASSWORD, tryToAccept } from '../../support/invitations-builders';
import { look, openPortal, type Portal } from './portal';

/** Seed K, "Adding a client to a project" and "Invite process". */
let portal: Portal;
beforeAll(async () => {
  portal = await openPortal('CONSULTANCY');
});
afterAll(() => portal.server.close());

const MEMBERS = 'members { nodes { name status permissions { trackTime clientView internalCosts managesProject } } }';
const memberNamed = async (name: string, of: Portal = portal) =>
  (await look(of, 'max', MEMBERS)).members.nodes.find((member: { name: string }) => member.name === name);

const DEFAULTS = { trackTime: false, clientView: true, internalCosts: false, managesProject: false };

it('Max invites Ivan from the project: name, e-mail, client, permissions (F-025)', async () => {
  const { server, project } = portal;
  const { outcome, invitation } = await invite(server, 'max', { projectId: project.id, email: 'ivan@demo.test' });
  expect({ outcome, status: invitation.status, personType: invitation.personType, name: invitation.name }).toEqual({
    outcome: 'INVITED',
    status: 'PENDING',
    personType: 'CLIENT',
    name: 'Ivan Invited',
  });
  expect(await mailsTo(server, 'ivan@demo.test')).toHaveLength(1);
});

it('the invitation expires after 7 days (F-027)', async () => {
  const query = '{ viewer { memberships { workspace { invitations { nodes { email expiresAt } } } } } }';
  const [{ workspace }] = (await portal.server.data('ada', query)).viewer.memberships;
  const expiresAt = new Date(portal.server.clock.now().getTime() + 168 * 3_600_000);
  expect(workspace.invitations.nodes).toEqual([{ email: 'ivan@demo.test', expiresAt: expiresAt.toISOString() }]);
});

it('the defaults for a client: Client view, and nothing else (F-043, F-045, F-046, F-048)', async () => {
  expect(await memberNamed('Ivan Invited')).toMatchObject({ permissions: DEFAULTS });
});

it('the permissions wait with the invitation, and Ivan stands in the table before he accepts (F-028, F-029)', async () => {
  expect(await memberNamed('Ivan Invited')).toMatchObject({ status: 'PENDING' });
});

it('Max adjusts them while it is pending (F-030)', async () => {
  const { server, project } = portal;
  const [{ id }] = await server.database.rows<{ id: string }>(
    `select id from invitation where email = 'ivan@demo.test'`,
  );
  const query = `mutation ($input: UpdateInvitationPermissionsInput!) { updateInvitationPermissions(input: $input) { __typename } }`;
  await server.data('max', query, {
    input: { invitationId: id, projectId: project.id, permissions: { trackTime: true } },
  });
  expect(await memberNamed('Ivan Invited')).toMatchObject({ permissions: { ...DEFAULTS, trackTime: true } });
});

it('a second invitation of the same address updates the first: no duplicate (F-033)', async () => {
  const { server } = portal;
  const second = await aProject(server, { name: 'Shop' });
  const { outcome } = await invite(server, 'max', { projectId: second.id, email: ' Ivan@Demo.test ' });
  expect(outcome).toBe('MERGED_INTO_PENDING');
  const [{ count }] = await server.database.rows<{ count: number }>('select count(*)::int as count from invitation');
  expect(count).toBe(1);
});

it('Ivan accepts: an account, a client, on both projects; then he sees them (F-002, F-031, F-035)', async () => {
  const { server, project } = portal;
  const { token, viewer, skipped } = await accept(server, 'ivan@demo.test', { displayName: 'Ivan' });
  expect(viewer.memberships).toEqual([{ personType: 'CLIENT', role: 'MEMBER', workspace: { name: 'Fjord Studio' } }]);
  expect(skipped).toEqual([]);
  const { projects } = await server.data(
    { token },
    '{ projects { nodes { id name totals { totalTime { hours } } } } }',
  );
  expect(projects.nodes.map(({ name }: { name: string }) => name)).toEqual(['Shop', 'Website relaunch']);
  expect(projects.nodes[1]).toMatchObject({ id: project.id, totals: { totalTime: { hours: 3.5 } } });
});

it('the invitation is used up', async () => {
  const { errors } = await tryToAccept(portal.server, { token: await linkTo(portal.server, 'ivan@demo.test') });
  expect(errors?.[0].extensions.code).toBe('INVITATION_ALREADY_ACCEPTED');
});

it('an active member is assigned at once, and gets no invitation (F-032)', async () => {
  const { server } = portal;
  const third = await aProject(server, { name: 'App', grants: { max: { managesProject: true, clientView: true } } });
  const wishes = { projectId: third.id, email: 'clara@demo.test', name: 'Clara Client' };
  expect(await invite(server, 'max', wishes)).toMatchObject({ outcome: 'ASSIGNED_EXISTING_MEMBER', invitation: null });
  expect(await look({ server, project: third }, 'clara', 'name')).toEqual({ name: 'App' });
});

it('invited to the workspace alone, a client has an account and no project (F-026)', async () => {
  const { server } = portal;
  const query = 'mutation ($input: InvitePersonInput!) { invitePerson(input: $input) { invitation { status } } }';
  const { workspaceId, clients } = server.cast;
  const who = { name: 'Nora New', email: 'nora@demo.test', personType: 'CLIENT', clientOrganisationId: clients.acme };
  await server.data('ada', query, { input: { workspaceId, ...who } });
  const { token, viewer } = await accept(server, 'nora@demo.test', { displayName: 'Nora' });
  expect(viewer.memberships[0].personType).toBe('CLIENT');
  expect((await server.data({ token }, '{ projects { totalCount } }')).projects).toEqual({ totalCount: 0 });
});

it('every stakeholder has a login and permissions of their own, and whoever shares one sees the same (F-012)', async () => {
  const { server, project } = portal;
  const [anna, bert] = ['anna@acme.test', 'bert@acme.test'];
  const costs = { permissions: { internalCosts: true }, reason: 'Open book' };
  await invite(server, 'ada', { projectId: project.id, email: anna, name: 'Anna', ...costs });
  await invite(server, 'max', { projectId: project.id, email: bert, name: 'Bert' });
  const [ofAnna, ofBert] = [await accept(server, anna), await accept(server, bert)];
  const signIn = 'mutation ($input: SignInInput!) { signIn(input: $input) { token } }';
  const spouse = (await server.data(null, signIn, { input: { email: bert, password: PASSWORD } })).signIn;
  const query = `query ($id: ID!) { viewer { displayName } project(id: $id) { totals { totalTime { hours } internalCost { amount } } } }`;
  const seenBy = ({ token }: { token: string }) => server.data({ token }, query, { id: project.id });
  const bertSees = {
    viewer: { displayName: 'Bert' },
    project: { totals: { totalTime: { hours: 3.5 }, internalCost: null } },
  };
  expect(await seenBy(ofAnna)).toEqual({
    viewer: { displayName: 'Anna' },
    project: { totals: { totalTime: { hours: 3.5 }, internalCost: { amount: '140.00' } } },
  });
  expect(await seenBy(ofBert)).toEqual(bertSees);
  expect(await seenBy(spouse)).toEqual(bertSees);
  expect(await memberNamed('Anna')).toMatchObject({ permissions: { ...DEFAULTS, internalCosts: true } });
  expect(await memberNamed('Bert')).toMatchObject({ permissions: DEFAULTS });
});

it('Cora becomes a client: her role data is gone, and there is no way back (F-008, F-009)', async () => {
  const { server, project } = portal;
  const convert = `mutation ($input: ConvertToClientInput!) { convertToClient(input: $input) {
    person { personType role businessRoles weeklyCapacity { hours } costRate { amount } } } }`;
  const { people, clients } = server.cast;
  const input = { personId: people.cora, clientOrganisationId: clients.acme, confirm: 'CONVERT' };
  expect((await server.data('ada', convert, { input })).convertToClient.person).toEqual({
    personType: 'CLIENT',
    role: 'MEMBER',
    businessRoles: [],
    weeklyCapacity: null,
    costRate: null,
  });
  expect(await look({ server, project }, 'cora', 'name internalDescription')).toEqual({
    name: 'Website relaunch',
    internalDescription: null,
  });
  const back = 'mutation ($input: ChangePersonTypeInput!) { changePersonType(input: $input) { __typename } }';
  const refusal = await server.refusal('ada', back, { input: { personId: people.cora, personType: 'CONTRACTOR' } });
  expect(refusal.code).toBe('CLIENT_IS_FINAL');
});

it('an administrator decides who is invited, and what each client sees on each project (F-011)', async () => {
  const { server } = portal;
  const shop = await aProject(server, { name: 'Shop', grants: { bo: {}, clara: { clientView: true } } });
  const at = { server, project: shop };
  const query = 'mutation ($input: InviteToProjectInput!) { inviteToProject(input: $input) { outcome } }';
  const nils = { projectId: shop.id, name: 'Nils', email: 'nils@demo.test', personType: 'CLIENT' };
  expect(await server.refusal('clara', query, { input: nils })).toMatchObject({ code: 'FORBIDDEN' });
  expect(await invite(server, 'ada', nils as never)).toMatchObject({ outcome: 'INVITED' });
  const hours = 'totals { totalTime { hours } }';
  expect(await look(at, 'bo', hours)).toEqual({ totals: { totalTime: null } });
  const change =
    'mutation ($input: UpdateProjectPermissionsInput!) { updateProjectPermissions(input: $input) { __typename } }';
  for (const [who, clientView] of [
    ['bo', true],
    ['clara', false],
  ] as const) {
    const input = { projectId: shop.id, personId: server.cast.people[who], permissions: { clientView } };
    await server.data('ada', change, { input });
  }
  expect(await look(at, 'bo', hours)).toEqual({ totals: { totalTime: { hours: 0 } } });
  expect(await look(at, 'clara', hours)).toEqual({ totals: { totalTime: null } });
  expect(await look(portal, 'clara', hours)).toEqual({ totals: { totalTime: { hours: 3.5 } } });
});
