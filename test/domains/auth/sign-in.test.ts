import { hash } from '@node-rs/argon2';
import { days, hours } from '../../../src/platform/clock';
import { tokenHash } from '../../../src/platform/ids';
import { letThrottlePass, PASSWORD, SIGN_IN, signInAs, trySignIn, withPasswords } from '../../support/auth-builders';
import { aProject } from '../../support/builders';
import { TestServer } from '../../support/server';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
  await withPasswords(server, 'clara', 'carl', 'ada');
});
afterAll(() => server.close());
beforeEach(() => letThrottlePass(server));

describe('signing in', () => {
  it('gives Clara a token that opens what is hers for 30 days at most (F-036)', async () => {
    const { signIn } = await server.data(null, SIGN_IN, { email: 'clara@demo.test', password: PASSWORD });
    expect(signIn.viewer).toEqual({
      id: server.cast.users.clara,
      email: 'clara@demo.test',
      displayName: 'Clara Client',
    });
    expect(new Date(signIn.expiresAt).getTime() - server.clock.now().getTime()).toBe(days(30));
    const { viewer } = await server.data({ token: signIn.token }, '{ viewer { email } }');
    expect(viewer.email).toBe('clara@demo.test');
  });

  it('takes Clara’s e-mail in capitals and with blanks around it', async () => {
    const { data } = await trySignIn(server, '  CLARA@Demo.Test ', PASSWORD);
    expect(data.signIn.viewer.email).toBe('clara@demo.test');
  });

  it('takes a password in whichever way its accents are composed', async () => {
    const [composed, decomposed] = ['caf\u00e9 au lait!', 'cafe\u0301 au lait!'];
    await server.database.rows('update app_user set password_hash = $1 where id = $2', [
      await hash(composed, { memoryCost: 65536, timeCost: 3, parallelism: 1 }),
      server.cast.users.eve,
    ]);
    expect((await trySignIn(server, 'eve@demo.test', decomposed)).errors).toBeUndefined();
  });

  it('answers the payload’s viewer as the one just signed in, with what they may see', async () => {
    await aProject(server);
    const { signIn } = await server.data(
      null,
      `mutation { signIn(input: { email: "ada@demo.test", password: "${PASSWORD}" }) { viewer { memberships {
        role personType workspace { name settings { invitePolicy } memberCount } person { displayName email } } } } }`,
    );
    expect(signIn.viewer.memberships).toEqual([
      {
        role: 'ADMIN',
        personType: 'EMPLOYEE',
        workspace: { name: 'Fjord Studio', settings: { invitePolicy: 'ADMINS_AND_PROJECT_MANAGERS' }, memberCount: 10 },
        person: { displayName: 'Ada Admin', email: 'ada@demo.test' },
      },
    ]);
  });

  it('gives Clara nothing of Ada’s when Ada’s request signs Clara in', async () => {
    const answer = await server.ask(
      'ada',
      `mutation { signIn(input: { email: "clara@demo.test", password: "${PASSWORD}" }) {
        viewer { email sessions { current } memberships { role workspace { settings { version } } } } } }`,
    );
    expect(answer.data.signIn.viewer.memberships).toEqual([{ role: 'MEMBER', workspace: { settings: null } }]);
    expect(answer.data.signIn.viewer.sessions.filter((s: { current: boolean }) => s.current)).toHaveLength(1);
    expect(answer.extensions?.withheld).toEqual([
      { path: ['signIn', 'viewer', 'memberships', 'workspace', 'settings'], requires: ['role:ADMIN'] },
    ]);
  });

  it('refuses strangers, wrong passwords and locked people with one and the same answer (F-024)', async () => {
    await server.database.rows(`update app_user set status = 'LOCKED' where id = $1`, [server.cast.users.carl]);
    const body = async (email: string, password: string) => {
      const { headers, ...answer } = await trySignIn(server, email, password);
      return JSON.stringify([answer, headers.get('content-length')]);
    };
    const stranger = await body('nobody@demo.test', PASSWORD);
    expect(stranger).toContain('INVALID_CREDENTIALS');
    expect(await body('clara@demo.test', 'wrong password')).toBe(stranger);
    expect(await body('carl@demo.test', PASSWORD)).toBe(stranger);
    expect(await body('wim@demo.test', PASSWORD)).toBe(stranger);
    expect(await body('no e-mail at all\0', PASSWORD)).toBe(stranger);
    expect(await body('clara@demo.test', 'x'.repeat(10_000))).toBe(stranger);
    await server.database.rows(`update app_user set status = 'ACTIVE' where id = $1`, [server.cast.users.carl]);
  });

  it('hashes as long for a stranger as for Clara', async () => {
    const time = async (email: string) => {
      const started = performance.now();
      await trySignIn(server, email, 'wrong password');
      return performance.now() - started;
    };
    const times: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] };
    for (let i = 0; i < 4; i++) {
      times.known.push(await time('clara@demo.test'));
      times.unknown.push(await time(`stranger-${i}@demo.test`));
    }
    // Without the dummy hash a stranger would be refused in a tenth of the time.
    expect(Math.min(...times.unknown)).toBeGreaterThan(Math.min(...times.known) / 3);
  });

  it('keeps of Clara’s token nothing that would sign anybody in (F-036)', async () => {
    const { token } = await signInAs(server, 'clara');
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    const stored = await server.database.rows<{ tokenHash: string }>('select token_hash from session');
    expect(stored.map((row) => row.tokenHash)).toContain(tokenHash(token));
    for (const row of stored) {
      expect(row.tokenHash).not.toContain(token);
      expect(await server.refusal({ token: row.tokenHash }, '{ viewer { id } }')).toEqual({ code: 'UNAUTHENTICATED' });
    }
  });

  it('renews an older hash of Ada’s password, and takes the password as before', async () => {
    const older = await hash(PASSWORD, { memoryCost: 19456, timeCost: 2, parallelism: 1 });
    const { ada } = server.cast.users;
    await server.database.rows('update app_user set password_hash = $1 where id = $2', [older, ada]);
    await signInAs(server, 'ada');
    const user = await server.database.row<{ passwordHash: string }>(
      'select password_hash from app_user where id = $1',
      [ada],
    );
    expect(user?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$/);
    await signInAs(server, 'ada');
  });

  it('asks whoever is not signed in to sign in, whatever they ask (F-042)', async () => {
    for (const question of [
      '{ viewer { id } }',
      '{ projects { totalCount } }',
      'mutation { signOut { endedSessions } }',
    ]) {
      expect(await server.refusal(null, question)).toEqual({ code: 'UNAUTHENTICATED' });
      expect(await server.refusal({ token: 'no-such-token' }, question)).toEqual({ code: 'UNAUTHENTICATED' });
    }
  });

  it('lets Carl in where he is deactivated, and shows him nothing of that workspace (F-020, F-042)', async () => {
    const project = await aProject(server);
    const person = [server.cast.people.carl];
    await server.database.rows(`update membership set status = 'DEACTIVATED' where id = $1`, person);
    const carl = await signInAs(server, 'carl');
    expect(
      await server.data(
        carl,
        `{ viewer { memberships { role } } projects { totalCount } project(id: "${project.id}") { name } }`,
      ),
    ).toEqual({ viewer: { memberships: [] }, projects: { totalCount: 0 }, project: null });
    await server.database.rows(`update membership set status = 'ACTIVE' where id = $1`, person);
  });

  it('tries one password a request, whatever the aliases', async () => {
    const attempt = (alias: string) =>
      `${alias}: signIn(input: { email: "clara@demo.test", password: "${alias}" }) { token }`;
    const refusal = await server.refusal(null, `mutation { ${attempt('a')} ${attempt('b')} }`);
    expect(refusal).toMatchObject({ code: 'QUERY_TOO_COMPLEX', reason: 'authMutations' });
  });
});

