import type { ProjectAccess } from '../access/project-access';
import type { Heard } from './as-seen';
import type { Positions } from './cursor';
import type { NumberedEvent } from './event.entity';
import type { EventKind } from './event-types';

/** Which part of what they may hear somebody wants to hear. */
export interface StreamFilter {
  workspaceId?: string | null;
  projectIds?: readonly string[] | null;
  kinds?: readonly EventKind[] | null;
}

export function isWanted(
  { kinds, projectIds }: StreamFilter,
  { kind }: Pick<Heard, 'kind'>,
  { projectId }: NumberedEvent,
): boolean {
  return (!kinds || kinds.includes(kind)) && (!projectIds || (projectId !== null && projectIds.includes(projectId)));
}

/** Whether there is anything that a stream from these places could tell of. */
export function isOpenTo(access: ProjectAccess, { workspaceId, projectIds }: StreamFilter, from: Positions): boolean {
  const granted = access.granted.filter(
    (permit) =>
      (!workspaceId || permit.workspaceId === workspaceId) && (!projectIds || projectIds.includes(permit.projectId)),
  );
  const administered = access.adminWorkspaceIds.filter((id) => from.has(id));
  return granted.length > 0 || administered.length > 0;
}

/** Whether they have joined a workspace since, or have become a client of one: what they read was for somebody else. */
export function isOther({ memberships }: ProjectAccess, { workspaceId: only }: StreamFilter, from: Positions): boolean {
  return memberships.some(
    ({ workspaceId, personType }) =>
      (!only || only === workspaceId) && from.get(workspaceId)?.isClient !== (personType === 'CLIENT'),
  );
}
