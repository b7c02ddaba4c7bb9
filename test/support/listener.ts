import { type Client, createClient } from 'graphql-ws';
import WebSocket from 'ws';
import type { CastName } from '../../src/demo/cast';
import { type TestServer, tokenOf } from './server';

/** What a stream said, as the client got it. */
export interface Told {
  data?: { portalEvents: Record<string, any> } | null;
  errors?: readonly { message: string; extensions: Record<string, any> }[];
  extensions?: Record<string, unknown>;
}

export const PORTAL_EVENTS = `
  subscription ($after: Cursor, $workspaceId: ID, $projectIds: [ID!], $kinds: [PortalEventKind!]) {
    portalEvents(after: $after, workspaceId: $workspaceId, projectIds: $projectIds, kinds: $kinds) {
      cursor kind occurredAt project { name } actor { displayName }
      subject {
        __typename
        ... on Task { title status internalNotes }
        ... on TimeEntry { time { seconds } description billableAmount { amount } costAmount { amount } }
        ... on Invoice { number invoiceStatus: status total { amount } }
        ... on Notification { text }
        ... on Project { name totals { billableTime { seconds } internalCost { amount } } }
      }
    }
  }`;

/** Somebody with the portal open: collects what they are told, over a real socket. */
export class Listener {
  readonly told: Told[] = [];
  /** What was told of their own notifications, which follow in their own time. */
  readonly badges: Record<string, any>[] = [];
  /** How the stream ended, when it has. */
  ended: 'complete' | { errors: unknown } | { code: number; reason: string } | undefined;
  private news: (() => void) | undefined;

  private constructor(
    readonly client: Client,
    private readonly unsubscribe: { current: () => void },
  ) {}

  static async open(
    server: TestServer,
    who: CastName | { token: string },
    { query = PORTAL_EVENTS, ...variables }: Record<string, unknown> & { query?: string } = {},
  ): Promise<Listener> {
    const token = typeof who === 'string' ? tokenOf(who) : who.token;
    // As clients should: what happens from here on is not missed, however long the socket takes.
    const after = (await server.data(who, '{ viewer { eventsCursor } }')).viewer.eventsCursor;
    const client = createClient({
      url: `${server.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${token}` },
      retryAttempts: 0,
      lazy: false,
      onNonLazyError: () => {},
    });
    const listener = new Listener(client, { current: () => {} });
    client.on('closed', (event) => listener.end(event as { code: number; reason: string }));
    listener.unsubscribe.current = client.subscribe(
      { query, variables: { after, ...variables } },
      {
        next: (told) => listener.hear(told as Told),
        error: (error) => listener.end(Array.isArray(error) ? { errors: error } : (error as never)),
        complete: () => listener.end('complete'),
      },
    );
    return listener;
  }

  /** The first so many things that are told, within two seconds. */
  async first(count: number, within = 2000): Promise<Record<string, any>[]> {
    await this.until(() => this.told.length >= count, within);
    if (this.told.length < count)
      throw new Error(`Told ${this.told.length} of ${count}: ${JSON.stringify([this.told, this.ended])}`);
    return this.events.slice(0, count);
  }

  /** The server has taken the subscription: what comes now comes on a stream that is open. */
  async settled(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 300));
  }

  get events(): Record<string, any>[] {
    return this.told.flatMap((told) => (told.data ? [told.data.portalEvents] : []));
  }

  get kinds(): string[] {
    return this.events.map((event) => event.kind);
  }

  async untilEnded(within = 3000): Promise<NonNullable<Listener['ended']>> {
    await this.until(() => this.ended !== undefined, within);
    if (this.ended === undefined) throw new Error('The stream has not ended.');
    return this.ended;
  }

  async close(): Promise<void> {
    this.unsubscribe.current();
    await this.client.dispose();
  }

  private hear(told: Told): void {
    const event = told.data?.portalEvents;
    if (event?.kind?.startsWith('NOTIFICATION_')) this.badges.push(event);
    else this.told.push(told);
    this.news?.();
  }

  private end(how: NonNullable<Listener['ended']>): void {
    this.ended ??= how;
    this.news?.();
  }

  async until(isSo: () => boolean, within = 3000): Promise<void> {
    const end = performance.now() + within;
    while (!isSo() && performance.now() < end) {
      await new Promise<void>((resolve) => {
        this.news = resolve;
        setTimeout(resolve, Math.max(1, end - performance.now())).unref();
      });
    }
  }
}
