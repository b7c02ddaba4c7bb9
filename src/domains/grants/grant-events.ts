import type { EventKind } from '../../events/event-types';
import { doneBy, emit } from '../../events/outbox';
import type { Tx } from '../../platform/database';
import type { GrantTerms } from './grant.types';

/** Whose access to which project, and who decided. */
interface AccessChange {
  workspaceId: string;
  projectId: string;
  personId: string;
  granter: { personId: string };
  now: Date;
}

/** As far as it says whether somebody is on the project. */
type Standing = Pick<GrantTerms, 'startsAt' | 'expiresAt'> & { status: 'ACTIVE' | 'SUSPENDED' | 'REVOKED' };

/** To whom it concerns, and to those who manage the project. */
export const emitAccess = (
  tx: Tx,
  change: AccessChange,
  kind: 'access.granted' | 'access.changed' | 'access.revoked',
): Promise<void> => emitOf(tx, change, kind, MEMBERS);

/** The same where they may have come to the project or left it: that is told to whoever is shown them there, too. */
export const emitMove = (
  tx: Tx,
  change: AccessChange,
  { kind, before, after }: { kind: Parameters<typeof emitAccess>[2]; before: Standing | null; after: Standing },
): Promise<void> => emitOf(tx, change, kind, isOn(before, change.now) === isOn(after, change.now) ? MEMBERS : PEOPLE);

export const MEMBERS = ['Project.members'];
export const PEOPLE = [...MEMBERS, 'Project.people'];

const emitOf = (
  tx: Tx,
  { workspaceId, projectId, personId, granter, now }: AccessChange,
  kind: EventKind,
  changed: readonly string[],
): Promise<void> => emit(tx, doneBy(granter.personId, now), kind, { workspaceId, projectId, personId, changed });

function isOn(standing: Standing | null, now: Date): boolean {
  if (standing?.status !== 'ACTIVE') return false;
  const { startsAt, expiresAt } = standing;
  return (startsAt === null || startsAt <= now) && (expiresAt === null || now < expiresAt);
}
