import { ArgsType, type ClassType, Field, Int, ObjectType } from 'type-graphql';
import { batched, groupedBy, type Reading } from './batch';
import { type Cursor, readCursor, type Sorted, writeCursor } from './cursors';
import type { Sql, SqlValue } from './database';
import { badInput } from './errors';

const DEFAULT_PAGE = 25;
const MAX_PAGE = 100;
/** Counts are exact up to here; one more means "more than". */
const MAX_COUNT = 10_000;

@ArgsType()
export class PageArgs {
  @Field(() => Int, { nullable: true, description: 'How many from the start, 1–100; 25 when neither is given.' })
  first?: number | null;

  @Field(() => Int, { nullable: true, description: 'How many from the end, 1–100. Not together with `first`.' })
  last?: number | null;

  @Field(() => String, { nullable: true, description: 'Only what comes after this cursor.' })
  after?: string | null;

  @Field(() => String, { nullable: true, description: 'Only what comes before this cursor.' })
  before?: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'Where a page stands in its list (Relay).' })
export class PageInfo {
  @Field({ description: 'Whether more follow after this page.' })
  hasNextPage: boolean;

  @Field({ description: 'Whether there are some before this page.' })
  hasPreviousPage: boolean;

  @Field(() => String, { nullable: true, description: 'The cursor of the first edge; null on an empty page.' })
  startCursor: string | null;

  @Field(() => String, { nullable: true, description: 'The cursor of the last edge; null on an empty page.' })
  endCursor: string | null;
}

export interface Edge<T> {
  cursor: string;
  node: T;
}

export interface Connection<T> {
  edges: Edge<T>[];
  nodes: T[];
  pageInfo: PageInfo;
  totalCount: () => Promise<number>;
}

/** The Relay connection of a type: `TaskConnection`, `TaskEdge`. */
export function connectionOf<T extends object>(node: () => ClassType<T>, name: string): ClassType<Connection<T>> {
  @ObjectType(`${name}Edge`, { simpleResolvers: true, description: `One ${name} in a list.` })
  class EdgeType {
    @Field({ description: 'Where it stands: for `after` and `before` under the same sort.' })
    cursor: string;

    @Field(node, { description: `The ${name}.` })
    node: T;
  }

  @ObjectType(`${name}Connection`, { simpleResolvers: true, description: `A page of the list of ${name}s.` })
  class ConnectionType {
    @Field(() => [EdgeType], { description: 'The page, with cursors.' })
    edges: EdgeType[];

    @Field(() => [node()], { description: 'The page, without cursors.' })
    nodes: T[];

    @Field(() => PageInfo, { description: 'Where the page stands.' })
    pageInfo: PageInfo;

    @Field(() => Int, { description: 'How many you may see in all: exact up to 10,000, else 10,001.' })
    totalCount: () => Promise<number>;
  }
  return ConnectionType as unknown as ClassType<Connection<T>>;
}

/** What a list is sorted by. The id always comes last, so that the order is total. */
export interface SortKey {
  /** Names the sort inside cursors: a cursor of another sort is refused. */
  name: string;
  /** The SQL expression: a value that the caller may see in every row, or null there. */
  sql: string;
  type: 'text' | 'date' | 'timestamptz' | 'bigint';
  descending?: true;
  /**
   * Where the value itself would tell (a place in a list that also holds hidden rows, L-03): the SQL that gives it for
   * the row with this id. Cursors then hold the id alone.
   */
  ofId?: (id: string) => string;
}

/** Batches the pages that many parents are asked for at once: those asked for with the same arguments are one read. */
export function batchedPages<C extends Reading, A extends PageArgs, T>(
  read: (context: C, parents: readonly string[], args: A) => Promise<Connection<T>[]>,
): (context: C, parent: string, args: A) => Promise<Connection<T>> {
  const load = batched<C, PagesKey<A>, Connection<T>>(
    async (context, keys) => {
      const argsOf = (key: PagesKey<A>) => JSON.stringify(key.args);
      const out = new Map<PagesKey<A>, Connection<T>>();
      for (const same of groupedBy([...new Set(keys.map(argsOf))], keys, argsOf)) {
        const parents = same.map((key) => key.parent);
        const pages = await read(context, parents, same[0].args);
        for (const [i, key] of same.entries()) out.set(key, pages[i]);
      }
      return keys.map((key) => out.get(key)!);
    },
    ({ parent, args }) => JSON.stringify([parent, args]),
  );
  return (context, parent, args) => load(context, { parent, args });
}

interface PagesKey<A> {
  parent: string;
  args: A;
}

