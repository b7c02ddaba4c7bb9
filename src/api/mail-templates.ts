import { resetMail } from '../domains/auth/reset-mail';
import { invitationMail } from '../domains/invitations/invitation-mail';
import type { MailOutbox } from '../domains/mail/mail-outbox.entity';
import { type MailTemplates, type Rendered, renderMail } from '../domains/mail/render-mail';
import { digestMail, notificationMail } from '../domains/notifications/notification-mail';
import { type ContextParts, contextOfReceiver } from './contexts';

/** What every kind of mail says: the one way from a row of the outbox to a text. */
const MAIL_TEMPLATES: MailTemplates = {
  PASSWORD_RESET: resetMail,
  INVITATION: invitationMail,
  NOTIFICATION: notificationMail,
  DIGEST: digestMail,
};

/** Writes mails as things are at that moment. */
export const mailRenderer =
  (parts: ContextParts, templates = MAIL_TEMPLATES) =>
  (mail: MailOutbox): Promise<Rendered> =>
    renderMail(mail, templates, {
      db: parts.database,
      now: parts.clock.now(),
      publicUrl: parts.settings.publicUrl,
      contextOf: (userId) => contextOfReceiver(parts, userId),
    });
