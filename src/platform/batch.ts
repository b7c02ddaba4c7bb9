import DataLoader from 'dataloader';

/** Whoever batches reads: a new `reads` forgets what was read before, as after every transaction of the request. */
export interface Reading {
  reads: object;
}

/**
 * A read that many fields ask for at once and the database is asked for once. The batches of one request live and die
 * with its context, so nothing read for one viewer is ever given to another (access.md L-18).
 *
 * `read` gives one value for each key, in the order of the keys.
 */
export function batched<C extends Reading, K, V>(
  read: (context: C, keys: readonly K[]) => Promise<V[]>,
  keyOf: (key: K) => string = String,
): (context: C, key: K) => Promise<V> {
  const loaders = new WeakMap<object, DataLoader<K, V, string>>();
  return (context, key) => {
    let loader = loaders.get(context.reads);
    if (!loader) {
      loader = new DataLoader<K, V, string>((keys) => read(context, keys), { cacheKeyFn: keyOf });
      loaders.set(context.reads, loader);
    }
    return loader.load(key);
  };
}

/** Puts rows into the order of their keys; keys without a row get null. */
export function inOrderOf<K, R>(keys: readonly K[], rows: readonly R[], keyOf: (row: R) => K): (R | null)[] {
  const byKey = new Map(rows.map((row) => [keyOf(row), row]));
  return keys.map((key) => byKey.get(key) ?? null);
}

/** Puts rows that belong to a key together, in the order of the keys; keys without rows get an empty list. */
export function groupedBy<K, R>(keys: readonly K[], rows: readonly R[], keyOf: (row: R) => K): R[][] {
  const byKey = new Map<K, R[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const list = byKey.get(key);
    if (list) list.push(row);
    else byKey.set(key, [row]);
  }
  return keys.map((key) => byKey.get(key) ?? []);
}
