import type { CastName } from '../../../src/demo/cast';
import { recentMails } from '../../../src/domains/mail/mails.repository';
import { hours } from '../../../src/platform/clock';
import { lastMailTo, letThrottlePass, PASSWORD, signInAs, trySignIn, withPasswords } from '../../support/auth-builders';
import { type Answer, TestServer } from '../../support/server';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
  await withPasswords(server, 'clara', 'carl', 'ada');
});
afterAll(() => server.close());
beforeEach(() => letThrottlePass(server));

const request = (email: string): Promise<Answer> =>
  server.ask(null, 'mutation ($email: String!) { requestPasswordReset(input: { email: $email }) { message } }', {
    email,
  });

const reset = (token: string, password: string): Promise<Answer> =>
  server.ask(
    null,
    'mutation ($token: String!, $password: String!) { resetPassword(input: { token: $token, password: $password }) { endedSessions } }',
    { token, password },
  );

async function tokenFor(name: CastName): Promise<string> {
  await request(`${name}@demo.test`);
  return (await lastMailTo(server, name, 'PASSWORD_RESET')).data.token;
}

const DEAD_LINK = { code: 'NOT_FOUND', field: 'token' };

describe('a forgotten password', () => {
  it('is replaced by the link in Clara’s mail, which ends her sessions (F-040)', async () => {
    const clara = await signInAs(server, 'clara');
    const answer = await reset(await tokenFor('clara'), 'my new password');
    expect(answer.errors).toBeUndefined();
    expect(answer.data.resetPassword.endedSessions).toBeGreaterThanOrEqual(1);
    expect(await server.refusal(clara, '{ viewer { id } }')).toEqual({ code: 'UNAUTHENTICATED' });
    await signInAs(server, 'clara', 'my new password');
    expect((await trySignIn(server, 'clara@demo.test', PASSWORD)).errors?.[0].extensions.code).toBe(
      'INVALID_CREDENTIALS',
    );
  });

  it('goes by a link that works once, for an hour, and tells used, late and made-up ones not apart', async () => {
    const token = await tokenFor('clara');
    await reset(token, 'my second password');
    const used = await reset(token, 'my third password');
    const late = await tokenFor('clara');
    server.clock.advance(hours(1));
    expect(used.errors?.[0].extensions).toEqual(DEAD_LINK);
    expect((await reset(late, 'my third password')).errors).toEqual(used.errors);
    expect((await reset('made up', 'my third password')).errors).toEqual(used.errors);
    await signInAs(server, 'clara', 'my second password');
  });

  it('does not use the link up for a password that is too short', async () => {
    const token = await tokenFor('clara');
    expect((await reset(token, 'short')).errors?.[0].extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      field: 'password',
    });
    expect((await reset(token, 'long enough now')).errors).toBeUndefined();
  });

  it('makes every other link of hers useless, as a change of password does', async () => {
    const [first, second] = [await tokenFor('carl'), await tokenFor('carl')];
    await reset(second, 'carl’s new password');
    expect((await reset(first, 'carl’s other password')).errors?.[0].extensions).toEqual(DEAD_LINK);
    const third = await tokenFor('carl');
    const carl = await signInAs(server, 'carl', 'carl’s new password');
    await server.data(
      carl,
      `mutation { changePassword(input: { currentPassword: "carl’s new password", newPassword: "yet another one" }) { endedSessions } }`,
    );
    expect((await reset(third, 'carl’s other password')).errors?.[0].extensions).toEqual(DEAD_LINK);
  });

  it('lets Ada in although somebody has used up the tries at her account', async () => {
    for (let i = 0; i < 6; i++) await trySignIn(server, 'ada@demo.test', 'a guess');
    await reset(await tokenFor('ada'), 'ada’s new password');
    await signInAs(server, 'ada', 'ada’s new password');
  });

  it('is answered alike for Clara, strangers, locked people and nonsense, and writes to Clara alone (F-040)', async () => {
    await server.database.rows(`update app_user set status = 'LOCKED' where id = $1`, [server.cast.users.eve]);
    const mailsBefore = (await recentMails(server.database)).length;
    const body = async (email: string) => {
      const { headers, ...answer } = await request(email);
      return JSON.stringify([answer, headers.get('content-length')]);
    };
    const known = await body('clara@demo.test');
    expect(known).toContain('on its way');
    for (const email of ['nobody@demo.test', 'eve@demo.test', 'no e-mail', '', '\0'])
      expect(await body(email)).toBe(known);
    expect((await recentMails(server.database)).length).toBe(mailsBefore + 1);
  });

  it('takes as long to answer a stranger as to answer Clara', async () => {
    const time = async (email: string) => {
      const started = performance.now();
      await request(email);
      return performance.now() - started;
    };
    expect(await time('nobody@demo.test')).toBeGreaterThan(240);
    expect(await time('clara@demo.test')).toBeGreaterThan(240);
  });

  it('is asked for five times in 15 minutes at most, by whomever, for whomever', async () => {
    const sixth = async (email: string) => {
      for (let i = 0; i < 5; i++) await request(email);
      const { headers: _, ...answer } = await request(email);
      return answer;
    };
    const [known, unknown] = await Promise.all([sixth('carl@demo.test'), sixth('nobody@demo.test')]);
    expect(known.errors?.[0].extensions).toEqual({ code: 'RATE_LIMITED', retryAfter: 900 });
    expect(unknown).toEqual(known);
  });

  it('leaves in the database of its link nothing but the hash, beside the mail itself', async () => {
    const token = await tokenFor('clara');
    const stored = await server.database.rows<{ row: string }>('select r::text as row from password_reset r');
    for (const { row } of stored) expect(row).not.toContain(token);
  });
});
