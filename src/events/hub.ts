import pLimit from 'p-limit';
import { loadAccessOfMany, type ProjectAccess } from '../access/project-access';
import type { Clock } from '../platform/clock';
import type { Database } from '../platform/database';
import type { Logger } from '../platform/logger';
import type { Bus } from './bus';
import type { NumberedEvent } from './event.entity';
import { endsOfStreams, eventsAfter, eventsMissed, type Missed } from './events.repository';
import { gathered } from './gathered';

/** How often each process looks by itself for what nobody rang for, and for what time has ended. */
const LOOK_EVERY_MS = 500;
const PAGE = 200;
/** More would only wait for each other in the pool, and everything else behind them. */
const TURNS_AT_ONCE = 20;

/** Somebody who listens, as the hub sees them. */
export interface Listener {
  /** Takes an event without waiting. */
  offer(event: NumberedEvent): void;
  /** Whether who they are should be asked again by now. */
  isDue(now: Date): boolean;
  recheck(): void;
}

interface Stream {
  /** How far this process has told it. */
  head: bigint;
  listeners: Set<Listener>;
  isReading: boolean;
  isWanted: boolean;
}

interface HubOptions {
  database: Database;
  bus: Bus;
  clock: Clock;
  logger: Logger;
}

/**
 * The listeners of one process. Each event is read from the table once and handed to every listener of its workspace;
 * each has a queue of its own and asks for itself what it may hear (subscriber.ts).
 */
export class Hub {
  private readonly streams = new Map<string, Stream>();
  private timer: NodeJS.Timeout | undefined;
  private stopListening: (() => void) | undefined;
  /** Who holds these sessions, and what they hold, now: all that ask in one turn are answered by one statement. */
  readonly accessOf: (token: string) => Promise<ProjectAccess>;
  /** What streams ask of the database waits for its turn: a thousand listeners must not delay who asks by HTTP. */
  readonly turn = pLimit(TURNS_AT_ONCE);

  constructor(private readonly options: HubOptions) {
    this.accessOf = gathered((tokens) => loadAccessOfMany(options.database, options.clock, tokens));
  }

  start(): void {
    this.stopListening = this.options.bus.onRing((workspaceId) => this.tell(workspaceId));
    this.timer = setInterval(() => this.look(), LOOK_EVERY_MS).unref();
  }

  async stop(): Promise<void> {
    this.stopListening?.();
    clearInterval(this.timer);
  }

  /** How many streams are open in this process, by the workspaces that they listen to. */
  get listening(): number {
    return [...this.streams.values()].reduce((sum, { listeners }) => sum + listeners.size, 0);
  }

  /** The first of what somebody might have missed, and how far that goes. */
  async missed(access: ProjectAccess, missed: Missed): Promise<{ events: NumberedEvent[]; upTo: bigint }> {
    const events = await eventsMissed(this.options.database, access, { ...missed, most: PAGE });
    return { events, upTo: events.length === PAGE ? events[PAGE - 1].seq : missed.to };
  }

  ends(workspaceIds: readonly string[]) {
    return endsOfStreams(this.options.database, workspaceIds);
  }

  /**
   * Has a listener hear what comes after `seq`. False when this process has told more than that by now: then the
   * listener has to read on first. There is no moment between the two, so nothing is missed and nothing is heard twice.
   */
  listen(workspaceId: string, listener: Listener, seq: bigint): boolean {
    const stream = this.streams.get(workspaceId);
    if (stream && stream.head > seq) return false;
    if (stream) stream.listeners.add(listener);
    else
      this.streams.set(workspaceId, { head: seq, listeners: new Set([listener]), isReading: false, isWanted: false });
    return true;
  }

  leave(listener: Listener): void {
    for (const [workspaceId, { listeners }] of this.streams) {
      if (listeners.delete(listener) && listeners.size === 0) this.streams.delete(workspaceId);
    }
  }

  private look(): void {
    this.lookForNews().catch((error: unknown) => {
      this.options.logger.warn({ err: error }, 'Events wait: the database does not answer');
    });
    const now = this.options.clock.now();
    const listeners = new Set([...this.streams.values()].flatMap((stream) => [...stream.listeners]));
    for (const listener of listeners) if (listener.isDue(now)) listener.recheck();
  }

  private async lookForNews(): Promise<void> {
    if (this.streams.size === 0) return;
    for (const { workspaceId, lastSeq } of await this.ends([...this.streams.keys()])) {
      if (lastSeq > (this.streams.get(workspaceId)?.head ?? lastSeq)) this.tell(workspaceId);
    }
  }

  private tell(workspaceId: string): void {
    const stream = this.streams.get(workspaceId);
    if (!stream) return;
    stream.isWanted = true;
    if (stream.isReading) return;
    stream.isReading = true;
    this.readOn(workspaceId, stream)
      .catch((error: unknown) => {
        this.options.logger.warn({ err: error }, 'Events wait: the database does not answer');
      })
      .finally(() => {
        stream.isReading = false;
        if (stream.isWanted) this.tell(workspaceId);
      });
  }

  private async readOn(workspaceId: string, stream: Stream): Promise<void> {
    while (stream.isWanted) {
      stream.isWanted = false;
      const events = await eventsAfter(this.options.database, workspaceId, stream.head, PAGE);
      for (const event of events) {
        stream.head = event.seq;
        for (const listener of [...stream.listeners]) listener.offer(event);
      }
      if (events.length === PAGE) stream.isWanted = true;
    }
  }
}
