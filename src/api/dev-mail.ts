import { join } from 'node:path';
import { type RequestHandler, Router } from 'express';
import type { MailOutbox } from '../domains/mail/mail-outbox.entity';
import { recentMails } from '../domains/mail/mails.repository';
import type { ContextParts } from './contexts';
import { neverCached } from './http-guards';
import { mailRenderer } from './mail-templates';

/** The newest mails, for who has no mail server at hand. It shows tokens of what waits: never in production. */
export function developmentInbox(parts: ContextParts): Router {
  const router = Router();
  router.get('/dev/mail', (_request, response) => response.sendFile(join(__dirname, 'pages', 'mail.html')));
  router.get('/dev/mail.json', neverCached, listMails(parts));
  return router;
}

/** A mail on the page. */
interface Shown {
  subject: string;
  text: string;
  link: string | null;
}

const listMails = (parts: ContextParts): RequestHandler => {
  const render = mailRenderer(parts);
  const shown = async (mail: MailOutbox): Promise<Shown> => {
    if (mail.state !== 'QUEUED') return inWords(mail.kind, mail.state, mail.reason);
    const rendered = await render(mail);
    return 'suppressed' in rendered ? inWords(mail.kind, 'SUPPRESSED', rendered.suppressed) : rendered;
  };
  return async (_request, response) => {
    const mails = await recentMails(parts.database);
    const list = mails.map(async (mail) => {
      const { subject, text, link } = await shown(mail);
      return { id: mail.id, recipient: mail.recipient, createdAt: mail.createdAt, subject, text, link };
    });
    response.json(await Promise.all(list));
  };
};

/** Of what was delivered no text is kept, and what has lost its cause has none. */
const inWords = (kind: string, state: string, reason: string | null): Shown => ({
  subject: `${kind}: ${state}`,
  text: reason ? `Reason: ${reason}` : 'Its text is not kept.',
  link: null,
});
