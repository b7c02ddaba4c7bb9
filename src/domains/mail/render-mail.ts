import type { MailData, MailKind, MailOutbox } from './mail-outbox.entity';

export interface RenderedMail {
  subject: string;
  /** Plain text; the link stands in it as well. */
  text: string;
  link: string;
}

/** A mail as its reader gets it. `publicUrl`: what the links start with, without a slash at the end. */
export function renderMail({ kind, data }: Pick<MailOutbox, 'kind' | 'data'>, publicUrl: string): RenderedMail {
  const { path, subject, before, after } = (TEMPLATES[kind] as Template<MailKind>)(data);
  const link = `${publicUrl}/${path}?token=${encodeURIComponent(data.token)}`;
  return { subject: oneLine(subject), text: [...before, link, ...after].join('\n\n'), link };
}

interface Parts {
  path: string;
  subject: string;
  before: string[];
  after: string[];
}

type Template<K extends MailKind> = (data: MailData[K]) => Parts;

const TEMPLATES: { [K in MailKind]: Template<K> } = {
  PASSWORD_RESET: ({ displayName, expiresAt }) => ({
    path: 'reset-password',
    subject: 'Choose a new password',
    before: [`Hello ${displayName},`, 'somebody, most likely you, asked for a new password. Choose it here:'],
    after: [
      `The link works once, until ${inWords(expiresAt)}. It ends all your sessions.`,
      'If it was not you, there is nothing to do: your password stays as it is.',
    ],
  }),
  INVITATION: ({ name, workspaceName, inviterName, expiresAt }) => ({
    path: 'accept-invitation',
    subject: `${inviterName} invites you to ${workspaceName}`,
    before: [
      `Hello ${name},`,
      `${inviterName} invites you to the portal of ${workspaceName}, where you see what is shared with you. ` +
        'Choose a password and begin here:',
    ],
    after: [
      `The link works once, until ${inWords(expiresAt)}.`,
      `If you expect nothing from ${workspaceName}, ignore this mail: no account is made without you.`,
    ],
  }),
};

/** Names come from people: a line break in one must not begin another header. */
const oneLine = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, ' ').trim();

const inWords = (moment: string): string => `${moment.slice(0, 10)} ${moment.slice(11, 16)} UTC`;
