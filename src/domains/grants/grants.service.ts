import type { PermissionFlags } from '../../access/permissions';
import type { Tx } from '../../platform/database';
import { notFound } from '../../platform/errors';
import { newId } from '../../platform/ids';
import { expectTransition, type Life } from '../../platform/transitions';
import { expectVersion } from '../../platform/versioned';
import { AccessWarning, PERMISSION_NAMES, type PermissionKey } from './grant.enums';
import {
  decideGrant,
  type GrantDecision,
  type GrantOrder,
  isStrong,
  refuseEndingStrong,
  refuseOwnGrant,
  sameTerms,
} from './grant.logic';
import type { Granter, GrantTerms, GrantWish } from './grant.types';
import { emitMove } from './grant-events';
import { isManaged, lockGrant, lockPerson, type PersonFacts } from './grants.repository';
import { ProjectGrant } from './project-grant.entity';

/** Whose grant on which project, and who decides. */
export interface GrantSubject {
  workspaceId: string;
  projectId: string;
  personId: string;
  granter: Granter;
  now: Date;
}

export interface GrantChange {
  grantId: string;
  /** Permissions that changed along. */
  implied: PermissionKey[];
  warnings: AccessWarning[];
}

/** Puts a person on a project, or changes what they hold there: the same order twice is the same grant (F-032). */
export async function assignPerson(tx: Tx, subject: GrantSubject, wish: GrantWish): Promise<GrantChange> {
  const { person, grant } = await lockSubject(tx, subject);
  if (!grant) return insertGrant(tx, subject, decide({ subject, wish, person, held: null }));
  return writeGrant(tx, {
    subject,
    grant,
    decision: decide({ subject, wish, person, held: heldAt(grant, subject.now) }),
  });
}

/** Changes what a person holds. Whoever holds nothing is not on the project: `NOT_FOUND`. */
export async function changeGrant(
  tx: Tx,
  subject: GrantSubject,
  { wish, expectedVersion }: { wish: GrantWish; expectedVersion?: number | null },
): Promise<GrantChange> {
  const { person, grant } = await lockSubject(tx, subject);
  if (!grant || grant.status === 'REVOKED') throw notFound('personId');
  expectVersion(grant.version, expectedVersion);
  return writeGrant(tx, { subject, grant, decision: decide({ subject, wish, person, held: grant }) });
}

type GrantStatus = ProjectGrant['status'];
const LIFE: Life<GrantStatus> = { ACTIVE: ['SUSPENDED', 'REVOKED'], SUSPENDED: ['ACTIVE', 'REVOKED'], REVOKED: [] };

/** Revokes, suspends or resumes. What is revoked comes back only as a new grant. */
export async function moveGrant(
  tx: Tx,
  subject: GrantSubject,
  { to, expectedVersion }: { to: GrantStatus; expectedVersion?: number | null },
): Promise<GrantChange> {
  const { grant } = await lockSubject(tx, subject);
  if (!grant || grant.status === 'REVOKED') throw notFound('personId');
  expectVersion(grant.version, expectedVersion);
  refuseOwnGrant(subject.granter, subject.personId);
  refuseEndingStrong(grant, subject.granter);
  expectTransition(LIFE, grant.status, to);
  const changes = { status: to, version: grant.version + 1, updatedAt: subject.now };
  return withWarnings(tx, subject, grant, async () => {
    await tx.update(ProjectGrant, { id: grant.id }, changes);
    const kind = to === 'REVOKED' ? 'access.revoked' : 'access.changed';
    await emitMove(tx, subject, { kind, before: grant, after: { ...grant, status: to } });
    return { grantId: grant.id, implied: [] };
  });
}

/** What a pending invitation will grant: the same rules, before there is a person. */
export const decideTerms = (order: GrantOrder): GrantDecision => decideGrant(order);

/** Whether only owners and admins may take this away again. */
export const needsAdmin = (flags: PermissionFlags): boolean => isStrong(flags);

/** Ends a pending grant: who may not take it away is told so. */
export const refuseEnding = (held: PermissionFlags, granter: Granter): void => refuseEndingStrong(held, granter);

interface GrantFromInvitation {
  id: string;
  workspaceId: string;
  projectId: string;
  personId: string;
  terms: GrantTerms;
  grantedBy: string;
  now: Date;
}

