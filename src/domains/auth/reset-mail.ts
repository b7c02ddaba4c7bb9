import { inWords } from '../../platform/clock';
import { tokenHash } from '../../platform/ids';
import type { MailTemplate } from '../mail/render-mail';
import { findReset } from './password-resets.repository';

/** Lets somebody choose a new password. Security: no preference keeps it back. */
export const resetMail: MailTemplate<'PASSWORD_RESET'> = async ({ data: { token }, recipient }, scene) => {
  const reset = await findReset(scene.db, tokenHash(token), scene.now);
  if (!reset?.isOpen) return { suppressed: 'RESET_OVER' };
  if (reset.status !== 'ACTIVE' || reset.email !== recipient) return { suppressed: 'RECIPIENT_LEFT' };
  return {
    subject: 'Choose a new password',
    paragraphs: [`Hello ${reset.displayName},`, 'Somebody, most likely you, asked for a new password.'],
    action: {
      label: 'Choose a new password',
      link: `${scene.publicUrl}/reset-password?token=${encodeURIComponent(token)}`,
    },
    footer: [
      `The link works once, until ${inWords(reset.expiresAt)}. It ends all your sessions.`,
      'If it was not you, there is nothing to do: your password stays as it is.',
    ],
  };
};
