import { after, type Clock, days, hours } from '../platform/clock';
import type { Sql } from '../platform/database';
import { forbidden, notFound, unauthenticated } from '../platform/errors';
import { tokenHash } from '../platform/ids';
import {
  AUDIENCES,
  type Audience,
  type AudienceName,
  type InvitePolicyKey,
  type Permit,
  type PersonType,
  type Role,
  type Row,
} from './permissions';
import { CLOSED, resolveSettings, type VisibilityPreset, type VisibilitySettings } from './visibility';

export const SESSION_IDLE_MS = hours(12);
export const SESSION_MAX_MS = days(30);

/** An active membership of the viewer: who they are in one workspace. */
export interface ViewerMembership {
  workspaceId: string;
  personId: string;
  personType: PersonType;
  role: Role;
  businessRoles: string[];
  membersSeeBillRates: boolean;
  invitePolicy: InvitePolicyKey;
  /** Of the workspace; it answers what day it is there. */
  timezone: string;
  /** How far its events had been told when this was read: what is read with it is at least as new. */
  lastSeq: number;
  /** The active client organisations whose contact the viewer is: an inactive one gives its people nothing. */
  organisationIds: string[];
}

/** A thing that hangs on a project; every row of a project carries both ids. */
export interface OfProject {
  workspaceId: string;
  projectId: string;
}

/**
 * What the caller may see and do, read with the session in one statement at the start of a request and never kept
 * longer: revoked means gone at the next request. Everything here answers without asking the database again.
 */
export class ProjectAccess {
  private readonly byWorkspace: Map<string, ViewerMembership>;
  private readonly byProject: Map<string, Permit>;
  private readonly ofRole = new Map<string, Permit>();
  private readonly satisfying = new Map<AudienceName, Permit[]>();

  constructor(
    readonly session: ViewerSession | null,
    readonly memberships: readonly ViewerMembership[],
    /** Permits by grant. A role gives permits on demand, see `permit`. */
    readonly granted: readonly Permit[],
    /** The moment at which all this was true. */
    readonly now: Date,
  ) {
    this.byWorkspace = new Map(memberships.map((membership) => [membership.workspaceId, membership]));
    this.byProject = new Map(granted.map((permit) => [permit.projectId, permit]));
  }

  static nobody(now: Date): ProjectAccess {
    return new ProjectAccess(null, [], [], now);
  }

  get userId(): string {
    if (!this.session) throw unauthenticated();
    return this.session.userId;
  }

  membership(workspaceId: string): ViewerMembership | undefined {
    return this.byWorkspace.get(workspaceId);
  }

  isAdmin(workspaceId: string): boolean {
    const role = this.byWorkspace.get(workspaceId)?.role;
    return role === 'OWNER' || role === 'ADMIN';
  }

  /** Every person that the viewer is, one for each workspace. */
  get personIds(): string[] {
    return this.memberships.map((membership) => membership.personId);
  }

  /** The workspaces where the viewer's role shows every project. */
  get adminWorkspaceIds(): string[] {
    return this.memberships.filter((m) => m.role === 'OWNER' || m.role === 'ADMIN').map((m) => m.workspaceId);
  }

  /** What the viewer holds on a project, or undefined: then the project is absent for them. */
  permit({ workspaceId, projectId }: OfProject): Permit | undefined {
    const membership = this.byWorkspace.get(workspaceId);
    if (!membership) return undefined;
    return this.isAdmin(workspaceId) ? this.permitOfRole(membership, projectId) : this.byProject.get(projectId);
  }

  private permitOfRole(membership: ViewerMembership, projectId: string): Permit {
    let permit = this.ofRole.get(projectId);
    if (!permit || permit.workspaceId !== membership.workspaceId) {
      permit = permitOfRole(membership, projectId);
      this.ofRole.set(projectId, permit);
    }
    return permit;
  }

  /** What belonging to a workspace gives without any project: nothing, but it says who asks. A role gives all. */
  permitOfMembership(workspaceId: string): Permit | undefined {
    const membership = this.byWorkspace.get(workspaceId);
    if (!membership) return undefined;
    const all = permitOfRole(membership, '');
    if (this.isAdmin(workspaceId)) return all;
    const settings = membership.personType === 'CLIENT' ? CLOSED : null;
    const nothing = {
      trackTime: false,
      clientView: false,
      internalCosts: false,
      managesProject: false,
      billing: false,
    };
    return { ...all, ...nothing, source: 'GRANT', settings, membersSeeBillRates: membership.membersSeeBillRates };
  }

