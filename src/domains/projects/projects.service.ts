import type { GraphQLResolveInfo } from 'graphql';
import { resolveSettings } from '../../access/visibility';
import { changedOverrides } from '../../access/visibility.types';
import type { Context } from '../../context';
import { changedFields, type FieldNames } from '../../events/changed-fields';
import { emit } from '../../events/outbox';
import { notFound } from '../../platform/errors';
import type { Connection } from '../../platform/paging';
import { readAhead } from '../../platform/read-ahead';
import { expectVersion } from '../../platform/versioned';
import { loadOrganisation } from '../clients/clients.loaders';
import { loadWorkspace } from '../workspaces/workspace.loaders';
import { Project } from './project.entity';
import { changedProject, decideStatus } from './project.logic';
import type {
  ChangeProjectStatusInput,
  UpdateProjectInput,
  UpdateProjectVisibilityInput,
} from './project-changes.inputs';
import { loadProject } from './projects.loaders';
import { listProjects, lockProject, type ProjectList } from './projects.repository';

/** The projects of the viewer. A filter that names what the viewer does not see is refused before any row is read. */
export async function projectsOf(context: Context, list: ProjectList): Promise<Connection<Project>> {
  const { clientOrganisationId, workspaceId } = list.filter ?? {};
  if (clientOrganisationId != null && !(await loadOrganisation(context, clientOrganisationId))) {
    throw notFound('filter.clientOrganisationId');
  }
  if (workspaceId != null && !(await loadWorkspace(context, workspaceId))) throw notFound('filter.workspaceId');
  return listProjects(context.db, context.access, list);
}

/** A project, and with it what is asked of it: its lists and totals need no more than its id. */
export function projectWith(context: Context, id: string, info: GraphQLResolveInfo): Promise<Project | null> {
  const [adminOf, ...others] = context.access.adminWorkspaceIds;
  const workspaceId = context.access.permitOfProject(id)?.workspaceId ?? (others.length === 0 ? adminOf : undefined);
  if (workspaceId) readAhead({ id, projectId: id, workspaceId }, context, info);
  return loadProject(context, id);
}

/** Writes what was given over a project. */
export const updateProject = (context: Context, input: UpdateProjectInput): Promise<Project> =>
  changeProject(context, input, (project) => changedProject(project, input));

/** Takes a project one step through its life. */
export const changeProjectStatus = (context: Context, input: ChangeProjectStatusInput): Promise<Project> =>
  changeProject(context, input, ({ status }) => {
    decideStatus(status, input.status);
    return { status: input.status };
  });

/** Decides what clients see of a project, from their next request on. */
export const updateProjectVisibility = (context: Context, input: UpdateProjectVisibilityInput): Promise<Project> =>
  changeProject(context, input, ({ preset, visibility }) => ({
    preset: input.preset ?? preset,
    visibility: input.settings === null ? {} : changedOverrides(visibility, input.settings ?? {}),
  }));

/** Only who has client view is shown more or less by a setting; but for tasks, which others have of their own. */
function fieldsChanged(project: Project, changes: Partial<Project>): string[] {
  const fields = changedFields('Project', project, changes, FIELDS);
  return tasksOf(project) === tasksOf({ ...project, ...changes }) ? fields : [...fields, 'Project.myAccess'];
}

const tasksOf = ({ preset, visibility }: Project) => resolveSettings(preset, visibility).tasks;

/** What shows each column. */
const FIELDS: FieldNames<Project> = {
  contractValueMinor: 'financials',
  roundingMode: 'roundingPolicy',
  roundingMinutes: 'roundingPolicy',
  budgetBasis: 'budget',
  budgetSeconds: 'budget',
  budgetMinor: 'budget',
  budgetPeriod: 'budget',
  costBudgetMinor: 'costBudget',
  costBudgetPeriod: 'costBudget',
  preset: ['visibility', 'activity'],
  visibility: ['visibility', 'activity'],
};

interface ProjectChange {
  projectId: string;
  expectedVersion?: number | null;
}

/**
 * One change to one project: locks it, refuses when it is another version than the caller read, writes what `decide`
 * makes of it, and gives it back as the caller sees it.
 */
export async function changeProject(
  context: Context,
  { projectId, expectedVersion }: ProjectChange,
  decide: (project: Project) => Partial<Project>,
): Promise<Project> {
  await context.db.transaction(async (tx) => {
    const project = await lockProject(tx, projectId);
    expectVersion(project.version, expectedVersion);
    const stamps = { version: project.version + 1, updatedAt: context.clock.now() };
    const changes = decide(project);
    await tx.update(Project, { id: projectId }, { ...changes, ...stamps });
    const changed = fieldsChanged(project, changes);
    await emit(tx, context, 'project.updated', { workspaceId: project.workspaceId, projectId, changed });
  });
  return (await loadProject(context, projectId))!;
}
