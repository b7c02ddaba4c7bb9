import { Redis, type RedisOptions } from 'ioredis';
import type { Logger } from '../platform/logger';
import { type Bus, LocalBus } from './bus';

const CHANNEL = 'portico:news';

/** While Redis is away nothing waits for it: every process looks into the table by itself twice a second. */
const PATIENT: RedisOptions = {
  lazyConnect: true,
  enableOfflineQueue: false,
  maxRetriesPerRequest: 0,
  connectTimeout: 2000,
  // One that hangs is away: nothing is kept for it.
  socketTimeout: 2000,
  retryStrategy: (attempt) => Math.min(attempt * 100, 2000),
};

/** Between processes: each rings for all of them, and hears its own bell at once. */
export class RedisBus implements Bus {
  private readonly own = new LocalBus();
  private readonly sender: Redis;
  private readonly receiver: Redis;
  private isClosed = false;

  constructor(
    url: string,
    private readonly logger: Logger,
  ) {
    this.sender = new Redis(url, PATIENT);
    // It subscribes by itself below: what ioredis does for it would end the process when that fails.
    this.receiver = new Redis(url, { ...PATIENT, autoResubscribe: false });
    for (const connection of [this.sender, this.receiver]) this.watch(connection);
    this.receiver.on('message', (_channel, workspaceId: string) => this.own.ring(workspaceId));
    this.receiver.on('ready', () => this.subscribe());
  }

  ring(workspaceId: string): void {
    this.own.ring(workspaceId);
    if (this.sender.status !== 'ready') return;
    this.sender.publish(CHANNEL, workspaceId).catch(() => {});
  }

  onRing(listener: (workspaceId: string) => void): () => void {
    return this.own.onRing(listener);
  }

  trouble(): string | undefined {
    const isUp = this.sender.status === 'ready' && this.receiver.status === 'ready';
    return isUp ? undefined : 'Redis does not answer';
  }

  async close(): Promise<void> {
    this.isClosed = true;
    this.sender.disconnect();
    this.receiver.disconnect();
    await this.own.close();
  }

  private subscribe(): void {
    this.receiver.subscribe(CHANNEL).catch((error: unknown) => {
      if (this.isClosed) return;
      this.logger.warn({ err: error }, 'Redis does not let us listen; asking again');
      this.receiver.disconnect(true);
    });
  }

  /** Said once for each time that it goes away: it is asked again for as long as it takes. */
  private watch(connection: Redis): void {
    let isAway = false;
    connection.on('error', (error: Error) => {
      if (!isAway && !this.isClosed) this.logger.warn({ err: error }, 'Redis does not answer; events take longer');
      isAway = true;
    });
    connection.on('ready', () => {
      isAway = false;
    });
    connection.connect().catch(() => {});
  }
}
