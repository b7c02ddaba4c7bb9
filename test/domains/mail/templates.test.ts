import { mailRenderer } from '../../../src/api/mail-templates';
import { resetMail } from '../../../src/domains/auth/reset-mail';
import { type Delivery, deliverMails } from '../../../src/domains/mail/deliver-mails';
import type { Letter, MailScene, MailTemplates } from '../../../src/domains/mail/render-mail';
import { smtpPost } from '../../../src/domains/mail/smtp';
import { digestMail, notificationMail } from '../../../src/domains/notifications/notification-mail';
import type { Project } from '../../../src/domains/projects/project.entity';
import { Cursors } from '../../../src/events/cursor';
import { createLogger } from '../../../src/platform/logger';
import { aProject } from '../../support/builders';
import { invite } from '../../support/invitations-builders';
import { outboxTo, smtpOf } from '../../support/mail-builders';
import { MailServer } from '../../support/mail-server';
import { SETTINGS, TestServer } from '../../support/server';

let post: MailServer;
let server: TestServer;
let project: Project;
let email: string;
let count = 0;

beforeAll(async () => {
  post = await MailServer.start();
  server = await TestServer.start();
  project = await aProject(server);
});
beforeEach(async () => {
  email = `ivan${++count}@acme.test`;
  await invite(server, 'max', { projectId: project.id, email });
});
afterAll(async () => {
  await server.close();
  await post.goAway();
});

/** Sends what is due with other words for invitations. */
function deliverSaying(say: (recipient: string, scene: MailScene) => Promise<Letter | null>): Promise<void> {
  const { database, clock } = server;
  const parts = { database, clock, settings: SETTINGS, cursors: new Cursors('k') };
  const templates: MailTemplates = {
    PASSWORD_RESET: resetMail,
    NOTIFICATION: notificationMail,
    DIGEST: digestMail,
    INVITATION: async (mail, scene) => (await say(mail.recipient, scene)) ?? null,
  };
  const delivery: Delivery = {
    database,
    clock,
    logger: createLogger('silent'),
    host: 'portal.test',
    post: smtpPost(smtpOf(post)),
    render: mailRenderer(parts, templates),
  };
  return deliverMails(delivery, new AbortController().signal);
}

const letter = (text: string): Letter => ({ subject: 'News', paragraphs: [text], footer: [] });

describe('what a mail says', () => {
  it('is read as its receiver may see it at that moment: Clara, who is taken off the project, gets no word of it', async () => {
    const { users } = server.cast;
    const nameFor = async (userId: string, { contextOf }: MailScene) => {
      const seen = (await (await contextOf(userId))!.node(project.id)) as unknown as Project | null;
      return seen && letter(seen.name);
    };
    await deliverSaying((_recipient, scene) => nameFor(users.clara, scene));
    expect(post.to(email)[0].text).toContain('Website relaunch');

    await server.database.rows(`update project_grant set status = 'REVOKED' where membership_id = $1`, [
      server.cast.people.clara,
    ]);
    const second = `second.${email}`;
    await invite(server, 'max', { projectId: project.id, email: second });
    await deliverSaying((_recipient, scene) => nameFor(users.clara, scene));
    expect(post.to(second)).toEqual([]);
    expect(await outboxTo(server, second)).toMatchObject([
      { state: 'SUPPRESSED', reason: 'NOTHING_TO_SAY', data: {}, sentAt: null },
    ]);
  });

  it('is nothing for somebody who may not sign in any more', async () => {
    await server.database.rows(`update app_user set status = 'LOCKED' where id = $1`, [server.cast.users.eve]);
    const found: unknown[] = [];
    await deliverSaying(async (_recipient, { contextOf }) => {
      found.push(await contextOf(server.cast.users.eve), await contextOf('usr_nobody'));
      return null;
    });
    expect(found).toEqual([null, null]);
  });

  it('that cannot be written is tried again, and holds up no other mail', async () => {
    const other = `other.${email}`;
    await invite(server, 'ada', { projectId: project.id, email: other });
    await deliverSaying(async (recipient) => {
      if (recipient === email) throw new Error('a mistake of ours');
      return letter('Hello');
    });
    expect(post.to(other)).toHaveLength(1);
    expect(await outboxTo(server, email)).toMatchObject([{ state: 'QUEUED', reason: 'INTERNAL', attempts: 1 }]);
    server.clock.advance(60_000);
    await deliverSaying(async () => letter('Hello'));
    expect(post.to(email)).toHaveLength(1);
  });
});
