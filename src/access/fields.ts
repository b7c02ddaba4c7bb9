import { policyLines } from './audit';
import { AUDIENCES, type Audience, type AudienceName, type Permit, type Row } from './permissions';
import { POLICY } from './policy';
import type { ProjectAccess } from './project-access';
import { missingOn, type Subject } from './subjects';

/**
 * What the viewer lacks to see a field of the policy page, for what speaks of one besides itself (a filter, a changed value, an event):
 * who may not read a field may not ask about it, nor write over it unseen (L-01).
 */
export function missingOnField(access: ProjectAccess, field: string, subject: Subject): readonly string[] {
  const audience = audienceOf(field);
  return audience === 'base' ? [] : missingOn(access, audience, subject);
}

/** A field that stands nowhere on the page is shown to nobody: a mistake, found where it is made. */
export const refuseUnknownField = (field: string): void => void audienceOf(field);

/** Whether a field stands on the page: what is kept for a while may name one that a former version had. */
export const isKnownField = (field: string): boolean => page().has(field);

let audiences: Map<string, AudienceName | 'base'> | undefined;

function page(): Map<string, AudienceName | 'base'> {
  audiences ??= new Map(
    policyLines(POLICY).map((line) => [`${line.type}.${line.field}`, line.audience as AudienceName]),
  );
  return audiences;
}

function audienceOf(field: string): AudienceName | 'base' {
  const audience = page().get(field);
  if (!audience) throw new Error(`${field} does not stand on the policy page.`);
  return audience;
}

/**
 * The fields of a project and of what hangs on it that a permit shows of no row whatsoever, not even of an own one: a
 * list of changes need not be read for them. Whatever is not among them is asked of each row.
 */
export function neverSeenWith(permit: Permit): string[] {
  const rows = FAVOURABLE.map((row) => ({ ...row, personId: permit.personId, assigneeId: permit.personId }));
  const never = new Map<string, boolean>();
  const isNever = (name: AudienceName): boolean => {
    if (!never.has(name))
      never.set(
        name,
        [{}, ...rows].every((row) => (AUDIENCES[name] as Audience)(permit, row).length > 0),
      );
    return never.get(name)!;
  };
  return policyLines(POLICY)
    .filter(
      ({ type, audience }) => OF_A_PROJECT.has(type) && audience in AUDIENCES && isNever(audience as AudienceName),
    )
    .map(({ type, field }) => `${type}.${field}`);
}

const FAVOURABLE: Row[] = [undefined, 'HOURS', 'FEES'].map((budgetBasis) => ({
  budgetBasis,
  isSelf: true,
  isPublishedColleague: true,
  side: 'TEAM',
}));

/** Judged by the permit on the one project that they hang on. */
const OF_A_PROJECT = new Set(['Project', 'ProjectTotals', 'Task', 'TimeEntry', 'Invoice', 'InvoiceLine', 'Payment']);
