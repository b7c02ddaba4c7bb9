import type { Project } from '../../../src/domains/projects/project.entity';
import { ProjectStatus } from '../../../src/domains/projects/project.enums';
import { hours } from '../../../src/platform/clock';
import { aProject } from '../../support/builders';
import { aUser, INVITE, invitation, invite, mailsTo } from '../../support/invitations-builders';
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
afterEach(async () => {
  await server.database.rows(`update workspace set invite_policy = 'ADMINS_AND_PROJECT_MANAGERS'`);
  await server.database.rows(`update membership set status = 'ACTIVE'`);
});
afterAll(() => server.close());

const PROJECT = 'query ($id: ID!) { node(id: $id) { ... on Project { name clientOrganisation { name } } } }';
const refused = (who: Parameters<TestServer['refusal']>[0], wishes: object) =>
  server.refusal(who, INVITE, invitation({ projectId: project.id, email, ...wishes }));

describe('inviting somebody new', () => {
  it('lets Max invite Ivan as a client with name, e-mail and permissions (F-025, F-028)', async () => {
    const made = await invite(server, 'max', {
      projectId: project.id,
      email: ` ${email.toUpperCase()} `,
      permissions: { trackTime: true },
    });
    expect(made).toMatchObject({
      outcome: 'INVITED',
      implied: [],
      warnings: [],
      invitation: {
        email,
        name: 'Ivan Invited',
        personType: 'CLIENT',
        status: 'PENDING',
        clientOrganisation: { name: 'Acme' },
      },
      member: {
        name: 'Ivan Invited',
        status: 'PENDING',
        person: null,
        permissions: { trackTime: true, clientView: true, internalCosts: false, managesProject: false },
      },
    });
    expect(made.invitation.projects).toMatchObject([{ id: made.member.id, project: { name: 'Website' } }]);
  });

  it('sends the mail in the same step, with a link for 7 days to the hour and no project in it (F-027, F-034)', async () => {
    const { invitation: sent } = await invite(server, 'max', { projectId: project.id, email });
    expect(new Date(sent.expiresAt).getTime() - server.clock.now().getTime()).toBe(168 * hours(1));
    const mails = await mailsTo(server, email);
    expect(mails).toEqual([{ kind: 'INVITATION', data: { token: expect.any(String) } }]);
  });

  it('gives an employee track time besides client view', async () => {
    const made = await invite(server, 'ada', {
      projectId: project.id,
      email: 'emil@fjord.test',
      personType: 'EMPLOYEE',
    });
    expect(made.member.permissions).toMatchObject({ trackTime: true, clientView: true });
    expect(made.invitation.clientOrganisation).toBeNull();
  });

  it('answers the same for somebody who has an account elsewhere and for nobody (L-24)', async () => {
    await aUser(server, 'nora@elsewhere.test');
    const known = await invite(server, 'max', { projectId: project.id, email: 'nora@elsewhere.test' });
    const unknown = await invite(server, 'max', { projectId: project.id, email: 'nobody@elsewhere.test' });
    const shape = ({ outcome, warnings, invitation: { name, status } }: any) => ({ outcome, warnings, name, status });
    expect(shape(known)).toEqual(shape(unknown));
    expect(await mailsTo(server, 'nora@elsewhere.test')).toHaveLength(1);
  });

  it.each([
    ['a blank name', { name: '  ' }, 'name'],
    ['a name of 121 characters', { name: 'x'.repeat(121) }, 'name'],
    ['what is no e-mail', { email: 'ivan at acme' }, 'email'],
    ['an end that is past', { expiresAt: '2020-01-01T00:00:00Z' }, 'expiresAt'],
    ['a reason of 1,001 characters', { reason: 'x'.repeat(1001) }, 'reason'],
  ])('refuses %s', async (_what, wishes, field) => {
    expect(await refused('max', wishes)).toMatchObject({ code: 'BAD_USER_INPUT', field });
    expect(await mailsTo(server, email)).toEqual([]);
  });

  it('refuses a project that is archived', async () => {
    await server.database.rows('update project set status = $2 where id = $1', [project.id, ProjectStatus.ARCHIVED]);
    expect(await refused('max', {})).toMatchObject({ code: 'BAD_USER_INPUT', field: 'projectId' });
  });

  it('refuses the contact too many of an organisation, counting those invited', async () => {
    const { id: projectId } = await aProject(server, { client: 'borealis', grants: {} });
    const limit = 'update client_organisation set max_contacts = $2 where id = $1';
    await server.database.rows(limit, [server.cast.clients.borealis, 2]);
    await invite(server, 'ada', { projectId, email });
    const refusal = await refused('ada', { projectId, email: 'one@borealis.test' });
    expect(refusal).toMatchObject({ code: 'LIMIT_EXCEEDED', limit: 2 });
    expect((await invite(server, 'ada', { projectId, email })).outcome).toBe('MERGED_INTO_PENDING');
    const worker = await invite(server, 'ada', { projectId, email: 'cy@fjord.test', personType: 'CONTRACTOR' });
    expect(worker.outcome).toBe('INVITED');
    await server.database.rows(limit, [server.cast.clients.borealis, 1000]);
  });
});

