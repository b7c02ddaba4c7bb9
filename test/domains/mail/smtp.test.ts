import { smtpPost } from '../../../src/domains/mail/smtp';
import { FROM } from '../../support/mail-builders';
import { MailServer } from '../../support/mail-server';

const MAIL = {
  messageId: '<mal_1@portal.test>',
  recipient: 'clara@demo.test',
  subject: 'Hello',
  text: 'Hello',
  html: '<p>Hello</p>',
};
const PASSWORD = 'p@ss/w:rd';
const WORDS = encodeURIComponent(PASSWORD);

const running: MailServer[] = [];
afterEach(async () => {
  jest.restoreAllMocks();
  await Promise.all(running.splice(0).map((post) => post.goAway()));
});

async function start(options: Parameters<typeof MailServer.start>[0]): Promise<MailServer> {
  const post = await MailServer.start(options);
  running.push(post);
  return post;
}

const send = (url: string) => smtpPost({ url, from: FROM }).send(MAIL);

describe('the mail server’s password', () => {
  it('is given as SMTP_URL says it, percent-encoded', async () => {
    const post = await start({ password: PASSWORD });
    await send(`smtp://portico:${WORDS}@127.0.0.1:${post.port}`);
    expect(post.signedIn).toEqual([`portico:${PASSWORD}`]);
    expect(post.to('clara@demo.test')).toHaveLength(1);
  });

  it('that is wrong keeps all mails back, and stands in no error', async () => {
    const post = await start({ password: 'another' });
    const sending = send(`smtp://portico:${WORDS}@127.0.0.1:${post.port}`);
    await expect(sending).rejects.toMatchObject({ how: 'AWAY', reason: expect.stringContaining('535') });
    await sending.catch((error) =>
      expect(JSON.stringify([error, error.message, error.reason])).not.toContain(PASSWORD),
    );
    expect(post.arrived).toEqual([]);
  });

  // The same machine by a name that is not one of its own.
  const elsewhere = '0.0.0.0';

  it('is told to no other machine in clear, unless the operator insists', async () => {
    const post = await start({ password: PASSWORD });
    const url = `smtp://portico:${WORDS}@${elsewhere}:${post.port}`;
    await expect(send(url)).rejects.toMatchObject({ how: 'AWAY' });
    expect(post.signedIn).toEqual([]);
    await send(`${url}/?requireTLS=false`);
    expect(post.arrived).toHaveLength(1);
  });

  it('is told to nobody whose certificate is not known, unless the operator insists', async () => {
    // It says loudly that its certificate is one for tests.
    jest.spyOn(console, 'error').mockImplementation();
    const post = await start({ password: PASSWORD, tls: true });
    const url = `smtp://portico:${WORDS}@${elsewhere}:${post.port}`;
    await expect(send(url)).rejects.toMatchObject({ how: 'AWAY' });
    expect(post.signedIn).toEqual([]);
    await send(`${url}/?tls.rejectUnauthorized=false`);
    expect(post.arrived).toHaveLength(1);
  });
});

describe('an address that is refused', () => {
  it.each([
    ['the recipient, for good', 550, 'clara@demo.test', 'FOR_GOOD'],
    ['the recipient, for now', 450, 'clara@demo.test', 'FOR_NOW'],
    ['ours, which somebody has to set right here', 550, FROM.address, 'FOR_NOW'],
  ])('is %s', async (_whose, code, address, how) => {
    const post = await start({});
    post.refusal = { address, code, message: 'No' };
    await expect(send(post.url)).rejects.toMatchObject({ how, reason: `${code} No` });
  });
});
