import type { Project } from '../../src/domains/projects/project.entity';
import { minutes, seconds } from '../../src/platform/clock';
import { codeOf } from '../support/answers';
import { codesOf, countEach, times } from '../support/at-once';
import { aGrant, aProject } from '../support/builders';
import {
  ACCEPT,
  INVITE,
  invitation,
  invite,
  linkTo,
  mailsTo,
  PASSWORD,
  waitFor,
} from '../support/invitations-builders';
import { SETTINGS, TestServer } from '../support/server';

let server: TestServer;
let project: Project;
let email: string;
let count = 0;

beforeAll(async () => {
  server = await TestServer.start();
  await server.database.rows('update client_organisation set max_contacts = 1000');
});
beforeEach(async () => {
  project = await aProject(server);
  email = `ivan${++count}@acme.test`;
  await waitFor(server, seconds(1));
});
afterAll(() => server.close());

const acceptBy = (token: string) => server.ask(null, ACCEPT, { input: { token, password: PASSWORD } });
const inviteBy = (who: 'ada' | 'max', projectId: string) => server.ask(who, INVITE, invitation({ projectId, email }));
const projectsOf = async (token: string): Promise<string[]> =>
  (await server.data({ token }, '{ projects { nodes { id } } }')).projects.nodes
    .map((node: { id: string }) => node.id)
    .sort();

/** What there is of an e-mail. */
async function traces(): Promise<Record<string, number>> {
  const row = await server.database.row<Record<string, number>>(
    `select (select count(*) from app_user where email = $1)::int as users,
       (select count(*) from membership m join app_user u on u.id = m.user_id where u.email = $1)::int as members,
       (select count(*) from contact where email = $1)::int as contacts,
       (select count(*) from invitation where email = $1)::int as invitations,
       (select count(*) from invitation where email = $1 and status = 'PENDING')::int as pending`,
    [email],
  );
  return row!;
}

