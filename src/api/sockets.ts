import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type ExecutionArgs, GraphQLError, type GraphQLFormattedError } from 'graphql';
import { GRAPHQL_TRANSPORT_WS_PROTOCOL, makeServer, type Context as SocketContext } from 'graphql-ws';
import { WebSocketServer } from 'ws';
import type { Config } from '../config';
import type { RequestFacts } from '../context';
import type { Hub } from '../events/hub';
import type { Logger } from '../platform/logger';
import { Caller, type Door } from './caller';
import type { Health } from './health';
import { bearerToken } from './request-facts';
import { requestIdFrom } from './request-info';
import type { Api } from './server';
import { type Carried, carry, closeFor, forbid } from './socket-carrier';
import { OpenCount, SOCKETS, type SocketLimits } from './socket-limits';
import { asGraphQL, socketOperations } from './socket-operations';
import { SocketSessions } from './socket-sessions';
import { StreamLimits } from './stream-limits';

interface SocketsOptions {
  server: Server;
  health: Health;
  api: Api;
  hub: Hub;
  logger: Logger;
  config: Pick<Config, 'publicUrl' | 'corsOrigins' | 'trustProxy'>;
  limits?: SocketLimits;
}

export interface Sockets {
  /** Tells everybody to come back later. */
  close(): Promise<void>;
}

type InitPayload = Record<string, unknown> | undefined;
interface Extra extends Carried, Record<PropertyKey, unknown> {
  /** What `socket` writes to. */
  stream: Duplex;
  /** All that is kept of the request that it was opened with. */
  facts: RequestFacts;
  caller?: Caller;
}

const TOO_MANY_SOCKETS = 4429;
/** Says to clients that they may connect again at once, or in a moment. */
const GOING_AWAY = 1001;
const TRY_AGAIN_LATER = 1013;

/** `/graphql` over WebSocket (graphql-transport-ws): subscriptions, under the limits and the policy of HTTP. */
export function serveSockets(options: SocketsOptions): Sockets {
  const { server, config, logger, limits = SOCKETS } = options;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: limits.frameBytes,
    perMessageDeflate: false,
    autoPong: false,
  });
  const perAddress = new OpenCount();
  const sessions = new SocketSessions({ ...options.api.parts, logger, end: forbid });
  const protocol = protocolOf({ ...options, limits, sessions });
  server.on('upgrade', (request, stream: Duplex, head) => {
    const facts = factsOf(request, config.trustProxy);
    const isTaken = () => perAddress.take(facts.ip, limits.perAddress);
    const refusal = refusalOf(request, options) ?? (isTaken() ? undefined : TOO_MANY);
    if (refusal) return refuse(stream, refusal);
    giveBack(perAddress, facts.ip, stream);
    sockets.handleUpgrade(request, stream, head, (socket) => {
      carry<Extra>({ socket, stream, facts }, { protocol, limits, logger });
    });
  });
  return {
    close: () => {
      sessions.stop();
      return goAway(sockets);
    },
  };
}

interface ProtocolOptions extends SocketsOptions {
  limits: SocketLimits;
  sessions: SocketSessions;
}

