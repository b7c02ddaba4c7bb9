import { LRUCache } from 'lru-cache';
import type { Clock } from '../platform/clock';
import type { Sql } from '../platform/database';
import { tokenHash } from '../platform/ids';
import { type Confirmation, loadAccess, loadConfirmation } from './load-access';
import type { ProjectAccess } from './project-access';

/** Permits and memberships in all: some 100 MB at the most. */
const MOST_KEPT = 200_000;

/**
 * What callers were found to hold, kept from one request to the next and never believed without asking: in each request
 * the database says whether the session still stands and whether anything that a decision rests on has changed since
 * (migration 0012 counts it), in a statement that costs a fraction of reading it all. In doubt it is read again.
 */
export class KeptAccess {
  private readonly kept = new LRUCache<string, ProjectAccess>({
    maxSize: MOST_KEPT,
    sizeCalculation: ({ granted, memberships }) => 1 + granted.length + memberships.length,
  });

  constructor(
    private readonly db: Sql,
    private readonly clock: Clock,
  ) {}

  /** The same as `loadAccess`. */
  async of(token: string | undefined): Promise<ProjectAccess> {
    const key = token && tokenHash(token);
    const kept = key && this.kept.get(key);
    if (!kept) return this.read(token, key);
    const now = this.clock.now();
    const confirmation = await loadConfirmation(this.db, key, now);
    return (confirmation && confirmed(kept, confirmation, now)) ?? this.read(token, key);
  }

  private async read(token: string | undefined, key: string | undefined): Promise<ProjectAccess> {
    const access = await loadAccess(this.db, this.clock, token);
    if (!key) return access;
    if (access.session) this.kept.set(key, frozen(access));
    else this.kept.delete(key);
    return access;
  }
}

/** What was kept, at this moment; undefined when it is of yesterday. */
function confirmed(kept: ProjectAccess, { session, memberships }: Confirmation, now: Date): ProjectAccess | undefined {
  if (now < kept.now || now >= kept.until || memberships.length !== kept.memberships.length) return undefined;
  const byPerson = new Map(memberships.map((membership) => [membership.personId, membership]));
  const still = kept.memberships.map((membership) => {
    const read = byPerson.get(membership.personId);
    if (!read || read.changedAt > membership.epoch) return undefined;
    return { ...membership, epoch: read.epoch, lastSeq: read.lastSeq };
  });
  return still.every((membership) => membership !== undefined) ? kept.still(session, still, now) : undefined;
}

/** Several requests at once read the same permits: none can change them for another. */
function frozen(access: ProjectAccess): ProjectAccess {
  for (const permit of access.granted) {
    Object.freeze(permit);
    Object.freeze(permit.settings);
  }
  return access;
}
