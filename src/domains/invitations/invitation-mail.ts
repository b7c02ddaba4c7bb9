import { inWords } from '../../platform/clock';
import { tokenHash } from '../../platform/ids';
import type { MailTemplate } from '../mail/render-mail';
import { InvitationStatus } from './invitation.enums';
import { statusAt } from './invitation.logic';
import { findByToken } from './invitations.repository';

/** Asks somebody in. No project is named: the mail may reach the wrong reader (L-24). */
export const invitationMail: MailTemplate<'INVITATION'> = async ({ data: { token }, recipient }, scene) => {
  const invitation = await findByToken(scene.db, tokenHash(token));
  // Sent again since: the newer mail has the link that works.
  if (!invitation || invitation.email !== recipient) return { suppressed: 'LINK_REPLACED' };
  const status = statusAt(invitation, scene.now);
  if (status !== InvitationStatus.PENDING) return { suppressed: `INVITATION_${status}` };
  if (!invitation.inviterIsHere) return { suppressed: 'INVITER_LEFT' };
  const { name, inviterName, workspaceName, expiresAt } = invitation;
  return {
    subject: `${inviterName} invites you to ${workspaceName}`,
    paragraphs: [
      `Hello ${name},`,
      `${inviterName} invites you to the portal of ${workspaceName}, where you see what is shared with you. ` +
        'Choose a password and begin.',
    ],
    action: {
      label: 'Accept the invitation',
      link: `${scene.publicUrl}/accept-invitation?token=${encodeURIComponent(token)}`,
    },
    footer: [
      `The link works once, until ${inWords(expiresAt)}.`,
      `If you expect nothing from ${workspaceName}, ignore this mail: no account is made without you.`,
    ],
  };
};
