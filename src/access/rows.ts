import type { SqlValue } from '../platform/database';
import { EFFECTIVE_GRANT } from './load-access';
import type { AudienceName, Permit } from './permissions';
import type { ProjectAccess } from './project-access';

/**
 * Which rows each caller may see, as SQL predicates. Rows are filtered here, before count, limit and sum; what is
 * left of a row is decided field by field on the policy page. Each predicate names the alias it speaks of.
 */
export class SqlParams {
  readonly values: SqlValue[] = [];

  /** Adds a value and gives the placeholder that stands for it. */
  add(value: SqlValue): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }
}

type Scope = (access: ProjectAccess, params: SqlParams) => string;

const anyOf = (column: string, ids: readonly string[], params: SqlParams): string =>
  ids.length === 0 ? 'false' : `${column} = any(${params.add(ids)}::text[])`;

const or = (...conditions: string[]): string => {
  const possible = conditions.filter((condition) => condition !== 'false');
  return possible.length === 0 ? 'false' : `(${possible.join(' or ')})`;
};

/** Even what is false is kept in full: PostgreSQL refuses a parameter that no part of the statement mentions. */
const and = (...conditions: string[]): string =>
  conditions.every((condition) => condition === 'false') ? 'false' : `(${conditions.join(' and ')})`;

/** One's own, where that adds something; elsewhere nobody is asked who they are (permission-class.ts). */
const onesOwn =
  ([person, project]: readonly [string, string], audience: AudienceName, where: (permit: Permit) => boolean): Scope =>
  (access, params) => {
    const ids = access.projectIds(audience, where);
    return ids.length === 0 ? 'false' : and(anyOf(person, access.personIds, params), anyOf(project, ids, params));
  };

/** Projects `p`: those with an effective grant, and all of a workspace for its owner and admins. */
export const visibleProjects: Scope = (access, params) =>
  or(anyOf('p.workspace_id', access.adminWorkspaceIds, params), anyOf('p.id', projectIdsOf(access.granted), params));

const projectIdsOf = (permits: readonly Permit[]): string[] => permits.map((permit) => permit.projectId);

/**
 * Tasks `t`. Internal people see all tasks once they track time or have the client view. Clients see tasks that are
 * meant for them: all with client view, those to log time on with track time, and their own in any case.
 */
export const visibleTasks: Scope = (access, params) =>
  or(
    anyOf('t.workspace_id', access.adminWorkspaceIds, params),
    anyOf('t.project_id', withAllTasks(access), params),
    and(
      't.client_visible',
      or(
        anyOf(
          't.project_id',
          access.projectIds('taskList', (p) => p.settings !== null && p.clientView),
          params,
        ),
        and(
          `t.status in ('OPEN', 'IN_PROGRESS')`,
          anyOf(
            't.project_id',
            access.projectIds('taskList', (p) => p.settings !== null && p.trackTime && p.projectStatus === 'ACTIVE'),
            params,
          ),
        ),
        onesOwn(
          ['t.assignee_id', 't.project_id'],
          'taskList',
          (p) => p.settings !== null && !p.clientView,
        )(access, params),
      ),
    ),
  );

const withAllTasks = (access: ProjectAccess): string[] =>
  access.projectIds('taskList', (permit) => permit.settings === null);

/** Time entries `e`: one's own where one tracks time; those of others where the list is open, once released. */
const entriesOf =
  (projectId: 'e.project_id' | 'k.id'): Scope =>
  (access, params) => {
    const ofOthers = (where: (permit: Permit) => boolean) =>
      anyOf(projectId, access.projectIds('entriesOfOthers', where), params);
    const released = [true, false].flatMap((billableOnly) =>
      [true, false].map((issuedOnly) =>
        and(
          ...(billableOnly ? ['e.billable'] : []),
          ...(issuedOnly ? [`e.invoice_state = 'ISSUED'`] : []),
          ofOthers(
            ({ settings }) =>
              settings !== null &&
              (settings.hours === 'BILLABLE') === billableOnly &&
              (settings.timeRelease === 'INVOICED') === issuedOnly,
          ),
        ),
      ),
    );
    return or(
      anyOf('e.workspace_id', access.adminWorkspaceIds, params),
      ofOthers((permit) => permit.settings === null),
      onesOwn(['e.person_id', projectId], 'tracker', (p) => p.settings !== null || !p.clientView)(access, params),
      ...released,
    );
  };

export const visibleTimeEntries = entriesOf('e.project_id');

