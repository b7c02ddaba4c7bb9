import type { Clock } from '../platform/clock';
import type { Database } from '../platform/database';
import type { Logger } from '../platform/logger';
import { type Bus, LocalBus } from './bus';
import { Hub } from './hub';
import { RedisBus } from './redis-bus';
import { Relay } from './relay';

export interface LiveEvents {
  bus: Bus;
  hub: Hub;
  relay: Relay;
  /** Once the tables are there. */
  start(): void;
  stop(): Promise<void>;
}

interface LiveOptions {
  database: Database;
  clock: Clock;
  logger: Logger;
  /** Several processes ring for each other through it; without it each looks by itself, twice a second. */
  redisUrl?: string;
}

/** The way of an event in one process: relay → bus → hub. */
export function liveEvents({ database, clock, logger, redisUrl }: LiveOptions): LiveEvents {
  const bus = redisUrl ? new RedisBus(redisUrl, logger) : new LocalBus();
  const hub = new Hub({ database, bus, clock, logger });
  const relay = new Relay({ database, bus, logger });
  return {
    bus,
    hub,
    relay,
    start: () => {
      hub.start();
      relay.start();
    },
    stop: async () => {
      await relay.stop();
      await hub.stop();
      await bus.close();
    },
  };
}
