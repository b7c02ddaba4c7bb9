import type { AddressInfo } from 'node:net';
import { createHttpApp } from '../../src/api/http';
import { contextOfRequest } from '../../src/api/request-facts';
import { createApi } from '../../src/api/server';
import { SOCKETS, type SocketLimits } from '../../src/api/socket-limits';
import { serveSockets } from '../../src/api/sockets';
import type { Config } from '../../src/config';
import type { ServerSettings } from '../../src/context';
import type { CastName } from '../../src/demo/cast';
import { type LoadedCast, loadCast } from '../../src/demo/load-cast';
import { Session } from '../../src/domains/auth/session.entity';
import type { SmtpSettings } from '../../src/domains/mail/smtp';
import type { Hub } from '../../src/events/hub';
import { liveEvents } from '../../src/events/live-events';
import { after, type Clock, days } from '../../src/platform/clock';
import type { Database } from '../../src/platform/database';
import { tokenHash } from '../../src/platform/ids';
import { type Jobs, startJobs } from '../../src/platform/jobs';
import type { Logger } from '../../src/platform/logger';
import { openDatabase } from '../../src/platform/open-database';
import { jobsOf } from '../../src/start/jobs';
import { TestClock } from './clock';
import { openTestDatabase } from './database';
import { keepingLogger, saidOf } from './said';

export interface Answer<T = any> {
  status: number;
  data: T;
  errors?: { message: string; path?: (string | number)[]; extensions: Record<string, any> & { code: string } }[];
  extensions?: { withheld?: { path: string[]; requires: string[] }[]; [key: string]: unknown };
  headers: Headers;
}

interface Running {
  database: Database;
  databaseUrl?: string;
  clock: TestClock;
  cast: LoadedCast;
  logger: Logger;
  introspection: boolean;
  settings: ServerSettings;
  redisUrl?: string;
  /** Events are numbered, told and followed. Most tests ask nothing of that, and each change would cost them thrice as much. */
  live: boolean;
  smtp?: SmtpSettings;
  http: Partial<Pick<Config, 'trustProxy' | 'corsOrigins'>>;
  socketLimits: SocketLimits;
  /** From which time on a query is compiled. */
  compileAt?: number;
  close: () => Promise<void>;
}

/** As the settings are by themselves. */
export const SETTINGS: ServerSettings = { publicUrl: 'http://portal.test', invitationsPerDay: 500 };

/** A running server with the cast in its database, asked over HTTP as any client asks it. */
export class TestServer {
  private constructor(
    readonly url: string,
    private readonly on: Running,
    private readonly jobs: Jobs,
    private readonly stop: () => Promise<void>,
    private readonly hub: Hub,
  ) {}

  static async start({
    clock = new TestClock(),
    seed = 'test',
    introspection = true,
    logger = keepingLogger(),
    settings = SETTINGS,
    live = false,
    redisUrl = undefined as string | undefined,
    smtp = undefined as SmtpSettings | undefined,
    http = {} as Running['http'],
    socketLimits = {} as Partial<SocketLimits>,
  } = {}): Promise<TestServer> {
    const { database, databaseUrl, close } = await openTestDatabase();
    const cast = await database.transaction((tx) => loadCast(tx, { seed, now: clock.now(), passwordHash: null }));
    for (const [name, userId] of Object.entries(cast.users)) {
      await signInDirectly(database, clock, { id: cast.id('Session', name), name, userId });
    }
    return TestServer.serve({
      database,
      databaseUrl,
      clock,
      cast,
      logger,
      introspection,
      settings,
      live,
      redisUrl,
      smtp,
      http,
      socketLimits: { ...SOCKETS, ...socketLimits },
      close,
    });
  }

  /** Another process beside this one. On PostgreSQL it has connections of its own; the embedded database has one alone. */
  async beside({
    compileAt = this.on.compileAt,
    ...options
  }: {
    databaseUrl?: string;
    statementTimeoutMs?: number;
    compileAt?: number;
  } = {}): Promise<TestServer> {
    const { databaseUrl } = this.on;
    const own = databaseUrl
      ? await openDatabase({ databaseUrl, poolSize: 2, ...options })
      : { database: this.database, close: async () => {} };
    return TestServer.serve({ ...this.on, ...own, compileAt });
  }