/**
 * The same of a list of the entries of project `k.id`: asked of the one project, and not of every entry, or PostgreSQL
 * reckons with few entries and sorts all there are.
 */
export const visibleTimeEntriesOfProject = entriesOf('k.id');

/**
 * Rates `r`: all of a workspace for its owner and admins. What is billed, for those who manage a project: its rates, those
 * of its tasks and of the people on it; and of the team everybody's own where the workspace shows its team bill rates.
 * What it costs, and what a client as a whole pays, stays with the admins.
 */
export const visibleRates: Scope = (access, params) => {
  const inside = access.memberships.filter((m) => m.personType !== 'CLIENT' && m.membersSeeBillRates);
  const withOwnRate = access.projectIds('billRate', (permit) => permit.settings === null);
  return or(
    anyOf('r.workspace_id', access.adminWorkspaceIds, params),
    and(
      `r.kind = 'BILL'`,
      or(
        ofManaged(access, params),
        and(
          anyOf(
            'r.membership_id',
            inside.map((m) => m.personId),
            params,
          ),
          or(`r.scope = 'PERSON'`, anyOf('r.project_id', withOwnRate, params)),
        ),
      ),
    ),
  );
};

function ofManaged(access: ProjectAccess, params: SqlParams): string {
  const ids = access.projectIds('manager');
  if (ids.length === 0) return 'false';
  const managed = `any(${params.add(ids)}::text[])`;
  const onManaged = `exists (select from project_grant g join project p on p.id = g.project_id
    where g.membership_id = m.id and g.project_id = ${managed} and ${EFFECTIVE_GRANT(`${params.add(access.now)}::timestamptz`)})`;
  return or(
    `r.project_id = ${managed}`,
    `exists (select from task t where t.id = r.task_id and t.project_id = ${managed})`,
    `r.scope = 'PERSON' and exists (select from membership m where m.id = r.membership_id and ${onManaged})`,
  );
}

/** Invoices `i`: drafts for those who bill alone; issued ones where the setting `audience` asks for shows them. */
const invoicesOf =
  (audience: 'invoices' | 'invoiceDetails' | 'invoicePayments', projectId: 'i.project_id' | 'k.id'): Scope =>
  (access, params) =>
    or(
      anyOf('i.workspace_id', access.adminWorkspaceIds, params),
      anyOf(projectId, access.projectIds('billing'), params),
      and(`i.status <> 'DRAFT'`, anyOf(projectId, access.projectIds(audience), params)),
    );

export const visibleInvoices = invoicesOf('invoices', 'i.project_id');

/** The same of a list of the invoices of project `k.id`, as with entries. */
export const visibleInvoicesOfProject = invoicesOf('invoices', 'k.id');

/** The same as lists of all there are of a workspace or project, drafts or not: each invoice is in one of them. */
export function listsOfInvoices(access: ProjectAccess) {
  const byGrant = (permit: Permit) => !access.isAdmin(permit.workspaceId);
  const billed = access.projectIds('billing', byGrant);
  const issued = access.projectIds('invoices', (permit) => byGrant(permit) && !billed.includes(permit.projectId));
  return { ofWorkspaces: access.adminWorkspaceIds, ofProjects: billed, issuedOfProjects: issued };
}

/** Those whose lines show, and those whose payments do. */
export const visibleInvoiceDetails = invoicesOf('invoiceDetails', 'i.project_id');
export const visiblePayments = invoicesOf('invoicePayments', 'i.project_id');

/**
 * Client organisations `o`: those of projects the viewer sees, and all of a workspace for its admins and managers
 * (who create the projects, and could not name a client they do not see).
 */
export const visibleOrganisations: Scope = (access, params) =>
  or(
    anyOf('o.workspace_id', managedWorkspaceIds(access), params),
    anyOf('o.id', [...new Set(access.granted.map((permit) => permit.clientOrganisationId))], params),
    anyOf('o.id', ownOrganisationIds(access), params),
  );

const ownOrganisationIds = (access: ProjectAccess): string[] =>
  access.memberships.flatMap((membership) => membership.organisationIds);

/** The workspaces whose clients the viewer may create and edit. */
const managedWorkspaceIds = (access: ProjectAccess): string[] =>
  access.memberships.filter((m) => m.role !== 'MEMBER').map((m) => m.workspaceId);

/** Contacts `c`: one's own, those of one's own organisation with client view, those of visible clients for the team. */
export const visibleContacts: Scope = (access, params) =>
  or(
    anyOf('c.workspace_id', managedWorkspaceIds(access), params),
    and(
      anyOf('c.membership_id', access.personIds, params),
      anyOf('c.client_organisation_id', ownOrganisationIds(access), params),
    ),
    anyOf('c.client_organisation_id', openOrganisationIds(access), params),
  );

