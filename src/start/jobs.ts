import { type ContextParts, contextInside } from '../api/contexts';
import { mailRenderer } from '../api/mail-templates';
import { forgetOldEvents } from '../domains/activity/forget-old-events';
import { tellBudgetThresholds } from '../domains/budgets/tell-thresholds';
import { tellGrantDeadlines } from '../domains/grants/grant-deadlines';
import { tellExpiredInvitations } from '../domains/invitations/tell-expired';
import { tellOverdueInvoices } from '../domains/invoices/tell-overdue';
import { deliverMails } from '../domains/mail/deliver-mails';
import { forgetOldMails } from '../domains/mail/forget-old-mails';
import { type SmtpSettings, smtpPost } from '../domains/mail/smtp';
import { writeDigests } from '../domains/notifications/digests';
import { forgetOldNotifications } from '../domains/notifications/forget-old-notifications';
import { makeNotifications } from '../domains/notifications/notifier';
import type { Bus } from '../events/bus';
import { seconds } from '../platform/clock';
import type { Job } from '../platform/jobs';
import type { Logger } from '../platform/logger';

/** How often each process looks for what is due. */
export const JOBS_EVERY_MS = seconds(3);

/** What jobs work with. */
interface JobParts {
  parts: ContextParts;
  logger: Logger;
  bus: Bus;
  /** Without it mails wait in the development inbox. */
  smtp?: SmtpSettings;
}

/** Everything that happens by the clock alone. A new job is a new line. */
export function jobsOf({ parts, bus, logger, smtp }: JobParts): Job[] {
  const notifier = { ...parts, contextInside: contextInside.bind(null, parts) };
  return [
    ...(smtp ? [mailDelivery({ parts, logger, smtp })] : []),
    { name: 'forget old events', run: (stopping) => forgetOldEvents(parts, stopping) },
    { name: 'tell grant deadlines', run: (stopping) => tellGrantDeadlines(parts, stopping) },
    { name: 'tell expired invitations', run: (stopping) => tellExpiredInvitations(parts, stopping) },
    { name: 'tell overdue invoices', run: (stopping) => tellOverdueInvoices(parts, stopping) },
    {
      name: 'tell budget thresholds',
      run: (stopping) => tellBudgetThresholds(parts, stopping),
      wokenBy: (wake) => bus.onRing(wake),
    },
    {
      name: 'make notifications',
      run: (stopping) => makeNotifications(notifier, stopping),
      wokenBy: (wake) => bus.onRing(wake),
    },
    { name: 'forget old mails', run: (stopping) => forgetOldMails(parts, stopping) },
    { name: 'forget old notifications', run: (stopping) => forgetOldNotifications(parts, stopping) },
    { name: 'write digests', run: (stopping) => writeDigests(parts, stopping) },
  ];
}

function mailDelivery({ parts, logger, smtp }: Required<Omit<JobParts, 'bus'>>): Job {
  const { database, clock, settings } = parts;
  const host = new URL(settings.publicUrl).hostname;
  const delivery = { database, clock, logger, host, post: smtpPost(smtp), render: mailRenderer(parts) };
  return { name: 'deliver mails', run: (stopping) => deliverMails(delivery, stopping) };
}
