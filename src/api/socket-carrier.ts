import type { IncomingMessage } from 'node:http';
import type { Server as Protocol } from 'graphql-ws';
import type { WebSocket } from 'ws';
import type { Logger } from '../platform/logger';
import type { SocketLimits } from './socket-limits';

/** What the protocol has room for in the reason of a close, in bytes. */
const LONGEST_REASON = 123;
const INVALID_MESSAGE = 4400;

/** What graphql-ws carries along for each socket. */
export interface Carried {
  socket: WebSocket;
  request: IncomingMessage;
}

interface CarrierOptions<E extends Carried & Record<PropertyKey, unknown>> {
  protocol: Protocol<E>;
  limits: Pick<SocketLimits, 'pingMs' | 'unreadBytes'>;
  logger: Logger;
}

/**
 * Carries messages between a socket and graphql-ws. The library's own carrier writes failures to the console and tells
 * them to the caller, keeps without bound what a reader does not take, and loses a socket whose reason to close is long.
 */
export function carry<E extends Carried & Record<PropertyKey, unknown>>(
  { socket, request }: Carried,
  { protocol, limits, logger }: CarrierOptions<E>,
): void {
  const isFull = (): boolean => {
    if (socket.bufferedAmount <= limits.unreadBytes) return false;
    socket.terminate();
    return true;
  };
  const closed = protocol.opened(
    {
      protocol: socket.protocol,
      // Answered once the operating system has taken it: until then the stream that it belongs to waits.
      send: (data) =>
        new Promise((resolve) => {
          if (socket.readyState !== socket.OPEN || isFull()) return resolve();
          socket.send(data, () => resolve());
        }),
      close: (code, reason) => closeFor(socket, code ?? INVALID_MESSAGE, reason),
      onMessage: (hear) =>
        socket.on('message', (data) => {
          if (socket.readyState !== socket.OPEN) return;
          hear(String(data)).catch((error: unknown) => {
            logger.warn({ err: error }, 'A message on a socket cannot be understood');
            closeFor(socket, INVALID_MESSAGE, 'Invalid message received');
          });
        }),
    },
    { socket, request } as E,
  );
  // The socket closes by itself, with the code that fits. Unheard, an error would end the process.
  socket.on('error', (error) => logger.debug({ err: error }, 'A socket failed'));
  socket.on('ping', (data) => {
    if (socket.readyState === socket.OPEN && !isFull()) socket.pong(data);
  });
  const heart = beat(socket, limits.pingMs);
  socket.once('close', (code, reason) => {
    clearInterval(heart);
    closed(code, String(reason)).catch((error: unknown) =>
      logger.warn({ err: error }, 'A socket closed with a failure'),
    );
  });
}

/** Closes with as many words of the reason as there is room for. */
export function closeFor(socket: Pick<WebSocket, 'close'>, code: number, reason = ''): void {
  const start = Buffer.from(reason).subarray(0, LONGEST_REASON + 1);
  socket.close(code, start.length > LONGEST_REASON ? start.subarray(0, Math.max(0, start.lastIndexOf(' '))) : reason);
}

/** Ends sockets whose other side is gone, or does not answer the wish to close. */
function beat(socket: WebSocket, everyMs: number): NodeJS.Timeout {
  let isAlive = true;
  socket.on('pong', () => {
    isAlive = true;
  });
  return setInterval(() => {
    if (!isAlive || socket.readyState !== socket.OPEN) return socket.terminate();
    isAlive = false;
    socket.ping();
  }, everyMs).unref();
}
