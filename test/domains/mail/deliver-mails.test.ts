import type { CastName } from '../../../src/demo/cast';
import type { Project } from '../../../src/domains/projects/project.entity';
import { hours, minutes } from '../../../src/platform/clock';
import { createLogger } from '../../../src/platform/logger';
import { letThrottlePass, PASSWORD, signInAs, withPasswords } from '../../support/auth-builders';
import { aProject } from '../../support/builders';
import { ACCEPT, accept, invite, waitFor } from '../../support/invitations-builders';
import { FROM, outboxTo, smtpOf, tokenIn } from '../../support/mail-builders';
import { MailServer } from '../../support/mail-server';
import { TestServer } from '../../support/server';

const lines: string[] = [];
const logger = createLogger('trace', { write: (line) => void lines.push(line) });

let post: MailServer;
let server: TestServer;
let project: Project;
let email: string;
let count = 0;

beforeAll(async () => {
  post = await MailServer.start();
  server = await TestServer.start({ smtp: smtpOf(post), logger });
  await withPasswords(server, 'ada', 'clara', 'carl', 'eve');
  project = await aProject(server, { name: 'Secret takeover' });
});
beforeEach(() => {
  email = `ivan${++count}@acme.test`;
  letThrottlePass(server);
});
afterAll(async () => {
  await server.close();
  await post.goAway();
});

const inviteIvan = (more = {}) => invite(server, 'max', { projectId: project.id, email, ...more });

const askForReset = (address: string) =>
  server.data(null, 'mutation ($email: String!) { requestPasswordReset(input: { email: $email }) { message } }', {
    email: address,
  });

const RESET = `mutation ($token: String!, $password: String!) {
  resetPassword(input: { token: $token, password: $password }) { endedSessions } }`;

/** What became of the mails to an address, the oldest first. */
const fates = async (address = email) =>
  (await outboxTo(server, address)).map(({ state, reason }) => (reason ? `${state} ${reason}` : state));

describe('a mail', () => {
  it('with an invitation arrives, names inviter, workspace and deadline, no project, and its link lets Ivan in (F-027, F-039, F-034, L-24)', async () => {
    await inviteIvan({ name: 'Ivan Invited' });
    await server.runJobs();
    const [mail, ...others] = post.to(email);
    expect(others).toEqual([]);
    expect(mail).toMatchObject({
      subject: 'Max Manager invites you to Fjord Studio',
      from: FROM,
      to: [{ address: email }],
    });
    for (const part of [mail.text, mail.html]) {
      expect(part).toContain('Hello Ivan Invited,');
      expect(part).toContain('Fjord Studio');
      expect(part).toMatch(/until 2026-03-23 \d\d:\d\d UTC/);
      expect(part).toContain('http://portal.test/accept-invitation?token=');
    }
    expect(mail.raw).not.toContain('takeover');
    const input = { token: tokenIn(mail), password: PASSWORD };
    const { acceptInvitation } = await server.data(null, ACCEPT, { input });
    expect(acceptInvitation.workspace.name).toBe('Fjord Studio');
  });

  it('with a new password arrives, says that nothing happens without it, and its link works (F-040)', async () => {
    await askForReset('clara@demo.test');
    await server.runJobs();
    const [mail] = post.to('clara@demo.test');
    expect(mail.subject).toBe('Choose a new password');
    expect(mail.text).toContain('your password stays as it is');
    await server.data(null, RESET, { token: tokenIn(mail), password: 'my new password' });
    await signInAs(server, 'clara', 'my new password');
  });

  it('says of itself that no person wrote it, and not what wrote it; its parts are plain text and HTML', async () => {
    await inviteIvan();
    await server.runJobs();
    const [mail] = post.to(email);
    const [{ id }] = await outboxTo(server, email);
    expect(mail.messageId).toBe(`<${id}@portal.test>`);
    expect(mail.headers).toContainEqual(expect.objectContaining({ key: 'auto-submitted', value: 'auto-generated' }));
    expect(mail.headers.map(({ key }) => key)).not.toContain('x-mailer');
    expect(mail.headers.find(({ key }) => key === 'content-type')!.value).toMatch(/^multipart\/alternative/);
    expect(mail.attachments).toEqual([]);
  });

  it('leaves no link behind once it is sent: neither in the table nor in the log', async () => {
    await inviteIvan();
    const [{ data }] = await outboxTo(server, email);
    await server.runJobs();
    const [row] = await server.database.rows<{ row: string }>(
      'select m::text as row from mail_outbox m where recipient = $1',
      [email],
    );
    expect(data.token).toBe(tokenIn(post.to(email)[0]));
    expect(row.row).not.toContain(data.token);
    expect(lines.join()).not.toContain(data.token);
    expect(await outboxTo(server, email)).toMatchObject([{ state: 'SENT', sentAt: server.clock.now(), data: {} }]);
  });

  it('is sent once, however often the job runs', async () => {
    await inviteIvan();
    for (let i = 0; i < 3; i++) await server.runJobs();
    server.clock.advance(hours(1));
    await server.runJobs();
    expect(post.to(email)).toHaveLength(1);
  });
});

