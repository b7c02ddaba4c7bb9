import type { Server as Protocol, WebSocket as ProtocolSocket } from 'graphql-ws';
import type { WebSocket } from 'ws';
import type { Logger } from '../platform/logger';
import type { SocketLimits } from './socket-limits';

/** What the protocol has room for in the reason of a close, in bytes. */
const LONGEST_REASON = 123;
const INVALID_MESSAGE = 4400;
const FORBIDDEN = 4403;

/** What graphql-ws carries along for each socket. */
export interface Carried {
  socket: WebSocket;
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
  carried: E,
  { protocol, limits, logger }: CarrierOptions<E>,
): void {
  const { socket } = carried;
  const carrier = new Carrier(socket, limits, logger);
  const closed = protocol.opened(carrier, carried);
  // The socket closes by itself, with the code that fits. Unheard, an error would end the process.
  socket.on('error', (error) => logger.debug({ err: error }, 'A socket failed'));
  socket.on('ping', (data) => carrier.pong(data));
  const heart = beat(socket, limits.pingMs);
  socket.on('close', (code, reason) => {
    clearInterval(heart);
    closed(code, String(reason)).catch((error: unknown) =>
      logger.warn({ err: error }, 'A socket closed with a failure'),
    );
  });
}

class Carrier implements ProtocolSocket {
  constructor(
    private readonly socket: WebSocket,
    private readonly limits: Pick<SocketLimits, 'unreadBytes'>,
    private readonly logger: Logger,
  ) {}

  get protocol(): string {
    return this.socket.protocol;
  }

  /** Answered once the operating system has taken it: until then the stream that it belongs to waits. */
  send(data: string): Promise<void> {
    const { socket } = this;
    return new Promise((resolve) => {
      if (socket.readyState !== socket.OPEN || this.isFull()) return resolve();
      socket.send(data, () => resolve());
    });
  }

  close(code = INVALID_MESSAGE, reason?: string): void {
    closeFor(this.socket, code, reason);
  }

  onMessage(hear: (data: string) => Promise<void>): void {
    const { socket, logger } = this;
    socket.on('message', (data) => {
      if (socket.readyState !== socket.OPEN) return;
      hear(String(data)).catch((error: unknown) => {
        logger.warn({ err: error }, 'A message on a socket cannot be understood');
        this.close(INVALID_MESSAGE, 'Invalid message received');
      });
    });
  }

  pong(data: Buffer): void {
    if (this.socket.readyState === this.socket.OPEN && !this.isFull()) this.socket.pong(data);
  }

  private isFull(): boolean {
    if (this.socket.bufferedAmount <= this.limits.unreadBytes) return false;
    this.socket.terminate();
    return true;
  }
}

/** Closes with as many words of the reason as there is room for. */
export function closeFor(socket: Pick<WebSocket, 'close'>, code: number, reason = ''): void {
  const start = Buffer.from(reason).subarray(0, LONGEST_REASON + 1);
  socket.close(code, start.length > LONGEST_REASON ? start.subarray(0, Math.max(0, start.lastIndexOf(' '))) : reason);
}

/** Closes the socket of a session that is over. */
export const forbid = (socket: WebSocket): void => closeFor(socket, FORBIDDEN, 'Forbidden');

/** Ends a socket whose other side is gone, or does not answer the wish to close. */
function beat(socket: WebSocket, everyMs: number): NodeJS.Timeout {
  socket.on('pong', answered);
  return setInterval(ask, everyMs, socket).unref();
}

const asked = new WeakSet<WebSocket>();

function ask(socket: WebSocket): void {
  if (asked.has(socket) || socket.readyState !== socket.OPEN) {
    socket.terminate();
  } else {
    asked.add(socket);
    socket.ping();
  }
}

function answered(this: WebSocket): void {
  asked.delete(this);
}
