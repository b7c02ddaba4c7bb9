import type { ProjectAccess } from '../access/project-access';
import { SESSION_IDLE_MS } from '../access/project-access';
import type { Asking } from '../access/rules';
import { after, type Clock } from '../platform/clock';
import { PorticoError } from '../platform/errors';
import { asHeardBy, type Heard, whatIsHeard } from './as-seen';
import { type Cursors, type Positions, resetRequired } from './cursor';
import type { NumberedEvent } from './event.entity';
import { EventQueue } from './event-queue';
import type { EventKind } from './event-types';
import type { Missed } from './events.repository';
import type { Hub, Listener } from './hub';

/** Who listens is asked again at least this often, whatever happens. */
const RECHECK_MS = 30_000;
/** Who is behind and has taken nothing for so long is too slow. */
const STUCK_MS = 1000;

/** One event on its way to one person, with a context as fresh as the event. */
export interface Delivery<C> extends Heard {
  event: NumberedEvent;
  cursor: string;
  context: C;
  /** To be called once it is answered and goes to the socket next. */
  given(): void;
}

export interface StreamFilter {
  workspaceId?: string | null;
  projectIds?: readonly string[] | null;
  kinds?: readonly EventKind[] | null;
}

/** What the socket does when a stream has to end with it. */
export interface StreamEnding {
  sessionEnded(): void;
  lagged(lastCursor: string): void;
  /** The server cannot go on. */
  failed(error: unknown): void;
}

export interface SubscriberOptions<C extends Asking> {
  hub: Hub;
  cursors: Cursors;
  clock: Clock;
  token: string;
  /** Who it is as the stream opens. */
  access: ProjectAccess;
  filter: StreamFilter;
  /** From where on, by workspace. */
  positions: Positions;
  ending: StreamEnding;
  /** A context of its own for each event: nothing read for one is used for the next. */
  contextOf(access: ProjectAccess): C;
}

/**
 * One stream to one person. For every event they are asked for anew: whether the session lives, what they hold, what
 * they hear of it. It is read by pulling: while the socket is busy nothing is read, and the queue fills.
 */
export class Subscriber<C extends Asking> implements Listener, AsyncIterableIterator<Delivery<C>> {
  private readonly queue = new EventQueue();
  private readonly deliveries: AsyncGenerator<Delivery<C>, void>;
  private isOver = false;
  /** More has happened than is kept for it: it reads on in the table, as at the beginning. */
  private isBehind = true;
  /** It has heard everything up to this moment but for what waits in its queue. */
  private isLive = false;
  private wantsCheck = false;
  private hadSomething: boolean;
  private deadline: Date;
  private checkedAt = performance.now();
  /** The event that the socket is busy with, and since when. */
  private given: { cursor: string; at: number } | undefined;

  constructor(private readonly options: SubscriberOptions<C>) {
    this.hadSomething = this.isOpenTo(options.access);
    this.deadline = earliestEnd(options.access);
    this.deliveries = this.run();
  }

  offer(event: NumberedEvent): void {
    if (!this.isBehind && this.queue.offer(event)) return;
    this.isBehind = true;
    this.isLive = false;
    this.queue.clear();
    if (this.given === undefined || performance.now() - this.given.at < STUCK_MS) return;
    this.stop();
    this.options.ending.lagged(this.given.cursor);
  }

  isDue(now: Date): boolean {
    return !this.wantsCheck && (now >= this.deadline || performance.now() - this.checkedAt > RECHECK_MS);
  }

