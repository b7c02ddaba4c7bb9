import DataLoader from 'dataloader';
import { ID_PREFIXES, type IdKind, prefixOf } from './ids';

/** Whoever batches reads: a new `reads` forgets what was read before, as after every transaction of the request. */
export interface Reading {
  reads: object;
}

/**
 * A read that many fields ask for at once and the database is asked for once. The batches of one request live and die
 * with its context, so nothing read for one viewer is ever given to another (L-18).
 *
 * `read` gives one value for each key, in the order of the keys, or the error for that key alone.
 */
export function batched<C extends Reading, K, V>(
  read: (context: C, keys: readonly K[]) => Promise<(V | Error)[]>,
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

/**
 * Things of one kind by their ids, in one read. What is no id of this kind is nothing, like an unknown one, and is asked
 * of nobody: the database would refuse some of it with another answer (L-11).
 */
export function batchedById<C extends Reading, R extends { id: string }>(
  kind: IdKind,
  find: (context: C, ids: readonly string[]) => Promise<R[]>,
): (context: C, id: string) => Promise<R | null> {
  const load = batched<C, string, R | null>(async (context, ids) =>
    inOrderOf(ids, await find(context, ids), (row) => row.id),
  );
  return (context, id) => (prefixOf(id) === ID_PREFIXES[kind] ? load(context, id) : Promise.resolve(null));
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
