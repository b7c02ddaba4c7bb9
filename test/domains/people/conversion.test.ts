import { type CastName, emailOf } from '../../../src/demo/cast';
import { newId } from '../../../src/platform/ids';
import { aGrant, aProject } from '../../support/builders';
import { aContact, anOrganisation } from '../../support/clients-builders';
import { accept, INVITE, invitation as invitationTo, linkTo, tryToAccept } from '../../support/invitations-builders';
import { aMember } from '../../support/people-builders';
import { TestServer } from '../../support/server';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.close());

const CONVERT = `mutation ($input: ConvertToClientInput!) { convertToClient(input: $input) {
  person { displayName personType role businessRoles weeklyCapacity { seconds } clientFacing status side }
  contact { id displayName email jobRole person { displayName } clientOrganisation { name } }
  grants { project { name } lostManagesProject lostInternalCosts revoked } } }`;

const PREVIEW = 'query ($token: String!) { invitation(token: $token) { workspaceName } }';
const RESEND = 'mutation ($id: ID!) { resendInvitation(input: { invitationId: $id }) { invitation { id } } }';

const inputFor = (name: CastName, more: object = {}) => ({
  input: {
    personId: server.cast.people[name],
    clientOrganisationId: server.cast.clients.acme,
    confirm: 'CONVERT',
    ...more,
  },
});

const rates = (name: CastName) =>
  server.database.rows<{ id: string }>('select id from rate where membership_id = $1', [server.cast.people[name]]);

async function aRate(name: CastName): Promise<void> {
  await server.database.rows(
    `insert into rate (id, workspace_id, scope, kind, membership_id, minor_per_hour, currency, valid_from, created_at, updated_at)
     values ($3, $1, 'PERSON', 'COST', $2, 5000, 'EUR', '2026-01-01', now(), now())`,
    [server.cast.workspaceId, server.cast.people[name], newId('Rate')],
  );
}