  private static async serve(on: Running): Promise<TestServer> {
    const { database, clock, logger, introspection, settings, redisUrl, smtp, socketLimits, compileAt, close } = on;
    const api = createApi({ database, clock, logger, settings, introspection, compileAt, secretKey: SECRET_KEY });
    await api.apollo.start();
    const live = liveEvents({ database, clock, logger, redisUrl });
    const config = {
      publicUrl: settings.publicUrl,
      trustProxy: 0,
      corsOrigins: [],
      bodyLimitBytes: 256 * 1024,
      ...on.http,
    };
    const contextOf = contextOfRequest(api.contextFor);
    const app = createHttpApp({ config, database, bus: live.bus, logger });
    app.serve({ apollo: api.apollo, contextOf });
    const { server, health } = app;
    const sockets = serveSockets({ server, health, api, hub: live.hub, logger, config, limits: socketLimits });
    if (on.live) live.start();
    const jobs = startJobs(jobsOf({ parts: api.parts, bus: live.bus, logger, smtp }), { logger });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const stop = async () => {
      await jobs.stop();
      await sockets.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await live.stop();
      await api.apollo.stop();
      await close();
    };
    return new TestServer(url, on, jobs, stop, live.hub);
  }

  get database(): Database {
    return this.on.database;
  }

  /** Undefined on the embedded database. */
  get databaseUrl(): string | undefined {
    return this.on.databaseUrl;
  }

  /** How many streams are open on it. */
  get listening(): number {
    return this.hub.listening;
  }

  get clock(): TestClock {
    return this.on.clock;
  }

  get cast(): LoadedCast {
    return this.on.cast;
  }

  /** Asks as one of the cast, as whoever holds a token, or as nobody. */
  async ask<T = any>(
    who: CastName | { token: string } | null,
    query: string,
    variables: Record<string, unknown> = {},
  ): Promise<Answer<T>> {
    const token = typeof who === 'string' ? tokenOf(who) : who?.token;
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json',
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
      body: JSON.stringify({ query, variables }),
    });
    return { status: response.status, headers: response.headers, ...((await response.json()) as object) } as Answer<T>;
  }

  /** Asks and expects no error: gives the data alone, and fails with the question and the errors in the message. */
  async data<T = any>(
    who: CastName | { token: string } | null,
    query: string,
    variables: Record<string, unknown> = {},
  ): Promise<T> {
    const answer = await this.ask<T>(who, query, variables);
    const { errors } = answer;
    if (errors) throw new Error(inWords({ who, query, variables, errors, said: saidOf(errors) }));
    return answer.data;
  }

  /** Asks and expects a refusal: gives the first error's extensions. */
  async refusal(
    who: CastName | { token: string } | null,
    query: string,
    variables: Record<string, unknown> = {},
  ): Promise<Record<string, any> & { code: string }> {
    const answer = await this.ask(who, query, variables);
    if (!answer.errors) throw new Error(inWords({ who, query, variables, instead: answer.data }));
    return answer.errors[0].extensions;
  }

  /** Does what is due by the clock of the test. Nothing does it by itself. */
  runJobs(): Promise<void> {
    return this.jobs.runNow();
  }

  close(): Promise<void> {
    return this.stop();
  }
}

/** For every server of a test: what one seals the others open. */
export const SECRET_KEY = 'a-key-for-tests-of-more-than-32-characters';

export const tokenOf = (name: string): string => `token-of-${name}`;

const inWords = (facts: object): string => JSON.stringify(facts, null, 2).replaceAll('\\n', '\n');

/** A session without the wait for a password to be hashed: what signing in does is a test of its own. */
export async function signInDirectly(
  database: Database,
  clock: Clock,
  { id, name, userId }: { id: string; name: string; userId: string },
): Promise<void> {
  const now = clock.now();
  await database.transaction((tx) =>
    tx.insert(Session, {
      id,
      userId,
      tokenHash: tokenHash(tokenOf(name)),
      createdAt: now,
      lastUsedAt: now,
      expiresAt: after(now, days(30)),
      revokedAt: null,
      userAgent: null,
    }),
  );
}
