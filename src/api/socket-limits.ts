/** What sockets may take. */
export interface SocketLimits {
  /** A frame larger than this ends the socket (1009). */
  frameBytes: number;
  /** Answers that somebody asks for and does not read; with more the socket is dead. */
  unreadBytes: number;
  /** Who connects and does not say who they are is cut off after this (4408). */
  initMs: number;
  /** A socket that does not answer a ping in this time is dead. */
  pingMs: number;
  /** Streams on one socket. */
  operations: number;
  perAddress: number;
  perPerson: number;
  /** Streams on all sockets of a person. */
  streamsPerPerson: number;
  /** New streams on a socket; as many as it carries may come at once, as after a reconnect. */
  streamsPerSecond: number;
}

export const SOCKETS: SocketLimits = {
  frameBytes: 64 * 1024,
  unreadBytes: 1024 * 1024,
  initMs: 3000,
  pingMs: 12_000,
  operations: 20,
  perAddress: 50,
  perPerson: 10,
  streamsPerPerson: 50,
  streamsPerSecond: 10,
};

/** Counts what is open, by whom it belongs to. */
export class OpenCount {
  private readonly counts = new Map<string, number>();

  /** Takes one more; false when there are `most` already. */
  take(key: string, most: number): boolean {
    const count = this.counts.get(key) ?? 0;
    if (count >= most) return false;
    this.counts.set(key, count + 1);
    return true;
  }

  give(key: string): void {
    const count = (this.counts.get(key) ?? 1) - 1;
    if (count > 0) this.counts.set(key, count);
    else this.counts.delete(key);
  }
}
