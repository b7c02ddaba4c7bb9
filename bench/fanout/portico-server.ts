import 'reflect-metadata';
import { createHttpApp } from '../../src/api/http';
import { contextOfRequest } from '../../src/api/request-facts';
import { createApi } from '../../src/api/server';
import { SOCKETS } from '../../src/api/socket-limits';
import { serveSockets } from '../../src/api/sockets';
import { liveEvents } from '../../src/events/live-events';
import type { Relay } from '../../src/events/relay';
import { systemClock } from '../../src/platform/clock';
import { createLogger } from '../../src/platform/logger';
import { openDatabase } from '../../src/platform/open-database';
import { answer, usage } from './child';
import { listening } from './socket-server';

/** This server as it ships, but for how many sockets one address may open. */
async function start(): Promise<string> {
  const logger = createLogger('error');
  const { database } = await openDatabase({ databaseUrl: process.env.FANOUT_DATABASE_URL });
  const settings = { publicUrl: 'http://portal.example', invitationsPerDay: 500 };
  const parts = { database, clock: systemClock, logger, settings };
  const api = createApi({ ...parts, introspection: false, secretKey: 'a key that is long enough for a bench of ours' });
  await api.apollo.start();
  const live = liveEvents({ database, clock: systemClock, logger });
  const config = { publicUrl: settings.publicUrl, trustProxy: 0, corsOrigins: [], bodyLimitBytes: 256 * 1024 };
  const contextOf = contextOfRequest(api.contextFor);
  const app = createHttpApp({ config, database, bus: live.bus, logger });
  app.serve({ apollo: api.apollo, contextOf });
  const { server, health } = app;
  const limits = { ...SOCKETS, perAddress: 100_000 };
  serveSockets({ server, health, api, hub: live.hub, logger, config, limits });
  live.start();
  health.phase = 'ready';
  relay = live.relay;
  return listening(server);
}

let relay: Relay;

/** Another process has written something, and rings: this one numbers it, reads it and tells it. */
answer({ ...usage, listen: start, wake: () => relay.wake() });