  /** The one function that decides: what is missing for the viewer to see this. Empty when nothing is. */
  missing(audience: AudienceName, of: OfProject, row: Row = of as Row): readonly string[] {
    const permit = this.permit(of);
    return permit ? (AUDIENCES[audience] as Audience)(permit, row) : NO_GRANT;
  }

  may(audience: AudienceName, of: OfProject, row?: Row): boolean {
    return this.missing(audience, of, row).length === 0;
  }

  /** For operations: absent things are `NOT_FOUND`, visible ones without the permission `FORBIDDEN`. */
  require(audience: AudienceName, of: OfProject, row?: Row): Permit {
    const permit = this.permit(of);
    if (!permit) throw notFound();
    const missing = this.missing(audience, of, row);
    if (missing.length > 0) throw forbidden(missing);
    return permit;
  }

  /** The projects where the audience says yes by grant, for SQL: `project_id = any($n)`. Roles are asked by workspace. */
  projectIds(audience: AudienceName, where: (permit: Permit) => boolean = () => true): string[] {
    let permits = this.satisfying.get(audience);
    if (!permits) {
      permits = this.granted.filter((permit) => (AUDIENCES[audience] as Audience)(permit, {}).length === 0);
      this.satisfying.set(audience, permits);
    }
    return permits.filter(where).map((permit) => permit.projectId);
  }

  /** What the viewer holds on the projects of a client organisation. */
  permitsOfOrganisation(clientOrganisationId: string): Permit[] {
    return this.granted.filter((permit) => permit.clientOrganisationId === clientOrganisationId);
  }

  permitOfProject(projectId: string): Permit | undefined {
    return this.byProject.get(projectId);
  }
}

export interface ViewerSession {
  sessionId: string;
  userId: string;
  email: string;
  lastUsedAt: Date;
  expiresAt: Date;
}

const NO_GRANT = ['clientView'];

function permitOfRole(membership: ViewerMembership, projectId: string): Permit {
  return {
    workspaceId: membership.workspaceId,
    projectId,
    personId: membership.personId,
    source: 'ROLE',
    role: membership.role,
    trackTime: true,
    clientView: true,
    internalCosts: true,
    managesProject: true,
    settings: null,
    billing: true,
    membersSeeBillRates: true,
    invitePolicy: membership.invitePolicy,
    clientOrganisationId: '',
    projectStatus: '',
    expiresAt: null,
  };
}

/** Reads who calls and what they hold, in one statement. An unknown, idle or ended session is nobody. */
export async function loadAccess(db: Sql, clock: Clock, token: string | undefined): Promise<ProjectAccess> {
  if (!token) return ProjectAccess.nobody(clock.now());
  return (await loadAccessOfMany(db, clock, [token]))[0];
}

/** The same for many sessions at once, still in one statement. */
export async function loadAccessOfMany(db: Sql, clock: Clock, tokens: readonly string[]): Promise<ProjectAccess[]> {
  const now = clock.now();
  const hashes = tokens.map(tokenHash);
  const rows = await db.rows<AccessRow>(accessSql(OF_SESSIONS), [hashes, now, after(now, -SESSION_IDLE_MS)]);
  const byHash = new Map(rows.map((row) => [row.tokenHash, toAccess(row, now)]));
  return hashes.map((hash) => byHash.get(hash) ?? ProjectAccess.nobody(now));
}

/** What users may see at this moment without being here: for what is made for them. Who may not sign in is left out. */
export async function loadAccessOfUsers(
  db: Sql,
  clock: Clock,
  userIds: readonly string[],
): Promise<Map<string, ProjectAccess>> {
  const now = clock.now();
  const rows = await db.rows<AccessRow>(accessSql(OF_USERS), [userIds, now]);
  return new Map(rows.map((row) => [row.userId, toAccess(row, now)]));
}

/** The same for one: for what is written to them. Null for who may not sign in. */
export async function loadAccessOfUser(db: Sql, clock: Clock, userId: string): Promise<ProjectAccess | null> {
  return (await loadAccessOfUsers(db, clock, [userId])).get(userId) ?? null;
}

interface AccessRow extends ViewerSession {
  tokenHash: string;
  memberships: ViewerMembership[] | null;
  grants: GrantRow[] | null;
}