describe('who may invite', () => {
  it.each([
    ['ADMINS', 'max', 'FORBIDDEN'],
    ['ADMINS', 'ada', 'INVITED'],
    ['ADMINS_AND_PROJECT_MANAGERS', 'max', 'INVITED'],
    ['ADMINS_AND_PROJECT_MANAGERS', 'wim', 'FORBIDDEN'],
    ['PROJECT_TEAM', 'wim', 'INVITED'],
    ['PROJECT_TEAM', 'cora', 'INVITED'],
    ['PROJECT_TEAM', 'clara', 'FORBIDDEN'],
    ['PROJECT_TEAM', 'tess', 'FORBIDDEN'],
    ['PROJECT_TEAM', 'eve', 'NOT_FOUND'],
    ['PROJECT_TEAM', null, 'UNAUTHENTICATED'],
  ] as const)('with %s: %s is answered %s (F-011, F-034, X-04)', async (policy, who, answer) => {
    await server.database.rows('update workspace set invite_policy = $1', [policy]);
    const { data, errors } = await server.ask(who, INVITE, invitation({ projectId: project.id, email }));
    expect(errors?.[0].extensions.code ?? data.inviteToProject.outcome).toBe(answer);
    expect(await mailsTo(server, email)).toHaveLength(answer === 'INVITED' ? 1 : 0);
  });

  it('shows Wim, who invites for his team, what he granted and nothing else', async () => {
    await server.database.rows(`update workspace set invite_policy = 'PROJECT_TEAM'`);
    const made = await invite(server, 'wim', { projectId: project.id, email });
    expect(made.member).toMatchObject({ name: 'Ivan Invited', status: 'PENDING' });
    const other = await aProject(server, { name: 'Elsewhere', grants: {} });
    await invite(server, 'ada', { projectId: other.id, email });
    const { node } = await server.data(
      'wim',
      `query ($id: ID!) { node(id: $id) { ... on Invitation { projects { project { name } } } } }`,
      {
        id: made.invitation.id,
      },
    );
    expect(node.projects).toEqual([{ project: { name: 'Website' } }]);
  });

  it.each(['internalCosts', 'managesProject'])('gives %s by admins alone', async (permission) => {
    const wishes = { personType: 'EMPLOYEE', permissions: { [permission]: true } };
    expect(await refused('max', wishes)).toMatchObject({ code: 'GRANT_EXCEEDS_GRANTER' });
    const made = await invite(server, 'ada', { projectId: project.id, email, ...wishes } as any);
    expect(made).toMatchObject({
      implied: ['CLIENT_VIEW'],
      member: { permissions: { [permission]: true, clientView: true } },
    });
  });

  it('refuses a client who manages, and costs for a client without a reason (F-007, F-048, X-19, X-20)', async () => {
    expect(await refused('ada', { permissions: { managesProject: true } })).toMatchObject({
      code: 'CLIENT_CANNOT_MANAGE_PROJECT',
    });
    expect(await refused('ada', { permissions: { internalCosts: true } })).toMatchObject({
      code: 'REASON_REQUIRED',
      field: 'reason',
    });
    const made = await invite(server, 'ada', {
      projectId: project.id,
      email,
      permissions: { internalCosts: true },
      reason: 'Open book',
    });
    expect(made.member).toMatchObject({ reason: 'Open book', permissions: { internalCosts: true } });
  });
});

