import { developmentInbox } from '../api/dev-mail';
import { createHttpApp, type HttpApp } from '../api/http';
import { defaultLimits } from '../api/limits';
import { linkPages, toolPages } from '../api/pages';
import { contextOfRequest } from '../api/request-facts';
import { type Api, createApi } from '../api/server';
import { type Sockets, serveSockets } from '../api/sockets';
import type { Config } from '../config';
import { type LiveEvents, liveEvents } from '../events/live-events';
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

interface Prepared extends Filling {
  /** The names of the migrations that ran. */
  migrated: string[];
  /** Explore, compare, introspection and the inbox are there. */
  devTools: boolean;
}

interface Portico {
  /** Migrates, fills an empty database, and opens the doors. */
  prepare(): Promise<Prepared>;
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
    return await takeAddress({ config, logger, opened });
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

async function takeAddress(parts: Parts): Promise<Portico> {
  const { config, logger, opened } = parts;
  const { database } = opened;
  const live = liveEvents({ database, clock: systemClock, logger, redisUrl: config.redisUrl });
  const app = createHttpApp({ config, database, bus: live.bus, logger });
  const { server, health } = app;
  await listen(server, config);
  let doors: Doors | undefined;
  return {
    prepare: async () => {
      const prepared = await prepare(config, database);
      const api = apiOf(parts, prepared);
      await api.apollo.start();
      if (health.phase === 'starting') doors = openDoors({ ...parts, ...prepared, api, live, app });
      return prepared;
    },
    stop: async () => {
      health.phase = 'stopping';
      const idle = notForLong(doors?.jobs.stop());
      await doors?.sockets.close();
      await drain(app);
      await idle;
      await live.stop();
      await doors?.api.apollo.stop();
      await opened.close();
    },
  };
}

/** What takes part once the database is ready. */
interface Doors {
  api: Api;
  sockets: Sockets;
  jobs: Jobs;
}

interface Behind extends Parts, Pick<Prepared, 'devTools'> {
  api: Api;
  live: LiveEvents;
  app: HttpApp;
}

function openDoors({ config, logger, devTools, api, live, app }: Behind): Doors {
  const { server, health } = app;
  if (!config.smtp && !devTools) logger.warn('SMTP_URL is not set: mails are written, and nobody gets them');
  live.start();
  const sockets = serveSockets({ server, health, api, hub: live.hub, logger, config });
  const work = { parts: api.parts, bus: live.bus, logger, smtp: config.smtp };
  const jobs = startJobs(jobsOf(work), { logger, everyMs: JOBS_EVERY_MS });
  const tools = devTools ? [toolPages(), developmentInbox(api.parts)] : [];
  app.serve({ apollo: api.apollo, contextOf: contextOfRequest(api.contextFor), pages: [linkPages(), ...tools] });
  return { api, sockets, jobs };
}

function apiOf({ config, logger, opened }: Parts, { devTools }: Prepared): Api {
  const { publicUrl, invitationsPerDay } = config;
  return createApi({
    database: opened.database,
    clock: systemClock,
    logger,
    settings: { publicUrl, invitationsPerDay },
    secretKey: config.secretKey ?? secretKeyIn(config.dataDir),
    introspection: devTools,
    limits: { ...defaultLimits, ...config.queryLimits },
    compileAt: config.compileQueries ? undefined : Number.POSITIVE_INFINITY,
  });
}

/** One process at a time: several that start on one server must not fill it twice. */
async function prepare(config: Config, database: Database): Promise<Prepared> {
  let filling: Filling = { demo: false };
  const afterwards = async () => {
    filling = await fillEmpty({ config, database, clock: systemClock });
  };
  const migrated = await migrate(database, { databaseUrl: config.databaseUrl, afterwards });
  // What the demo shows belongs to nobody. What others keep is not shown for a setting alone.
  return { ...filling, migrated, devTools: filling.demo || !config.production };
}
