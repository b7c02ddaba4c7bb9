import { AccessOfClass, type PermissionClass } from '../access/permission-class';
import type { Standing } from '../access/standing';
import type { Clock } from '../platform/clock';
import type { AccessWatch } from './access-watch';
import type { NumberedEvent } from './event.entity';
import type { EventKind } from './event-types';

/** With more behind it, each member hears for itself. */
const MOST_WAITING = 1000;
/** How often an event is answered at most, while permissions change. */
const MOST_TRIES = 3;
/** What was written together with a revocation is told before the stream ends. */
const LAST_WORDS_MS = 200;
/** So many are told at once; then whoever asks by HTTP has a turn. */
const AT_ONCE = 500;

/** What all of a class are told of an event, made once. */
export interface SharedAnswer {
  kind: EventKind;
  /** The answer as it is sent, in pieces: between them goes the cursor of each. */
  pieces: readonly Buffer[];
  /** When it was read: up to then they have heard everything. */
  at: Date;
  /** The place of the event in its workspace, for their cursors, sealed once. */
  place(isClient: boolean): string;
}

/** What several ask alike: the same document with the same values, whichever part of the stream each wants to hear. */
export interface SharedOperation {
  key: string;
  /**
   * Null: they hear nothing of it. Undefined: it cannot be said without knowing who of them hears it.
   * @throws what went wrong; another event may be answered.
   */
  answer(access: AccessOfClass, event: NumberedEvent): Promise<SharedAnswer | null | undefined>;
}

/** Somebody who listens, as those see them who tell. */
export interface Listener {
  readonly operation: SharedOperation;
  /** What they were found to hold last. */
  readonly standing: Standing;
  /** They have heard all there was, and their socket has taken it. */
  readonly isReady: boolean;
  /** Takes what is told to all of their class at once. False: not now. */
  take(event: NumberedEvent, answer: SharedAnswer | null): boolean;
  /** Takes an event without waiting, to ask for themselves what they hear of it. */
  offer(event: NumberedEvent): void;
  /** Asks what they hold by now. Who holds nothing any more keeps the standing that is not confirmed. */
  refresh(): Promise<void>;
  /** Asks the same, with all that follows: a stream that nothing is left of ends. */
  recheck(): void;
}

interface CohortOptions {
  workspaceId: string;
  operation: SharedOperation;
  watch: AccessWatch;
  clock: Clock;
  turn<T>(work: () => Promise<T>): Promise<T>;
}

const FAILED: unique symbol = Symbol('failed');

/** What each class is told of an event, and the epoch as it was just before that was read. */
interface Told {
  answers: Map<PermissionClass, SharedAnswer | null>;
  epoch: number;
}

/**
 * Those of one workspace who ask alike. An event is answered once for each class among them, and given to every member
 * who held before that was read what makes them one of the class, and holds it still. Whoever is busy, whose permissions
 * change meanwhile, or who hears what depends on who they are, is offered the event and hears for themselves
 * (subscriber.ts). Nothing is heard out of order: one event at a time.
 */
export class Cohort {
  readonly members = new Set<Listener>();
  private waiting: NumberedEvent[] = [];
  private isTelling = false;
  private isLooking = false;
  /** All members were confirmed at this epoch, and time alone changes nothing of it until then. */
  private confirmed: { epoch: number; until: number } | undefined;
  /** Classes and kinds of events of which it was found that they ask who hears them. */
  private readonly personal = new Set<string>();

  constructor(private readonly options: CohortOptions) {}

  join(member: Listener): void {
    this.members.add(member);
    this.confirmed = undefined;
  }

  offer(event: NumberedEvent): void {
    this.waiting.push(event);
    if (!this.isTelling) void this.tellAll();
  }

  /**
   * Has those ask anew whose permissions have changed by now, or ran out. Who holds nothing any more has a moment to hear
   * of it.
   */
  async look(): Promise<void> {
    if (this.isLooking) return;
    this.isLooking = true;
    await Promise.all(this.outdated().map((member) => member.refresh()));
    const lost = this.outdated();
    if (lost.length > 0) setTimeout(() => this.end(lost), LAST_WORDS_MS).unref();
    this.isLooking = false;
  }

