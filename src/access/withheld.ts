import type { GraphQLResolveInfo } from 'graphql';

interface WithheldField {
  /** Response keys from the root, without list indexes. */
  path: string[];
  /** The permissions, settings or roles that would show the field. */
  requires: string[];
}

type Path = GraphQLResolveInfo['path'];
/** The nodes of a field are one list for all the rows of an answer. */
type Field = Pick<GraphQLResolveInfo, 'fieldNodes' | 'path'>;

/** What one answer withholds: once per field of the query, never once per row. */
export class Withheld {
  private readonly byPath = new Map<string, { path: string[]; requires: Set<string> }>();
  private readonly byNodes = new Map<Field['fieldNodes'], ReadonlySet<string>>();

  add({ path: at, fieldNodes }: Field, requires: readonly string[]): void {
    const path: string[] = [];
    for (let step: Path | undefined = at; step; step = step.prev) {
      if (typeof step.key === 'string') path.unshift(step.key);
    }
    const key = path.join('.');
    const known = this.byPath.get(key) ?? { path, requires: new Set() };
    for (const requirement of requires) known.requires.add(requirement);
    this.byPath.set(key, known);
    this.byNodes.set(fieldNodes, known.requires);
  }

  /** Whether all this was told of the field already, for another row. */
  knows({ fieldNodes }: Field, requires: readonly string[]): boolean {
    const told = this.byNodes.get(fieldNodes);
    return told !== undefined && requires.every((requirement) => told.has(requirement));
  }

  /**
   * What is withheld from this answer; undefined when nothing is. Sorted, and nothing of what an error took away, so
   * that the same question has the same answer whatever ran first.
   */
  list(data: unknown): WithheldField[] | undefined {
    const keys = [...this.byPath.keys()].sort();
    const told = keys.map((key) => this.byPath.get(key)!).filter(({ path }) => isIn(data, path));
    if (told.length === 0) return undefined;
    return told.map(({ path, requires }) => ({ path, requires: [...requires].sort() }));
  }
}

function isIn(data: unknown, [key, ...rest]: readonly string[]): boolean {
  if (key === undefined) return true;
  if (Array.isArray(data)) return data.some((item) => isIn(item, [key, ...rest]));
  return typeof data === 'object' && data !== null && key in data && isIn((data as Record<string, unknown>)[key], rest);
}
