import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { ProjectAccess } from '../access/project-access';
import type { Context, RequestFacts } from '../context';
import type { Hub } from '../events/hub';
import type { Live } from '../events/open-stream';
import { type ContextParts, contextWith } from './contexts';
import type { SocketCaller } from './socket-operations';
import { SocketOutlet } from './socket-outlet';

/** What all who call on sockets have in common. */
export interface Door {
  parts: ContextParts;
  hub: Hub;
  /** Closes a socket for a reason of ours. */
  cutOff(socket: WebSocket, error: unknown): void;
}

/** Who calls, and by what. */
interface Calling {
  socket: WebSocket;
  /** What `socket` writes to. */
  stream: Duplex;
  facts: RequestFacts;
  /** By their ids, as graphql-ws keeps them; null while one is being opened. */
  subscriptions: Record<string, unknown>;
}

/** Somebody on a socket. There are thousands of them, so that what they need is made when they need it. */
export class Caller implements SocketCaller {
  opening = 0;

  constructor(
    private readonly door: Door,
    private readonly calling: Calling,
    readonly userId: string,
    readonly token: string,
  ) {}

  get socket(): WebSocket {
    return this.calling.socket;
  }

  get request(): RequestFacts {
    return { ...this.calling.facts, token: this.token };
  }

  get live(): Live<Context> {
    const { request, token, door } = this;
    const { hub, parts } = door;
    const { cursors, clock } = parts;
    const contextOf = (access: ProjectAccess) => contextWith(parts, { request, cost: 0 }, access);
    return { hub, cursors, clock, token, contextOf };
  }

  /** Streams on the socket, those too that are being opened. */
  get streams(): number {
    return Math.max(Object.keys(this.calling.subscriptions).length, this.opening);
  }

  /** Nothing is open on it: a stream looks after its session itself (events/subscriber.ts). */
  get isIdle(): boolean {
    return Object.keys(this.calling.subscriptions).length === 0;
  }

  outletOf(id: string): SocketOutlet {
    return new SocketOutlet(this.calling, id, this.door.cutOff);
  }
}
