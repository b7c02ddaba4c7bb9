import { layout } from '../../../src/domains/mail/layout';
import type { Project } from '../../../src/domains/projects/project.entity';
import { aProject } from '../../support/builders';
import { invite } from '../../support/invitations-builders';
import { smtpOf } from '../../support/mail-builders';
import { type Arrived, MailServer } from '../../support/mail-server';
import { TestServer } from '../../support/server';

let post: MailServer;
let server: TestServer;
let project: Project;
let count = 0;

beforeAll(async () => {
  post = await MailServer.start();
  server = await TestServer.start({ smtp: smtpOf(post) });
  project = await aProject(server);
  await server.database.rows('update client_organisation set max_contacts = 1000');
});
afterAll(async () => {
  await server.close();
  await post.goAway();
});

interface Names {
  guest?: string;
  inviter?: string;
  workspace?: string;
}

/** The mail that comes of an invitation, by people and a company of these names. */
async function mailBy({
  guest = 'Ivan',
  inviter = 'Max Manager',
  workspace = 'Fjord Studio',
}: Names): Promise<Arrived> {
  const { users, workspaceId } = server.cast;
  await server.database.rows('update app_user set display_name = $2 where id = $1', [users.max, inviter]);
  await server.database.rows('update workspace set name = $2 where id = $1', [workspaceId, workspace]);
  const email = `ivan${++count}@acme.test`;
  await invite(server, 'max', { projectId: project.id, email, name: guest });
  await server.runJobs();
  const [mail, ...others] = post.arrived.splice(0);
  expect(others).toEqual([]);
  expect(mail.sentTo).toEqual([email]);
  expect(mail.to).toEqual([{ name: '', address: email }]);
  return mail;
}

describe('a mail by hostile names', () => {
  it.each([
    'Max\r\nBcc: everybody@evil.test',
    'Max\nTo: everybody@evil.test\n\n<h1>Hello</h1>',
    'Max\r\n\r\nAnother body',
    'Max\u2028Bcc: everybody@evil.test',
    '=?utf-8?Q?Max=0D=0ABcc:_everybody@evil.test?=',
  ])('goes to Ivan alone, with one subject and no header of theirs: %j', async (name) => {
    const mail = await mailBy({ inviter: name, workspace: name, guest: name });
    const keys = mail.headers.map(({ key }) => key).sort();
    expect(keys).toEqual([
      'auto-submitted',
      'content-type',
      'date',
      'from',
      'message-id',
      'mime-version',
      'subject',
      'to',
    ]);
    expect(mail.subject).not.toMatch(/[\r\n\u2028]/);
    expect(mail.subject).toContain(' invites you to ');
  });

  it('shows them as they are, and never as HTML', async () => {
    const name = `<script>alert(1)</script><img src=x onerror="alert('1')">&amp; "Co"`;
    const { html = '', text } = await mailBy({ inviter: name, workspace: name, guest: name });
    expect(text).toContain(name);
    expect(html).not.toMatch(/<script|<img|onerror="/);
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(html).toContain('&amp;amp; &quot;Co&quot;');
  });

  it('has no paragraph of theirs: what looks like another link or another text stays in their line', async () => {
    const { text = '' } = await mailBy({ inviter: 'Max\n\nYour account is closed:\n\nhttps://evil.test/login\n\n' });
    expect(text.split('\n\n').filter((paragraph) => /^(Your account|https:\/\/evil)/.test(paragraph))).toEqual([]);
  });

  it('reads in one direction', async () => {
    const { subject, text } = await mailBy({ inviter: 'Max\u202egro.live\u202c' });
    expect(subject).toBe('Maxgro.live invites you to Fjord Studio');
    expect(text).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
  });
});

describe('the layout', () => {
  const said = { paragraphs: ['One', 'Two'], footer: ['Small'] };
  const branding = { name: 'Fjord Studio', logoUrl: null, colour: null };

  it('looks like the workspace: its name, logo and colour', async () => {
    const { workspaceId } = server.cast;
    await server.database.rows('update workspace set logo_url = $2, brand_colour = $3 where id = $1', [
      workspaceId,
      'https://fjord.test/logo.png?a=1&b="2"',
      '#ffcc00',
    ]);
    const { html = '', text } = await mailBy({});
    expect(html).toContain('src="https://fjord.test/logo.png?a=1&amp;b=&quot;2&quot;"');
    expect(html).toContain('background: #ffcc00; color: #000000');
    expect(html).toContain('border-top: 4px solid #ffcc00');
    expect(text).toMatch(/\n\nFjord Studio\s*$/);
  });

  it('writes on dark colours in white', () => {
    const action = { label: 'Go', link: 'https://p.test' };
    const { html } = layout({ ...said, action, branding: { ...branding, colour: '#102030' } });
    expect(html).toContain('background: #102030; color: #ffffff');
  });

  it('has styles of its own alone, and loads and runs nothing', () => {
    const { html, text } = layout({ ...said, action: { label: 'Go', link: 'https://p.test/?a=1&b=2' }, branding });
    expect(html).not.toMatch(/<(script|style|link|img|iframe|form)|\bclass=|url\(|javascript:/);
    expect(html).toContain('href="https://p.test/?a=1&amp;b=2"');
    expect(text).toBe('One\n\nTwo\n\nGo:\n\nhttps://p.test/?a=1&b=2\n\nSmall\n\nFjord Studio\n');
  });

  it('does without a button', () => {
    const { html, text } = layout({ ...said, branding });
    expect(html).not.toContain('<a ');
    expect(text).toBe('One\n\nTwo\n\nSmall\n\nFjord Studio\n');
  });
});
