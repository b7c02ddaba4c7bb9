import { insertReset } from '../../src/domains/auth/password-resets.repository';
import { issueSetupLink } from '../../src/domains/auth/set-up';
import { after, hours } from '../../src/platform/clock';
import { newToken, tokenHash } from '../../src/platform/ids';
import { codesOf, countEach, times } from '../support/at-once';
import { letThrottlePass, PASSWORD, trySignIn, withPasswords } from '../support/auth-builders';
import { type Answer, TestServer } from '../support/server';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
  await withPasswords(server, 'clara', 'carl');
});
afterAll(() => server.close());
beforeEach(() => letThrottlePass(server));

/** A link as the mail has it, without the wait for one. */
async function resetLinkOf(name: 'clara' | 'carl'): Promise<string> {
  const token = newToken();
  const createdAt = server.clock.now();
  const expiresAt = after(createdAt, hours(1));
  const userId = server.cast.users[name];
  await insertReset(server.database, { tokenHash: tokenHash(token), userId, createdAt, expiresAt });
  return token;
}

const reset = (token: string, password: string): Promise<Answer> =>
  server.ask(
    null,
    'mutation ($token: String!, $password: String!) { resetPassword(input: { token: $token, password: $password }) { endedSessions } }',
    { token, password },
  );

describe('at the same time', () => {
  it('sixty guesses at Clara’s password are five', async () => {
    const answers = await times(60, (i) => trySignIn(server, 'clara@demo.test', `guess number ${i}`));
    expect(countEach(codesOf(answers))).toEqual({ INVALID_CREDENTIALS: 5, RATE_LIMITED: 55 });
  });

  it('guesses at many accounts from one address are twenty', async () => {
    const answers = await times(40, (i) => trySignIn(server, `somebody-${i}@demo.test`, 'a guess'));
    expect(countEach(codesOf(answers))).toEqual({ INVALID_CREDENTIALS: 20, RATE_LIMITED: 20 });
  });

  it('fifty who hold Clara’s reset link are one new password (F-040)', async () => {
    const token = await resetLinkOf('clara');
    const answers = await times(50, (i) => reset(token, `new password ${i}`));
    expect(countEach(codesOf(answers))).toEqual({ DONE: 1, NOT_FOUND: 49 });
    const winner = answers.findIndex((answer) => !answer.errors);
    expect((await trySignIn(server, 'clara@demo.test', `new password ${winner}`)).errors).toBeUndefined();
  });

  it('Carl’s old password and his reset leave no session of the old password behind', async () => {
    let present = PASSWORD;
    for (let round = 0; round < 12; round++) {
      const next = `password of round ${round}`;
      const token = await resetLinkOf('carl');
      const [signedIn, done] = await Promise.all([trySignIn(server, 'carl@demo.test', present), reset(token, next)]);
      expect(done.errors).toBeUndefined();
      const opened = signedIn.data?.signIn?.token;
      if (opened) {
        const { code } = await server.refusal({ token: opened }, '{ viewer { id } }');
        expect(code).toBe('UNAUTHENTICATED');
      }
      present = next;
      letThrottlePass(server);
    }
  });

  it('two and more first owners are one', async () => {
    await server.database.rows('truncate app_user, workspace cascade');
    const tokens = await times(8, () => issueSetupLink(server.database, server.clock));
    const links = await server.database.rows('select from setup_link');
    expect(links).toHaveLength(1);
    const answers = await times(16, (i) =>
      server.ask(null, 'mutation ($input: SetUpInput!) { setUp(input: $input) { token } }', {
        input: {
          token: tokens[i % tokens.length],
          email: `owner-${i}@example.com`,
          displayName: 'Nina',
          password: 'a long enough one',
          workspaceName: 'Nina’s',
        },
      }),
    );
    expect(countEach(codesOf(answers))).toEqual({ DONE: 1, NOT_FOUND: 15 });
    const [{ users, workspaces }] = await server.database.rows<{ users: number; workspaces: number }>(
      'select (select count(*)::int from app_user) as users, (select count(*)::int from workspace) as workspaces',
    );
    expect({ users, workspaces }).toEqual({ users: 1, workspaces: 1 });
    const owner = answers.find((answer) => !answer.errors)!.data.setUp;

    const created = await times(25, (i) =>
      server.ask(owner, 'mutation ($name: String!) { createWorkspace(input: { name: $name }) { workspace { id } } }', {
        name: `Number ${i}`,
      }),
    );
    expect(countEach(codesOf(created))).toEqual({ DONE: 19, LIMIT_EXCEEDED: 6 });
  });
});
