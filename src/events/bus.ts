import { EventEmitter } from 'node:events';

/** Tells every process that a workspace has news. It carries no news itself: those stand in the table. */
export interface Bus {
  ring(workspaceId: string): void;
  /** Gives back what ends it. */
  onRing(listener: (workspaceId: string) => void): () => void;
  /** Undefined when nothing is amiss; otherwise what is, for /readyz. News arrive all the same, at the next look. */
  trouble(): string | undefined;
  close(): Promise<void>;
}

/** Within one process. */
export class LocalBus implements Bus {
  private readonly bell = new EventEmitter().setMaxListeners(0);

  ring(workspaceId: string): void {
    this.bell.emit('ring', workspaceId);
  }

  onRing(listener: (workspaceId: string) => void): () => void {
    this.bell.on('ring', listener);
    return () => this.bell.off('ring', listener);
  }

  trouble(): string | undefined {
    return undefined;
  }

  async close(): Promise<void> {
    this.bell.removeAllListeners();
  }
}