describe('inviting somebody who is in the workspace', () => {
  it('assigns Eve at once, sends no mail, and makes her a contact of the other client too (F-032, F-015)', async () => {
    const made = await invite(server, 'max', { projectId: project.id, email: 'Eve@demo.test', name: 'Somebody' });
    expect(made).toMatchObject({
      outcome: 'ASSIGNED_EXISTING_MEMBER',
      invitation: null,
      warnings: ['CLIENT_ORGANISATION_DIFFERS'],
      member: { name: 'Eve Elsewhere', status: 'ACTIVE', permissions: { clientView: true, trackTime: false } },
    });
    const mails = await mailsTo(server, 'eve@demo.test');
    expect(mails.filter(({ kind }) => kind === 'INVITATION')).toEqual([]);
    const { node } = await server.data('eve', PROJECT, { id: project.id });
    expect(node).toEqual({ name: 'Website', clientOrganisation: { name: 'Acme' } });
    const contacts = await server.database.rows('select client_organisation_id from contact where email = $1', [
      'eve@demo.test',
    ]);
    expect(contacts).toHaveLength(2);
  });

  it('leaves an employee an employee, and warns', async () => {
    const bare = await aProject(server, { grants: { max: { managesProject: true, clientView: true } } });
    const made = await invite(server, 'max', { projectId: bare.id, email: 'wim@demo.test', personType: 'CLIENT' });
    expect(made).toMatchObject({ outcome: 'ASSIGNED_EXISTING_MEMBER', warnings: ['PERSON_TYPE_DIFFERS'] });
    expect(made.member.permissions).toMatchObject({ trackTime: true, clientView: true });
  });

  it('changes the grant of somebody on the project already, twice the same being once', async () => {
    const wishes = { projectId: project.id, email: 'bo@demo.test', permissions: { trackTime: true } };
    const first = await invite(server, 'max', wishes);
    const second = await invite(server, 'max', wishes);
    expect(first.member.permissions).toMatchObject({ trackTime: true, clientView: false });
    expect(second.member).toEqual(first.member);
  });

  it('refuses Max to change his own grant this way', async () => {
    expect(await refused('max', { email: 'max@demo.test' })).toMatchObject({ code: 'GRANT_EXCEEDS_GRANTER' });
  });

  it('refuses somebody deactivated', async () => {
    await server.database.rows(`update membership set status = 'DEACTIVATED' where id = $1`, [server.cast.people.eve]);
    expect(await refused('max', { email: 'eve@demo.test' })).toMatchObject({ code: 'MEMBER_DEACTIVATED' });
  });

  it('brings nothing back of a grant that was revoked: it begins anew', async () => {
    await server.database.rows(
      `update project_grant set status = 'REVOKED' where membership_id = $1 and project_id = $2`,
      [server.cast.people.carl, project.id],
    );
    const made = await invite(server, 'max', { projectId: project.id, email: 'carl@demo.test' });
    expect(made.member).toMatchObject({
      status: 'ACTIVE',
      reason: null,
      permissions: { clientView: true, internalCosts: false },
    });
    const grant = await server.database.row('select epoch from project_grant where id = $1', [made.member.id]);
    expect(grant).toEqual({ epoch: 2 });
  });
});