  private end(lost: readonly Listener[]): void {
    const still = new Set(this.outdated());
    for (const member of lost) if (still.has(member)) member.recheck();
  }

  private async tellAll(): Promise<void> {
    this.isTelling = true;
    for (let event = this.waiting.shift(); event; event = this.waiting.shift()) await this.tell(event);
    this.isTelling = false;
  }

  private async tell(event: NumberedEvent): Promise<void> {
    const isTooMuch = this.waiting.length > MOST_WAITING;
    const told = isTooMuch ? undefined : await this.answersTo(event).catch(() => undefined);
    const members = [...this.members];
    for (let at = 0; at < members.length; at += AT_ONCE) {
      if (at > 0) await new Promise(setImmediate);
      const now = this.options.clock.now();
      for (const member of members.slice(at, at + AT_ONCE)) {
        const answer = told && this.answerFor(member, { event, told, now });
        if (answer === undefined || !member.take(event, answer)) member.offer(event);
      }
    }
  }

  /** The guard of each delivery: from here to the socket nothing is awaited. */
  private answerFor({ standing }: Listener, { event, told, now }: { event: NumberedEvent; told: Told; now: Date }) {
    const { workspaceId, projectId, personId } = event;
    const own = standing.in(workspaceId);
    if (!own || own.epoch > told.epoch || !this.options.watch.confirms(standing, now)) return undefined;
    return own.personId === personId ? undefined : told.answers.get(standing.classOn(workspaceId, projectId)!);
  }

  /** Where permissions were found to have changed meanwhile, those are asked anew and all is answered again. */
  private async answersTo(event: NumberedEvent): Promise<Told | undefined> {
    const { watch } = this.options;
    const asked = new Set<Listener>();
    for (let told: Told | undefined, tries = 1; ; tries++) {
      const outdated = this.outdated().filter((member) => !asked.has(member));
      if (told && (outdated.length === 0 || tries > MOST_TRIES)) return told;
      if (outdated.length > 0) {
        await Promise.all(outdated.map((member) => asked.add(member) && member.refresh()));
        await watch.look();
      }
      const { epoch } = watch;
      const answers = await this.answersOfClasses(event);
      if (answers.size === 0) return undefined;
      await watch.look();
      told = { answers, epoch };
    }
  }

  private async answersOfClasses(event: NumberedEvent): Promise<Told['answers']> {
    const { workspaceId, projectId, kind } = event;
    const classes = new Set<PermissionClass>();
    for (const { standing } of this.members) {
      const permissionClass = standing.classOn(workspaceId, projectId);
      if (permissionClass !== undefined) classes.add(permissionClass);
    }
    const answers: Told['answers'] = new Map();
    await Promise.all(
      [...classes].map(async (permissionClass) => {
        const name = `${kind} ${permissionClass}`;
        if (this.personal.has(name)) return;
        // What fails here fails again for each member, who then says so.
        const answer = await this.answerOf(permissionClass, event).catch((): typeof FAILED => FAILED);
        if (answer === undefined) this.personal.add(name);
        else if (answer !== FAILED) answers.set(permissionClass, answer);
      }),
    );
    return answers;
  }

  private answerOf(permissionClass: PermissionClass, event: NumberedEvent) {
    const { operation, clock, turn } = this.options;
    const { workspaceId, projectId, personId } = event;
    const of = { workspaceId, projectId, exceptPersonId: personId };
    return turn(() => operation.answer(new AccessOfClass(permissionClass, of, clock.now()), event));
  }

  /** Those who could be told at once, were it known what they hold. */
  private outdated(): Listener[] {
    const { workspaceId, watch, clock } = this.options;
    const now = clock.now();
    if (this.confirmed?.epoch === watch.epoch && now.getTime() < this.confirmed.until) return [];
    const members = [...this.members];
    const unconfirmed = members.filter(({ standing }) => !watch.confirms(standing, now));
    const until = members.reduce((first, { standing }) => Math.min(first, standing.until), Number.POSITIVE_INFINITY);
    this.confirmed = unconfirmed.length === 0 ? { epoch: watch.epoch, until } : undefined;
    return unconfirmed.filter(({ standing, isReady }) => standing.in(workspaceId) && isReady);
  }
}
