import { hours } from '../../src/platform/clock';
import { aProject } from '../support/builders';
import { accept, invite, waitFor } from '../support/invitations-builders';
import { aMember } from '../support/people-builders';
import { TestServer } from '../support/server';

/** What nobody’s hand may bring back: an invitation that is dead, with more in it than who wakes it could give. */

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
}, 120_000);
afterAll(() => server.close());

const RESEND =
  'mutation ($id: ID!) { resendInvitation(input: { invitationId: $id }) { invitation { status invitedBy { displayName } } } }';
let newcomers = 0;
const newcomer = () => `newcomer${++newcomers}@example.com`;

describe('Max, who manages the project, sends an invitation again', () => {
  it('that shows costs, while it is on its way: it grants what Ada gave, and its link is new', async () => {
    const project = await aProject(server);
    const costs = { permissions: { internalCosts: true }, reason: 'Open book' };
    const { invitation } = await invite(server, 'ada', { projectId: project.id, email: newcomer(), ...costs });
    await waitFor(server, hours(1));
    expect((await server.data('max', RESEND, { id: invitation.id })).resendInvitation.invitation.status).toBe(
      'PENDING',
    );
  });

  it('that shows costs, once it is dead: only Ada brings that back, by the clock or by the hand of who is gone', async () => {
    const project = await aProject(server);
    const costs = { permissions: { internalCosts: true }, reason: 'Open book' };
    const { invitation } = await invite(server, 'ada', { projectId: project.id, email: newcomer(), ...costs });
    await waitFor(server, hours(169));
    expect(await server.refusal('max', RESEND, { id: invitation.id })).toEqual({
      code: 'FORBIDDEN',
      requires: ['role:ADMIN'],
    });
    await server.data('ada', RESEND, { id: invitation.id });

    const anna = await aMember(server, { role: 'ADMIN', displayName: 'Anna Admin' });
    const wishes = { projectId: project.id, email: newcomer(), name: 'Nils', personType: 'CLIENT', ...costs };
    const INVITE = 'mutation ($input: InviteToProjectInput!) { inviteToProject(input: $input) { invitation { id } } }';
    const { inviteToProject } = await server.data(anna, INVITE, { input: wishes });
    await server.database.rows(`update membership set status = 'DEACTIVATED' where id = $1`, [anna.personId]);
    await waitFor(server, hours(1));
    const { id } = inviteToProject.invitation;
    expect(await server.refusal('max', RESEND, { id })).toEqual({ code: 'FORBIDDEN', requires: ['role:ADMIN'] });
    const again = await server.data('ada', RESEND, { id });
    expect(again.resendInvitation.invitation.invitedBy).toEqual({ displayName: 'Ada Admin' });
  });

  it('with another project in it that he does not manage, once it is dead: neither', async () => {
    const [mine, other] = [await aProject(server), await aProject(server, { name: 'Other', grants: {} })];
    const email = newcomer();
    const { invitation } = await invite(server, 'ada', { projectId: other.id, email });
    await invite(server, 'max', { projectId: mine.id, email });
    await waitFor(server, hours(169));
    expect(await server.refusal('max', RESEND, { id: invitation.id })).toEqual({
      code: 'FORBIDDEN',
      requires: ['role:ADMIN'],
    });
    await invite(server, 'max', { projectId: mine.id, email });
    const { viewer } = await accept(server, email);
    expect(viewer.email).toBe(email);
    const granted = await server.database.rows<{ projectId: string }>(
      'select g.project_id from project_grant g join membership m on m.id = g.membership_id join app_user u on u.id = m.user_id where u.email = $1',
      [email],
    );
    expect(granted).toEqual([{ projectId: mine.id }]);
  });
});

describe('Wim, who invited Ivan to a project of a team that invites', () => {
  const SEE = 'query ($id: ID!) { node(id: $id) { ... on Invitation { email status projects { project { id } } } } }';
  const REVOKE = 'mutation ($id: ID!) { revokeInvitation(input: { invitationId: $id }) { invitation { status } } }';
  const TEAM = { wim: { trackTime: true, clientView: true }, max: { clientView: true, managesProject: true } };
  const policy = (value: string) => server.database.rows('update workspace set invite_policy = $1', [value]);
  const leave = (projectId: string) =>
    server.database.rows(`update project_grant set status = 'REVOKED' where project_id = $1 and membership_id = $2`, [
      projectId,
      server.cast.people.wim,
    ]);
  const statusFor = async (who: 'wim' | 'max' | 'ada', id: string) =>
    (await server.data(who, SEE, { id })).node?.status ?? null;

  beforeAll(() => policy('PROJECT_TEAM'));
  afterAll(() => policy('ADMINS_AND_PROJECT_MANAGERS'));

  it('reads what has become of it while he is of the team, accepted or withdrawn, as those who manage it do', async () => {
    const project = await aProject(server, { grants: TEAM });
    const email = newcomer();
    const first = await invite(server, 'wim', { projectId: project.id, email });
    await accept(server, email);
    const second = await invite(server, 'wim', { projectId: project.id, email: newcomer() });
    const { revokeInvitation } = await server.data('wim', REVOKE, { id: second.invitation.id });
    expect(revokeInvitation.invitation).toEqual({ status: 'REVOKED' });
    for (const who of ['wim', 'max', 'ada'] as const) {
      expect(await statusFor(who, first.invitation.id)).toBe('ACCEPTED');
      expect(await statusFor(who, second.invitation.id)).toBe('REVOKED');
    }
  });

  it.each(['PENDING', 'ACCEPTED', 'REVOKED'])(
    'knows nothing of it any more once he is off the project: %s',
    async (status) => {
      const [project, elsewhere] = [await aProject(server, { grants: TEAM }), await aProject(server, { grants: TEAM })];
      const email = newcomer();
      const { id } = (await invite(server, 'wim', { projectId: project.id, email })).invitation;
      if (status === 'ACCEPTED') await accept(server, email);
      if (status === 'REVOKED') await server.data('max', REVOKE, { id });
      expect(await statusFor('wim', id)).toBe(status);
      await leave(project.id);
      expect(await statusFor('wim', id)).toBeNull();
      for (const change of [RESEND, REVOKE]) {
        expect(await server.refusal('wim', change, { id })).toMatchObject({ code: 'NOT_FOUND' });
      }
      expect(await statusFor('max', id)).toBe(status);
      await leave(elsewhere.id);
      expect(await statusFor('wim', id)).toBeNull();
    },
  );
});
