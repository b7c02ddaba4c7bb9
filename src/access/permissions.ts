import type { SettingKey, VisibilitySettings } from './visibility';

/** The four permissions of a person on a project (F-043…F-049). */
export const PERMISSIONS = {
  trackTime: { title: 'Track time', implies: [] },
  clientView: { title: 'Client view', implies: [] },
  internalCosts: { title: 'Internal costs', implies: ['clientView'] },
  managesProject: { title: 'Manages project', implies: ['clientView'] },
} as const satisfies Record<string, { title: string; implies: readonly string[] }>;

export type Permission = keyof typeof PERMISSIONS;
export const PERMISSION_KEYS = Object.keys(PERMISSIONS) as Permission[];
export type PermissionFlags = Record<Permission, boolean>;

export type Role = 'OWNER' | 'ADMIN' | 'MANAGER' | 'MEMBER';
export type PersonType = 'EMPLOYEE' | 'CONTRACTOR' | 'CLIENT';
export type InvitePolicyKey = 'ADMINS' | 'ADMINS_AND_PROJECT_MANAGERS' | 'PROJECT_TEAM';

/** What the viewer holds on one project at this moment: all that an audience may ask. */
export interface Permit extends PermissionFlags {
  workspaceId: string;
  projectId: string;
  /** The viewer as a person of this workspace. */
  personId: string;
  /** ROLE: owner or admin, who need no grant. */
  source: 'GRANT' | 'ROLE';
  role: Role;
  /** A client is asked the visibility settings of the project; nobody else is. */
  settings: VisibilitySettings | null;
  /** Business role BILLING: the invoices of assigned projects. */
  billing: boolean;
  /** Workspace setting: team members see bill rates and amounts by task. */
  membersSeeBillRates: boolean;
  /** Workspace setting: who may invite. */
  invitePolicy: InvitePolicyKey;
  clientOrganisationId: string;
  projectStatus: string;
  expiresAt: Date | null;
}

/** What an audience may know of the row in question, beyond the project it hangs on. */
export interface Row {
  /** Whose entry it is, or who it is assigned to. */
  personId?: string | null;
  assigneeId?: string | null;
  /** A total that was asked for with `from` or `to`, or a monthly budget. */
  dated?: boolean;
  /** Of a list: what stands on it beside one's own. */
  ofOthers?: boolean;
  budgetBasis?: string;
  /** Of a person: the viewer themselves; the viewer's colleague who publishes their contact details; on whose side. */
  isSelf?: boolean;
  isPublishedColleague?: boolean;
  side?: 'TEAM' | 'CLIENT';
}

/** What is missing for a permit to see a field; empty when it may. Never depends on a value that might be hidden. */
export type Audience = (permit: Permit, row: Row) => readonly string[];

const OPEN: readonly string[] = [];
const ADMIN_ONLY: readonly string[] = ['role:ADMIN'];

const holds =
  (permission: Permission): Audience =>
  (permit) =>
    permit[permission] ? OPEN : [permission];

/** The setting stands at one of `values`; the first is the least that would do, and the one to name. */
const setting =
  <K extends SettingKey>(key: K, ...values: VisibilitySettings[K][]): Audience =>
  (permit) =>
    permit.settings === null || values.includes(permit.settings[key]) ? OPEN : [`${key}:${values[0]}`];

const all =
  (...audiences: Audience[]): Audience =>
  (permit, row) => {
    let missing = OPEN;
    for (const audience of audiences) {
      const more = audience(permit, row);
      if (more.length > 0) missing = missing.length === 0 ? more : [...missing, ...more];
    }
    return missing;
  };

/** The first that says yes; what is missing is what the last one asks. */
const either =
  (first: Audience, ...others: Audience[]): Audience =>
  (permit, row) => {
    let missing = first(permit, row);
    for (const audience of others) {
      if (missing.length === 0) return OPEN;
      missing = audience(permit, row);
    }
    return missing;
  };

const admin: Audience = (permit) => (permit.source === 'ROLE' ? OPEN : ADMIN_ONLY);
const team: Audience = (permit) => (permit.settings === null ? OPEN : ['role:MEMBER']);
const manager = holds('managesProject');
const clientView = holds('clientView');
const ownEntry: Audience = (permit, row) =>
  permit.trackTime && row.personId === permit.personId ? OPEN : ['trackTime'];