describe('converting somebody of the team to a client', () => {
  it('needs the word, spelled so', async () => {
    for (const confirm of ['', 'convert', 'YES']) {
      const refusal = { code: 'BAD_USER_INPUT', field: 'confirm' };
      expect(await server.refusal('ada', CONVERT, inputFor('wim', { confirm }))).toMatchObject(refusal);
    }
  });

  it('is refused for an owner, the last admin and oneself, with every reason (F-008)', async () => {
    const reasonsOf = async (who: CastName, name: CastName) => {
      const { code, reasons } = await server.refusal(who, CONVERT, inputFor(name));
      expect(code).toBe('NOT_ELIGIBLE_FOR_CONVERSION');
      return reasons;
    };
    expect(await reasonsOf('ada', 'olga')).toEqual(['OWNER']);
    expect(await reasonsOf('olga', 'olga')).toEqual(['OWNER', 'SELF']);
    expect(await reasonsOf('ada', 'ada')).toEqual(['LAST_ADMIN', 'SELF']);
    expect(await reasonsOf('olga', 'ada')).toEqual(['LAST_ADMIN']);
  });

  it('is for admins alone, and only to a client of the same workspace', async () => {
    await aProject(server);
    for (const who of ['max', 'wim', 'clara'] as const) {
      expect(await server.refusal(who, CONVERT, inputFor('max'))).toEqual({
        code: 'FORBIDDEN',
        requires: ['role:ADMIN'],
      });
    }
    expect(await server.refusal('eve', CONVERT, inputFor('max'))).toMatchObject({ code: 'NOT_FOUND' });
    await server.data('ada', 'mutation { createWorkspace(input: { name: "Mine" }) { workspace { id } } }');
    const { viewer } = await server.data('ada', '{ viewer { memberships { workspace { id name } } } }');
    const mine = viewer.memberships.find((m: { workspace: { name: string } }) => m.workspace.name === 'Mine').workspace
      .id;
    const clientOrganisationId = await anOrganisation(server, { workspaceId: mine });
    for (const id of [clientOrganisationId, 'cli_1111111111111111111111', 'nonsense']) {
      const refused = await server.refusal('ada', CONVERT, inputFor('wim', { clientOrganisationId: id }));
      expect(refused).toMatchObject({ code: 'NOT_FOUND' });
    }
  });

  it('changes nothing at all when the client has no room for another contact', async () => {
    const clientOrganisationId = await anOrganisation(server);
    await server.database.rows('update client_organisation set max_contacts = 1 where id = $1', [clientOrganisationId]);
    await aContact(server, clientOrganisationId);
    const { id: projectId } = await aProject(server, { grants: {} });
    await aGrant(server, projectId, 'max', { clientView: true, managesProject: true });
    await aRate('max');
    const refused = await server.refusal('ada', CONVERT, inputFor('max', { clientOrganisationId }));
    expect(refused).toEqual({ code: 'LIMIT_EXCEEDED', limit: 1 });
    expect(await rates('max')).toHaveLength(1);
    const query = 'query ($id: ID!) { project(id: $id) { myAccess { permissions { managesProject } } } }';
    expect(await server.data('max', query, { id: projectId })).toEqual({
      project: { myAccess: { permissions: { managesProject: true } } },
    });
  });

  it('clears their role data, their strong permissions and their rates, and says so (F-008)', async () => {
    const all = { trackTime: true, clientView: true, internalCosts: true, managesProject: true };
    await aProject(server, { name: 'Website', grants: { wim: all } });
    await aProject(server, { name: 'App', grants: { wim: { trackTime: true, clientView: true } } });
    const elsewhere = await aProject(server, { name: 'Borealis shop', client: 'borealis', grants: { wim: all } });
    await aRate('wim');
    const change = `mutation ($id: ID!) { changeRole(input: { personId: $id, role: MANAGER, businessRoles: [BILLING] }) { person { role } } }`;
    await server.data('ada', change, { id: server.cast.people.wim });

    const { convertToClient } = await server.data('ada', CONVERT, inputFor('wim'));
    expect(convertToClient).toEqual({
      person: {
        displayName: 'Wim Worker',
        personType: 'CLIENT',
        role: 'MEMBER',
        businessRoles: [],
        weeklyCapacity: null,
        clientFacing: false,
        status: 'ACTIVE',
        side: 'CLIENT',
      },
      contact: {
        id: expect.stringMatching(/^con_/),
        displayName: 'Wim Worker',
        email: emailOf('wim'),
        jobRole: 'Developer',
        person: { displayName: 'Wim Worker' },
        clientOrganisation: { name: 'Acme' },
      },
      grants: [
        { project: { name: 'Borealis shop' }, lostManagesProject: true, lostInternalCosts: true, revoked: true },
        { project: { name: 'Website' }, lostManagesProject: true, lostInternalCosts: true, revoked: false },
      ],
    });
    expect(await rates('wim')).toEqual([]);

    // The session lives on, and every later request is a client's.
    const seen = await server.ask(
      'wim',
      '{ viewer { memberships { personType role } } projects { nodes { name internalDescription } } }',
    );
    expect(seen.data.viewer.memberships).toEqual([{ personType: 'CLIENT', role: 'MEMBER' }]);
    expect(seen.data.projects.nodes.map((project: { name: string }) => project.name)).toEqual([
      'App',
      'Website',
      'Website relaunch',
    ]);
    expect(seen.extensions?.withheld).toContainEqual({
      path: ['projects', 'nodes', 'internalDescription'],
      requires: ['role:MEMBER'],
    });
    const hidden = 'query ($id: ID!) { project(id: $id) { id } }';
    expect(await server.data('wim', hidden, { id: elsewhere.id })).toEqual({ project: null });
  });

  it('ends the link of whoever they had invited, until somebody of the team stands in for them', async () => {
    const project = await aProject(server);
    const on = { projectId: project.id, permissions: { clientView: true, managesProject: true } };
    const tom = await aMember(server, { on });
    const wishes = { projectId: project.id, email: 'ivan@example.com' };
    const { invitation } = (await server.data(tom, INVITE, invitationTo(wishes))).inviteToProject;
    const token = await linkTo(server, wishes.email);
    const preview = async () => (await server.data(null, PREVIEW, { token })).invitation;
    expect(await preview()).toEqual({ workspaceName: expect.any(String) });

    await server.data('ada', CONVERT, inputFor('wim', { personId: tom.personId }));
    expect(await preview()).toBeNull();
    const { errors } = await tryToAccept(server, { token });
    expect(errors?.[0].extensions.code).toBe('INVITATION_REVOKED');

    server.clock.advance(61_000);
    await server.data('ada', RESEND, { id: invitation.id });
    expect(await accept(server, wishes.email)).toMatchObject({ viewer: { email: wishes.email } });
  });

  it('links the contact that has the e-mail already, and is final (F-009, F-130)', async () => {
    const email = emailOf('cora');
    const id = await aContact(server, server.cast.clients.acme, { email, displayName: 'Cora (IT)' });
    const { convertToClient } = await server.data('ada', CONVERT, inputFor('cora'));
    expect(convertToClient.contact).toMatchObject({
      id,
      displayName: 'Cora (IT)',
      person: { displayName: 'Cora Contractor' },
    });
    const back = `mutation ($id: ID!) { changePersonType(input: { personId: $id, personType: CONTRACTOR }) { person { id } } }`;
    expect(await server.refusal('olga', back, { id: server.cast.people.cora })).toEqual({ code: 'CLIENT_IS_FINAL' });
    const role = `mutation ($id: ID!) { changeRole(input: { personId: $id, role: MANAGER }) { person { id } } }`;
    expect(await server.refusal('olga', role, { id: server.cast.people.cora })).toEqual({
      code: 'CLIENT_CANNOT_HOLD_ROLE',
    });
    expect(await server.refusal('ada', CONVERT, inputFor('cora'))).toMatchObject({
      code: 'NOT_ELIGIBLE_FOR_CONVERSION',
      reasons: ['ALREADY_CLIENT'],
    });
  });

  it('may be of an admin who is not the last, by another admin (F-008)', async () => {
    const promote = `mutation ($id: ID!) { changeRole(input: { personId: $id, role: ADMIN }) { person { role } } }`;
    await server.data('olga', promote, { id: server.cast.people.max });
    const { convertToClient } = await server.data('max', CONVERT, inputFor('ada'));
    expect(convertToClient.person).toMatchObject({ personType: 'CLIENT', role: 'MEMBER' });
    expect(await server.data('ada', '{ projects { totalCount } }')).toEqual({ projects: { totalCount: 0 } });
  });
});
