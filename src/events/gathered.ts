/**
 * Calls that come in one turn of the event loop, answered by one read. Unlike a loader it keeps nothing: whoever asks
 * later is answered by a later read.
 */
export function gathered<K, V>(read: (keys: K[]) => Promise<V[]>): (key: K) => Promise<V> {
  let waiting: { key: K; resolve: (value: V) => void; reject: (error: unknown) => void }[] = [];
  const run = () => {
    const calls = waiting;
    waiting = [];
    const keys = [...new Set(calls.map((call) => call.key))];
    read(keys).then(
      (values) => {
        const byKey = new Map(keys.map((key, i) => [key, values[i]]));
        for (const { key, resolve } of calls) resolve(byKey.get(key)!);
      },
      (error: unknown) => {
        for (const { reject } of calls) reject(error);
      },
    );
  };
  return (key) =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) setImmediate(run);
      waiting.push({ key, resolve, reject });
    });
}
