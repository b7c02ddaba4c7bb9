import type { CastName } from '../../src/demo/cast';
import { hashPassword } from '../../src/domains/auth/password';
import { User } from '../../src/domains/auth/user.entity';
import { newId } from '../../src/platform/ids';
import type { Answer, TestServer } from './server';

export const MEMBER = `id name status startsAt expiresAt reason version
  permissions { trackTime clientView internalCosts managesProject }
  person { id displayName } invitation { id status } grantedBy { displayName } project { id name }`;

export const INVITE = `mutation ($input: InviteToProjectInput!) { inviteToProject(input: $input) {
  outcome implied warnings member { ${MEMBER} }
  invitation { id email name personType status expiresAt sentCount clientOrganisation { name } invitedBy { displayName }
    projects { id project { name } permissions { trackTime clientView internalCosts managesProject } } } } }`;

export const ACCEPT = `mutation ($input: AcceptInvitationInput!) { acceptInvitation(input: $input) {
  token expiresAt workspace { name } skipped { reason } viewer { email displayName memberships { personType role workspace { name } } } } }`;

export const PASSWORD = 'correct horse battery';

export interface InviteWishes {
  projectId: string;
  email: string;
  name?: string;
  personType?: 'CLIENT' | 'EMPLOYEE' | 'CONTRACTOR';
  permissions?: Record<string, boolean | null>;
  reason?: string | null;
  startsAt?: string | null;
  expiresAt?: string | null;
}

/** Ivan is invited as a client, unless told otherwise. */
export const invitation = (wishes: InviteWishes): { input: InviteWishes } => ({
  input: { name: 'Ivan Invited', personType: 'CLIENT', ...wishes },
});

export async function invite(server: TestServer, who: CastName, wishes: InviteWishes): Promise<any> {
  return (await server.data(who, INVITE, invitation(wishes))).inviteToProject;
}

/** The token of the link in the newest mail to an address. */
export async function linkTo(server: TestServer, email: string): Promise<string> {
  const mail = (await mailsTo(server, email)).find(({ data }) => data.token);
  if (!mail) throw new Error(`No mail to ${email}.`);
  return mail.data.token;
}

/** Newest first. */
export function mailsTo(server: TestServer, email: string): Promise<{ kind: string; data: Record<string, string> }[]> {
  const sql = 'select kind, data from mail_outbox where recipient = $1 order by created_at desc';
  return server.database.rows(sql, [email]);
}

export async function accept(
  server: TestServer,
  email: string,
  more: { displayName?: string; password?: string | null } = {},
): Promise<any> {
  const input = { token: await linkTo(server, email), password: PASSWORD, ...more };
  return (await server.data(null, ACCEPT, { input })).acceptInvitation;
}

export async function tryToAccept(
  server: TestServer,
  input: { token: string; password?: string | null; displayName?: string },
  who: CastName | { token: string } | null = null,
): Promise<Answer> {
  return server.ask(who, ACCEPT, { input: { password: PASSWORD, ...input } });
}

/** Lets time pass while everybody stays signed in. */
export async function waitFor(server: TestServer, milliseconds: number): Promise<void> {
  server.clock.advance(milliseconds);
  await server.database.rows(
    "update session set last_used_at = $1, expires_at = $1::timestamptz + interval '30 days'",
    [server.clock.now()],
  );
}

/** Somebody with an account and no membership here. */
export async function aUser(server: TestServer, email: string, password = PASSWORD): Promise<string> {
  const now = server.clock.now();
  const id = newId('User');
  const passwordHash = await hashPassword(password);
  const profile = {
    displayName: 'Nora Newcomer',
    phone: null,
    locale: 'en',
    timezone: 'UTC',
    status: 'ACTIVE',
  } as const;
  await server.database.transaction((tx) =>
    tx.insert(User, { id, email, ...profile, passwordHash, passwordVersion: 1, createdAt: now, updatedAt: now }),
  );
  return id;
}