describe('at the same time', () => {
  it('fifty acceptances of one link let one in (F-031)', async () => {
    await invite(server, 'max', { projectId: project.id, email });
    const token = await linkTo(server, email);
    const answers = await times(50, () => acceptBy(token));
    expect(countEach(codesOf(answers))).toEqual({ DONE: 1, INVITATION_ALREADY_ACCEPTED: 49 });
    expect(await traces()).toEqual({ users: 1, members: 1, contacts: 1, invitations: 1, pending: 0 });
    const grants = await server.database.rows(
      'select 1 from project_grant g join app_user u on u.email = $1 join membership m on m.user_id = u.id and m.id = g.membership_id',
      [email],
    );
    expect(grants).toHaveLength(1);
  }, 60_000);

  it('twenty who invite Ivan make one invitation with twenty projects, and one mail (F-033)', async () => {
    const projects = await times(20, () =>
      aProject(server, { grants: { max: { managesProject: true, clientView: true } } }),
    );
    const answers = await times(20, (i) => inviteBy(i % 2 === 0 ? 'ada' : 'max', projects[i].id));
    const outcome = answers.map(({ data, errors }) => errors?.[0].extensions.code ?? data.inviteToProject.outcome);
    expect(countEach(outcome)).toEqual({ INVITED: 1, MERGED_INTO_PENDING: 19 });
    expect(await mailsTo(server, email)).toHaveLength(1);
    const { data } = await acceptBy(await linkTo(server, email));
    expect(await projectsOf(data.acceptInvitation.token)).toEqual(projects.map((one) => one.id).sort());
  }, 60_000);

  it('one who accepts and one who invites further end with both projects, whoever is first (F-032, F-033)', async () => {
    for (let round = 0; round < 8; round++) {
      email = `both${round}@acme.test`;
      const second = await aProject(server);
      await invite(server, 'max', { projectId: project.id, email });
      const token = await linkTo(server, email);
      const [accepted, invited] = await Promise.all([acceptBy(token), inviteBy('max', second.id)]);
      expect(['MERGED_INTO_PENDING', 'ASSIGNED_EXISTING_MEMBER']).toContain(invited.data.inviteToProject.outcome);
      expect(await traces()).toMatchObject({ members: 1, invitations: 1, pending: 0 });
      expect(await projectsOf(accepted.data.acceptInvitation.token)).toEqual([project.id, second.id].sort());
    }
  }, 60_000);

  it('of accepting and withdrawing one wins, and no access is left of a withdrawn invitation', async () => {
    const revoke = 'mutation ($id: ID!) { revokeInvitation(input: { invitationId: $id }) { invitation { status } } }';
    for (let round = 0; round < 8; round++) {
      email = `either${round}@acme.test`;
      const { invitation: sent } = await invite(server, 'max', { projectId: project.id, email });
      const token = await linkTo(server, email);
      const [accepted, revoked] = (await Promise.all([acceptBy(token), server.ask('ada', revoke, sent)])).map(codeOf);
      expect([
        ['DONE', 'INVALID_TRANSITION'],
        ['INVITATION_REVOKED', 'DONE'],
      ]).toContainEqual([accepted, revoked]);
      expect((await traces()).members).toBe(accepted === 'DONE' ? 1 : 0);
    }
  }, 60_000);

  it('two workspaces that invite the same newcomer share one user', async () => {
    await server.data('clara', 'mutation { createWorkspace(input: { name: "Clara Ltd" }) { workspace { id } } }');
    const mine = await server.data('clara', '{ viewer { memberships { workspace { id name } } } }');
    const own = mine.viewer.memberships.find((one: any) => one.workspace.name === 'Clara Ltd').workspace.id;
    const person = 'mutation ($input: InvitePersonInput!) { invitePerson(input: $input) { outcome } }';
    await server.data('clara', person, { input: { workspaceId: own, email, name: 'Ivan', personType: 'EMPLOYEE' } });
    const first = await linkTo(server, email);
    await waitFor(server, seconds(1));
    await invite(server, 'max', { projectId: project.id, email });
    const answers = await Promise.all([first, await linkTo(server, email)].map(acceptBy));
    expect(answers.map(codeOf)).toEqual(['DONE', 'DONE']);
    expect(await traces()).toMatchObject({ users: 1, members: 2, pending: 0 });
  });

  it('the last place among the contacts of a client is given once', async () => {
    const { id: projectId } = await aProject(server, { client: 'borealis', grants: {} });
    await server.database.rows('update client_organisation set max_contacts = 2 where id = $1', [
      server.cast.clients.borealis,
    ]);
    const answers = await times(6, (i) =>
      server.ask('ada', INVITE, invitation({ projectId, email: `place${i}@borealis.test` })),
    );
    expect(countEach(codesOf(answers))).toEqual({ DONE: 1, LIMIT_EXCEEDED: 5 });
  });

  it('two changes of the same version of a grant are one and a conflict', async () => {
    const update =
      'mutation ($input: UpdateProjectPermissionsInput!) { updateProjectPermissions(input: $input) { member { version } } }';
    const input = {
      projectId: project.id,
      personId: server.cast.people.bo,
      expectedVersion: 1,
      permissions: { trackTime: true },
    };
    const answers = await times(6, (i) => server.ask(i % 2 === 0 ? 'ada' : 'max', update, { input }));
    expect(countEach(codesOf(answers))).toEqual({ CONFLICT: 5, DONE: 1 });
  });

  it('nobody manages as a client, whichever is first: made a client or made a manager (F-007, F-008)', async () => {
    const update =
      'mutation ($input: UpdateProjectPermissionsInput!) { updateProjectPermissions(input: $input) { implied } }';
    const convert = 'mutation ($input: ConvertToClientInput!) { convertToClient(input: $input) { person { id } } }';
    const personId = server.cast.people.cora;
    await aGrant(server, project.id, 'ada', { clientView: true });
    await Promise.all([
      server.ask('ada', update, { input: { projectId: project.id, personId, permissions: { managesProject: true } } }),
      server.ask('olga', convert, {
        input: { personId, clientOrganisationId: server.cast.clients.acme, confirm: 'CONVERT' },
      }),
    ]);
    const person = await server.database.row('select person_type from membership where id = $1', [personId]);
    const managed = await server.database.rows(
      'select 1 from project_grant where membership_id = $1 and manages_project',
      [personId],
    );
    expect([person, managed]).toEqual([{ personType: 'CLIENT' }, []]);
  });
});

describe('where five invitations a day are allowed', () => {
  it('of twenty at once, from three people, five are sent', async () => {
    const few = await TestServer.start({ settings: { ...SETTINGS, invitationsPerDay: 5 } });
    const { id: projectId } = await aProject(few);
    const senders = ['ada', 'max', 'olga'] as const;
    const answers = await times(20, (i) =>
      few.ask(senders[i % 3], INVITE, invitation({ projectId, email: `many${i}@acme.test` })),
    );
    expect(countEach(codesOf(answers))).toEqual({ DONE: 5, RATE_LIMITED: 15 });
    const [sent] = await few.database.rows('select count(*)::int as n from mail_outbox');
    expect(sent).toEqual({ n: 5 });
    await few.close();
  });

  it('and of ten at once to one address, one', async () => {
    const { id: projectId } = project;
    const { id } = (await inviteBy('ada', projectId)).data.inviteToProject.invitation;
    await waitFor(server, minutes(1));
    const resend = 'mutation ($id: ID!) { resendInvitation(input: { invitationId: $id }) { invitation { id } } }';
    const answers = await times(10, () => server.ask('ada', resend, { id }));
    expect(countEach(codesOf(answers))).toEqual({ DONE: 1, RATE_LIMITED: 9 });
    expect(await mailsTo(server, email)).toHaveLength(2);
  });
});
