import { type GraphQLResolveInfo, Kind, type SelectionSetNode } from 'graphql';
import { Args, ArgsType, type ClassType, Field, Int, ObjectType } from 'type-graphql';
import { batched, groupedBy, type Reading } from './batch';
import { type Sorted, writeCursor } from './cursors';
import type { Sql, SqlValue } from './database';
import { countedSql, countSql, inOrder, pageSize, pageSql } from './page-sql';

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

  /** Whether `totalCount` is asked for: it is read in the statement that reads the page. */
  counted?: boolean;
}

/**
 * The arguments of a list: `PageArgs`, or a class that extends it. The hook for validation is the one place where a class
 * of arguments is shown what is asked of the field.
 */
export const Page = (type: () => ClassType<PageArgs> = () => PageArgs): ParameterDecorator =>
  Args(type, {
    validateFn: (args, _type, { info }) => {
      (args as PageArgs).counted = asksForCount(info);
    },
  }) as ParameterDecorator;

function asksForCount({ fieldNodes, fragments }: GraphQLResolveInfo): boolean {
  const isIn = (set: SelectionSetNode | undefined): boolean =>
    set?.selections.some((selection) => {
      if (selection.kind === Kind.FIELD) return selection.name.value === 'totalCount';
      const spread = selection.kind === Kind.FRAGMENT_SPREAD;
      return isIn(spread ? fragments[selection.name.value].selectionSet : selection.selectionSet);
    }) ?? false;
  return fieldNodes.some((node) => isIn(node.selectionSet));
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
  /** There where it is asked for. */
  totalCount?: number;
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
    totalCount?: number;
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

/**
 * Batches the pages that many parents are asked for at once: those asked for with the same arguments are one read, and
 * one that is refused takes no other with it.
 */
export function batchedPages<C extends Reading, A extends PageArgs, T>(
  read: (context: C, parents: readonly string[], args: A) => Promise<Connection<T>[]>,
): (context: C, parent: string, args: A) => Promise<Connection<T>> {
  const load = batched<C, PagesKey<A>, Connection<T>>(
    async (context, keys) => {
      const argsOf = (key: PagesKey<A>) => JSON.stringify(key.args);
      const out = new Map<PagesKey<A>, Connection<T> | Error>();
      const readSame = async (same: PagesKey<A>[]) => {
        const parents = same.map((key) => key.parent);
        const pages = await read(context, parents, same[0].args);
        for (const [i, key] of same.entries()) out.set(key, pages[i]);
      };
      const refuse = (same: PagesKey<A>[]) => (error: Error) => {
        for (const key of same) out.set(key, error);
      };
      const groups = groupedBy([...new Set(keys.map(argsOf))], keys, argsOf);
      await Promise.all(groups.map((same) => readSame(same).catch(refuse(same))));
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
  const one = pageSql(args, page, values);
  const lists = { ...ONE_LIST, one, count: countSql(page.from), values, sort: page.sort };
  return (await readLists<T>(db, args, lists))[0];
}

/**
 * The same page of the lists of many parents, one connection for each in their order: one statement however many they
 * are. `page.from` names the parent `k.id`.
 */
export function readPages<T extends { id: string }>(
  db: Sql,
  args: PageArgs,
  page: PageOf,
  parents: readonly string[],
): Promise<Connection<T>[]> {
  const values = [...page.values];
  const one = pageSql(args, page, values);
  const of = `unnest($${values.push(parents)}::text[]) as k (id)`;
  return readLists<T>(db, args, { of, parents, one, count: countSql(page.from), values, sort: page.sort });
}

/** Lists that are read as one: `parents` is SQL that selects the ids of theirs, `page.from` names the parent `k.id`. */
export interface ListsOf {
  parents: string;
  page: PageOf;
}

/**
 * One page over the lists of many parents as one list: the first rows of each, read in order, then the first of those;
 * never a sort of everything. The pages share their values and their sort.
 */
export async function readPageAcross<T extends { id: string }>(
  db: Sql,
  args: PageArgs,
  lists: readonly ListsOf[],
): Promise<Connection<T>> {
  const { sort } = lists[0].page;
  const values = [...lists[0].page.values];
  const { size, backwards } = pageSize(args);
  const ofEach = (one: (page: PageOf) => string) =>
    lists.map(({ parents, page }) => `select x.* from (${parents}) as k (id) cross join lateral (${one(page)}) x`);
  const first = ofEach((page) => pageSql(args, page, values)).join(' union all ');
  const one = `select x.* from (${first}) x order by ${inOrder(sort, backwards)} limit ${size + 1}`;
  const count = countSql(`from (${ofEach((page) => countedSql(page.from)).join(' union all ')}) y`);
  return (await readLists<T>(db, args, { ...ONE_LIST, one, count, values, sort }))[0];
}

const ONE_LIST = { of: `(select '') as k (id)`, parents: [''] };

interface Lists {
  /** SQL that gives the parents as `k (id)`, and their ids in the order of the answer. */
  of: string;
  parents: readonly string[];
  /** SQL of the page of one parent, and of how many there are. */
  one: string;
  count: string;
  values: readonly SqlValue[];
  sort: SortKey;
}

/** A list whose page is empty still has a row where it is counted: one of no thing, beside the number. */
async function readLists<T extends { id: string }>(
  db: Sql,
  args: PageArgs,
  { of, parents, one, count, values, sort }: Lists,
): Promise<Connection<T>[]> {
  const pages = args.counted
    ? `cross join lateral (${count}) c left join lateral (${one}) x on true`
    : `cross join lateral (${one}) x`;
  const sql = `select x.*, k.id as parent_id${args.counted ? ', c.total_count' : ''} from ${of} ${pages}
    order by ${inOrder(sort, pageSize(args).backwards)}`;
  const rows = await db.rows<T & Sorted & { parentId: string; totalCount?: number }>(sql, values);
  return groupedBy(parents, rows, (row) => row.parentId).map((own) =>
    toConnection<T>({ rows: own.filter((row) => row.id !== null), args, sort, totalCount: own[0]?.totalCount }),
  );
}

/** Most pages are read by their nodes: a cursor is written where it is asked for. */
class EdgeOf<T extends Sorted & { id: string }> implements Edge<T> {
  constructor(
    private readonly sort: SortKey,
    readonly node: T,
  ) {}

  get cursor(): string {
    return writeCursor(this.sort, this.node);
  }
}

interface PageRows<T> {
  /** One more than the page, when there is more. */
  rows: (T & Sorted)[];
  args: PageArgs;
  sort: SortKey;
  totalCount: number | undefined;
}

/** Of the rows of a page, and one more when there is more. */
export function toConnection<T extends { id: string }>({ rows, args, sort, totalCount }: PageRows<T>): Connection<T> {
  const { size, backwards } = pageSize(args);
  const more = rows.length > size;
  const shown = rows.slice(0, size);
  if (backwards) shown.reverse();
  const edges = shown.map((node) => new EdgeOf(sort, node));
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
