import { join } from 'node:path';
import { type RequestHandler, Router } from 'express';
import { recentMails } from '../domains/mail/mails.repository';
import { renderMail } from '../domains/mail/render-mail';
import type { Database } from '../platform/database';
import { neverCached } from './http-guards';

export interface InboxOptions {
  database: Database;
  publicUrl: string;
}

/** Every mail the server would have sent, for who has no mail server at hand. It shows tokens: never in production. */
export function developmentInbox(options: InboxOptions): Router {
  const router = Router();
  router.get('/dev/mail', (_request, response) => response.sendFile(join(__dirname, 'pages', 'mail.html')));
  router.get('/dev/mail.json', neverCached, listMails(options));
  return router;
}

const listMails =
  ({ database, publicUrl }: InboxOptions): RequestHandler =>
  async (_request, response) => {
    const mails = await recentMails(database);
    response.json(
      mails.map((mail) => ({
        id: mail.id,
        recipient: mail.recipient,
        createdAt: mail.createdAt,
        ...renderMail(mail, publicUrl),
      })),
    );
  };
