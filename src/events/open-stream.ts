import type { ProjectAccess } from '../access/project-access';
import type { Asking } from '../access/rules';
import { after, type Clock, days } from '../platform/clock';
import { badInput, notFound } from '../platform/errors';
import { whatIsHeard } from './as-seen';
import type { SharedOperation } from './cohort';
import { type Cursors, type Positions, resetRequired } from './cursor';
import type { Outlet, StreamFilter } from './delivery';
import type { Hub } from './hub';
import { Subscriber } from './subscriber';

/** How long events are kept, and so how old a cursor may be. */
export const EVENTS_KEPT_MS = days(30);
/** What is told again at most to somebody who was away. */
const MOST_REPLAYED = 1000;
/** What is looked through for it at most, of what they might hear. */
const MOST_READ = 20_000;
const MOST_PROJECTS = 100;

/** What a socket gives the streams on it. */
export interface Live<C extends Asking> {
  hub: Hub;
  cursors: Cursors;
  clock: Clock;
  token: string;
  contextOf(access: ProjectAccess): C;
}

/** What one of them needs besides. */
export interface LiveStream<C extends Asking> extends Live<C> {
  operation: SharedOperation;
  outlet: Outlet;
}

export interface StreamArgs extends StreamFilter {
  after?: string | null;
}

/**
 * Opens the stream of what the caller may see, from now on or from where they heard last.
 * @throws PorticoError `NOT_FOUND` for a workspace or project that they do not see, `INVALID_CURSOR`,
 *   `STREAM_RESET_REQUIRED` when too much has happened since the cursor, too long ago, or to somebody else than it is of.
 */
export async function openStream<C extends Asking>(
  live: LiveStream<C>,
  { access, node }: Asking,
  { after, ...filter }: StreamArgs,
): Promise<Subscriber<C>> {
  const { hub, cursors, clock, token, contextOf, operation, outlet } = live;
  const workspaceIds = workspacesOf(access, filter);
  const projectIds = filter.projectIds ?? [];
  if (projectIds.length > MOST_PROJECTS) {
    const limits = { max: MOST_PROJECTS, actual: projectIds.length };
    throw badInput('projectIds', `At most ${MOST_PROJECTS} projects; without any you hear of all.`, limits);
  }
  const projects = await Promise.all(projectIds.map(node));
  if (projects.includes(null)) throw notFound('projectIds');
  const now = await startingNow({ hub, access, workspaceIds });
  const positions = after ? resumed(now, cursors.open(access.userId, after, workspaceIds), clock) : now;
  if (after) await refuseTooMuch({ hub, access, now, positions, contextOf: () => contextOf(access) });
  const { userId } = access;
  const own = { hub, cursors, clock, token, userId, contextOf, operation, outlet, filter, positions };
  return new Subscriber(own, access);
}

/** Where the caller's stream stands at this moment: what happens from here on can be heard with it. */
export function cursorOfNow(cursors: Cursors, access: ProjectAccess): string {
  const positions: Positions = new Map(
    access.memberships.map((m) => [
      m.workspaceId,
      { seq: BigInt(m.lastSeq), at: access.now, isClient: m.personType === 'CLIENT' },
    ]),
  );
  return cursors.seal(access.userId, positions);
}

function workspacesOf(access: ProjectAccess, { workspaceId }: StreamFilter): string[] {
  const ids = access.memberships.map((membership) => membership.workspaceId);
  if (!workspaceId) return ids;
  if (!ids.includes(workspaceId)) throw notFound('workspaceId');
  return [workspaceId];
}

interface Start {
  hub: Hub;
  access: ProjectAccess;
  workspaceIds: string[];
}

async function startingNow({ hub, access, workspaceIds }: Start): Promise<Positions> {
  const ends = await hub.ends(workspaceIds);
  return new Map(
    ends.map(({ workspaceId, lastSeq }) => [
      workspaceId,
      { seq: lastSeq, at: access.now, isClient: access.membership(workspaceId)?.personType === 'CLIENT' },
    ]),
  );
}

/** A workspace that the cursor does not know was joined since, or another stream told of it: what happened there is missing. */
function resumed(now: Positions, opened: Positions, clock: Clock): Positions {
  const oldest = after(clock.now(), -EVENTS_KEPT_MS);
  for (const [workspaceId, { seq, isClient }] of now) {
    const position = opened.get(workspaceId);
    if (!position || position.at < oldest || position.seq > seq || position.isClient !== isClient)
      throw resetRequired();
  }
  return opened;
}

interface Resuming {
  hub: Hub;
  access: ProjectAccess;
  now: Positions;
  positions: Positions;
  contextOf(): Asking;
}

/** Counted is what the caller may hear: how much else happened is not told by a refusal either. */
async function refuseTooMuch({ hub, access, now, positions, contextOf }: Resuming): Promise<void> {
  const all = [...positions].map(([workspaceId, { seq }]) => ({ workspaceId, seq, to: now.get(workspaceId)!.seq }));
  if (all.reduce((sum, { seq, to }) => sum + Number(to - seq), 0) <= MOST_REPLAYED) return;
  let read = 0;
  let heard = 0;
  for (const { workspaceId, seq, to } of all) {
    for (let at = seq; at < to; ) {
      const { events, upTo } = await hub.turn(() => hub.missed(access, { workspaceId, seq: at, to }));
      const told = await hub.turn(() => whatIsHeard(contextOf(), events));
      read += events.length;
      heard += told.filter((each) => each !== null).length;
      if (heard > MOST_REPLAYED || read > MOST_READ) throw resetRequired();
      at = upTo;
    }
  }
}
