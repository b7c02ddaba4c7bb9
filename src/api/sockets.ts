import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { GraphQLError } from 'graphql';
import { GRAPHQL_TRANSPORT_WS_PROTOCOL, type Context as SocketContext } from 'graphql-ws';
import { useServer as serveProtocol } from 'graphql-ws/use/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Config } from '../config';
import type { Hub } from '../events/hub';
import { PorticoError } from '../platform/errors';
import type { Logger } from '../platform/logger';
import { contextWith } from './contexts';
import { requestIdFrom } from './current-request';
import type { Health } from './health';
import { bearerToken } from './request-facts';
import type { Api } from './server';
import { OpenCount, SOCKETS } from './socket-limits';
import { type SocketCaller, socketOperations } from './socket-operations';

interface SocketsOptions {
  server: Server;
  health: Health;
  api: Api;
  hub: Hub;
  logger: Logger;
  config: Pick<Config, 'publicUrl' | 'corsOrigins' | 'trustProxy'>;
}

export interface Sockets {
  /** Tells everybody to come back later. */
  close(): Promise<void>;
}

type InitPayload = Record<string, unknown> | undefined;

/** What graphql-ws carries along for each socket. */
type Extra = Record<PropertyKey, unknown> & { socket: WebSocket; request: IncomingMessage; caller?: SocketCaller };

/** `/graphql` over WebSocket (graphql-transport-ws): subscriptions, under the limits and the policy of HTTP. */
export function serveSockets(options: SocketsOptions): Sockets {
  const { server, config } = options;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: SOCKETS.frameBytes, perMessageDeflate: false });
  const perAddress = new OpenCount();
  server.on('upgrade', (request, stream: Duplex, head) => {
    const ip = clientAddress(request, config.trustProxy);
    const refusal = refusalOf(request, options) ?? (perAddress.take(ip, SOCKETS.perAddress) ? undefined : TOO_MANY);
    if (refusal) return refuse(stream, refusal);
    stream.once('close', () => perAddress.give(ip));
    sockets.handleUpgrade(request, stream, head, (socket) => sockets.emit('connection', socket, request));
  });
  const served = speak(sockets, options);
  return { close: () => goAway(sockets, served) };
}

function speak(sockets: WebSocketServer, { api, hub, logger, config }: SocketsOptions) {
  const operations = socketOperations(api, logger);
  const perPerson = new OpenCount();
  return serveProtocol<InitPayload, Extra>(
    {
      connectionInitWaitTimeout: SOCKETS.initMs,
      onConnect: async ({ connectionParams, extra }) => {
        const token = bearerToken(String(connectionParams?.authorization ?? ''));
        const access = token ? await hub.accessOf(token) : undefined;
        if (!token || !access?.session) return false;
        const { userId } = access.session;
        if (!perPerson.take(userId, SOCKETS.perPerson)) {
          (extra as Extra).socket.close(4429, 'Too many sockets');
          return false;
        }
        (extra as Extra).socket.once('close', () => perPerson.give(userId));
        extra.caller = callerOn(extra as Extra, token, clientAddress((extra as Extra).request, config.trustProxy));
        return true;
      },
      onSubscribe: async ({ extra, subscriptions }: SocketContext<InitPayload, Extra>, _id, payload) => {
        if (Object.keys(subscriptions).length > SOCKETS.operations) return [tooManyOperations()];
        return operations.prepare(extra.caller!, payload).catch((error: unknown) => [asGraphQL(error)]);
      },
      subscribe: operations.run,
      onError: ({ extra }, _id, _payload, errors) =>
        errors.map((error) => operations.format(error, extra.caller?.request.id ?? '')),
    },
    sockets as never,
    SOCKETS.pingMs,
  );

  function callerOn({ socket, request }: Extra, token: string, ip: string): SocketCaller {
    const facts = {
      id: requestIdFrom(request.headers['x-request-id']),
      ip,
      userAgent: request.headers['user-agent']?.slice(0, 200),
      token,
    };
    const live = {
      hub,
      cursors: api.parts.cursors,
      clock: api.parts.clock,
      token,
      contextOf: (access: Parameters<typeof contextWith>[2]) =>
        contextWith(api.parts, { request: facts, cost: 0, live }, access),
      sessionEnded: () => socket.close(4403, 'Forbidden'),
      lagged: (cursor: string) => socket.close(4290, `LAGGED ${cursor}`.slice(0, LONGEST_REASON)),
    };
    return { request: facts, live };
  }
}

/** What the protocol has room for. */
const LONGEST_REASON = 123;
const GOING_AWAY = 1001;
const PATIENCE_MS = 1000;

async function goAway(sockets: WebSocketServer, served: { dispose(): void | Promise<void> }): Promise<void> {
  const open = [...sockets.clients];
  const closed = Promise.all(open.map((socket) => new Promise((resolve) => socket.once('close', resolve))));
  for (const socket of open) socket.close(GOING_AWAY, 'Restarting');
  await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS).unref())]);
  for (const socket of sockets.clients) socket.terminate();
  await served.dispose();
}

type Refusal = readonly [status: number, words: string];
const TOO_MANY: Refusal = [429, 'Too Many Requests'];

/** A page of another origin must not open a socket in somebody's name; who sends no origin is no browser. */
function refusalOf(request: IncomingMessage, { health, config }: SocketsOptions): Refusal | undefined {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  if (pathname !== '/graphql') return [404, 'Not Found'];
  if (health.phase !== 'ready') return [503, 'Service Unavailable'];
  const { origin, host } = request.headers;
  const isOwn =
    origin === new URL(config.publicUrl).origin || origin === `http://${host}` || origin === `https://${host}`;
  if (origin !== undefined && !isOwn && !config.corsOrigins.includes(origin)) return [403, 'Forbidden'];
  const protocols = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
  return protocols.includes(GRAPHQL_TRANSPORT_WS_PROTOCOL) ? undefined : [400, 'Bad Request'];
}

function refuse(stream: Duplex, [status, words]: Refusal): void {
  stream.end(`HTTP/1.1 ${status} ${words}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** As express reckons it: the trusted proxies in front are skipped, from the nearest on. */
function clientAddress(request: IncomingMessage, trustedProxies: number): string {
  const forwarded = String(request.headers['x-forwarded-for'] ?? '').split(',');
  const addresses = [request.socket.remoteAddress ?? '', ...forwarded.reverse().map((address) => address.trim())];
  return addresses.filter(Boolean)[Math.min(trustedProxies, addresses.filter(Boolean).length - 1)] ?? '';
}

const tooManyOperations = (): PorticoError =>
  new PorticoError('LIMIT_EXCEEDED', `A socket carries ${SOCKETS.operations} streams at most.`, {
    limit: SOCKETS.operations,
  });

const asGraphQL = (error: unknown): GraphQLError =>
  error instanceof GraphQLError ? error : new GraphQLError('', { originalError: error as Error });
