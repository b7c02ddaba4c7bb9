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
  hash: string;
  /** Nothing is open on it: a stream looks after its session itself (events/subscriber.ts). */
  isIdle(): boolean;
}

/** Ends the sockets whose session is over while they carry no stream. */
export class SocketSessions {
  private readonly sockets = new Map<WebSocket, Watched>();
  private readonly timer: NodeJS.Timeout;
  private isLooking = false;

  constructor(private readonly options: SessionsOptions) {
    this.timer = setInterval(() => void this.look(), LOOK_EVERY_MS).unref();
  }

  watch(socket: WebSocket, { token, isIdle }: { token: string; isIdle(): boolean }): void {
    this.sockets.set(socket, { hash: tokenHash(token), isIdle });
    socket.once('close', () => this.sockets.delete(socket));
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async look(): Promise<void> {
    const idle = [...this.sockets].filter(([, { isIdle }]) => isIdle());
    if (idle.length === 0 || this.isLooking) return;
    this.isLooking = true;
    try {
      const { database, clock, end } = this.options;
      const hashes = new Set(idle.map(([, { hash }]) => hash));
      const working = new Set(await whichWork(database, [...hashes], clock.now()));
      for (const [socket, { hash }] of idle) if (!working.has(hash)) end(socket);
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
