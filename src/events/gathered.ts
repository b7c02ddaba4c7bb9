/**
 * Calls that come in one turn of the event loop, answered by one read, or by one after the other of so many keys at most.
 * Unlike a loader it keeps nothing: whoever asks later is answered by a later read.
 */
export function gathered<K, V>(
  read: (keys: K[]) => Promise<V[]>,
  most = Number.POSITIVE_INFINITY,
): (key: K) => Promise<V> {
  let waiting: { key: K; resolve: (value: V) => void; reject: (error: unknown) => void }[] = [];
  const readAll = async (keys: K[]): Promise<Map<K, V>> => {
    const found = new Map<K, V>();
    for (let at = 0; at < keys.length; at += most) {
      const some = keys.slice(at, at + most);
      for (const [i, value] of (await read(some)).entries()) found.set(some[i], value);
    }
    return found;
  };
  const run = () => {
    const calls = waiting;
    waiting = [];
    readAll([...new Set(calls.map((call) => call.key))]).then(
      (values) => {
        for (const { key, resolve } of calls) resolve(values.get(key)!);
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
