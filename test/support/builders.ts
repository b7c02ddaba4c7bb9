import type { PermissionFlags } from '../../src/access/permissions';
import { VisibilityPreset, type VisibilitySettings } from '../../src/access/visibility';
import { type CastName, type ClientName, castPermissions } from '../../src/demo/cast';
import { ProjectGrant } from '../../src/domains/grants/project-grant.entity';
import { Project } from '../../src/domains/projects/project.entity';
import {
  Billing,
  BudgetBasis,
  BudgetPeriod,
  ProjectStatus,
  RoundingMode,
} from '../../src/domains/projects/project.enums';
import { newId } from '../../src/platform/ids';
import { mutationOf } from './mutation';
import type { TestServer } from './server';

/** Builders create what is missing; a test states only what it is about. They write rows, as if it had always been so. */
export interface ProjectFacts extends Partial<Omit<Project, 'visibility' | 'preset'>> {
  client?: ClientName;
  preset?: keyof typeof VisibilityPreset;
  visibility?: Partial<VisibilitySettings>;
  /** Who holds what on it. Without: the cast's own permissions, for the team of Acme's and the client's people. */
  grants?: Partial<Record<CastName, Partial<PermissionFlags>>>;
}

export async function aProject(server: TestServer, facts: ProjectFacts = {}): Promise<Project> {
  const { client = 'acme', preset = 'CONSULTANCY', visibility = {}, grants, ...columns } = facts;
  const now = server.clock.now();
  const id = columns.id ?? newId('Project');
  const project = {
    id,
    workspaceId: server.cast.workspaceId,
    clientOrganisationId: server.cast.clients[client],
    name: 'Website relaunch',
    status: ProjectStatus.ACTIVE,
    currency: 'EUR',
    billing: Billing.HOURLY,
    contractValueMinor: null,
    budgetBasis: BudgetBasis.NONE as const,
    budgetSeconds: null,
    budgetMinor: null,
    budgetPeriod: BudgetPeriod.TOTAL,
    costBudgetMinor: null,
    costBudgetPeriod: columns.costBudgetMinor == null ? null : BudgetPeriod.TOTAL,
    roundingMode: RoundingMode.NONE,
    roundingMinutes: 1,
    version: 1,
    createdAt: now,
    updatedAt: now,
    ...columns,
    preset: VisibilityPreset[preset],
    visibility,
  };
  await server.database.transaction((tx) => tx.insert(Project, project));
  const held = grants ?? castPermissions(client);
  for (const [name, permissions] of Object.entries(held)) await aGrant(server, id, name as CastName, permissions);
  return { ...project, projectId: id } as Project;
}

/** On a workspace that somebody has opened for themselves, for a client of theirs. */
export async function aProjectOfTheirOwn(
  server: TestServer,
  who: CastName,
  facts: ProjectFacts = {},
): Promise<Project> {
  const made = async (name: string, payload: string, input: object): Promise<string> => {
    return (await server.data(who, mutationOf(name, `${payload} { id }`), { input }))[name][payload].id;
  };
  const workspaceId = await made('createWorkspace', 'workspace', { name: `Of ${who}` });
  const client = { workspaceId, name: 'Client' };
  const clientOrganisationId = await made('createClientOrganisation', 'clientOrganisation', client);
  return aProject(server, { workspaceId, clientOrganisationId, grants: {}, ...facts });
}

export async function aGrant(
  server: TestServer,
  projectId: string,
  name: CastName,
  permissions: Partial<PermissionFlags>,
  more: Partial<ProjectGrant> = {},
): Promise<string> {
  const now = server.clock.now();
  const id = newId('ProjectGrant');
  await server.database.transaction((tx) =>
    tx.insert(ProjectGrant, {
      id,
      workspaceId: server.cast.workspaceId,
      projectId,
      membershipId: server.cast.people[name],
      trackTime: false,
      clientView: false,
      internalCosts: false,
      managesProject: false,
      ...permissions,
      status: 'ACTIVE',
      startsAt: null,
      expiresAt: null,
      grantedBy: server.cast.people.ada,
      reason: permissions.internalCosts ? 'Open-book agreement' : null,
      epoch: 1,
      version: 1,
      createdAt: now,
      updatedAt: now,
      ...more,
    }),
  );
  return id;
}