export interface PageOf {
  /** `select …` without `from`. It must give `id`. */
  select: string;
  /** `from … where …`: exactly the rows that the caller may see. */
  from: string;
  values: readonly SqlValue[];
  /** The SQL of the row's id. */
  id: string;
  sort: SortKey;
}

/**
 * One page, read by its key and never by an offset: as fast on the last page as on the first, and nothing is skipped
 * or doubled when rows come and go between two pages. Rows without a sort value come last.
 */
export async function readPage<T extends { id: string }>(
  db: Sql,
  args: PageArgs,
  page: PageOf,
): Promise<Connection<T>> {
  const values = [...page.values];
  const rows = await db.rows<T & Sorted>(pageSql(args, page, values), values);
  return toConnection({ rows, args, sort: page.sort, totalCount: () => countOf(db, page) });
}

/**
 * The same page of the lists of many parents, one connection for each in their order: one statement however many they
 * are, and one more when somebody asks how many there are. `page.from` names the parent `k.id`.
 */
export async function readPages<T extends { id: string }>(
  db: Sql,
  args: PageArgs,
  page: PageOf,
  parents: readonly string[],
): Promise<Connection<T>[]> {
  const values = [...page.values];
  const one = pageSql(args, page, values);
  const { backwards } = pageSize(args);
  const sql = `select x.*, k.id as parent_id from unnest($${values.push(parents)}::text[]) as k (id)
    cross join lateral (${one}) x order by ${orderBy({ ...page.sort, sql: 'x.sort_key' }, 'x.id', backwards)}`;
  const rows = await db.rows<T & Sorted & { parentId: string }>(sql, values);
  let counts: Promise<Map<string, number>> | undefined;
  const count = (parent: string) => {
    counts ??= countsOf(db, page, parents);
    return counts.then((all) => all.get(parent) ?? 0);
  };
  return groupedBy(parents, rows, (row) => row.parentId).map((own, i) =>
    toConnection<T>({ rows: own, args, sort: page.sort, totalCount: () => count(parents[i]) }),
  );
}

/**
 * One page over the lists of many parents as one list: the first rows of each, read in order, then the first of those;
 * never a sort of everything. `parents` is SQL that selects their ids, `page.from` names the parent `k.id`.
 */
export async function readPageAcross<T extends { id: string }>(
  db: Sql,
  args: PageArgs,
  page: PageOf,
  parents: string,
): Promise<Connection<T>> {
  const values = [...page.values];
  const { size, backwards } = pageSize(args);
  const sql = `select x.* from (${parents}) as k (id) cross join lateral (${pageSql(args, page, values)}) x
    order by ${orderBy({ ...page.sort, sql: 'x.sort_key' }, 'x.id', backwards)} limit ${size + 1}`;
  const rows = await db.rows<T & Sorted>(sql, values);
  const each = `cross join lateral (select 1 ${page.from} limit ${MAX_COUNT + 1}) y`;
  const totalCount = () => countOf(db, { ...page, from: `from (${parents}) as k (id) ${each}` });
  return toConnection({ rows, args, sort: page.sort, totalCount });
}

function pageSql(args: PageArgs, page: PageOf, values: SqlValue[]): string {
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

interface PageRows<T> {
  /** One more than the page, when there is more. */
  rows: (T & Sorted)[];
  args: PageArgs;
  sort: SortKey;
  totalCount: () => Promise<number>;
}

function toConnection<T extends { id: string }>({ rows, args, sort, totalCount }: PageRows<T>): Connection<T> {
  const { size, backwards } = pageSize(args);
  const more = rows.length > size;
  const shown = rows.slice(0, size);
  if (backwards) shown.reverse();
  const edges = shown.map((node) => ({ cursor: writeCursor(sort, node), node }));
  return {
    edges,
    nodes: shown,
    pageInfo: {
      hasNextPage: backwards ? args.before != null : more,
      hasPreviousPage: backwards ? more : args.after != null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount,
  };
}

async function countsOf(db: Sql, page: PageOf, parents: readonly string[]): Promise<Map<string, number>> {
  const values = [...page.values];
  const sql = `select k.id, (select count(*)::int from (select 1 ${page.from} limit ${MAX_COUNT + 1}) x) as n
    from unnest($${values.push(parents)}::text[]) as k (id)`;
  const rows = await db.rows<{ id: string; n: number }>(sql, values);
  return new Map(rows.map(({ id, n }) => [id, n]));
}

async function countOf(db: Sql, page: PageOf): Promise<number> {
  const sql = `select count(*)::int as n from (select 1 ${page.from} limit ${MAX_COUNT + 1}) x`;
  return (await db.row<{ n: number }>(sql, page.values))!.n;
}

function pageSize({ first, last }: PageArgs): { size: number; backwards: boolean } {
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
