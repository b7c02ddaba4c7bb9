import { AsyncResource } from 'node:async_hooks';
import type { Database } from '../platform/database';
import type { Logger } from '../platform/logger';
import type { Bus } from './bus';
import { numberEvents, workspacesWithNews } from './events.repository';

/** For what another process wrote and did not live to number. */
const LOOK_EVERY_MS = 500;
/** For what was written while another process was numbering, and may not have seen it. */
const AGAIN_AFTER_MS = 20;
const AT_ONCE = 1000;

interface RelayOptions {
  database: Database;
  bus: Bus;
  logger: Logger;
}

/**
 * Numbers what happened, workspace by workspace, and rings for it. What is not numbered when a process dies is numbered
 * by the next one; what is numbered and not rung for is found by everybody's own look into the table.
 */
export class Relay {
  private timer: NodeJS.Timeout | undefined;
  private stopListening: (() => void) | undefined;
  private run: Promise<void> | undefined;
  private isWanted = false;
  private isStopped = false;
  private isAgain = false;

  constructor(private readonly options: RelayOptions) {}

  start(): void {
    // Woken by a request, it works for none: neither the log nor a test may take its statements for the request's.
    const wake = AsyncResource.bind(() => this.wake());
    this.stopListening = this.options.database.onAnnounced(wake);
    this.timer = setInterval(() => this.wake(), LOOK_EVERY_MS).unref();
    this.wake();
  }

  /** Numbers what there is, after the run that may be under way. */
  wake(): void {
    if (this.isStopped) return;
    this.isWanted = true;
    this.run ??= this.work().finally(() => {
      this.run = undefined;
      if (this.isWanted) this.wake();
    });
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    this.stopListening?.();
    clearInterval(this.timer);
    await this.run;
  }

  private async work(): Promise<void> {
    while (this.isWanted && !this.isStopped) {
      this.isWanted = false;
      await this.publishAll().catch((error: unknown) => {
        if (!this.isStopped) this.options.logger.warn({ err: error }, 'Events wait: the database does not answer');
      });
    }
  }

  private async publishAll(): Promise<void> {
    const { database, bus } = this.options;
    let isMissed = false;
    for (const workspaceId of await workspacesWithNews(database)) {
      const numbered = await database.transaction((tx) => numberEvents(tx, workspaceId, AT_ONCE));
      if (numbered) bus.ring(workspaceId);
      if (numbered === AT_ONCE) this.isWanted = true;
      isMissed ||= numbered === null;
    }
    this.tryAgain(isMissed);
  }

  /** Once: whoever is at it for longer finds it too, or everybody's next look does. */
  private tryAgain(isMissed: boolean): void {
    if (isMissed && !this.isAgain) setTimeout(() => this.wake(), AGAIN_AFTER_MS).unref();
    this.isAgain = isMissed && !this.isAgain;
  }
}
