import {
  PERMISSION_KEYS,
  PERMISSIONS,
  type Permission,
  type PermissionFlags,
  type PersonType,
} from '../../access/permissions';
import { badInput, PorticoError } from '../../platform/errors';
import type { Granter, GrantTerms, GrantWish } from './grant.types';

export interface GrantOrder {
  wish: GrantWish;
  /** What counts today; null for a person new to the project, also when an earlier grant was revoked or ran out. */
  held: GrantTerms | null;
  personType: PersonType;
  granter: Granter;
  now: Date;
}

export interface GrantDecision {
  terms: GrantTerms;
  /** Permissions that changed along without being asked for (F-047). */
  implied: Permission[];
}

/** The rules for grants, all in one place: what the person holds afterwards, or a refusal in words. */
export function decideGrant(order: GrantOrder): GrantDecision {
  const { wish, held, personType } = order;
  const { flags, implied } = decidePermissions(wish.permissions ?? {}, held, personType);
  const terms: GrantTerms = {
    ...flags,
    startsAt: wish.startsAt === undefined ? (held?.startsAt ?? null) : wish.startsAt,
    expiresAt: wish.expiresAt === undefined ? (held?.expiresAt ?? null) : wish.expiresAt,
    reason: wish.reason === undefined ? (held?.reason ?? null) : wish.reason,
  };
  refuseManagingClient(terms, personType);
  refuseBeyondGranter(terms, order);
  refuseCostsWithoutReason(terms, order);
  refuseEmptyTime(terms, order);
  return { terms, implied };
}

/** What a new person starts with (F-043, F-045). */
function startingPermissions(personType: PersonType): PermissionFlags {
  return { trackTime: personType !== 'CLIENT', clientView: true, internalCosts: false, managesProject: false };
}

/** Permissions that owners and admins alone give, take or prolong. */
export const isStrong = (flags: PermissionFlags): boolean => flags.internalCosts || flags.managesProject;

/** Nobody raises, keeps or ends their own grant. */
export function refuseOwnGrant(granter: Granter, personId: string): void {
  if (granter.personId !== personId) return;
  throw exceedsGranter('Nobody changes their own grant: ask an owner, an admin or another manager.');
}

/** Ends what only owners and admins give: so it takes one of them. */
export function refuseEndingStrong(held: PermissionFlags, granter: Granter): void {
  if (granter.isAdmin || !isStrong(held)) return;
  throw exceedsGranter('Internal costs and the management of a project are taken away by owners and admins alone.');
}

export const sameTerms = (a: GrantTerms, b: GrantTerms): boolean =>
  PERMISSION_KEYS.every((key) => a[key] === b[key]) && sameConditions(a, b);

const NOTHING: PermissionFlags = { trackTime: false, clientView: false, internalCosts: false, managesProject: false };

/** The permissions that imply clientView. */
const IMPLYING = PERMISSION_KEYS.filter((key) => PERMISSIONS[key].implies.length > 0);

function decidePermissions(
  wish: Partial<Record<Permission, boolean | null>>,
  held: PermissionFlags | null,
  personType: PersonType,
): { flags: PermissionFlags; implied: Permission[] } {
  const flags: PermissionFlags = { ...startingPermissions(personType), ...(held && permissionsOf(held)) };
  const asked = PERMISSION_KEYS.filter((key) => wish[key] != null);
  for (const key of asked) flags[key] = wish[key] as boolean;
  const turnsOn = IMPLYING.filter((key) => wish[key] === true);
  if (wish.clientView === false && turnsOn.length > 0) throw contradictory(turnsOn);
  const before = held ?? NOTHING;
  if (wish.clientView === false) {
    const along = IMPLYING.filter((key) => flags[key]);
    for (const key of along) flags[key] = false;
    return { flags, implied: along };
  }
  if (turnsOn.length > 0) flags.clientView = true;
  const impliesClientView = turnsOn.length > 0 && wish.clientView == null && !before.clientView;
  return { flags, implied: impliesClientView ? ['clientView'] : [] };
}

function permissionsOf({ trackTime, clientView, internalCosts, managesProject }: PermissionFlags): PermissionFlags {
  return { trackTime, clientView, internalCosts, managesProject };
}

function refuseManagingClient(terms: GrantTerms, personType: PersonType): void {
  if (personType !== 'CLIENT' || !terms.managesProject) return;
  throw new PorticoError('CLIENT_CANNOT_MANAGE_PROJECT', 'A client never manages a project.', {
    field: 'permissions.managesProject',
  });
}

/** Others than owners and admins neither give nor take these permissions, nor move the dates and reason of one. */
function refuseBeyondGranter(terms: GrantTerms, { held, granter }: GrantOrder): void {
  if (granter.isAdmin) return;
  const before = held ?? NOTHING;
  const changed = IMPLYING.find((key) => before[key] !== terms[key]);
  if (changed) {
    throw exceedsGranter(
      'Internal costs and the management of a project are given and taken by owners and admins alone.',
      `permissions.${changed}`,
    );
  }
  if (held && isStrong(held) && !sameConditions(held, terms)) {
    throw exceedsGranter('The dates and the reason of this grant are changed by owners and admins alone.');
  }
}

function refuseCostsWithoutReason(terms: GrantTerms, { wish, held, personType }: GrantOrder): void {
  if (personType !== 'CLIENT' || !terms.internalCosts) return;
  const isNew = !held?.internalCosts;
  if (isNew ? wish.reason : terms.reason) return;
  throw new PorticoError('REASON_REQUIRED', 'Say why this client sees internal costs: the reason is kept.', {
    field: 'reason',
  });
}

function refuseEmptyTime(terms: GrantTerms, { wish, now }: GrantOrder): void {
  if (wish.expiresAt && wish.expiresAt <= now) throw badInput('expiresAt', 'This is past: choose a later moment.');
  if (terms.startsAt && terms.expiresAt && terms.startsAt >= terms.expiresAt) {
    throw badInput(wish.startsAt ? 'startsAt' : 'expiresAt', 'A grant begins before it ends.');
  }
}

function contradictory(turnsOn: Permission[]): PorticoError {
  return new PorticoError(
    'CONTRADICTORY_PERMISSIONS',
    `clientView cannot be off while ${turnsOn.join(' and ')} is turned on: it comes with it.`,
    { field: 'permissions.clientView' },
  );
}

const exceedsGranter = (message: string, field?: string): PorticoError =>
  new PorticoError('GRANT_EXCEEDS_GRANTER', message, field ? { field } : {});

const sameConditions = (a: GrantTerms, b: GrantTerms): boolean =>
  a.reason === b.reason && time(a.startsAt) === time(b.startsAt) && time(a.expiresAt) === time(b.expiresAt);

const time = (moment: Date | null): number | null => moment?.getTime() ?? null;
