import http from 'node:http';
import type { ApolloServer, BaseContext } from '@apollo/server';
import { expressMiddleware } from '@as-integrations/express5';
import express, { type Express, type Request, type RequestHandler, type Router } from 'express';
import type { Config } from '../config';
import type { Bus } from '../events/bus';
import type { Database } from '../platform/database';
import type { Logger } from '../platform/logger';
import { type Connections, trackConnections } from './connections';
import { type Health, healthz, readyz } from './health';
import { answerErrors, nothingHere, RETRY_AFTER_SECONDS, refuse, refuseBrokenRequest } from './http-errors';
import { allowOrigins, jsonOnly, logRequests, neverCached, secureHeaders } from './http-guards';

interface HttpAppOptions {
  config: Pick<Config, 'publicUrl' | 'trustProxy' | 'corsOrigins' | 'bodyLimitBytes'>;
  database: Database;
  bus: Bus;
  logger: Logger;
}

/** What stands behind the doors. */
interface Served<C extends BaseContext> {
  /** Started. */
  apollo: ApolloServer<C>;
  contextOf(request: Request): Promise<C>;
  /** The pages for people; without them there is the API alone. */
  pages?: Router[];
}

export interface HttpApp {
  /** Not listening yet. A websocket upgrade belongs to this server's `upgrade` event. */
  server: http.Server;
  /** Unless it is `ready`, everything is answered 503, except health and what is under way. */
  health: Health;
  connections: Connections;
  /** Opens the doors, once. */
  serve<C extends BaseContext>(served: Served<C>): void;
}

/** The HTTP side of the server: GraphQL, health and pages on one port. */
export function createHttpApp({ config, database, bus, logger }: HttpAppOptions): HttpApp {
  const health: Health = { phase: 'starting' };
  const app = express();
  app.disable('x-powered-by').disable('etag').set('trust proxy', config.trustProxy);
  app.set('query parser', asApolloReads);
  app.use(logRequests(logger), secureHeaders({ https: config.publicUrl.startsWith('https:') }));
  app.get('/healthz', neverCached, healthz);
  app.get('/readyz', neverCached, readyz(health, { database, bus }));
  app.use(onlyWhenReady(health));
  const server = createServer(app, health);
  return {
    server,
    health,
    connections: trackConnections(server),
    serve: (served) => {
      serveGraphql(app, { ...served, config });
      for (const page of served.pages ?? []) app.use(page);
      app.use(neverCached, nothingHere, answerErrors(logger));
      health.phase = 'ready';
    },
  };
}

/** The gate measures what is found here: another reader than Apollo's own would let through what it alone finds. */
const asApolloReads = (search: string | null) => Object.fromEntries(new URLSearchParams(search ?? ''));

type Behind<C extends BaseContext> = Served<C> & Pick<HttpAppOptions, 'config'>;

function serveGraphql<C extends BaseContext>(app: Express, { apollo, contextOf, config }: Behind<C>): void {
  app.use(
    '/graphql',
    neverCached,
    allowOrigins(config.corsOrigins),
    jsonOnly,
    express.json({ limit: config.bodyLimitBytes, inflate: false }),
    expressMiddleware(apollo, { context: ({ req }) => contextOf(req) }),
  );
}

const onlyWhenReady =
  (health: Health): RequestHandler =>
  (_request, response, next) => {
    if (health.phase === 'ready') return next();
    response.setHeader('retry-after', RETRY_AFTER_SECONDS);
    const message = `The server is ${health.phase}. Try again in a moment.`;
    refuse(response, { status: 503, code: 'RETRY_LATER', message });
  };

const MAX_CONNECTIONS = 5000;

/** Whoever sends slowly is cut off: headers within 10 s, the whole request within 15 s. */
function createServer(app: Express, health: Health): http.Server {
  // Idle connections live longer than a proxy keeps its own (60 s as a rule): else it writes into one just closed.
  const timeouts = {
    headersTimeout: 10_000,
    requestTimeout: 15_000,
    keepAliveTimeout: 65_000,
    connectionsCheckingInterval: 1000,
  };
  const server = http.createServer(timeouts, (request, response) => {
    if (health.phase === 'stopping') response.setHeader('connection', 'close');
    app(request, response);
  });
  server.maxConnections = MAX_CONNECTIONS;
  server.on('clientError', refuseBrokenRequest);
  return server;
}
