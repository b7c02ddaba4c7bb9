import { after, days, hours } from '../platform/clock';
import { forbidden, notFound, unauthenticated } from '../platform/errors';
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
import { CLOSED } from './visibility';

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
  /** How often what people hold there had changed when this was read. */
  epoch: number;
  /** The active client organisations whose contact the viewer is: an inactive one gives its people nothing. */
  organisationIds: string[];
}

/** A thing that hangs on a project; every row of a project carries both ids. */
export interface OfProject {
  workspaceId: string;
  projectId: string;
}

/**
 * What the caller may see and do, read with the session in one statement at the start of a request, or confirmed in one
 * (kept-access.ts): revoked means gone at the next request. Everything here answers without asking the database again.
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
    /** When the next grant begins by itself. */
    private readonly nextStart: Date | null = null,
  ) {
    this.byWorkspace = new Map(memberships.map((membership) => [membership.workspaceId, membership]));
    this.byProject = new Map(granted.map((permit) => [permit.projectId, permit]));
  }

  static nobody(now: Date): ProjectAccess {
    return new ProjectAccess(null, [], [], now);
  }

  /** The same permits, found to hold at another moment as well. */
  still(session: ViewerSession, memberships: readonly ViewerMembership[], now: Date): ProjectAccess {
    return new ProjectAccess(session, memberships, this.granted, now, this.nextStart);
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

  isPerson(personId: string): boolean {
    return this.memberships.some((membership) => membership.personId === personId);
  }

  /** When the session or a grant runs out, or a grant begins: until then time alone changes nothing of this. */
  get until(): Date {
    const ends = [this.session!.expiresAt, after(this.session!.lastUsedAt, SESSION_IDLE_MS)];
    for (const { expiresAt } of this.granted) if (expiresAt) ends.push(expiresAt);
    if (this.nextStart) ends.push(this.nextStart);
    return new Date(Math.min(...ends.map(Number)));
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
