import { pino } from 'pino';
import { issueSetupLink } from '../../../src/domains/auth/set-up';
import { tokenHash } from '../../../src/platform/ids';
import { lastMailTo, PASSWORD, SIGN_IN, withPasswords } from '../../support/auth-builders';
import { aProject } from '../../support/builders';
import { invite, linkTo, tryToAccept } from '../../support/invitations-builders';
import { TestServer } from '../../support/server';

const lines: string[] = [];
const logger = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start({ logger });
  await withPasswords(server, 'clara');
});
afterAll(() => server.close());

describe('secrets', () => {
  it('stand in no line of the log and in no answer but the one that gives them (L-13)', async () => {
    const answers: string[] = [];
    const ask = async (who: { token: string } | null, query: string, variables: object) => {
      const answer = await server.ask(who, query, variables as Record<string, unknown>);
      answers.push(JSON.stringify(answer));
      return answer;
    };
    const given = await server.ask(null, SIGN_IN, { email: 'clara@demo.test', password: PASSWORD });
    const clara = { token: given.data.signIn.token as string };
    await ask(null, SIGN_IN, { email: 'clara@demo.test', password: 'wrong secret one' });
    await ask(
      null,
      `mutation Failing { signIn(input: { email: "clara@demo.test", password: "wrong secret two" }) { nothing } }`,
      {},
    );
    await ask(clara, '{ viewer { id email sessions { id userAgent } memberships { person { email } } } }', {});
    await ask(
      clara,
      `mutation ($p: String!) { changePassword(input: { currentPassword: $p, newPassword: $p }) { endedSessions } }`,
      { p: PASSWORD },
    );
    await ask(null, 'mutation { requestPasswordReset(input: { email: "clara@demo.test" }) { message } }', {});
    const { data } = await lastMailTo(server, 'clara', 'PASSWORD_RESET');
    const setup = await issueSetupLink(server.database, server.clock);
    const reset =
      'mutation ($t: String!, $p: String!) { resetPassword(input: { token: $t, password: $p }) { endedSessions } }';
    await server.database.rows('alter table session rename to session_gone');
    await ask(null, reset, { t: data.token, p: 'a very secret one' });
    await server.database.rows('alter table session_gone rename to session');
    await ask(null, reset, { t: data.token, p: 'a very secret one' });
    await fetch(`${server.url}/reset-password?token=${data.token}`);
    await fetch(`${server.url}/graphql?query={viewer{id}}&token=${data.token}`, {
      headers: { authorization: `Bearer ${clara.token}` },
    });

    const log = lines.join('');
    expect(log).toContain('"codes":["INVALID_CREDENTIALS"]');
    expect(log).toContain('A request failed for a reason of ours');
    const secrets = [clara.token, data.token, setup, PASSWORD, 'wrong secret', 'a very secret one', '$argon2id'];
    for (const secret of secrets) {
      expect(log).not.toContain(secret);
      for (const answer of answers) expect(answer).not.toContain(secret);
    }
  });

  it('of an invitation neither, whatever becomes of its link (L-13)', async () => {
    lines.length = 0;
    const { id: projectId } = await aProject(server);
    const email = 'ivan@acme.test';
    const { id } = (await invite(server, 'max', { projectId, email })).invitation;
    const token = await linkTo(server, email);
    const answers = [
      await server.ask('max', '{ projects { nodes { members { nodes { id invitation { id status sentCount } } } } } }'),
      await server.ask(null, 'query ($token: String!) { invitation(token: $token) { workspaceName } }', { token }),
      await server.ask(null, `query Broken { invitation(token: "${token}") { nothing } }`),
      await tryToAccept(server, { token, password: 'short' }),
    ];
    await server.database.rows('alter table contact rename to contact_gone');
    answers.push(await tryToAccept(server, { token, password: 'a very secret one' }));
    await server.database.rows('alter table contact_gone rename to contact');
    await fetch(`${server.url}/accept-invitation?token=${token}`);
    await server.data(
      'max',
      'mutation ($id: ID!) { revokeInvitation(input: { invitationId: $id }) { invitationId } }',
      {
        id,
      },
    );
    answers.push(await tryToAccept(server, { token, password: 'a very secret one' }));

    const log = lines.join('');
    expect(log).toContain('A request failed for a reason of ours');
    expect(log).toContain('"codes":["INVITATION_REVOKED"]');
    for (const secret of [token, tokenHash(token), 'a very secret one']) {
      expect(log).not.toContain(secret);
      for (const answer of answers) expect(JSON.stringify({ ...answer, headers: null })).not.toContain(secret);
    }
  });
});
