/** What sockets may take (security.md §3). */
export const SOCKETS = {
  /** A frame larger than this ends the socket (1009). */
  frameBytes: 64 * 1024,
  /** Who connects and does not say who they are is cut off after this (4408). */
  initMs: 3000,
  /** A socket that does not answer a ping in this time is dead. */
  pingMs: 12_000,
  operations: 20,
  perAddress: 50,
  perPerson: 10,
} as const;

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
