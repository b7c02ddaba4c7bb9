import { PorticoError } from '../platform/errors';
import type { SocketLimits } from './socket-limits';

type Limits = Pick<SocketLimits, 'operations' | 'streamsPerPerson' | 'streamsPerSecond'>;

/** One socket of a person. */
interface Opening {
  userId: string;
  /** How many streams there are on it, the one that is being opened too. */
  streams: number;
}

/** Counts the streams of each person in this process, on all of their sockets. */
export class StreamLimits {
  private readonly sockets = new Map<string, Set<Opening>>();
  private readonly paces = new WeakMap<Opening, Pace>();

  constructor(private readonly limits: Limits) {}

  enter(socket: Opening): void {
    const own = this.sockets.get(socket.userId) ?? new Set();
    this.sockets.set(socket.userId, own.add(socket));
  }

  leave(socket: Opening): void {
    const own = this.sockets.get(socket.userId);
    if (own?.delete(socket) && own.size === 0) this.sockets.delete(socket.userId);
  }

  /** Why the stream that is being opened on it may not come. */
  refusal(socket: Opening): PorticoError | undefined {
    const { operations, streamsPerPerson, streamsPerSecond } = this.limits;
    if (socket.streams > operations) return tooMany(`A socket carries ${operations} streams at most.`, operations);
    const all = [...(this.sockets.get(socket.userId) ?? [])].reduce((sum, { streams }) => sum + streams, 0);
    if (all > streamsPerPerson) return tooMany(`You have ${streamsPerPerson} streams open.`, streamsPerPerson);
    const pace = this.paces.get(socket) ?? new Pace(operations, streamsPerSecond);
    this.paces.set(socket, pace);
    return pace.take() ? undefined : tooFast();
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
