import DataLoader from 'dataloader';

/** Ways to read for many fields at once, by prepared statements. They live as long as one request. */
export function batchesOf(pool) {
  const rowsOf = async (name, text, values) => (await pool.query({ name, text, values })).rows;
  const one = (keyOf, read, rowKey) =>
    new DataLoader(
      async (keys) => {
        const rows = new Map((await read(keys)).map((row) => [rowKey(row), row]));
        return keys.map((key) => rows.get(keyOf(key)) ?? null);
      },
      { cacheKeyFn: keyOf },
    );
  const many = (keyOf, read, rowKey) =>
    new DataLoader(
      async (keys) => {
        const lists = new Map(keys.map((key) => [keyOf(key), []]));
        for (const row of await read(keys)) lists.get(rowKey(row)).push(row);
        return keys.map((key) => lists.get(keyOf(key)));
      },
      { cacheKeyFn: keyOf },
    );
  /** Rows by their ids, `$1`. */
  const byIds = (name, sql) =>
    one(
      (id) => id,
      (ids) => rowsOf(name, sql, [ids]),
      (row) => row.id,
    );
  /** The same page, of `$1` rows, of many projects; the other values are made from them. */
  const pages = (name, sql, valuesOf) =>
    many(
      ({ project }) => project.id,
      (keys) => rowsOf(name, sql, [keys[0].first, ...valuesOf(keys.map(({ project }) => project))]),
      (row) => row.project_id,
    );
  return { rowsOf, one, many, byIds, pages };
}
