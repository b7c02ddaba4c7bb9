import { aProject } from '../support/builders';
import { invite } from '../support/invitations-builders';
import { smtpOf } from '../support/mail-builders';
import { MailServer } from '../support/mail-server';
import { SETTINGS, TestServer } from '../support/server';

const MAILS = 60;

it('three processes that look for mails at the same time send each of them once (F-039)', async () => {
  const post = await MailServer.start();
  const server = await TestServer.start({ smtp: smtpOf(post), settings: { ...SETTINGS, invitationsPerDay: MAILS } });
  const all = [server, await server.beside(), await server.beside()];
  const project = await aProject(server);
  await server.database.rows('update client_organisation set max_contacts = 1000');
  for (let i = 0; i < MAILS; i++) {
    await invite(server, 'ada', { projectId: project.id, email: `person${i}@acme.test` });
  }

  await Promise.all(all.flatMap((each) => [each.runJobs(), each.runJobs()]));

  const recipients = post.arrived.flatMap(({ sentTo }) => sentTo);
  expect(recipients).toHaveLength(MAILS);
  expect(new Set(recipients).size).toBe(MAILS);
  const rows = await server.database.rows<{ state: string; attempts: number; n: number }>(
    'select state, attempts, count(*)::int as n from mail_outbox group by 1, 2',
  );
  expect(rows).toEqual([{ state: 'SENT', attempts: 1, n: MAILS }]);
  for (const each of all.reverse()) await each.close();
  await post.goAway();
}, 60_000);
