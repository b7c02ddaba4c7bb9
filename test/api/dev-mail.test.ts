import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { developmentInbox } from '../../src/api/dev-mail';
import type { Project } from '../../src/domains/projects/project.entity';
import { Cursors } from '../../src/events/cursor';
import { aProject } from '../support/builders';
import { invite, linkTo } from '../support/invitations-builders';
import { smtpOf } from '../support/mail-builders';
import { MailServer } from '../support/mail-server';
import { SETTINGS, TestServer } from '../support/server';

let post: MailServer;
let server: TestServer;
let project: Project;
let url: string;
let close: () => void;

beforeAll(async () => {
  post = await MailServer.start();
  server = await TestServer.start({ smtp: smtpOf(post) });
  project = await aProject(server);
  const { database, clock } = server;
  const inbox = developmentInbox({ database, clock, settings: SETTINGS, cursors: new Cursors('k') });
  const listening = express().use(inbox).listen(0, '127.0.0.1');
  await once(listening, 'listening');
  url = `http://127.0.0.1:${(listening.address() as AddressInfo).port}/dev/mail.json`;
  close = () => listening.close();
});
afterAll(async () => {
  close();
  await server.close();
  await post.goAway();
});

const shownTo = async (email: string) =>
  ((await (await fetch(url)).json()) as { recipient: string }[]).filter(({ recipient }) => recipient === email);

describe('the development inbox', () => {
  it('shows Ivan’s mail with its link while it waits', async () => {
    await invite(server, 'max', { projectId: project.id, email: 'ivan@acme.test', name: '<b>Ivan</b>' });
    const link = `http://portal.test/accept-invitation?token=${await linkTo(server, 'ivan@acme.test')}`;
    const [mail] = await shownTo('ivan@acme.test');
    expect(mail).toMatchObject({ subject: 'Max Manager invites you to Fjord Studio', link });
    expect(mail).toMatchObject({ text: expect.stringContaining(`\n\n${link}\n\n`) });
    expect(mail).toMatchObject({ text: expect.stringContaining('Hello <b>Ivan</b>,') });
  });

  it('says of a mail that was delivered that it was, and has its link no more', async () => {
    await invite(server, 'max', { projectId: project.id, email: 'iris@acme.test' });
    const token = await linkTo(server, 'iris@acme.test');
    await server.runJobs();
    const shown = await shownTo('iris@acme.test');
    expect(shown).toMatchObject([{ subject: 'INVITATION: SENT', link: null }]);
    expect(JSON.stringify(shown)).not.toContain(token);
  });

  it('says of a mail whose invitation was withdrawn that nobody would get it, and why', async () => {
    const made = await invite(server, 'max', { projectId: project.id, email: 'isa@acme.test' });
    const REVOKE = 'mutation ($id: ID!) { revokeInvitation(input: { invitationId: $id }) { invitationId } }';
    await server.data('ada', REVOKE, { id: made.invitation.id });
    expect(await shownTo('isa@acme.test')).toMatchObject([
      { subject: 'INVITATION: SUPPRESSED', text: 'Reason: INVITATION_REVOKED', link: null },
    ]);
  });
});
