import pLimit from 'p-limit';
import { type AccessChanges, type Epoch, loadAccessOfMany, loadChanges } from '../access/load-access';
import type { ProjectAccess } from '../access/project-access';
import type { Clock } from '../platform/clock';
import type { Database } from '../platform/database';
import type { Logger } from '../platform/logger';
import { AccessWatch } from './access-watch';
import type { Bus } from './bus';
import { Cohort, type Listener } from './cohort';
import type { NumberedEvent } from './event.entity';
import { endsOfStreams, eventsAfter, eventsMissed, type Missed } from './events.repository';
import { gathered } from './gathered';

/** How often each process looks by itself for what nobody rang for, and for what time has ended. */
const LOOK_EVERY_MS = 500;
const PAGE = 200;
/** More would only wait for each other in the pool, and everything else behind them. */
const TURNS_AT_ONCE = 20;
/** Of so many sessions at most is asked in one statement. */
const SESSIONS_AT_ONCE = 500;

interface Stream {
  /** How far this process has told it. */
  head: bigint;
  watch: AccessWatch;
  /** Who listens to it, by what they ask. */
  cohorts: Map<string, Cohort>;
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
 * The listeners of one process. Each event is read from the table once and handed to those who listen to its workspace,
 * put together by what they ask (cohort.ts).
 */
export class Hub {
  private readonly streams = new Map<string, Stream>();
  private timer: NodeJS.Timeout | undefined;
  private stopListening: (() => void) | undefined;
  /** Who holds these sessions, and what they hold, now: all that ask in one turn are answered by one statement. */
  readonly accessOf: (token: string) => Promise<ProjectAccess>;
  /** Whose permissions have changed since, asked alike. */
  private readonly changesSince: (since: Epoch) => Promise<AccessChanges>;
  /** What streams ask of the database waits for its turn: a thousand listeners must not delay who asks by HTTP. */
  readonly turn = pLimit(TURNS_AT_ONCE);
  /** The same for answers to who has been asked: behind those who have not, what they hold would grow old (L-17). */
  readonly answerTurn = pLimit(TURNS_AT_ONCE);

  constructor(private readonly options: HubOptions) {
    const { database, clock } = options;
    this.accessOf = gathered((tokens) => loadAccessOfMany(database, clock, tokens), SESSIONS_AT_ONCE);
    this.changesSince = gathered((since) => loadChanges(database, since));
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
    const cohorts = [...this.streams.values()].flatMap((stream) => [...stream.cohorts.values()]);
    return cohorts.reduce((sum, { members }) => sum + members.size, 0);
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
    const stream = this.streams.get(workspaceId) ?? this.streamOf(workspaceId, listener, seq);
    if (stream.head > seq) return false;
    this.streams.set(workspaceId, stream);
    const { operation } = listener;
    const { clock } = this.options;
    const { watch, cohorts } = stream;
    const cohort = cohorts.get(operation.key) ?? new Cohort({ workspaceId, operation, watch, clock, turn: this.turn });
    cohorts.set(operation.key, cohort);
    cohort.join(listener);
    return true;
  }

  leave(listener: Listener): void {
    const { key } = listener.operation;
    for (const [workspaceId, { cohorts }] of this.streams) {
      const cohort = cohorts.get(key);
      if (cohort?.members.delete(listener) && cohort.members.size === 0) cohorts.delete(key);
      if (cohorts.size === 0) this.streams.delete(workspaceId);
    }
  }

  private streamOf(workspaceId: string, { standing }: Listener, head: bigint): Stream {
    const from = { workspaceId, epoch: standing.in(workspaceId)?.epoch ?? 0 };
    const watch = new AccessWatch(from, this.changesSince);
    return { head, watch, cohorts: new Map(), isReading: false, isWanted: false };
  }

  /** For what nobody rang for, for permissions that have changed and for those that ran out. */
  private look(): void {
    this.lookAround().catch((error: unknown) => {
      this.options.logger.warn({ err: error }, 'Events wait: the database does not answer');
    });
  }

  private async lookAround(): Promise<void> {
    if (this.streams.size === 0) return;
    for (const { workspaceId, lastSeq } of await this.ends([...this.streams.keys()])) {
      if (lastSeq > (this.streams.get(workspaceId)?.head ?? lastSeq)) this.tell(workspaceId);
    }
    const streams = [...this.streams.values()];
    await Promise.all(streams.map(({ watch }) => watch.look()));
    await Promise.all(streams.flatMap(({ cohorts }) => [...cohorts.values()].map((cohort) => cohort.look())));
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
        for (const cohort of stream.cohorts.values()) cohort.offer(event);
      }
      if (events.length === PAGE) stream.isWanted = true;
    }
  }
}
