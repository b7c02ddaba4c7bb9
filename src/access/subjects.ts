import type { Audience, AudienceName, Permit, Row } from './permissions';
import { AUDIENCES } from './permissions';
import type { OfProject, ProjectAccess } from './project-access';

/** What a guarded row must carry, so that the page can be asked about it. */
export interface Subject extends Row {
  workspaceId: string;
  /** Set on everything that hangs on one project. */
  projectId?: string;
  /** Set on people: the projects of the viewer that they share. */
  sharedProjectIds?: string[];
  /** Set on client organisations: themselves. */
  clientOrganisationId?: string | null;
}

/**
 * What the viewer lacks to see a field of this row; empty when nothing. A thing of one project is judged by the
 * permit there; a person or an organisation by the best of the projects shared with the viewer, and where
 * none will do, by the one that lacks the least.
 */
export function missingOn(access: ProjectAccess, audience: AudienceName, subject: Subject): readonly string[] {
  const decide = AUDIENCES[audience] as Audience;
  if (subject.projectId !== undefined && subject.workspaceId) {
    const permit = access.permit(subject as OfProject);
    return permit ? decide(permit, subject) : NOTHING_HELD;
  }
  let least: readonly string[] | undefined;
  for (const permit of permitsOn(access, subject)) {
    const missing = decide(permit, subject);
    if (missing.length === 0) return missing;
    if (least === undefined || isLess(missing, least)) least = missing;
  }
  return least ?? NOTHING_HELD;
}

/** By what they hold alone, never by the order in which the permits come: that would tell which was touched last. */
function isLess(missing: readonly string[], than: readonly string[]): boolean {
  if (missing.length !== than.length) return missing.length < than.length;
  return missing.join() < than.join();
}

const NOTHING_HELD: readonly string[] = ['clientView'];

function permitsOn(access: ProjectAccess, subject: Subject): Permit[] {
  const { workspaceId } = subject;
  if (!workspaceId) throw new Error('A guarded row must carry its workspaceId.');
  const shared = subject.sharedProjectIds
    ? subject.sharedProjectIds.map((id) => access.permitOfProject(id))
    : access.permitsOfOrganisation(subject.clientOrganisationId ?? '');
  return present([access.permitOfMembership(workspaceId), ...shared]);
}

const present = (permits: (Permit | undefined)[]): Permit[] => permits.filter((permit) => permit !== undefined);
