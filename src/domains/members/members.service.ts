import type { Permit } from '../../access/permissions';
import type { Context } from '../../context';
import { notFound } from '../../platform/errors';
import { ID_PREFIXES, prefixOf } from '../../platform/ids';
import { cleanOptionalText } from '../../platform/text';
import type { Granter, GrantWish } from '../grants/grant.types';
import { changeGrant, type GrantChange, type GrantSubject, moveGrant } from '../grants/grants.service';
import { loadProject } from '../projects/projects.loaders';
import type {
  MemberInput,
  RemoveFromProjectPayload,
  ResumeProjectAccessPayload,
  UpdateProjectPermissionsInput,
  UpdateProjectPermissionsPayload,
} from './members.inputs';
import { loadMember } from './members.loaders';

/** Changes what somebody holds on a project, by the rules for grants. */
export async function updateProjectPermissions(
  context: Context,
  input: UpdateProjectPermissionsInput,
): Promise<UpdateProjectPermissionsPayload> {
  const wish = readWish(input);
  const subject = await subjectOf(context, input);
  const change = await context.db.transaction((tx) =>
    changeGrant(tx, subject, { wish, expectedVersion: input.expectedVersion }),
  );
  const { implied, warnings } = change;
  return { member: await loadMember(context, change.grantId), implied, warnings };
}

/** Takes somebody off a project. Put on it again, they start anew. */
export async function removeFromProject(context: Context, input: MemberInput): Promise<RemoveFromProjectPayload> {
  const { grantId, warnings } = await move(context, input, 'REVOKED');
  return { removedMemberId: grantId, warnings };
}

/** Sets a grant aside, or gives it back. */
export async function setAside(
  context: Context,
  input: MemberInput,
  to: 'SUSPENDED' | 'ACTIVE',
): Promise<ResumeProjectAccessPayload> {
  const { grantId, warnings } = await move(context, input, to);
  return { member: await loadMember(context, grantId), warnings };
}

/** The wish as it is kept: the reason trimmed, a blank one none. */
export function readWish(input: GrantWish): GrantWish {
  const { permissions, startsAt, expiresAt } = input;
  return { permissions, startsAt, expiresAt, reason: cleanOptionalText(input.reason, { field: 'reason', max: 1000 }) };
}

/** Who gives, as the rules for grants see them. */
export const granterOf = ({ personId, source }: Permit): Granter => ({ personId, isAdmin: source === 'ROLE' });

async function move(
  context: Context,
  input: MemberInput,
  to: 'REVOKED' | 'SUSPENDED' | 'ACTIVE',
): Promise<GrantChange> {
  const subject = await subjectOf(context, input);
  const { expectedVersion } = input;
  return context.db.transaction((tx) => moveGrant(tx, subject, { to, expectedVersion }));
}

/** The policy page has asked about the project before, so it is there and has a permit. */
async function subjectOf(context: Context, { projectId, personId }: MemberInput): Promise<GrantSubject> {
  const project = await loadProject(context, projectId);
  if (!project) throw notFound('projectId');
  if (prefixOf(personId) !== ID_PREFIXES.Person) throw notFound('personId');
  const granter = granterOf(context.access.permit(project)!);
  return { workspaceId: project.workspaceId, projectId, personId, granter, now: context.clock.now() };
}
