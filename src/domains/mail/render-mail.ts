import type { Context } from '../../context';
import type { Sql } from '../../platform/database';
import { type Branding, layout, oneLine, type Said } from './layout';
import type { MailData, MailKind, MailOutbox } from './mail-outbox.entity';
import { findBranding } from './mails.repository';

/** What one mail says, before it is laid out. Its subject carries no amount: it is read on locked screens (L-14). */
export interface Letter extends Said {
  subject: string;
}

/** A mail whose cause is gone: it is not sent. */
export interface Suppressed {
  suppressed: string;
}

/** What templates read with, at the moment of sending. */
export interface MailScene {
  db: Sql;
  now: Date;
  /** What links start with, without a slash at the end. */
  publicUrl: string;
  /** Reads as this user, who sees what they may see now; null for who may not sign in any more. */
  contextOf(userId: string): Promise<Context | null>;
}

export type MailOf<K extends MailKind> = Pick<MailOutbox, 'recipient' | 'workspaceId' | 'createdAt'> & {
  data: MailData[K];
};

/** Writes a mail of its kind as things are now; null when nothing is left to say. */
export type MailTemplate<K extends MailKind> = (
  mail: MailOf<K>,
  scene: MailScene,
) => Promise<Letter | Suppressed | null>;

export type MailTemplates = { [K in MailKind]: MailTemplate<K> };

interface RenderedMail {
  subject: string;
  /** Plain text; the link stands in it as well. */
  text: string;
  html: string;
  link: string | null;
}

export type Rendered = RenderedMail | Suppressed;

/** A mail as its reader gets it, at this moment. */
export async function renderMail(
  mail: Pick<MailOutbox, 'kind' | 'data' | 'recipient' | 'workspaceId' | 'createdAt'>,
  templates: MailTemplates,
  scene: MailScene,
): Promise<Rendered> {
  const letter = await (templates[mail.kind] as MailTemplate<MailKind>)(mail, scene);
  if (letter === null) return { suppressed: 'NOTHING_TO_SAY' };
  if ('suppressed' in letter) return letter;
  const branding = (mail.workspaceId && (await findBranding(scene.db, mail.workspaceId))) || OURS;
  return { subject: subjectOf(letter.subject), ...layout({ ...letter, branding }), link: letter.action?.link ?? null };
}

/** Mail programs read `=?…?=` as written in another alphabet: in a name it would show what nobody has seen here. */
const subjectOf = (text: string): string => oneLine(text).replaceAll('=?', '= ?');

/** Of mails that no workspace sends. */
const OURS: Branding = { name: 'Portico', logoUrl: null, colour: null };