describe('a mail whose cause is gone is not sent:', () => {
  it('Max withdraws the invitation before it goes out', async () => {
    const { invitation } = await inviteIvan();
    const REVOKE = 'mutation ($id: ID!) { revokeInvitation(input: { invitationId: $id }) { invitationId } }';
    await server.data('ada', REVOKE, { id: invitation.id });
    await server.runJobs();
    expect(post.to(email)).toEqual([]);
    expect(await fates()).toEqual(['SUPPRESSED INVITATION_REVOKED']);
    expect((await outboxTo(server, email))[0].data).toEqual({});
  });

  it('it was sent again meanwhile, and the newer mail has the link that works', async () => {
    const { invitation } = await inviteIvan();
    await waitFor(server, minutes(2));
    await server.data(
      'ada',
      'mutation ($id: ID!) { resendInvitation(input: { invitationId: $id }) { invitation { id } } }',
      {
        id: invitation.id,
      },
    );
    await server.runJobs();
    expect(await fates()).toEqual(['SUPPRESSED LINK_REPLACED', 'SENT']);
    const [mail] = post.to(email);
    await server.data(null, ACCEPT, { input: { token: tokenIn(mail), password: PASSWORD } });
  });

  it('Ivan is in already, by the link in his inviter’s hands', async () => {
    await inviteIvan();
    await accept(server, email);
    await server.runJobs();
    expect(await fates()).toEqual(['SUPPRESSED INVITATION_ACCEPTED']);
  });

  it('it waited until the invitation had run out', async () => {
    await inviteIvan();
    await waitFor(server, hours(168));
    await server.runJobs();
    expect(await fates()).toEqual(['SUPPRESSED INVITATION_EXPIRED']);
  });

  it('whoever invited is gone: the link would be refused', async () => {
    await invite(server, 'max', { projectId: project.id, email });
    await setStatus('max', 'DEACTIVATED');
    await server.runJobs();
    await setStatus('max', 'ACTIVE');
    expect(await fates()).toEqual(['SUPPRESSED INVITER_LEFT']);
  });

  it('Carl has used another link, was too late, or may not sign in any more', async () => {
    const carl = 'carl@demo.test';
    await askForReset(carl);
    const [{ data }] = await outboxTo(server, carl);
    await server.data(null, RESET, { token: data.token, password: 'carl’s new password' });
    await server.runJobs();
    await askForReset(carl);
    server.clock.advance(hours(1));
    await server.runJobs();
    await askForReset(carl);
    await server.database.rows(`update app_user set status = 'LOCKED' where email = $1`, [carl]);
    await server.runJobs();
    expect(await fates(carl)).toEqual(['SUPPRESSED RESET_OVER', 'SUPPRESSED RESET_OVER', 'SUPPRESSED RECIPIENT_LEFT']);
    expect(post.to(carl)).toEqual([]);
  });
});

describe('without a mail server', () => {
  it('mails wait, for the development inbox, and nothing is marked', async () => {
    const alone = await TestServer.start();
    const { id } = await aProject(alone);
    await invite(alone, 'max', { projectId: id, email });
    await alone.runJobs();
    expect(await outboxTo(alone, email)).toMatchObject([{ state: 'QUEUED', attempts: 0, sentAt: null }]);
    await alone.close();
  });
});

const setStatus = (name: CastName, status: string) =>
  server.database.rows('update membership set status = $2 where id = $1', [server.cast.people[name], status]);
