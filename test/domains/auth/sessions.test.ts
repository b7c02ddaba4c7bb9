import { minutes } from '../../../src/platform/clock';
import { letThrottlePass, PASSWORD, signInAs, trySignIn, withPasswords } from '../../support/auth-builders';
import { TestServer } from '../../support/server';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
  await withPasswords(server, 'clara', 'carl', 'ada', 'max');
});
afterAll(() => server.close());
beforeEach(() => letThrottlePass(server));

const ME = '{ viewer { id } }';
const SESSIONS = '{ viewer { sessions { id createdAt lastUsedAt expiresAt current userAgent } } }';
const NOBODY = { code: 'UNAUTHENTICATED' };

interface ListedSession {
  id: string;
  lastUsedAt: string;
  current: boolean;
}
const sessionsOf = async (who: { token: string }): Promise<ListedSession[]> =>
  (await server.data(who, SESSIONS)).viewer.sessions;

describe('signing out', () => {
  it('ends Clara’s session and leaves her others', async () => {
    const [phone, desk] = [await signInAs(server, 'clara'), await signInAs(server, 'clara')];
    expect(await server.data(phone, 'mutation { signOut { endedSessions } }')).toEqual({
      signOut: { endedSessions: 1 },
    });
    expect(await server.refusal(phone, ME)).toEqual(NOBODY);
    await server.data(desk, ME);
  });

  it('ends it for the rest of the same request', async () => {
    const clara = await signInAs(server, 'clara');
    const answer = await server.ask(
      clara,
      'mutation { signOut { endedSessions } updateProfile(input: { locale: "de" }) { viewer { locale } } }',
    );
    expect(answer.errors?.map((error) => error.extensions)).toEqual([NOBODY]);
  });

  it('everywhere ends all of Carl’s sessions and none of Ada’s', async () => {
    const [one, two, ada] = [
      await signInAs(server, 'carl'),
      await signInAs(server, 'carl'),
      await signInAs(server, 'ada'),
    ];
    const { signOutEverywhere } = await server.data(one, 'mutation { signOutEverywhere { endedSessions } }');
    // With the session that the cast has from the beginning.
    expect(signOutEverywhere.endedSessions).toBe(3);
    for (const gone of [one, two, 'carl' as const]) expect(await server.refusal(gone, ME)).toEqual(NOBODY);
    await server.data(ada, ME);
  });
});

describe('the list of sessions', () => {
  it('shows Max where he is signed in, the one in use first, and nothing that signs anybody in', async () => {
    const old = await signInAs(server, 'max');
    server.clock.advance(minutes(10));
    const now = await signInAs(server, 'max');
    const sessions = await sessionsOf(now);
    expect(sessions.map((session) => session.current)).toEqual([true, false, false]);
    expect(sessions[0]).toEqual({
      id: expect.stringMatching(/^ses_/),
      createdAt: server.clock.now().toISOString(),
      lastUsedAt: server.clock.now().toISOString(),
      expiresAt: expect.any(String),
      current: true,
      userAgent: 'node',
    });
    const told = JSON.stringify(sessions);
    for (const { token } of [old, now]) expect(told).not.toContain(token);
  });

  it('notes the use of a session every five minutes at most', async () => {
    const max = await signInAs(server, 'max');
    const signedInAt = server.clock.now().toISOString();
    server.clock.advance(minutes(5) - 1);
    expect((await sessionsOf(max)).find((session) => session.current)?.lastUsedAt).toBe(signedInAt);
    server.clock.advance(1);
    expect((await sessionsOf(max)).find((session) => session.current)?.lastUsedAt).not.toBe(signedInAt);
  });

  it('lets Max end one of them, and nobody’s else', async () => {
    const [lost, here, ada] = [
      await signInAs(server, 'max'),
      await signInAs(server, 'max'),
      await signInAs(server, 'ada'),
    ];
    const revoke = (who: { token: string }, sessionId: string) =>
      server.ask(who, `mutation ($id: ID!) { revokeSession(input: { sessionId: $id }) { endedSessions } }`, {
        id: sessionId,
      });
    const idOf = async (who: { token: string }) => (await sessionsOf(who)).find((session) => session.current)!.id;
    const lostId = await idOf(lost);
    const foreign = await revoke(here, await idOf(ada));
    const unknown = await revoke(here, 'ses_1111111111111111111111');
    expect(foreign.errors?.[0].extensions).toEqual({ code: 'NOT_FOUND', field: 'sessionId' });
    expect(unknown.errors).toEqual(foreign.errors);
    expect((await revoke(here, lostId)).data).toEqual({ revokeSession: { endedSessions: 1 } });
    expect(await server.refusal(lost, ME)).toEqual(NOBODY);
    expect((await revoke(here, lostId)).errors?.[0].extensions.code).toBe('NOT_FOUND');
    await server.data(ada, ME);
  });
});

describe('changing the password', () => {
  const change = (who: { token: string }, currentPassword: string, newPassword: string) =>
    server.ask(who, `mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { endedSessions } }`, {
      input: { currentPassword, newPassword },
    });

  it('asks Ada for the present one, ends her other sessions and keeps this one (F-040, F-127)', async () => {
    const [other, here] = [await signInAs(server, 'ada'), await signInAs(server, 'ada')];
    const wrong = await change(here, 'not the password', 'a brand new password');
    expect(wrong.errors?.[0].extensions).toEqual({ code: 'INVALID_CREDENTIALS' });
    const { data, errors } = await change(here, PASSWORD, 'a brand new password');
    expect(errors).toBeUndefined();
    expect(data.changePassword.endedSessions).toBeGreaterThanOrEqual(1);
    expect(await server.refusal(other, ME)).toEqual(NOBODY);
    await server.data(here, ME);
    expect((await trySignIn(server, 'ada@demo.test', PASSWORD)).errors?.[0].extensions.code).toBe(
      'INVALID_CREDENTIALS',
    );
    await signInAs(server, 'ada', 'a brand new password');
  });

  it('refuses a new one that is too short, and names it', async () => {
    const clara = await signInAs(server, 'clara');
    const { errors } = await change(clara, PASSWORD, 'short');
    expect(errors?.[0].extensions).toEqual({
      code: 'BAD_USER_INPUT',
      field: 'newPassword',
      min: 10,
      max: 200,
      actual: 5,
    });
  });
});
