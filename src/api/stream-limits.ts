import { PorticoError } from '../platform/errors';
import type { SocketLimits } from './socket-limits';

type Limits = Pick<SocketLimits, 'operations' | 'streamsPerPerson' | 'streamsPerSecond'>;

/** Counts the streams of each person in this process, on all of their sockets. */
export class StreamLimits {
  private readonly counts = new Map<string, Set<() => number>>();

  constructor(private readonly limits: Limits) {}

  /**
   * One socket of a person; `count` says how many streams there are on it, the one that is being opened too.
   * `refusal`: why that one may not come.
   */
  socketOf(userId: string, count: () => number): { refusal(): PorticoError | undefined; close(): void } {
    const { operations, streamsPerPerson, streamsPerSecond } = this.limits;
    const counts = this.counts.get(userId) ?? new Set();
    this.counts.set(userId, counts.add(count));
    const pace = new Pace(operations, streamsPerSecond);
    return {
      refusal: () => {
        if (count() > operations) return tooMany(`A socket carries ${operations} streams at most.`, operations);
        const all = [...counts].reduce((sum, one) => sum + one(), 0);
        if (all > streamsPerPerson) return tooMany(`You have ${streamsPerPerson} streams open.`, streamsPerPerson);
        return pace.take() ? undefined : tooFast();
      },
      close: () => {
        counts.delete(count);
        if (counts.size === 0) this.counts.delete(userId);
      },
    };
  }
}

/** So many at once, and then so many a second. */
class Pace {
  private left: number;
  private at = performance.now();

  constructor(
    private readonly most: number,
    private readonly perSecond: number,
  ) {
    this.left = most;
  }

  take(): boolean {
    const now = performance.now();
    this.left = Math.min(this.most, this.left + ((now - this.at) / 1000) * this.perSecond);
    this.at = now;
    if (this.left < 1) return false;
    this.left--;
    return true;
  }
}

const tooMany = (message: string, limit: number): PorticoError =>
  new PorticoError('LIMIT_EXCEEDED', message, { limit });

const tooFast = (): PorticoError =>
  new PorticoError('RATE_LIMITED', 'You open streams too fast. Open the next one in a second.', { retryAfter: 1 });
