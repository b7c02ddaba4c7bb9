import { missingOnField } from '../../access/fields';
import type { ProjectAccess } from '../../access/project-access';
import { forbidden } from '../../platform/errors';
import type { PersonFilter } from './people.types';

/**
 * Who may filter by what, decided from what the viewer holds alone (L-01). Whoever manages a project may filter by
 * status; the people of other projects then match nothing.
 */
export function refuseUnreadFilter(access: ProjectAccess, workspaceId: string, filter: PersonFilter): void {
  if (filter.personTypeIn != null) {
    const missing = missingOnField(access, 'Person.personType', { workspaceId, sharedProjectIds: [] });
    if (missing.length > 0) throw forbidden(missing);
  }
  if (filter.statusIn != null) {
    const sharedProjectIds = access.granted.filter((p) => p.workspaceId === workspaceId).map((p) => p.projectId);
    const missing = missingOnField(access, 'Person.status', { workspaceId, sharedProjectIds });
    if (missing.length > 0) throw forbidden(missing);
  }
}
