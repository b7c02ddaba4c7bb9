import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until something is so, and fails when it is not after a while: never for ever. */
export async function until(isSo: () => unknown, within = 10_000): Promise<void> {
  const end = performance.now() + within;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`Not so after ${within} ms: ${isSo}`);
    await sleep(5);
  }
}