  recheck(): void {
    this.wantsCheck = true;
    this.queue.nudge();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<Delivery<C>, void>> {
    try {
      return await this.deliveries.next();
    } catch (error) {
      // Nobody ends a stream again that has failed: it must not stay behind in the hub.
      this.stop();
      throw error;
    }
  }

  async return(): Promise<IteratorResult<Delivery<C>, void>> {
    this.stop();
    return { done: true, value: undefined };
  }

  private stop(): void {
    this.isOver = true;
    this.options.hub.leave(this);
    this.queue.nudge();
  }

  private async *run(): AsyncGenerator<Delivery<C>, void> {
    while (!this.isOver) {
      if (this.isBehind) yield* this.readOn();
      if (this.wantsCheck) await this.check();
      const event = this.isOver || this.isBehind ? undefined : await this.queue.take();
      if (event) yield* this.tell(event);
    }
  }

  private async *readOn(): AsyncGenerator<Delivery<C>, void> {
    this.isBehind = false;
    for (const workspaceId of this.options.positions.keys()) yield* this.catchUp(workspaceId);
    this.isLive = !this.isBehind;
  }

  /** Reads on from the cursor until there is nothing between it and what the hub tells. What is hidden is left out at once. */
  private async *catchUp(workspaceId: string): AsyncGenerator<Delivery<C>, void> {
    const { hub, positions, clock } = this.options;
    while (!this.isOver) {
      const { seq } = positions.get(workspaceId)!;
      const now = clock.now();
      const [{ lastSeq }] = await hub.ends([workspaceId]);
      if (lastSeq <= seq && (this.isOver || hub.listen(workspaceId, this, seq))) return;
      const missed = await hub.turn(() => this.missed({ workspaceId, seq, to: lastSeq }));
      if (!missed) return;
      for (const event of missed.heard) yield* this.tell(event);
      this.moveTo(workspaceId, missed.upTo, now);
    }
  }

  /** Who this is was asked after the end of what is read: whatever came to be theirs later is told by what comes later. */
  private async missed(missed: Missed): Promise<{ heard: NumberedEvent[]; upTo: bigint } | undefined> {
    const access = await this.check();
    if (!access) return undefined;
    const { events, upTo } = await this.options.hub.missed(access, missed);
    const heard = await whatIsHeard(this.options.contextOf(access), events);
    return { heard: events.filter((_, i) => heard[i] !== null), upTo };
  }

  private moveTo(workspaceId: string, seq: bigint, at: Date): void {
    const position = this.options.positions.get(workspaceId)!;
    if (this.isOver || seq <= position.seq) return;
    Object.assign(position, { seq, at });
  }

  private async *tell(event: NumberedEvent): AsyncGenerator<Delivery<C>, void> {
    if (this.isOver || event.seq <= this.options.positions.get(event.workspaceId)!.seq) return;
    const asked = await this.options.hub.turn(() => this.ask(event));
    if (!asked) return;
    const { access, context, heard } = asked;
    this.moveTo(event.workspaceId, event.seq, event.occurredAt);
    // Between the answer and its sending nothing is awaited but the answer itself.
    if (heard && !this.isOver && this.isWanted(heard, event)) {
      const cursor = this.cursor();
      const given = () => {
        this.given = { cursor, at: performance.now() };
      };
      yield { ...heard, event, cursor, context, given };
      this.given = undefined;
    }
    this.endWithoutAccess(access);
  }

  /** Who this is at this moment, and what they hear. */
  private async ask(event: NumberedEvent) {
    const access = await this.check();
    if (!access) return undefined;
    const context = this.options.contextOf(access);
    return { access, context, heard: await asHeardBy(context, event) };
  }

  private isWanted({ kind }: Heard, { projectId }: NumberedEvent): boolean {
    const { kinds, projectIds } = this.options.filter;
    return (!kinds || kinds.includes(kind)) && (!projectIds || (projectId !== null && projectIds.includes(projectId)));
  }

  /** Asks who this is by now. Undefined when the session has ended: then the socket goes with it. */
  private async check(): Promise<ProjectAccess | undefined> {
    const wasAsked = this.wantsCheck;
    this.wantsCheck = false;
    this.checkedAt = performance.now();
    const access = await this.options.hub.accessOf(this.options.token);
    if (!access.session) {
      this.stop();
      this.options.ending.sessionEnded();
      return undefined;
    }
    this.refuseOther(access);
    this.deadline = earliestEnd(access);
    if (wasAsked) this.endWithoutAccess(access);
    return access;
  }

  /** @throws PorticoError `STREAM_RESET_REQUIRED` when they have joined a workspace since, or have become a client of one. */
  private refuseOther({ memberships }: ProjectAccess): void {
    const { filter, positions } = this.options;
    for (const { workspaceId, personType } of memberships) {
      if (filter.workspaceId && filter.workspaceId !== workspaceId) continue;
      if (positions.get(workspaceId)?.isClient !== (personType === 'CLIENT')) throw resetRequired();
    }
  }

  /** @throws PorticoError `ACCESS_REVOKED` when there was something to hear of, and there is nothing left. */
  private endWithoutAccess(access: ProjectAccess): void {
    const hasSomething = this.isOpenTo(access);
    if (this.hadSomething && !hasSomething) {
      this.stop();
      throw new PorticoError('ACCESS_REVOKED', 'Your access to what this stream told of has ended.');
    }
    this.hadSomething ||= hasSomething;
  }

  private isOpenTo(access: ProjectAccess): boolean {
    const { workspaceId, projectIds } = this.options.filter;
    const granted = access.granted.filter(
      (permit) =>
        (!workspaceId || permit.workspaceId === workspaceId) && (!projectIds || projectIds.includes(permit.projectId)),
    );
    const administered = access.adminWorkspaceIds.filter((id) => this.options.positions.has(id));
    return granted.length > 0 || administered.length > 0;
  }

  private cursor(): string {
    const { cursors, access, positions, clock } = this.options;
    if (this.isLive) for (const position of positions.values()) position.at = clock.now();
    return cursors.seal(access.userId, positions);
  }
}

/** When the session or a grant runs out by itself. */
function earliestEnd({ session, granted }: ProjectAccess): Date {
  const ends = [session!.expiresAt, after(session!.lastUsedAt, SESSION_IDLE_MS)];
  for (const { expiresAt } of granted) if (expiresAt) ends.push(expiresAt);
  return new Date(Math.min(...ends.map(Number)));
}
