import { type Doer, doneBy, emit } from '../../events/outbox';
import type { Tx } from '../../platform/database';
import type { GrantTerms } from './grant.types';

/** Whose access to which project, and who decided. */
export interface AccessChange {
  workspaceId: string;
  projectId: string;
  personId: string;
  granter: { personId: string };
  now: Date;
}

/** As far as it says whether somebody is on the project. */
type Standing = Pick<GrantTerms, 'startsAt' | 'expiresAt'> & { status: 'ACTIVE' | 'SUSPENDED' | 'REVOKED' };

/** To whom it concerns, and to those who manage the project. */
export function emitAccess(
  tx: Tx,
  { workspaceId, projectId, personId, granter, now }: AccessChange,
  kind: 'access.granted' | 'access.changed' | 'access.revoked',
): Promise<void> {
  const what = { workspaceId, projectId, personId, changed: ['Project.members'] };
  return emit(tx, doneBy(granter.personId, now), kind, what);
}

/** The same where somebody may have come to the project or left it, which those are told who are shown them there. */
export async function emitMove(
  tx: Tx,
  change: AccessChange,
  { kind, before, after }: { kind: Parameters<typeof emitAccess>[2]; before: Standing | null; after: Standing },
): Promise<void> {
  const { granter, now } = change;
  await emitAccess(tx, change, kind);
  if (isOn(before, now) !== isOn(after, now)) await emitPeople(tx, doneBy(granter.personId, now), change);
}

export const emitPeople = (
  tx: Tx,
  by: Doer,
  { workspaceId, projectId, personId }: Pick<AccessChange, 'workspaceId' | 'projectId' | 'personId'>,
): Promise<void> =>
  emit(tx, by, 'person.updated', { workspaceId, projectId, id: personId, changed: ['Project.people'] });

function isOn(standing: Standing | null, now: Date): boolean {
  if (standing?.status !== 'ACTIVE') return false;
  const { startsAt, expiresAt } = standing;
  return (startsAt === null || startsAt <= now) && (expiresAt === null || now < expiresAt);
}
