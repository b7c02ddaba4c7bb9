import type { Project } from '../../../src/domains/projects/project.entity';
import { days, hours, minutes, seconds } from '../../../src/platform/clock';
import { createLogger } from '../../../src/platform/logger';
import { aProject } from '../../support/builders';
import { ACCEPT, invite, PASSWORD, waitFor } from '../../support/invitations-builders';
import { outboxTo, smtpOf, tokenIn } from '../../support/mail-builders';
import { MailServer } from '../../support/mail-server';
import { TestServer } from '../../support/server';
import { until } from '../../support/until';

const lines: string[] = [];
const logger = createLogger('info', { write: (line) => void lines.push(line) });

let post: MailServer;
let server: TestServer;
let project: Project;
let email: string;
let count = 0;

beforeAll(async () => {
  post = await MailServer.start();
  server = await TestServer.start({ smtp: smtpOf(post), logger });
  project = await aProject(server);
  await server.database.rows('update client_organisation set max_contacts = 1000');
});
beforeEach(async () => {
  email = `ivan${++count}@acme.test`;
  Object.assign(post, { refusal: null, hesitation: null, dropsAfterTaking: 0 });
  await server.database.rows('delete from mail_outbox');
  await invite(server, 'max', { projectId: project.id, email });
});
afterAll(async () => {
  await server.close();
  await post.goAway();
});

const mailOf = async () => (await outboxTo(server, email))[0];

async function runAfter(milliseconds: number): Promise<void> {
  await waitFor(server, milliseconds);
  await server.runJobs();
}

describe('while the mail server is away', () => {
  beforeEach(() => post.goAway());
  afterEach(() => post.comeBack());

  it('Ivan’s mail waits, and arrives when it is back, with a link that works', async () => {
    await server.runJobs();
    expect(await mailOf()).toMatchObject({ state: 'QUEUED', attempts: 1, claimedUntil: null });
    expect((await mailOf()).reason).toContain('ECONNREFUSED');
    await post.comeBack();
    await runAfter(seconds(59));
    expect(post.to(email)).toEqual([]);
    await runAfter(seconds(1));
    const [mail] = post.to(email);
    expect(await mailOf()).toMatchObject({ state: 'SENT', attempts: 2, reason: null });
    await server.data(null, ACCEPT, { input: { token: tokenIn(mail), password: PASSWORD } });
    await post.goAway();
  });

  it('it is tried after 1 min, 5 min, 30 min, 2 h, 6 h and 24 h; then it has failed, and its link is gone', async () => {
    const pauses = [minutes(1), minutes(5), minutes(30), hours(2), hours(6), hours(24)];
    await server.runJobs();
    for (const [i, pause] of pauses.entries()) {
      await runAfter(pause - 1);
      expect(await mailOf()).toMatchObject({ state: 'QUEUED', attempts: i + 1 });
      await runAfter(1);
      expect((await mailOf()).attempts).toBe(i + 2);
    }
    expect(await mailOf()).toMatchObject({ state: 'FAILED', data: {}, sentAt: null });
    await runAfter(days(2));
    expect((await mailOf()).attempts).toBe(7);
  });

  it('many mails keep their attempts for when it is back: a look tries a few of them', async () => {
    for (let i = 0; i < 12; i++) await invite(server, 'ada', { projectId: project.id, email: `many${i}@acme.test` });
    await server.runJobs();
    const [{ tried }] = await server.database.rows<{ tried: number }>(
      'select count(*)::int as tried from mail_outbox where attempts > 0',
    );
    expect(tried).toBeLessThanOrEqual(4);
    await post.comeBack();
    await runAfter(minutes(1));
    expect(await server.database.rows(`select id from mail_outbox where state <> 'SENT'`)).toEqual([]);
    await post.goAway();
  });
});

describe('a mail server that answers', () => {
  it('that there is no such recipient is believed at once, and the others get theirs', async () => {
    const other = `other.${email}`;
    await invite(server, 'ada', { projectId: project.id, email: other });
    post.refusal = { address: email, code: 550, message: 'No such user' };
    await server.runJobs();
    expect(await mailOf()).toMatchObject({ state: 'FAILED', attempts: 1, data: {}, reason: '550 No such user' });
    expect(post.to(other)).toHaveLength(1);
    post.refusal = null;
    await runAfter(days(2));
    expect(post.to(email)).toEqual([]);
  });

  it('that it is busy is asked again', async () => {
    post.refusal = { address: email, code: 451, message: 'Greylisted' };
    await server.runJobs();
    expect(await mailOf()).toMatchObject({ state: 'QUEUED', reason: '451 Greylisted' });
    post.refusal = null;
    await runAfter(minutes(1));
    expect(post.to(email)).toHaveLength(1);
  });

  it('nothing, after it has taken the mail, gets it once more under the same name', async () => {
    post.dropsAfterTaking = 1;
    await server.runJobs();
    expect(await mailOf()).toMatchObject({ state: 'QUEUED', attempts: 1 });
    await runAfter(minutes(1));
    expect(await mailOf()).toMatchObject({ state: 'SENT', attempts: 2 });
    const names = post.to(email).map(({ messageId }) => messageId);
    expect(names).toHaveLength(2);
    expect(new Set(names).size).toBe(1);
  });
});

describe('a process that dies over a mail', () => {
  it('leaves it to another when its claim is over, not before', async () => {
    const other = await server.beside();
    let say: () => void = () => {};
    post.hesitation = new Promise((resolve) => {
      say = resolve;
    });
    const hanging = server.runJobs();
    await until(() => post.to(email).length > 0);
    post.hesitation = null;
    await other.runJobs();
    expect(post.to(email)).toHaveLength(1);
    await waitFor(server, minutes(5));
    await other.runJobs();
    expect(await mailOf()).toMatchObject({ state: 'SENT', attempts: 2 });
    say();
    await hanging;
    expect(await mailOf()).toMatchObject({ state: 'SENT', attempts: 2 });
    const [first, second, ...more] = post.to(email);
    expect(more).toEqual([]);
    expect(second.messageId).toBe(first.messageId);
    await other.close();
  });
});

it('the log tells of mails that were not sent, and neither to whom nor with what', () => {
  const told = lines.filter((line) => line.includes('A mail was not sent'));
  expect(told.length).toBeGreaterThan(5);
  expect(told.join()).not.toMatch(/acme\.test|token/);
});
