/** Columns that no field of the schema shows by their own name: what shows them instead, or nothing. */
export type FieldNames<T> = { [K in keyof T]?: string | readonly string[] };

const STAMPS = new Set(['version', 'createdAt', 'updatedAt']);

/**
 * The fields of a type, as `emit` takes them, that differ between two states of a row. `names` tells the fields of
 * columns that the schema calls otherwise.
 */
export function changedFields<T extends object>(
  type: string,
  before: T,
  after: Partial<T>,
  names: FieldNames<T> = {},
): string[] {
  const changed = (Object.keys(after) as (keyof T & string)[]).filter(
    // As TypeORM has it: what is undefined stays as it is.
    (key) => !STAMPS.has(key) && after[key] !== undefined && !isSame(before[key], after[key]),
  );
  return [...new Set(changed.flatMap((key) => names[key] ?? key))].map((name) => `${type}.${name}`);
}

const isSame = (one: unknown, other: unknown): boolean =>
  one === other || (one != null && other != null && asText(one) === asText(other));

const asText = (value: unknown): string =>
  JSON.stringify(value, (_key, inner) => (typeof inner === 'bigint' ? String(inner) : inner));