describe('a session', () => {
  it('ends after 12 hours without use and lasts while it is used', async () => {
    const clara = await signInAs(server, 'clara');
    for (let i = 0; i < 3; i++) {
      server.clock.advance(hours(11));
      await server.data(clara, '{ viewer { id } }');
    }
    server.clock.advance(hours(12));
    expect(await server.refusal(clara, '{ viewer { id } }')).toEqual({ code: 'UNAUTHENTICATED' });
  });

  it('ends after 30 days, however much it is used', async () => {
    const clara = await signInAs(server, 'clara');
    for (let used = hours(10); used < days(30); used += hours(10)) {
      server.clock.advance(hours(10));
      await server.data(clara, '{ viewer { id } }');
    }
    server.clock.advance(hours(10));
    expect(await server.refusal(clara, '{ viewer { id } }')).toEqual({ code: 'UNAUTHENTICATED' });
  });

  it('ends at once when Clara is locked (F-020, F-024)', async () => {
    const clara = await signInAs(server, 'clara');
    await server.database.rows(`update app_user set status = 'LOCKED' where id = $1`, [server.cast.users.clara]);
    expect(await server.refusal(clara, '{ viewer { id } }')).toEqual({ code: 'UNAUTHENTICATED' });
    await server.database.rows(`update app_user set status = 'ACTIVE' where id = $1`, [server.cast.users.clara]);
  });
});