function protocolOf({ api, hub, logger, limits, sessions }: ProtocolOptions) {
  const operations = socketOperations(api, logger);
  const perPerson = new OpenCount();
  const streams = new StreamLimits(limits);
  const openedBy = new WeakMap<ExecutionArgs, Caller>();
  const door: Door = {
    parts: api.parts,
    hub,
    // For a reason of ours: whoever comes again finds nothing missing.
    cutOff: (socket, error) => {
      logger.warn({ err: error }, 'A socket is closed: the server cannot go on');
      closeFor(socket, TRY_AGAIN_LATER, 'Try again later');
    },
  };
  return makeServer<InitPayload, Extra>({
    connectionInitWaitTimeout: limits.initMs,
    onConnect: async ({ connectionParams, extra, subscriptions }) => {
      const { socket, stream, facts } = extra;
      const token = bearerToken(String(connectionParams?.authorization ?? ''));
      const access = token
        ? await hub.accessOf(token).catch((error: unknown) => door.cutOff(socket, error))
        : undefined;
      // Who went away meanwhile holds no place: nobody would give it back.
      if (!token || !access?.session || socket.readyState !== socket.OPEN) return false;
      const { userId } = access.session;
      if (!perPerson.take(userId, limits.perPerson)) {
        closeFor(socket, TOO_MANY_SOCKETS, 'Too many sockets');
        return false;
      }
      extra.caller = new Caller(door, { socket, stream, facts, subscriptions }, userId, token);
      enter(extra.caller);
      return true;
    },
    onSubscribe: async ({ extra }: SocketContext<InitPayload, Extra>, id, payload) => {
      const caller = extra.caller!;
      caller.opening++;
      const refusal = streams.refusal(caller);
      const prepared = refusal
        ? [refusal]
        : await operations.prepare(caller, id, payload).catch((error: unknown) => {
            if (!(error instanceof GraphQLError)) door.cutOff(extra.socket, error);
            return [asGraphQL(error)];
          });
      if ('length' in prepared) caller.opening--;
      else openedBy.set(prepared, caller);
      return prepared;
    },
    subscribe: (args) =>
      operations.run(args).finally(() => {
        openedBy.get(args)!.opening--;
      }),
    onNext: ({ extra }, _id, _payload, _args, { errors, ...result }) =>
      errors && { ...result, errors: inWords(errors, extra) },
    onError: ({ extra }, _id, _payload, errors) => inWords(errors, extra),
  });

  function inWords(errors: readonly (GraphQLError | GraphQLFormattedError)[], { caller }: Extra) {
    return errors.map((error) => operations.format(error as GraphQLError, caller?.request.id ?? ''));
  }

  function enter(caller: Caller): void {
    streams.enter(caller);
    sessions.watch(caller);
    caller.socket.on('close', () => {
      perPerson.give(caller.userId);
      streams.leave(caller);
      sessions.forget(caller);
    });
  }
}

/** By itself, so that nothing of the request is kept with it. */
function giveBack(counted: OpenCount, key: string, stream: Duplex): void {
  stream.on('close', () => counted.give(key));
}

const PATIENCE_MS = 1000;

async function goAway(sockets: WebSocketServer): Promise<void> {
  const open = [...sockets.clients];
  const closed = Promise.all(open.map((socket) => new Promise((resolve) => socket.once('close', resolve))));
  for (const socket of open) closeFor(socket, GOING_AWAY, 'Restarting');
  await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS).unref())]);
  for (const socket of sockets.clients) socket.terminate();
  await closed;
}

type Refusal = readonly [status: number, words: string];
const TOO_MANY: Refusal = [429, 'Too Many Requests'];

/** A page of another origin must not open a socket in somebody's name; who sends no origin is no browser. */
function refusalOf(request: IncomingMessage, { health, config }: SocketsOptions): Refusal | undefined {
  const [path] = (request.url ?? '').split('?', 1);
  if (path !== '/graphql') return [404, 'Not Found'];
  if (health.phase !== 'ready') return [503, 'Service Unavailable'];
  const { origin, host } = request.headers;
  const isOwn =
    origin === new URL(config.publicUrl).origin || origin === `http://${host}` || origin === `https://${host}`;
  if (origin !== undefined && !isOwn && !config.corsOrigins.includes(origin)) return [403, 'Forbidden'];
  const protocols = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
  return protocols.includes(GRAPHQL_TRANSPORT_WS_PROTOCOL) ? undefined : [400, 'Bad Request'];
}

/** Closes both directions, and bears that the other side has done so first: an error unheard would end the process. */
function refuse(stream: Duplex, [status, words]: Refusal): void {
  stream.on('error', () => {});
  stream.end(`HTTP/1.1 ${status} ${words}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => stream.destroy());
}

const factsOf = (request: IncomingMessage, trustedProxies: number): RequestFacts => ({
  id: requestIdFrom(request.headers['x-request-id']),
  ip: clientAddress(request, trustedProxies),
  userAgent: request.headers['user-agent']?.slice(0, 200),
});

/** As express reckons it: the trusted proxies in front are skipped, from the nearest on. */
function clientAddress(request: IncomingMessage, trustedProxies: number): string {
  const forwarded = String(request.headers['x-forwarded-for'] ?? '').split(',');
  const addresses = [request.socket.remoteAddress ?? '', ...forwarded.reverse().map((address) => address.trim())];
  return addresses.filter(Boolean)[Math.min(trustedProxies, addresses.filter(Boolean).length - 1)] ?? '';
}
