import type { Subject } from '../access/subjects';
import type { Context } from '../context';
import { loadActivityEvent } from '../domains/activity/activity.loaders';
import { loadContact, loadOrganisation } from '../domains/clients/clients.loaders';
import { loadInvitation } from '../domains/invitations/invitations.loaders';
import { loadInvoice, loadInvoiceLine, loadPayment } from '../domains/invoices/invoices.loaders';
import { loadMember } from '../domains/members/members.loaders';
import { loadNotification } from '../domains/notifications/notifications.loaders';
import { loadPerson } from '../domains/people/people.loaders';
import { loadProject } from '../domains/projects/projects.loaders';
import { loadRate } from '../domains/rates/rates.loaders';
import { loadTask } from '../domains/tasks/tasks.loaders';
import { loadTimeEntry } from '../domains/time/time.loaders';
import { loadTimer } from '../domains/time/timers.loaders';
import { loadWorkspace } from '../domains/workspaces/workspace.loaders';
import { ID_PREFIXES, prefixOf } from '../platform/ids';

type NodeRow = Subject & { id: string };

type Loader = (context: Context, id: string) => Promise<NodeRow | null>;

/** Where each kind of id is read, always as the caller may see it: the one way from an id to a thing. */
const LOADERS: Partial<Record<string, Loader>> = {
  [ID_PREFIXES.Workspace]: loadWorkspace,
  [ID_PREFIXES.Person]: loadPerson,
  [ID_PREFIXES.ClientOrganisation]: loadOrganisation,
  [ID_PREFIXES.Contact]: loadContact,
  [ID_PREFIXES.Project]: loadProject,
  [ID_PREFIXES.Invoice]: loadInvoice,
  [ID_PREFIXES.InvoiceLine]: loadInvoiceLine,
  [ID_PREFIXES.Payment]: loadPayment,
  [ID_PREFIXES.Task]: loadTask,
  [ID_PREFIXES.TimeEntry]: loadTimeEntry,
  [ID_PREFIXES.Timer]: loadTimer,
  [ID_PREFIXES.ActivityEvent]: loadActivityEvent,
  [ID_PREFIXES.Rate]: loadRate,
  [ID_PREFIXES.ProjectMember]: loadMember,
  [ID_PREFIXES.Invitation]: loadInvitation,
  [ID_PREFIXES.Notification]: loadNotification,
};

/** Null for hidden, unknown and malformed ids alike, on the same way and at the same cost (L-11). */
export async function loadNode(context: Context, id: string): Promise<NodeRow | null> {
  const load = LOADERS[prefixOf(id) ?? ''];
  return load && context.access.session ? load(context, id) : null;
}
