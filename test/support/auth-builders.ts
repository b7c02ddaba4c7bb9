import type { CastName } from '../../src/demo/cast';
import { emailOf } from '../../src/demo/cast';
import { hashPassword } from '../../src/domains/auth/password';
import type { MailData, MailKind, MailOutbox } from '../../src/domains/mail/mail-outbox.entity';
import { recentMails } from '../../src/domains/mail/mails.repository';
import { minutes } from '../../src/platform/clock';
import type { Answer, TestServer } from './server';

export const PASSWORD = 'correct horse battery';

/** Gives some of the cast a password: `PASSWORD`. */
export async function withPasswords(server: TestServer, ...names: CastName[]): Promise<void> {
  const hash = await hashPassword(PASSWORD);
  const ids = names.map((name) => server.cast.users[name]);
  await server.database.rows('update app_user set password_hash = $1 where id = any($2::text[])', [hash, ids]);
}

/** Lets the tries of the tests before be forgotten. */
export const letThrottlePass = (server: TestServer): void => server.clock.advance(minutes(15));

export const SIGN_IN = `mutation ($email: String!, $password: String!) {
  signIn(input: { email: $email, password: $password }) { token expiresAt viewer { id email displayName } } }`;

export const trySignIn = (server: TestServer, email: string, password: string): Promise<Answer> =>
  server.ask(null, SIGN_IN, { email, password });

/** Signs somebody in by password and gives what they ask with from then on. */
export async function signInAs(server: TestServer, name: CastName, password = PASSWORD): Promise<{ token: string }> {
  const { signIn } = await server.data(null, SIGN_IN, { email: emailOf(name), password });
  return { token: signIn.token };
}

/** The newest mail of a kind to one of the cast. */
export async function lastMailTo<K extends MailKind>(
  server: TestServer,
  name: CastName,
  kind: K,
): Promise<MailOutbox & { data: MailData[K] }> {
  const mails = await recentMails(server.database);
  const mail = mails.find((candidate) => candidate.recipient === emailOf(name) && candidate.kind === kind);
  if (!mail) throw new Error(`No ${kind} was written to ${name}.`);
  return mail as MailOutbox & { data: MailData[K] };
}
