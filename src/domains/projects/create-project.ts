import { rereadAccess } from '../../access/reread-access';
import type { VisibilitySettings } from '../../access/visibility';
import { changedOverrides } from '../../access/visibility.types';
import type { Context } from '../../context';
import { emit } from '../../events/outbox';
import type { Tx } from '../../platform/database';
import { newId } from '../../platform/ids';
import { ProjectGrant } from '../grants/project-grant.entity';
import { Project } from './project.entity';
import { BudgetBasis, BudgetPeriod, ProjectStatus } from './project.enums';
import { changedProject, NEW_PROJECT } from './project.logic';
import type { CreateProjectInput } from './project-changes.inputs';
import { loadProject } from './projects.loaders';
import { findDefaults, type ProjectDefaults } from './projects.repository';

/** Begins a project for a client organisation. Who is no admin gets a grant on it, to manage what they began. */
export async function createProject(context: Context, input: CreateProjectInput): Promise<Project> {
  const id = newId('Project');
  await context.db.transaction(async (tx) => {
    const defaults = await findDefaults(tx, input.clientOrganisationId);
    await insertProject(tx, { id, input, defaults, now: context.clock.now() });
    const { workspaceId } = defaults;
    await grantToCreator(tx, context, { workspaceId, projectId: id });
    await emit(tx, context, 'project.updated', { workspaceId, projectId: id });
  });
  await rereadAccess(context);
  return (await loadProject(context, id))!;
}

interface NewProject {
  id: string;
  input: CreateProjectInput;
  defaults: ProjectDefaults;
  now: Date;
}

async function insertProject(tx: Tx, { id, input, defaults, now }: NewProject): Promise<void> {
  const { workspaceId, currency } = defaults;
  await tx.insert(Project, {
    id,
    workspaceId,
    clientOrganisationId: input.clientOrganisationId,
    ...changedProject({ ...NEW_PROJECT, currency }, input),
    currency,
    status: ProjectStatus.PLANNED,
    budgetBasis: BudgetBasis.NONE,
    budgetSeconds: null,
    budgetMinor: null,
    budgetPeriod: BudgetPeriod.TOTAL,
    costBudgetMinor: null,
    costBudgetPeriod: null,
    preset: input.preset ?? defaults.preset,
    visibility: startingOverrides(input, defaults),
    version: 1,
    createdAt: now,
    updatedAt: now,
  });
}

/** The workspace's overrides belong to its preset: a preset chosen here starts without them. */
function startingOverrides(
  { preset, settings }: CreateProjectInput,
  defaults: ProjectDefaults,
): Partial<VisibilitySettings> {
  return changedOverrides(preset ? {} : defaults.visibility, settings ?? {});
}

async function grantToCreator(
  tx: Tx,
  { access, clock }: Context,
  { workspaceId, projectId }: { workspaceId: string; projectId: string },
): Promise<void> {
  if (access.isAdmin(workspaceId)) return;
  const now = clock.now();
  const { personId } = access.membership(workspaceId)!;
  await tx.insert(ProjectGrant, {
    id: newId('ProjectGrant'),
    workspaceId,
    projectId,
    membershipId: personId,
    trackTime: true,
    clientView: true,
    internalCosts: false,
    managesProject: true,
    status: 'ACTIVE',
    startsAt: null,
    expiresAt: null,
    grantedBy: personId,
    reason: null,
    epoch: 1,
    version: 1,
    createdAt: now,
    updatedAt: now,
  });
}
