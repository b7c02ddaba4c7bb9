import type { ProjectAccess } from '../access/project-access';
import type { Asking } from '../access/rules';
import { Standing } from '../access/standing';
import type { Clock } from '../platform/clock';
import { PorticoError } from '../platform/errors';
import { asHeardBy, type Heard, whatIsHeard } from './as-seen';
import type { Listener, SharedAnswer, SharedOperation } from './cohort';
import { type Cursors, type Positions, resetRequired } from './cursor';
import type { Delivery, Outlet, StreamFilter } from './delivery';
import type { NumberedEvent } from './event.entity';
import { EventQueue } from './event-queue';
import type { Missed } from './events.repository';
import type { Hub } from './hub';

/** Who is behind and has taken nothing for so long is too slow. */
const STUCK_MS = 1000;

interface SubscriberOptions<C extends Asking> {
  hub: Hub;
  cursors: Cursors;
  clock: Clock;
  token: string;
  userId: string;
  operation: SharedOperation;
  filter: StreamFilter;
  /** From where on, by workspace. */
  positions: Positions;
  outlet: Outlet;
  /** A context of its own for each event: nothing read for one is used for the next. */
  contextOf(access: ProjectAccess): C;
}

/**
 * One stream to one person. What is the same for all of their class is given to them as it is (cohort.ts). Of everything
 * else they are asked for anew, event by event: whether the session lives, what they hold, what they hear of it. That is
 * read by pulling: while the socket is busy nothing is read, and the queue fills.
 */
export class Subscriber<C extends Asking> implements Listener, AsyncIterableIterator<Delivery<C>> {
  standing: Standing;
  private readonly queue = new EventQueue();
  private readonly deliveries: AsyncGenerator<Delivery<C>, void>;
  private isOver = false;
  /** More has happened than is kept for it: it reads on in the table, as at the beginning. */
  private isBehind = true;
  /** It has heard everything up to this moment but for what waits in its queue. */
  private isLive = false;
  private wantsCheck = false;
  private hadSomething: boolean;
  /** The event that the socket is busy with, and since when. */
  private given: { cursor: string; at: number } | undefined;

  /** `access`: who it is as the stream opens. */
  constructor(
    private readonly options: SubscriberOptions<C>,
    access: ProjectAccess,
  ) {
    this.standing = new Standing(access);
    this.hadSomething = this.isOpenTo(access);
    this.deliveries = this.run();
  }

  get operation(): SharedOperation {
    return this.options.operation;
  }

  get isReady(): boolean {
    return this.isLive && !this.isOver && !this.wantsCheck && this.queue.isAwaited && this.options.outlet.isFree();
  }

  take(event: NumberedEvent, answer: SharedAnswer | null): boolean {
    if (!this.isReady) return false;
    if (this.hasHeard(event)) return true;
    this.moveTo(event.workspaceId, event.seq, event.occurredAt);
    if (answer && this.isWanted(answer, event)) {
      const wantsCursor = answer.pieces.length > 1;
      this.options.outlet.pass(answer, wantsCursor ? this.cursorAt(event, answer) : '');
    }
    return true;
  }

  offer(event: NumberedEvent): void {
    if (!this.isBehind && this.queue.offer(event)) return;
    this.isBehind = true;
    this.isLive = false;
    this.queue.clear();
    if (this.given === undefined || performance.now() - this.given.at < STUCK_MS) return;
    this.stop();
    this.options.outlet.lagged(this.given.cursor);
  }

  async refresh(): Promise<void> {
    const access = await this.options.hub.accessOf(this.options.token).catch(() => undefined);
    if (!access?.session || this.isOther(access)) this.recheck();
    // Whoever has lost everything is told of that first, if there is an event that says so.
    else if (!this.hasLostAll(access)) this.standAs(access);
  }

  recheck(): void {
    this.wantsCheck = true;
    this.queue.nudge();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<Delivery<C>, void>> {
    return this.deliveries.next().catch((error: unknown) => {
      // Nobody ends a stream again that has failed: it must not stay behind in the hub.
      this.stop();
      throw error;
    });
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
      if (this.isOver || this.isBehind) continue;
      const event = this.queue.take();
      if (event) yield* this.tell(event);
      else await this.queue.more();
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

  private hasHeard(event: NumberedEvent): boolean {
    return event.seq <= this.options.positions.get(event.workspaceId)!.seq;
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
    if (this.isOver || this.hasHeard(event)) return;
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

  private isWanted({ kind }: Pick<Heard, 'kind'>, { projectId }: NumberedEvent): boolean {
    const { kinds, projectIds } = this.options.filter;
    return (!kinds || kinds.includes(kind)) && (!projectIds || (projectId !== null && projectIds.includes(projectId)));
  }

  /** Asks who this is by now. Undefined when the session has ended: then the socket goes with it. */
  private async check(): Promise<ProjectAccess | undefined> {
    const wasAsked = this.wantsCheck;
    this.wantsCheck = false;
    const access = await this.options.hub.accessOf(this.options.token);
    if (!access.session) {
      this.stop();
      this.options.outlet.sessionEnded();
      return undefined;
    }
    if (this.isOther(access)) throw resetRequired();
    if (wasAsked) this.endWithoutAccess(access);
    this.standAs(access);
    return access;
  }

  private standAs(access: ProjectAccess): void {
    this.standing = new Standing(access);
    this.hadSomething ||= this.isOpenTo(access);
  }

  /** They have joined a workspace since, or have become a client of one: their stream begins anew. */
  private isOther({ memberships }: ProjectAccess): boolean {
    const { filter, positions } = this.options;
    return memberships.some(
      ({ workspaceId, personType }) =>
        (!filter.workspaceId || filter.workspaceId === workspaceId) &&
        positions.get(workspaceId)?.isClient !== (personType === 'CLIENT'),
    );
  }

  /** @throws PorticoError `ACCESS_REVOKED` when there was something to hear of, and there is nothing left. */
  private endWithoutAccess(access: ProjectAccess): void {
    if (!this.hasLostAll(access)) return;
    this.stop();
    throw new PorticoError('ACCESS_REVOKED', 'Your access to what this stream told of has ended.');
  }

  private hasLostAll(access: ProjectAccess): boolean {
    return this.hadSomething && !this.isOpenTo(access);
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
    const { cursors, userId, positions, clock } = this.options;
    if (this.isLive) for (const position of positions.values()) position.at = clock.now();
    return cursors.seal(userId, positions);
  }

  /** The same, with the place of the event as it was sealed for all. */
  private cursorAt({ workspaceId }: NumberedEvent, { place, at }: SharedAnswer): string {
    const { cursors, userId, positions } = this.options;
    let places = '';
    for (const [id, position] of positions) {
      position.at = at;
      places += id === workspaceId ? place(position.isClient) : cursors.place(id, position);
    }
    return cursors.marked(userId, places);
  }
}