const ownTask: Audience = (permit, row) => (row.assigneeId === permit.personId ? OPEN : ['clientView']);

/** Team members see bill rates and amounts by task only where the workspace says so; managers always (`m`). */
const billRateOfTeam: Audience = (permit) =>
  permit.settings !== null || permit.managesProject || permit.membersSeeBillRates ? OPEN : ['membersSeeBillRates'];
const ownIfOnlyMember: Audience = (permit, row) =>
  permit.settings !== null || permit.managesProject || row.personId === permit.personId ? OPEN : ['managesProject'];

/**
 * Whoever manages the project; where the workspace trusts its project teams, every internal member of it. A client is
 * refused alike whatever the workspace decided.
 */
const granter: Audience = (permit, row) => {
  if (permit.settings !== null) return team(permit, row);
  return permit.invitePolicy === 'PROJECT_TEAM' ? clientView(permit, row) : manager(permit, row);
};

const workspaceManager: Audience = (permit) => (permit.role === 'MEMBER' ? ['role:MANAGER'] : OPEN);
const contactDetails: Audience = (permit, row) => {
  if (row.isSelf || permit.managesProject) return OPEN;
  const shown = permit.settings === null ? row.side === 'TEAM' : row.isPublishedColleague === true;
  return shown && permit.clientView ? OPEN : ['managesProject'];
};

const hours = all(clientView, setting('hours', 'FULL'));
const billableHours = all(clientView, setting('hours', 'BILLABLE', 'FULL'));
const financials = all(clientView, setting('financials', 'SUMMARY', 'FULL'));
const amountsInDetail = all(clientView, setting('financials', 'FULL'), billRateOfTeam);
const entriesOfOthers = all(clientView, setting('timeEntries', 'DETAILED'));
const costs = all(holds('internalCosts'), setting('financials', 'SUMMARY', 'FULL'));
/** A cost total with a date range would tell a client one person's rate. */
const undatedCosts: Audience = (permit, row) =>
  permit.settings !== null && row.dated ? ADMIN_ONLY : costs(permit, row);
/** Whoever sees both hours and amounts sees any budget there is. */
const anyBudget: Audience = (permit, row) =>
  permit.clientView ? all(hours, financials)(permit, row) : clientView(permit, row);
const billing: Audience = (permit) =>
  permit.managesProject || (permit.billing && permit.clientView) ? OPEN : ['managesProject'];
const invoices: Audience = (permit, row) =>
  permit.settings === null
    ? billing(permit, row)
    : all(clientView, setting('invoices', 'SUMMARY', 'FULL'))(permit, row);
/** What stands on an invoice to the client anyway; inside it is for those who manage the project. */
const ofClientOrManager: Audience = (permit, row) =>
  permit.settings === null ? manager(permit, row) : invoices(permit, row);

/**
 * The named audiences of the policy page. A name is one sentence about who sees the field. Anybody may be asked about
 * any project they hold a permit for: no permit, no row, no question.
 */