function openOrganisationIds(access: ProjectAccess): string[] {
  const own = new Set(ownOrganisationIds(access));
  const open = access.granted.filter((p) => p.clientView && (p.settings === null || own.has(p.clientOrganisationId)));
  return [...new Set(open.map((permit) => permit.clientOrganisationId))];
}

/**
 * People `m` as an edge of a project (assignee, author, who logged): by the setting `people` for clients, and always
 * oneself. `project` is the SQL of the project's id. Masked people are null on the edge.
 */
export const shownOn = (access: ProjectAccess, params: SqlParams, project: string): string => {
  const listed = (mode: 'ALL' | 'CLIENT_FACING') => access.projectIds('people', (p) => p.settings?.people === mode);
  return or(
    anyOf('m.workspace_id', access.adminWorkspaceIds, params),
    anyOf('m.id', access.personIds, params),
    anyOf(project, withAllTasks(access), params),
    and(`m.person_type <> 'CLIENT'`, anyOf(project, listed('ALL'), params)),
    and(`m.person_type <> 'CLIENT'`, 'm.client_facing', anyOf(project, listed('CLIENT_FACING'), params)),
    and(`m.person_type = 'CLIENT'`, anyOf(project, access.projectIds('people'), params), colleague(access, params)),
  );
};

/** People `m` anywhere: exactly those whom a list or an edge of some visible project would show. */
export const visiblePeople: Scope = (access, params) =>
  or(
    anyOf('m.workspace_id', access.adminWorkspaceIds, params),
    anyOf('m.id', access.personIds, params),
    `exists (select from project_grant g join project p on p.id = g.project_id where g.membership_id = m.id
      and ${anyOf('g.project_id', access.projectIds('people'), params)}
      and ${EFFECTIVE_GRANT(`${params.add(access.now)}::timestamptz`)} and ${shownOn(access, params, 'g.project_id')})`,
    onPermissionTable(access, params),
    `exists (select from task t where t.assignee_id = m.id
      and ${visibleTasks(access, params)} and ${shownOn(access, params, 't.project_id')})`,
    `exists (select from time_entry e where e.person_id = m.id
      and ${visibleTimeEntries(access, params)} and ${shownOn(access, params, 'e.project_id')})`,
  );

/** Whom a project's managers read in its permission table: whoever is on it in any way, and who put them there. */
function onPermissionTable(access: ProjectAccess, params: SqlParams): string {
  const managed = anyOf('g.project_id', access.projectIds('manager'), params);
  return managed === 'false'
    ? 'false'
    : `exists (select from project_grant g where m.id in (g.membership_id, g.granted_by) and g.status <> 'REVOKED' and ${managed})`;
}

function colleague(access: ProjectAccess, params: SqlParams): string {
  const own = ownOrganisationIds(access);
  return own.length === 0
    ? 'false'
    : `exists (select from contact c where c.membership_id = m.id and ${anyOf('c.client_organisation_id', own, params)})`;
}

/** The workspaces where the viewer is of the team: clients neither invite nor read invitations. */
const ownTeamIds = (access: ProjectAccess): string[] =>
  access.memberships.filter((m) => m.personType !== 'CLIENT').map((m) => m.personId);

/**
 * Invitations `v`: those to a project one manages, those one sent oneself while one is of the team there, and all of a
 * workspace for its owner and admins. An invitation keeps its projects when it is over, so this holds to the end.
 */
export const visibleInvitations: Scope = (access, params) =>
  or(
    anyOf('v.workspace_id', access.adminWorkspaceIds, params),
    `exists (select from invitation_grant vg where vg.invitation_id = v.id and ${or(
      anyOf('vg.project_id', access.projectIds('manager'), params),
      and(anyOf('v.invited_by', ownTeamIds(access), params), anyOf('vg.project_id', access.projectIds('team'), params)),
    )})`,
  );

/**
 * Members `x` of projects, pending ones included, anywhere: for those who manage the project, and for whoever invited
 * somebody to it while they see it themselves.
 */
export const visibleMembers: Scope = (access, params) =>
  or(
    anyOf('x.workspace_id', access.adminWorkspaceIds, params),
    anyOf('x.project_id', access.projectIds('manager'), params),
    and(
      'x.invitation_id is not null',
      anyOf('x.granted_by', ownTeamIds(access), params),
      anyOf('x.project_id', access.projectIds('team'), params),
    ),
  );
