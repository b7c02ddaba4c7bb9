import type { Context } from '../../context';
import { changedFields, type FieldNames } from '../../events/changed-fields';
import { emit } from '../../events/outbox';
import type { Tx } from '../../platform/database';
import { expectVersion } from '../../platform/versioned';
import { lookAgain } from './look-again';
import { lockMemberships, lockRoles } from './memberships.repository';
import { loadPerson } from './people.loaders';
import { Membership, MembershipStatus, type Person } from './person.entity';
import type { Decision } from './person.logic';

interface PersonChange {
  personId: string;
  expectedVersion?: number | null;
}

/**
 * Changes a person: locks, asks `decide` what becomes of them, writes it, and gives the person as the caller sees them.
 * The caller is locked and read again too, because two owners may be unmaking each other at this moment.
 */
export async function changePerson(
  context: Context,
  { personId, expectedVersion }: PersonChange,
  decide: (decision: Decision) => Partial<Membership>,
): Promise<Person> {
  const { workspaceId } = (await loadPerson(context, personId))!;
  await context.db.transaction(async (tx) => {
    const decision = await lockPair(tx, context, { workspaceId, personId });
    expectVersion(decision.person.version, expectedVersion);
    await writePerson(tx, context, decision.person, decide(decision));
  });
  return (await loadPerson(context, personId))!;
}

/** The person and the caller, both locked; that the caller is an owner or admin is asked by access/as-judged.ts. */
export async function lockPair(
  tx: Tx,
  { access }: Context,
  { workspaceId, personId }: { workspaceId: string; personId: string },
): Promise<Decision> {
  const callerId = access.membership(workspaceId)!.personId;
  await lockRoles(tx, workspaceId);
  const [person, caller] = await lockMemberships(tx, workspaceId, [personId, callerId]);
  return { person, caller };
}

export async function writePerson(
  tx: Tx,
  context: Context,
  person: Membership,
  change: Partial<Membership>,
): Promise<void> {
  const { id, workspaceId, userId, version } = person;
  await tx.update(Membership, { id }, { ...change, version: version + 1, updatedAt: context.clock.now() });
  const changed = changedFields('Person', person, change, FIELDS);
  if (change.status === MembershipStatus.ACTIVE)
    await lookAgain(tx, 'workspace.joined', { userId, now: context.clock.now() });
  // First what is told to them alone: with whatever comes next their stream may end.
  if (changed.some((field) => DECIDES_ACCESS.has(field))) {
    await emit(tx, context, 'access.changed', { workspaceId, personId: id, changed: [] });
  }
  await emit(tx, context, 'person.updated', { workspaceId, id, changed });
}

const FIELDS: FieldNames<Membership> = { weeklyCapacitySeconds: 'weeklyCapacity', convertedAt: [] };

const DECIDES_ACCESS = new Set(['Person.personType', 'Person.role', 'Person.businessRoles', 'Person.status']);
