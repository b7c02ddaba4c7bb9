import { setTimeout as sleep } from 'node:timers/promises';
import type { CastName } from '../../src/demo/cast';
import { RawSocket } from './raw-socket';
import { tokenOf } from './server';

const EVENTS = 'subscription ($after: Cursor) { portalEvents(after: $after) { cursor kind occurredAt } }';

/** Listens, and whenever the stream breaks comes again with its last cursor, for as long as it takes. */
export class Reader {
  /** When what it heard of happened. */
  readonly heard: string[] = [];
  private cursor: string | undefined;
  private socket: RawSocket | undefined;
  private isOver = false;
  private listening: Promise<void> | undefined;

  constructor(
    private readonly url: string,
    readonly name: CastName,
  ) {}

  /** From this moment on. */
  async begin(): Promise<void> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${tokenOf(this.name)}` },
      body: JSON.stringify({ query: '{ viewer { eventsCursor } }' }),
    });
    this.cursor = ((await response.json()) as any).data.viewer.eventsCursor;
    this.listening = this.listen();
  }

  /** Until it has heard of what happened at this moment. */
  async until(at: string, within = 60_000): Promise<void> {
    const end = performance.now() + within;
    while (!this.heard.includes(at)) {
      if (performance.now() > end) throw new Error(`${this.name} heard ${this.heard.length} events, and not the last.`);
      await sleep(20);
    }
  }

  async end(): Promise<void> {
    this.isOver = true;
    this.socket?.socket.terminate();
    await this.listening;
  }

  private async listen(): Promise<void> {
    while (!this.isOver) {
      await this.listenOnce().catch(() => undefined);
      await sleep(20);
    }
  }

  private async listenOnce(): Promise<void> {
    const socket = await RawSocket.as({ url: this.url }, tokenOf(this.name));
    this.socket = socket;
    if (this.isOver) return socket.close();
    socket.onMessage = ({ type, payload }) => {
      const event = payload?.data?.portalEvents;
      if (type === 'next' && event) {
        this.cursor = event.cursor;
        this.heard.push(event.occurredAt);
      } else if (type !== 'connection_ack') {
        socket.socket.terminate();
      }
    };
    socket.subscribe('1', EVENTS, { after: this.cursor });
    await socket.closed;
  }
}
