import { policyLines } from './audit';
import type { AudienceName } from './permissions';
import { POLICY } from './policy';
import type { ProjectAccess } from './project-access';
import { missingOn, type Subject } from './subjects';

/**
 * What the viewer lacks to see a field of the policy page, for what speaks of one besides itself (a filter, a changed value, an event):
 * who may not read a field may not ask about it, nor write over it unseen (access.md §2, L-01).
 */
export function missingOnField(access: ProjectAccess, field: string, subject: Subject): readonly string[] {
  const audience = audienceOf(field);
  return audience === 'base' ? [] : missingOn(access, audience, subject);
}

/** A field that stands nowhere on the page is shown to nobody: a mistake, found where it is made. */
export const refuseUnknownField = (field: string): void => void audienceOf(field);

let audiences: Map<string, AudienceName | 'base'> | undefined;

function audienceOf(field: string): AudienceName | 'base' {
  audiences ??= new Map(
    policyLines(POLICY).map((line) => [`${line.type}.${line.field}`, line.audience as AudienceName]),
  );
  const audience = audiences.get(field);
  if (!audience) throw new Error(`${field} does not stand on the policy page.`);
  return audience;
}
