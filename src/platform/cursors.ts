import { PorticoError } from './errors';
import type { SortKey } from './paging';

export interface Sorted {
  sortKey: string | bigint | Date | null;
}

export interface Cursor {
  value: string | null;
  id: string;
}

/** A cursor holds the sort's name, its value in the row and the id: nothing the caller was not shown. */
export function writeCursor(sort: SortKey, row: Sorted & { id: string }): string {
  const value = sort.ofId ? null : (row.sortKey ?? null);
  const text = value instanceof Date ? value.toISOString() : value === null ? null : String(value);
  return Buffer.from(JSON.stringify([sort.name, text, row.id])).toString('base64url');
}

export function readCursor(cursor: string, sort: SortKey, field: string): Cursor {
  const [name, value, id] = parsed(cursor);
  const valueFits =
    value === null || (typeof value === 'string' && FORMATS[sort.type].test(value) && isReal(value, sort));
  if (
    name !== sort.name ||
    !valueFits ||
    (sort.ofId && value !== null) ||
    typeof id !== 'string' ||
    !/^[a-z]{3}_\w{1,40}$/.test(id)
  ) {
    throw new PorticoError('INVALID_CURSOR', 'This cursor was not given by this list under this sort.', { field });
  }
  return { value: value as string | null, id };
}

const FORMATS: Record<SortKey['type'], RegExp> = {
  text: /^[^\0]{0,500}$/su,
  date: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
  timestamptz: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/,
  bigint: /^-?\d{1,18}$/,
};

/** `2026-02-30` has the shape of a day and is none, and so is any day of the year 0. */
function isReal(value: string, { type }: SortKey): boolean {
  if (type !== 'date' && type !== 'timestamptz') return true;
  const moment = new Date(value);
  return (
    !value.startsWith('0000') && !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(value.slice(0, 10))
  );
}

function parsed(cursor: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
