import type { NumberedEvent } from './event.entity';

const MOST = 100;

/** What one listener has yet to hear: its own, bounded, and never shared with another's. */
export class EventQueue {
  private events: NumberedEvent[] = [];
  private wake: (() => void) | undefined;

  /** False when there is no room: the listener is too slow. */
  offer(event: NumberedEvent): boolean {
    if (this.events.length >= MOST) this.coalesce();
    if (this.events.length >= MOST) return false;
    this.events.push(event);
    this.nudge();
    return true;
  }

  /** The next event, if there is one. */
  take(): NumberedEvent | undefined {
    return this.events.shift();
  }

  /** Waits until there is another event, or the listener is nudged. */
  more(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve;
    });
  }

  /** Whether a listener waits for the next event, and there is none. */
  get isAwaited(): boolean {
    return this.wake !== undefined && this.events.length === 0;
  }

  clear(): void {
    this.events = [];
  }

  /** Has a waiting listener look up. */
  nudge(): void {
    this.wake?.();
    this.wake = undefined;
  }

  /** Of one project the last "it changed" says as much as all of them. */
  private coalesce(): void {
    const last = new Map<string, NumberedEvent>();
    for (const event of this.events) if (isMere(event)) last.set(keyOf(event), event);
    this.events = this.events.filter((event) => !isMere(event) || last.get(keyOf(event)) === event);
  }
}

const isMere = (event: NumberedEvent): boolean => event.kind === 'project.updated' && event.personId === null;

/** Of the same fields: a receiver who hears of one hears of the other. */
const keyOf = ({ projectId, changed, timeRelease }: NumberedEvent): string =>
  `${projectId}/${timeRelease}/${changed.join()}`;