interface GrantRow {
  workspaceId: string;
  projectId: string;
  personId: string;
  trackTime: boolean;
  clientView: boolean;
  internalCosts: boolean;
  managesProject: boolean;
  expiresAt: string | null;
  clientOrganisationId: string;
  projectStatus: string;
  preset: VisibilityPreset;
  visibility: Partial<VisibilitySettings>;
}

function toAccess(row: AccessRow, now: Date): ProjectAccess {
  const memberships = row.memberships ?? [];
  const byWorkspace = new Map(memberships.map((membership) => [membership.workspaceId, membership]));
  const permits = (row.grants ?? []).map((grant) => toPermit(grant, byWorkspace.get(grant.workspaceId)!));
  const { sessionId, userId, email, lastUsedAt, expiresAt } = row;
  return new ProjectAccess({ sessionId, userId, email, lastUsedAt, expiresAt }, memberships, permits, now);
}

function toPermit(grant: GrantRow, membership: ViewerMembership): Permit {
  const { preset, visibility, expiresAt, ...held } = grant;
  return {
    ...held,
    source: 'GRANT',
    role: membership.role,
    settings: membership.personType === 'CLIENT' ? resolveSettings(preset, visibility) : null,
    billing: membership.businessRoles.includes('BILLING'),
    membersSeeBillRates: membership.membersSeeBillRates,
    invitePolicy: membership.invitePolicy,
    expiresAt: expiresAt === null ? null : new Date(expiresAt),
  };
}

/** The effective grant of access.md §1, for grant `g` of membership `m` on project `p` at moment $2. */
export const EFFECTIVE_GRANT = (now: string): string => `
  g.status = 'ACTIVE' and (g.starts_at is null or g.starts_at <= ${now}) and (g.expires_at is null or ${now} < g.expires_at)
  and m.status = 'ACTIVE' and exists (select from app_user u where u.id = m.user_id and u.status = 'ACTIVE')
  and (m.person_type <> 'CLIENT' or (p.status <> 'ARCHIVED' and exists (
    select from client_organisation o where o.id = p.client_organisation_id and o.status = 'ACTIVE')))`;

const OF_SESSIONS = `
  select s.token_hash, s.id as session_id, s.last_used_at, s.expires_at, u.id as user_id, u.email
  from session s join app_user u on u.id = s.user_id
  where s.token_hash = any($1::text[]) and s.revoked_at is null and s.expires_at > $2 and s.last_used_at > $3 and u.status = 'ACTIVE'`;

/** As in a session that is over as soon as it is read. */
const OF_USERS = `
  select '' as token_hash, '' as session_id, $2::timestamptz as last_used_at, $2::timestamptz as expires_at,
    u.id as user_id, u.email
  from app_user u where u.id = any($1::text[]) and u.status = 'ACTIVE'`;

/** Everything that a decision rests on, of those whom `viewers` selects. */
const accessSql = (viewers: string): string => `
  with viewer as (${viewers}), mine as (
    select m.* from membership m where m.user_id in (select user_id from viewer) and m.status = 'ACTIVE'
  )
  select v.*,
    (select json_agg(json_build_object(
        'workspaceId', m.workspace_id, 'personId', m.id, 'personType', m.person_type, 'role', m.role,
        'businessRoles', m.business_roles, 'membersSeeBillRates', w.members_see_bill_rates,
        'invitePolicy', w.invite_policy, 'timezone', w.timezone,
        'lastSeq', coalesce((select t.last_seq from event_stream t where t.workspace_id = w.id), 0),
        'organisationIds', coalesce((select json_agg(o.id) from contact c join client_organisation o on o.id = c.client_organisation_id
          where c.membership_id = m.id and o.status = 'ACTIVE'), '[]'))
        order by w.name, m.id)
      from mine m join workspace w on w.id = m.workspace_id where m.user_id = v.user_id) as memberships,
    (select json_agg(json_build_object(
        'workspaceId', g.workspace_id, 'projectId', g.project_id, 'personId', m.id,
        'trackTime', g.track_time, 'clientView', g.client_view,
        'internalCosts', g.internal_costs, 'managesProject', g.manages_project,
        'expiresAt', g.expires_at, 'clientOrganisationId', p.client_organisation_id, 'projectStatus', p.status,
        'preset', p.preset, 'visibility', p.visibility) order by p.id)
      from mine m join project_grant g on g.membership_id = m.id join project p on p.id = g.project_id
      where m.user_id = v.user_id and ${EFFECTIVE_GRANT('$2')}) as grants
  from viewer v`;
