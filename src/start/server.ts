import { developmentInbox } from '../api/dev-mail';
import { createHttpApp } from '../api/http';
import { defaultLimits } from '../api/limits';
import { linkPages, toolPages } from '../api/pages';
import { contextOfRequest } from '../api/request-facts';
import { createApi } from '../api/server';
import { serveSockets } from '../api/sockets';
import type { Config } from '../config';
import { liveEvents } from '../events/live-events';
import { systemClock } from '../platform/clock';
import type { Database } from '../platform/database';
import { type Jobs, startJobs } from '../platform/jobs';
import type { Logger } from '../platform/logger';
import { migrate, type OpenDatabase, openDatabase } from '../platform/open-database';
import { type Filling, fillEmpty } from './fill-empty';
import { JOBS_EVERY_MS, jobsOf } from './jobs';
import { listen } from './listen';
import { secretKeyIn } from './secret-key';
import { drain, notForLong } from './shutdown';

export interface Portico {
  /** Migrates, fills an empty database, and opens the doors. */
  prepare(): Promise<Filling & { migrated: string[] }>;
  /** Finishes what is under way and closes everything. */
  stop(): Promise<void>;
}

/** Takes the database and the address: from here on both are ours, and others are told so. */
export async function openPortico(config: Config, logger: Logger): Promise<Portico> {
  const opened = await openDatabase({
    databaseUrl: config.databaseUrl,
    poolSize: config.databasePoolSize,
    statementTimeoutMs: config.operationTimeoutMs,
    dataDir: config.dataDir,
  });
  try {
    return await openDoors({ config, logger, opened });
  } catch (error) {
    await opened.close();
    throw error;
  }
}

interface Parts {
  config: Config;
  logger: Logger;
  opened: OpenDatabase;
}

async function openDoors({ config, logger, opened }: Parts): Promise<Portico> {
  const { database } = opened;
  const { publicUrl, invitationsPerDay } = config;
  const api = createApi({
    database,
    clock: systemClock,
    logger,
    settings: { publicUrl, invitationsPerDay },
    secretKey: config.secretKey ?? secretKeyIn(config.dataDir),
    introspection: config.devTools,
    limits: { ...defaultLimits, ...config.queryLimits },
    compileAt: config.compileQueries ? undefined : Number.POSITIVE_INFINITY,
  });
  await api.apollo.start();
  const live = liveEvents({ database, clock: systemClock, logger, redisUrl: config.redisUrl });
  const contextOf = contextOfRequest(api.contextFor);
  const tools = config.devTools ? [toolPages(), developmentInbox(api.parts)] : [];
  const app = createHttpApp({
    apollo: api.apollo,
    contextOf,
    config,
    database,
    bus: live.bus,
    logger,
    pages: [linkPages(), ...tools],
  });
  const { server, health } = app;
  const sockets = serveSockets({ server, health, api, hub: live.hub, logger, config });
  health.phase = 'starting';
  await listen(app.server, config);
  if (!config.smtp && !config.devTools) logger.warn('SMTP_URL is not set: mails are written, and nobody gets them');
  let jobs: Jobs | undefined;
  return {
    prepare: async () => {
      const prepared = await prepare(config, database);
      live.start();
      if (health.phase !== 'starting') return prepared;
      const work = { parts: api.parts, bus: live.bus, logger, smtp: config.smtp };
      jobs = startJobs(jobsOf(work), { logger, everyMs: JOBS_EVERY_MS });
      health.phase = 'ready';
      return prepared;
    },
    stop: async () => {
      health.phase = 'stopping';
      const idle = notForLong(jobs?.stop());
      await sockets.close();
      await drain(app);
      await idle;
      await live.stop();
      await api.apollo.stop();
      await opened.close();
    },
  };
}

/** One process at a time: several that start on one server must not fill it twice. */
async function prepare(config: Config, database: Database): Promise<Filling & { migrated: string[] }> {
  let filling: Filling = { demo: false };
  const afterwards = async () => {
    filling = await fillEmpty({ config, database, clock: systemClock });
  };
  const migrated = await migrate(database, { databaseUrl: config.databaseUrl, afterwards });
  return { ...filling, migrated };
}
