import { Session } from './domains/auth/session.entity';
import { User } from './domains/auth/user.entity';
import { ClientOrganisation } from './domains/clients/client-organisation.entity';
import { Contact } from './domains/clients/contact.entity';
import { ProjectGrant } from './domains/grants/project-grant.entity';
import { Invitation } from './domains/invitations/invitation.entity';
import { InvitationGrant } from './domains/invitations/invitation-grant.entity';
import { Invoice } from './domains/invoices/invoice.entity';
import { InvoiceLine } from './domains/invoices/invoice-line.entity';
import { Payment } from './domains/invoices/payment.entity';
import { MailOutbox } from './domains/mail/mail-outbox.entity';
import { Notification } from './domains/notifications/notification.entity';
import { Membership } from './domains/people/person.entity';
import { Project } from './domains/projects/project.entity';
import { Rate } from './domains/rates/rate.entity';
import { Task } from './domains/tasks/task.entity';
import { TimeEntry } from './domains/time/time-entry.entity';
import { Timer } from './domains/time/timer.entity';
import { Workspace } from './domains/workspaces/workspace.entity';
import { EventRecord } from './events/event.entity';

/** Every table that TypeORM writes. */
export const entities = [
  ClientOrganisation,
  Contact,
  EventRecord,
  Invitation,
  InvitationGrant,
  Invoice,
  InvoiceLine,
  MailOutbox,
  Membership,
  Notification,
  Payment,
  Project,
  ProjectGrant,
  Rate,
  Session,
  Task,
  TimeEntry,
  Timer,
  User,
  Workspace,
];