export const AUDIENCES = {
  /** Whoever has an effective grant on the project, or a role that needs none. */
  member: () => OPEN,
  /** The inside of the house: internal people who see the project. */
  team: all(team, clientView),
  manager,
  admin,
  /** Creates projects, clients and contacts: the role MANAGER or more. */
  workspaceManager,
  clientView,
  /** Logs time: a manager needs no `trackTime` for it. */
  tracker: either(manager, holds('trackTime')),
  /** May invite people to the project, by the invite policy; the rules for grants ask the rest. */
  inviter: (permit, row) => {
    if (permit.source === 'ROLE') return OPEN;
    return permit.settings === null && permit.invitePolicy === 'ADMINS' ? ADMIN_ONLY : granter(permit, row);
  },
  /** May change trackTime and clientView of others there. */
  granter,
  people: all(clientView, setting('people', 'CLIENT_FACING', 'ALL')),
  hours,
  billableHours,
  financials,
  amountsInDetail,
  costs: undatedCosts,
  /** What was agreed; what of it is used is a cost total, and of a month the cost of chosen days (docs/decisions/009). */
  costBudget: holds('internalCosts'),
  costBudgetUsed: undatedCosts,
  /** The numbers by task, person and day: as the number they split, and as the setting that opens the list. */
  hoursByTask: all(hours, setting('tasks', 'SHOW')),
  hoursByPerson: all(hours, setting('timeEntries', 'DETAILED'), setting('people', 'CLIENT_FACING', 'ALL')),
  daily: all(clientView, setting('timeEntries', 'DAILY', 'DETAILED')),
  /**
   * The budget says by its basis whose number it is. Where it is not shown, what is missing is the same for a budget of
   * the other basis and for none at all: whether there is one is not told either.
   */
  budget: (permit, row) => {
    const shown = row.budgetBasis === 'HOURS' ? hours : row.budgetBasis === 'FEES' ? financials : undefined;
    return shown?.(permit, row).length === 0 ? OPEN : anyBudget(permit, row);
  },
  /** Which rows come is decided in rows.ts; whether there is a list at all is decided here. */
  taskList: (permit, row) => {
    if (permit.settings !== null) {
      const missing = setting('tasks', 'SHOW')(permit, {});
      const listsOwnAlone = !permit.clientView && !permit.trackTime;
      return missing.length === 0 && row.ofOthers && listsOwnAlone ? ['clientView'] : missing;
    }
    return permit.trackTime || permit.clientView ? OPEN : ['clientView'];
  },
  /** Internal people who track time alone see of a task its title, status and assignee. */
  taskDetails: (permit, row) => (permit.settings !== null ? OPEN : either(clientView, ownTask)(permit, row)),
  taskHours: hours,
  /** Edits a task: its project's managers, and team members what is assigned to them. */
  taskEditor: either(all(team, clientView, ownTask), manager),
  entriesOfOthers,
  entryList: either(holds('trackTime'), entriesOfOthers),
  entryInside: either(ownEntry, manager),
  /** From when to when is how long it really was: for whoever worked and for the team (docs/decisions/008). */
  entryMoments: either(ownEntry, all(team, clientView)),
  entryAmount: all(
    clientView,
    setting('timeEntries', 'DETAILED'),
    setting('financials', 'FULL'),
    billRateOfTeam,
    ownIfOnlyMember,
  ),
  entryBillRate: all(
    clientView,
    setting('timeEntries', 'DETAILED'),
    setting('financials', 'FULL'),
    setting('billRates', 'SHOW'),
    billRateOfTeam,
    ownIfOnlyMember,
  ),
  /** Not for whoever bills: to them the invoice tells it. */
  entryInvoiced: (permit, row) =>
    permit.settings === null ? manager(permit, row) : either(ownEntry, invoices)(permit, row),
  entryInvoice: ofClientOrManager,
  /** Which rates come is decided in rows.ts; clients have no list of them. */
  rateList: team,
  billRate: all(clientView, setting('billRates', 'SHOW'), billRateOfTeam),
  invoices,
  invoiceDetails: (permit, row) =>
    permit.settings === null ? billing(permit, row) : all(clientView, setting('invoices', 'FULL'))(permit, row),
  /** How often and how it was paid; that and how much was paid stands on the invoice itself. */
  invoicePayments: (permit, row) =>
    permit.settings === null
      ? billing(permit, row)
      : all(clientView, setting('invoices', 'FULL'), setting('financials', 'FULL'))(permit, row),
  /** Drafts, internal notes, what a line was made from; also who drafts, sends and voids. */
  billing: all(team, billing),
  /** A person's e-mail and phone: oneself, one's team, whom one manages, and colleagues who publish theirs. */
  contactDetails,
  /** The address book: as a person's e-mail, and whoever keeps the book. */
  contactEmail: either(workspaceManager, contactDetails),
  /** Who decides and pays, and who publishes their details: the team on it, whoever keeps the book, and oneself. */
  contactDuties: (permit, row) => (row.isSelf ? OPEN : either(workspaceManager, all(team, clientView))(permit, row)),
  capacity: (permit, row) =>
    permit.managesProject || (row.isSelf && permit.settings === null) ? OPEN : ['managesProject'],
  personBillRate: (permit, row) => {
    if (permit.managesProject) return OPEN;
    return row.isSelf && permit.settings === null && permit.membersSeeBillRates ? OPEN : ['managesProject'];
  },
  /** Billing details of a client organisation: an invoice shows them to the client anyway. */
  billingDetails: ofClientOrManager,
  payments: (permit, row) =>
    permit.settings === null ? billing(permit, row) : all(clientView, setting('financials', 'FULL'))(permit, row),
} as const satisfies Record<string, Audience>;

export type AudienceName = keyof typeof AUDIENCES;
