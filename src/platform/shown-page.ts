import { MAX_COUNT, pageSize } from './page-sql';
import type { Connection, Edge, PageArgs } from './paging';

/** What is read at once of a list of which some is not shown: a little more than is asked for. */
const SPARE = 10;
const MOST_READ = 100;

export interface Sieve<T> {
  read(page: PageArgs): Promise<Connection<T>>;
  /** Which of these are shown, in their order. */
  shown(rows: T[]): Promise<T[]>;
}

/**
 * A page of a list that SQL cannot tell what is shown of: read on until the page is full, so that it is never shorter,
 * and says nothing else, than if the rest were not there (L-04).
 */
export async function readShownPage<T extends { id: string }>(args: PageArgs, sieve: Sieve<T>): Promise<Connection<T>> {
  const { size, backwards } = pageSize(args);
  let found: Edge<T>[] = [];
  for await (const edges of shownEdges(args, { ...sieve, size, backwards })) {
    found = backwards ? [...edges, ...found] : [...found, ...edges];
    if (found.length > size) break;
  }
  const more = found.length > size;
  const edges = backwards ? found.slice(-size) : found.slice(0, size);
  return {
    edges,
    nodes: edges.map((edge) => edge.node),
    pageInfo: {
      hasNextPage: backwards ? args.before != null : more,
      hasPreviousPage: backwards ? more : args.after != null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount: args.counted ? await countShown(sieve, MAX_COUNT) : 0,
  };
}

/** How many are shown: exact up to `most`, one more means "more than". */
export async function countShown<T extends { id: string }>(sieve: Sieve<T>, most: number): Promise<number> {
  let count = 0;
  for await (const edges of shownEdges({}, { ...sieve, size: MOST_READ, backwards: false })) {
    count += edges.length;
    if (count > most) return most + 1;
  }
  return count;
}

interface Sieving<T> extends Sieve<T> {
  size: number;
  backwards: boolean;
}

/** What is shown, piece by piece, from the start of the page on or from its end backwards. */
async function* shownEdges<T extends { id: string }>(
  { after, before }: PageArgs,
  { read, shown, size, backwards }: Sieving<T>,
): AsyncGenerator<Edge<T>[]> {
  const most = Math.min(size + SPARE, MOST_READ);
  const bounds = { after, before };
  for (;;) {
    const page = await read(backwards ? { ...bounds, last: most } : { ...bounds, first: most });
    const left = new Set((await shown(page.nodes)).map((node) => node.id));
    yield page.edges.filter(({ node }) => left.has(node.id));
    const { hasNextPage, hasPreviousPage, startCursor, endCursor } = page.pageInfo;
    if (!(backwards ? hasPreviousPage : hasNextPage)) return;
    if (backwards) bounds.before = startCursor;
    else bounds.after = endCursor;
  }
}
