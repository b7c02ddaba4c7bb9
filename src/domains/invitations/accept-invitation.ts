import type { Context } from '../../context';
import { brokenConstraint } from '../../platform/database';
import { badInput, PorticoError } from '../../platform/errors';
import { tokenHash } from '../../platform/ids';
import { cleanText } from '../../platform/text';
import { deadLink } from '../auth/dead-link';
import { goOnAs } from '../auth/open-session';
import { cleanPassword, hashPassword } from '../auth/password';
import { provePassword } from '../auth/prove-password';
import { loadWorkspace } from '../workspaces/workspace.loaders';
import { refuseUnlessOpen, statusAt } from './invitation.logic';
import type { AcceptInvitationInput } from './invitations.inputs';
import { findByToken, findUser, type SentInvitation } from './invitations.repository';
import type { AcceptInvitationPayload } from './invitations.types';
import { type Arrival, type Guest, letIn } from './let-in';

/**
 * Lets the invited person in: makes or links their user, makes them a member, applies what the invitation grants
 * (F-031, F-035), and signs them in. A link works once; whatever fails leaves the invitation pending. Passwords are
 * hashed and proven before the transaction.
 */
export async function acceptInvitation(
  context: Context,
  input: AcceptInvitationInput,
): Promise<AcceptInvitationPayload> {
  const link = tokenHash(input.token);
  const invitation = await findByToken(context.db, link);
  if (!invitation) throw deadLink();
  refuseUnlessOpen(statusAt(invitation, context.clock.now()), invitation.inviterIsHere);
  const guest = await meetGuest(context, invitation, input);
  const arrived = await welcome(context, { invitation, link, guest });
  // Somebody has an account with this e-mail since the password was hashed: now it has to be theirs.
  if (!arrived) return acceptInvitation(context, input);
  const signedIn = await goOnAs(context, arrived.opened);
  const workspace = await loadWorkspace(context, invitation.workspaceId);
  return { ...signedIn, workspace, skipped: arrived.skipped.map((reason) => ({ reason })) };
}

/** Whoever has an account proves it, by password or by being signed in; whoever is new chooses a password. */
async function meetGuest(
  context: Context,
  { email, name }: SentInvitation,
  { displayName, password }: AcceptInvitationInput,
): Promise<Guest> {
  const { session } = context.access;
  if (session && session.email !== email) throw emailMismatch();
  const user = await findUser(context.db, email);
  if (session && user) return user;
  if (password == null) throw badInput('password', 'Give a password: that of your account, or a new one.');
  if (user) return provePassword(context, { email, password });
  const shown = cleanText(displayName ?? name, { field: 'displayName', max: 120 });
  const passwordHash = await hashPassword(cleanPassword(password));
  return { displayName: shown, passwordHash };
}

/** Null when somebody else has made a user with this e-mail meanwhile. */
async function welcome(context: Context, arrival: Arrival): Promise<Awaited<ReturnType<typeof letIn>> | null> {
  try {
    return await context.db.transaction((tx) => letIn(tx, context, arrival));
  } catch (error) {
    if (brokenConstraint(error) === 'app_user_email_key') return null;
    throw error;
  }
}

const emailMismatch = (): PorticoError =>
  new PorticoError(
    'INVITATION_EMAIL_MISMATCH',
    'You are signed in with another e-mail than the one invited: sign out first.',
  );
