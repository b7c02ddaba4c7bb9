import { once } from 'node:events';
import http from 'node:http';
import type { Socket } from 'node:net';
import WebSocket from 'ws';
import type { TestServer } from './server';

export interface Message {
  type: string;
  id?: string;
  payload?: any;
}

export interface Closed {
  code: number;
  reason: string;
}

interface Opening {
  path?: string;
  protocol?: string;
  headers?: Record<string, string>;
}

const TRANSPORT = 'graphql-transport-ws';

/** A socket without a client library: says what it is told to say, rightly or wrongly, and keeps what it hears. */
export class RawSocket {
  readonly heard: Message[] = [];
  readonly closed: Promise<Closed>;
  /** Hears everything instead of `heard`, for who listens long. */
  onMessage: (message: Message) => void = (message) => this.heard.push(message);
  private news: (() => void) | undefined;

  private constructor(readonly socket: WebSocket) {
    socket.on('message', (data) => {
      this.onMessage(JSON.parse(String(data)));
      this.news?.();
    });
    socket.on('error', () => {});
    this.closed = new Promise((resolve) =>
      socket.once('close', (code, reason) => {
        resolve({ code, reason: String(reason) });
        this.news?.();
      }),
    );
  }

  /** Fails with the status when the server refuses. */
  static async open({ url }: Pick<TestServer, 'url'>, opening: Opening = {}): Promise<RawSocket> {
    const { path = '/graphql', protocol = TRANSPORT, headers = {} } = opening;
    const socket = new WebSocket(url.replace('http', 'ws') + path, protocol, { headers });
    const raw = new RawSocket(socket);
    await once(socket, 'open');
    return raw;
  }

  /** Open, and known to the server as whoever holds the token. */
  static async as(server: Pick<TestServer, 'url'>, token: string, opening: Opening = {}): Promise<RawSocket> {
    const raw = await RawSocket.open(server, opening);
    raw.init(token);
    await raw.until((message) => message.type === 'connection_ack');
    return raw;
  }

  init(token?: string): void {
    this.say({ type: 'connection_init', ...(token ? { payload: { authorization: `Bearer ${token}` } } : {}) });
  }

  say(message: Message | string): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  subscribe(id: string, query: string, variables: Record<string, unknown> = {}): void {
    this.say({ id, type: 'subscribe', payload: { query, variables } });
  }

  /** What was said of one operation last, once it is an error. */
  async refusal(id: string): Promise<{ message: string; extensions: Record<string, any> }> {
    const said = await this.until((message) => message.id === id && message.type !== 'complete');
    if (said.type === 'next' && said.payload.errors) return said.payload.errors[0];
    if (said.type !== 'error') throw new Error(`Not refused: ${JSON.stringify(said)}`);
    return said.payload[0];
  }

  /** The first message of this kind, now or within the time. */
  async until(is: (message: Message) => boolean, within = 5000): Promise<Message> {
    const end = performance.now() + within;
    for (;;) {
      const found = this.heard.find(is);
      if (found) return found;
      const left = end - performance.now();
      if (left <= 0) throw new Error(`Heard only ${JSON.stringify(this.heard).slice(0, 2000)}`);
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        this.news = resolve;
        timer = setTimeout(resolve, left);
      });
      clearTimeout(timer);
      if (this.socket.readyState === WebSocket.CLOSED && !this.heard.find(is)) {
        throw new Error(`Closed (${JSON.stringify(await this.closed)}) after ${JSON.stringify(this.heard)}`);
      }
    }
  }

  /** Reads no more until `resume`, as a phone in a tunnel. */
  pause(): void {
    netSocketOf(this.socket).pause();
  }

  resume(): void {
    netSocketOf(this.socket).resume();
  }

  async close(): Promise<void> {
    this.socket.terminate();
    await this.closed;
  }
}

const netSocketOf = (socket: WebSocket): Socket => (socket as unknown as { _socket: Socket })._socket;

/** How the server answers the wish for a socket: 101, or the status of a refusal. */
export async function upgradeStatus({ url }: Pick<TestServer, 'url'>, opening: Opening = {}): Promise<number> {
  const { path = '/graphql', protocol = TRANSPORT, headers = {} } = opening;
  const { hostname, port } = new URL(url);
  const request = http.request({
    hostname,
    port,
    path,
    headers: {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'MDEyMzQ1Njc4OWFiY2RlZg==',
      ...(protocol ? { 'sec-websocket-protocol': protocol } : {}),
      ...headers,
    },
  });
  request.end();
  return new Promise((resolve, reject) => {
    request.once('upgrade', (response, socket) => {
      socket.destroy();
      resolve(response.statusCode!);
    });
    request.once('response', (response) => {
      response.resume();
      resolve(response.statusCode!);
    });
    request.once('error', reject);
  });
}
