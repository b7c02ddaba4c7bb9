import type { MailOutbox } from '../../src/domains/mail/mail-outbox.entity';
import type { Arrived, MailServer } from './mail-server';
import type { TestServer } from './server';

/** Whom the mails of a test are from. */
export const FROM = { name: 'Portico', address: 'no-reply@portal.test' };

export const smtpOf = ({ url }: MailServer) => ({ url, from: FROM });

/** What stands of the mails to an address in the outbox, the oldest first. */
export const outboxTo = (server: TestServer, email: string): Promise<(MailOutbox & { data: { token: string } })[]> =>
  server.database.rows('select * from mail_outbox where recipient = $1 order by created_at, id', [email]);

/** The token of the link in a mail that arrived: the same in both of its parts. */
export function tokenIn({ text = '', html = '' }: Arrived): string {
  const [inText] = /\?token=\S+/.exec(text) ?? [];
  const [inHtml] = /\?token=[^"]+/.exec(html) ?? [];
  if (!inText || inText !== inHtml) throw new Error(`No link, or two: ${inText} and ${inHtml}`);
  return decodeURIComponent(inText.slice('?token='.length));
}
