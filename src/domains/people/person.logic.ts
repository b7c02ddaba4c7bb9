import { badInput, forbidden, PorticoError } from '../../platform/errors';
import type { ChangeRoleInput } from './people.inputs';
import { type Membership, MembershipStatus, PersonTypeEnum } from './person.entity';

/** Who is changed by whom, both as they stand at this moment and locked. */
export interface Decision {
  person: Membership;
  caller: Membership;
}

type Change = Partial<Membership>;

/**
 * A new role or new duties. Clients hold neither (F-005…F-007). Nobody changes their own role and only an owner unmakes
 * an owner, so whoever unmakes one stays: a workspace never loses its last owner.
 */
export function decideRole({ person, caller }: Decision, { role, businessRoles }: ChangeRoleInput): Change {
  const next = { role: role ?? person.role, businessRoles: [...new Set(businessRoles ?? person.businessRoles)].sort() };
  if (person.personType === PersonTypeEnum.CLIENT && (next.role !== 'MEMBER' || next.businessRoles.length > 0)) {
    throw new PorticoError('CLIENT_CANNOT_HOLD_ROLE', 'Clients are members without business roles, always.');
  }
  refuseSelf({ person, caller }, 'Nobody changes their own role: ask another admin or owner.');
  if (next.role !== person.role && next.role === 'OWNER' && caller.role !== 'OWNER') throw forbidden(['role:OWNER']);
  if (next.role !== person.role) refuseOwner({ person, caller });
  return next;
}

/** Shuts somebody out of the workspace, or lets them in again. */
export function decideStatus({ person, caller }: Decision, to: MembershipStatus): Change {
  refuseSelf({ person, caller }, 'Nobody shuts themselves out: ask another admin or owner.');
  refuseOwner({ person, caller });
  const from = person.status;
  if (from === to) {
    const allowed = Object.values(MembershipStatus).filter((status) => status !== from);
    throw new PorticoError('INVALID_TRANSITION', `This person is ${from} already.`, { from, to, allowed });
  }
  return { status: to };
}

/** Between employee and contractor. Becoming a client is a conversion, and being one is final (F-009, F-130). */
export function decidePersonType({ person }: Decision, to: PersonTypeEnum): Change {
  if (person.personType === PersonTypeEnum.CLIENT) throw clientIsFinal();
  if (to === PersonTypeEnum.CLIENT) {
    throw badInput('personType', 'Becoming a client cannot be undone: use convertToClient.');
  }
  return { personType: to };
}

/** What only people of the team have: capacity, and facing clients. */
export function decideDetails({ person }: Decision, change: Change): Change {
  if (person.personType !== PersonTypeEnum.CLIENT) return change;
  if (change.weeklyCapacitySeconds != null) throw badInput('weeklyCapacitySeconds', 'A client has no capacity.');
  if (change.clientFacing) throw badInput('clientFacing', 'Only people of the team face clients.');
  return change;
}

const clientIsFinal = (): PorticoError =>
  new PorticoError('CLIENT_IS_FINAL', 'Once a client, always a client in this workspace.');

function refuseSelf({ person, caller }: Decision, message: string): void {
  if (person.id === caller.id) throw badInput('personId', message);
}

function refuseOwner({ person, caller }: Decision): void {
  if (person.role === 'OWNER' && caller.role !== 'OWNER') throw forbidden(['role:OWNER']);
}