/** An accepted invitation becomes a grant under the id that it was pending with. */
export async function grantAsInvited(
  tx: Tx,
  { id, terms, personId, now, ...rest }: GrantFromInvitation,
): Promise<void> {
  const earlier = await lockGrant(tx, rest.projectId, personId);
  const changes = { ...terms, status: 'ACTIVE' as const, grantedBy: rest.grantedBy, updatedAt: now };
  if (earlier) {
    const { epoch, version } = earlier;
    await tx.update(ProjectGrant, { id: earlier.id }, { ...changes, epoch: epoch + 1, version: version + 1 });
  } else {
    const grant = { id, ...rest, ...changes, membershipId: personId, epoch: 1, version: 1, createdAt: now };
    await tx.insert(ProjectGrant, grant);
  }
  const change = { ...rest, personId, now, granter: { personId } };
  await emitMove(tx, change, { kind: 'access.granted', before: earlier, after: changes });
}

async function lockSubject(
  tx: Tx,
  { workspaceId, projectId, personId }: GrantSubject,
): Promise<{ person: PersonFacts; grant: ProjectGrant | null }> {
  const person = await lockPerson(tx, workspaceId, personId);
  if (!person) throw notFound('personId');
  return { person, grant: await lockGrant(tx, projectId, personId) };
}

function decide(order: {
  subject: GrantSubject;
  wish: GrantWish;
  person: PersonFacts;
  held: GrantTerms | null;
}): GrantDecision {
  const { subject, wish, person, held } = order;
  refuseOwnGrant(subject.granter, subject.personId);
  return decideGrant({ wish, held, personType: person.personType, granter: subject.granter, now: subject.now });
}

/** What still counts of an earlier grant when somebody is put on the project again: nothing of a revoked or ended one. */
const heldAt = (grant: ProjectGrant, now: Date): GrantTerms | null =>
  grant.status === 'REVOKED' || isOver(grant, now) ? null : grant;

const isOver = ({ expiresAt }: GrantTerms, now: Date): boolean => expiresAt !== null && expiresAt <= now;

async function insertGrant(tx: Tx, subject: GrantSubject, { terms, implied }: GrantDecision): Promise<GrantChange> {
  const { workspaceId, projectId, personId, granter, now } = subject;
  const grantId = newId('ProjectGrant');
  await tx.insert(ProjectGrant, {
    id: grantId,
    workspaceId,
    projectId,
    membershipId: personId,
    ...terms,
    status: 'ACTIVE',
    grantedBy: granter.personId,
    epoch: 1,
    version: 1,
    createdAt: now,
    updatedAt: now,
  });
  await emitMove(tx, subject, { kind: 'access.granted', before: null, after: { ...terms, status: 'ACTIVE' } });
  return { grantId, implied: implied.map((key) => PERMISSION_NAMES[key]), warnings: [] };
}

async function writeGrant(
  tx: Tx,
  { subject, grant, decision }: { subject: GrantSubject; grant: ProjectGrant; decision: GrantDecision },
): Promise<GrantChange> {
  const { granter, now } = subject;
  const { terms, implied } = decision;
  const answer = { grantId: grant.id, implied: implied.map((key) => PERMISSION_NAMES[key]) };
  const isAnew = grant.status === 'REVOKED' || (isOver(grant, now) && !isOver(terms, now));
  if (!isAnew && sameTerms(grant, terms)) return { ...answer, warnings: [] };
  const after = { ...terms, status: isAnew ? ('ACTIVE' as const) : grant.status };
  return withWarnings(tx, subject, grant, async () => {
    const stamps = { epoch: grant.epoch + (isAnew ? 1 : 0), version: grant.version + 1, updatedAt: now };
    await tx.update(ProjectGrant, { id: grant.id }, { ...after, ...stamps, grantedBy: granter.personId });
    await emitMove(tx, subject, { kind: isAnew ? 'access.granted' : 'access.changed', before: grant, after });
    return answer;
  });
}

/** Tells when the project had a manager before the change and has none after it. */
async function withWarnings(
  tx: Tx,
  { projectId, now }: GrantSubject,
  before: ProjectGrant,
  change: () => Promise<Omit<GrantChange, 'warnings'>>,
): Promise<GrantChange> {
  const wasManaged = before.managesProject && (await isManaged(tx, projectId, now));
  const done = await change();
  const isLast = wasManaged && !(await isManaged(tx, projectId, now));
  return { ...done, warnings: isLast ? [AccessWarning.LAST_MANAGER_REMOVED] : [] };
}
