import type { WebSocket } from 'ws';
import { whichWork } from '../domains/auth/sessions.repository';
import type { Clock } from '../platform/clock';
import type { Sql } from '../platform/database';
import { tokenHash } from '../platform/ids';
import type { Logger } from '../platform/logger';

const LOOK_EVERY_MS = 500;

interface SessionsOptions {
  database: Sql;
  clock: Clock;
  logger: Logger;
  end(socket: WebSocket): void;
}

interface Watched {
  socket: WebSocket;
  token: string;
  /** Nothing is open on it: a stream looks after its session itself (events/subscriber.ts). */
  isIdle: boolean;
}

/** Ends the sockets whose session is over while they carry no stream. */
export class SocketSessions {
  private readonly sockets = new Set<Watched>();
  private readonly timer: NodeJS.Timeout;
  private isLooking = false;

  constructor(private readonly options: SessionsOptions) {
    this.timer = setInterval(() => void this.look(), LOOK_EVERY_MS).unref();
  }

  watch(socket: Watched): void {
    this.sockets.add(socket);
  }

  forget(socket: Watched): void {
    this.sockets.delete(socket);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async look(): Promise<void> {
    const idle = [...this.sockets].filter(({ isIdle }) => isIdle);
    if (idle.length === 0 || this.isLooking) return;
    this.isLooking = true;
    try {
      const { database, clock, end } = this.options;
      const hashes = new Map(idle.map(({ token }) => [token, tokenHash(token)]));
      const working = new Set(await whichWork(database, [...hashes.values()], clock.now()));
      for (const { socket, token } of idle) if (!working.has(hashes.get(token)!)) end(socket);
    } catch (error) {
      this.options.logger.warn(
        { err: error },
        'Whose sessions have ended is asked again: the database does not answer',
      );
    } finally {
      this.isLooking = false;
    }
  }
}
