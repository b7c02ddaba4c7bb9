import { type PolicyLine, policyLines } from './audit';
import type { AudienceName } from './permissions';
import { POLICY } from './policy';
import type { ProjectAccess } from './project-access';
import { missingOn, type Subject } from './subjects';

const AUDIENCE_OF = new Map<string, PolicyLine['audience']>(
  policyLines(POLICY).map(({ type, field, audience }) => [`${type}.${field}`, audience]),
);

/** Whether the viewer may see this field (`Task.title`) of a row that they see: the policy page's own answer. */
export function seesField(access: ProjectAccess, field: string, row: Subject): boolean {
  const audience = AUDIENCE_OF.get(field);
  return (
    audience === 'base' || (audience !== undefined && missingOn(access, audience as AudienceName, row).length === 0)
  );
}

/** A field that nobody guards would be told to nobody: a mistake that is found where it is made. */
export function refuseUnknownField(field: string): void {
  if (!AUDIENCE_OF.has(field)) throw new Error(`${field} stands nowhere on the policy page.`);
}
