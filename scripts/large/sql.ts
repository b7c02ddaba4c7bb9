import { ID_PREFIXES, type IdKind } from '../../src/platform/ids';

/** The SQL of an id of the real form, the same for the same key; `key` is SQL itself. */
export const idOf = (kind: IdKind, key: string): string =>
  `'${ID_PREFIXES[kind]}_' || left(translate(encode(sha256(convert_to('${kind}/' || ${key}, 'UTF8')), 'base64'), '0OIl+/', 'abcdef'), 22)`;

/** Tables are made from tables, so that their parts know each other's ids; they go with the transaction. */
export const temporary = (name: string, query: string): string =>
  `create temporary table ${name} on commit drop as ${query}`;

/** `row` says each column and its value; the rest of the query follows. */
export function insert(table: string, row: Record<string, string>, from: string): string {
  return `insert into ${table} (${Object.keys(row).join(', ')}) select ${Object.values(row).join(', ')} ${from}`;
}

export const WORKSPACE = idOf('Workspace', `'bench'`);
export const OWNER = idOf('Person', `'owner-001'`);

/** Everything is as old as the oldest work. */
export const STAMPS = { created_at: `now() - interval '720 days'`, updated_at: `now() - interval '720 days'` };
