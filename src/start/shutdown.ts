import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HttpApp } from '../api/http';
import type { Logger } from '../platform/logger';

/** What is under way gets this long; together with closing the database a stop stays below 10 s. */
const DRAIN_MS = 7000;
const LONGEST_STOP_MS = 9500;

/** npm passes Ctrl-C on to us although the terminal already has: the same press arrives twice. */
const SAME_PRESS_MS = 500;

export interface Signals {
  stopping(): boolean;
  /** From here on there is something to stop. */
  stopWith(stop: () => Promise<void>, logger: Logger): void;
}

/**
 * On SIGINT and SIGTERM: says "not ready", finishes what is under way, closes everything, exits 0. Before there is
 * anything to stop it exits at once, and a second signal always does.
 */
export function stopOnSignals(): Signals {
  let since: number | undefined;
  let stopBy: (signal: NodeJS.Signals) => void = () => process.exit(0);
  const onSignal = (signal: NodeJS.Signals) => {
    if (since === undefined) {
      since = performance.now();
      stopBy(signal);
    } else if (performance.now() - since > SAME_PRESS_MS) process.exit(1);
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return {
    stopping: () => since !== undefined,
    stopWith: (stop, logger) => {
      stopBy = (signal) => {
        logger.info({ signal }, 'stopping');
        finish(stop, logger);
      };
    },
  };
}

function finish(stop: () => Promise<void>, logger: Logger): void {
  setTimeout(() => exitLate(logger), LONGEST_STOP_MS).unref();
  stop().then(
    () => exitWhenStopped(logger),
    (error: unknown) => exitAfter(error, logger),
  );
}

/** Takes no more connections, and waits for the answers under way, though not for long. */
export async function drain({ server, health, connections }: HttpApp): Promise<void> {
  health.phase = 'stopping';
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  connections.closeUnused();
  await Promise.race([closed, cutOff(server)]);
  await closed;
}

/** Waits for jobs under way as long as for answers. One that is cut off is as one that was killed: jobs can bear it. */
export async function notForLong(work: Promise<void> | undefined): Promise<void> {
  await Promise.race([work, sleep(DRAIN_MS, undefined, { ref: false })]);
}

async function cutOff(server: Server): Promise<void> {
  await sleep(DRAIN_MS, undefined, { ref: false });
  server.closeAllConnections();
}

function exitWhenStopped(logger: Logger): never {
  logger.info('stopped');
  process.exit(0);
}

function exitLate(logger: Logger): never {
  logger.error('stopping took too long');
  process.exit(1);
}

function exitAfter(error: unknown, logger: Logger): never {
  logger.error({ err: error }, 'stopping failed');
  process.exit(1);
}
