import { countTry, limitsOf, networkOf } from '../../../src/domains/auth/throttle';
import { minutes } from '../../../src/platform/clock';
import { letThrottlePass, PASSWORD, signInAs, trySignIn, withPasswords } from '../../support/auth-builders';
import { TestServer } from '../../support/server';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
  await withPasswords(server, 'clara', 'ada', 'eve');
});
afterAll(() => server.close());
beforeEach(() => letThrottlePass(server));

const codeOf = async (email: string, password: string): Promise<string | undefined> =>
  (await trySignIn(server, email, password)).errors?.[0].extensions.code;

/** Tries from this machine's address, without the wait for their hashes. */
async function useUpTries(n: number): Promise<void> {
  for (let i = 0; i < n; i++) {
    const limits = limitsOf('signIn', { email: `other-${i}@demo.test`, ip: '127.0.0.1' });
    await countTry(server.database, server.clock, limits);
  }
}

describe('guessing passwords', () => {
  it('stops after five failures against Clara’s account, and lets her in 15 minutes after the first', async () => {
    for (let i = 0; i < 5; i++) {
      expect(await codeOf('clara@demo.test', `guess number ${i}`)).toBe('INVALID_CREDENTIALS');
      server.clock.advance(minutes(1));
    }
    const { errors } = await trySignIn(server, 'clara@demo.test', PASSWORD);
    expect(errors?.[0].extensions).toEqual({ code: 'RATE_LIMITED', retryAfter: 10 * 60 });
    server.clock.advance(minutes(10));
    expect(await codeOf('clara@demo.test', PASSWORD)).toBeUndefined();
  });

  it('counts Clara’s e-mail as one account, however it is written', async () => {
    for (const email of [
      'clara@demo.test',
      'CLARA@demo.test',
      ' clara@DEMO.test',
      'Clara@Demo.Test\t',
      'cLARA@demo.test',
    ]) {
      expect(await codeOf(email, 'a wrong guess')).toBe('INVALID_CREDENTIALS');
    }
    expect(await codeOf('clara@demo.test', PASSWORD)).toBe('RATE_LIMITED');
  });

  it('counts a name with an accent as one account, however the accent is composed', async () => {
    const attempts = ['jos\u00e9@demo.test', 'jose\u0301@demo.test', 'JOS\u00c9@demo.test'];
    for (const email of [...attempts, ...attempts.slice(0, 2)]) await codeOf(email, 'a wrong guess');
    for (const email of attempts) expect(await codeOf(email, 'a wrong guess')).toBe('RATE_LIMITED');
  });

  it('limits tries at a stranger’s e-mail with the very answer that it gives for Clara’s', async () => {
    const sixth = async (email: string) => {
      for (let i = 0; i < 5; i++) await trySignIn(server, email, 'a wrong guess');
      const { headers: _, ...answer } = await trySignIn(server, email, 'a wrong guess');
      return answer;
    };
    const known = await sixth('clara@demo.test');
    expect(known.errors?.[0].extensions.code).toBe('RATE_LIMITED');
    expect(await sixth('nobody@demo.test')).toEqual(known);
  });

  it('stops an address after twenty failures, whosever accounts, and leaves the accounts it has not tried alone', async () => {
    await useUpTries(18);
    for (let i = 0; i < 2; i++) expect(await codeOf(`somebody-${i}@demo.test`, 'a guess')).toBe('INVALID_CREDENTIALS');
    for (let i = 0; i < 6; i++) expect(await codeOf('clara@demo.test', 'a guess')).toBe('RATE_LIMITED');
    const [, account] = limitsOf('signIn', { email: 'clara@demo.test', ip: '' });
    const counted = await server.database.row('select points from rate_limit where key = $1 and expires_at > $2', [
      account.key,
      server.clock.now(),
    ]);
    expect(counted).toBeNull();
  });

  it('forgets Ada’s slips once she has signed in, and never counts her successes', async () => {
    for (let round = 0; round < 2; round++) {
      for (let i = 0; i < 4; i++) expect(await codeOf('ada@demo.test', 'a slip')).toBe('INVALID_CREDENTIALS');
      expect(await codeOf('ada@demo.test', PASSWORD)).toBeUndefined();
    }
    for (let i = 0; i < 6; i++) expect(await codeOf('ada@demo.test', PASSWORD)).toBeUndefined();
  });

  it('counts what is tried by changePassword too', async () => {
    const eve = await signInAs(server, 'eve');
    const change = `mutation { changePassword(input: { currentPassword: "a guess", newPassword: "a long new one" }) { endedSessions } }`;
    for (let i = 0; i < 5; i++) expect(await server.refusal(eve, change)).toEqual({ code: 'INVALID_CREDENTIALS' });
    expect(await server.refusal(eve, change)).toMatchObject({ code: 'RATE_LIMITED' });
    expect(await codeOf('eve@demo.test', PASSWORD)).toBe('RATE_LIMITED');
  });

  it('keeps neither e-mails nor addresses in its count', async () => {
    await codeOf('clara@demo.test', 'a guess');
    const rows = await server.database.rows<{ key: string }>('select key from rate_limit');
    expect(rows.length).toBeGreaterThan(0);
    for (const { key } of rows) expect(key).toMatch(/^[\w-]{43}$/);
  });

  it('ignores an address that the caller makes up', async () => {
    const forged = (i: number) =>
      fetch(`${server.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-forwarded-for': `10.0.0.${i}`, 'x-real-ip': `10.0.1.${i}` },
        body: JSON.stringify({
          query: `mutation { signIn(input: { email: "made-up-${i}@demo.test", password: "x" }) { token } }`,
        }),
      }).then((response) => response.text());
    await useUpTries(19);
    expect(await forged(1)).toContain('INVALID_CREDENTIALS');
    expect(await forged(2)).toContain('RATE_LIMITED');
  });
});

describe('the network of an address', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:0DB8:0001:0002::9', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['::1', '0:0:0:0'],
    ['', ''],
  ])('of %s is %s', (ip, network) => expect(networkOf(ip)).toBe(network));
});
