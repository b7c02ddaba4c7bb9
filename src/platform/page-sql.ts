import { type Cursor, readCursor } from './cursors';
import type { SqlValue } from './database';
import { badInput } from './errors';
import type { PageArgs, PageOf, SortKey } from './paging';

const DEFAULT_PAGE = 25;
const MAX_PAGE = 100;
/** Counts are exact up to here; one more means "more than". */
export const MAX_COUNT = 10_000;

/** One page in its order, and one row more when there is more. */
export function pageSql(args: PageArgs, page: PageOf, values: SqlValue[]): string {
  const { size, backwards } = pageSize(args);
  const bounds = [
    ...(args.after == null
      ? []
      : [beyond(page.sort, page.id, readCursor(args.after, page.sort, 'after'), 'after', values)]),
    ...(args.before == null
      ? []
      : [beyond(page.sort, page.id, readCursor(args.before, page.sort, 'before'), 'before', values)]),
  ];
  const where = bounds.map((bound) => ` and ${bound}`).join('');
  return `${page.select}, ${page.sort.sql} as sort_key ${page.from}${where} order by ${orderBy(page.sort, page.id, backwards)} limit ${size + 1}`;
}

/** The rows that count. */
export const countedSql = (from: string): string => `select 1 ${from} limit ${MAX_COUNT + 1}`;

export const countSql = (from: string): string => `select count(*)::int as total_count from (${countedSql(from)}) y`;

export function pageSize({ first, last }: PageArgs): { size: number; backwards: boolean } {
  if (first != null && last != null) throw badInput('last', 'Ask for `first` or for `last`, not for both.');
  const field = last == null ? 'first' : 'last';
  const size = last ?? first ?? DEFAULT_PAGE;
  if (size < 1 || size > MAX_PAGE) {
    throw badInput(field, `\`${field}\` is between 1 and ${MAX_PAGE}.`, { max: MAX_PAGE, actual: size });
  }
  return { size, backwards: last != null };
}

function orderBy(sort: SortKey, id: string, backwards: boolean): string {
  const down = (sort.descending === true) !== backwards;
  return `${sort.sql} ${down ? 'desc' : 'asc'} nulls ${backwards ? 'first' : 'last'}, ${id} ${backwards ? 'desc' : 'asc'}`;
}

/** The order of rows that were read as `x`. */
export const inOrder = (sort: SortKey, backwards: boolean): string =>
  orderBy({ ...sort, sql: 'x.sort_key' }, 'x.id', backwards);

/** The rows beyond a cursor in the order of the list, where rows without a value come last. */
function beyond(sort: SortKey, id: string, cursor: Cursor, side: 'after' | 'before', values: SqlValue[]): string {
  const cursorId = `$${values.push(cursor.id)}`;
  const idIs = `${id} ${side === 'after' ? '>' : '<'} ${cursorId}`;
  const { sql, type, ofId } = sort;
  if (cursor.value === null && !ofId) {
    return side === 'after' ? `(${sql} is null and ${idIs})` : `(${sql} is not null or ${idIs})`;
  }
  const value = ofId
    ? `(${ofId(cursorId)})`
    : `$${values.push(cursor.value)}::${type}${type === 'text' ? ' collate "C"' : ''}`;
  const comparison = (side === 'after') === (sort.descending === true) ? '<' : '>';
  const valueless = side === 'after' ? ` or ${sql} is null` : '';
  return `(${sql} ${comparison} ${value} or (${sql} = ${value} and ${idIs})${valueless})`;
}
