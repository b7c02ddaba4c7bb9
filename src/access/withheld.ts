import type { GraphQLResolveInfo } from 'graphql';

export interface WithheldField {
  /** Response keys from the root, without list indexes. */
  path: string[];
  /** The permissions, settings or roles that would show the field. */
  requires: string[];
}

type Path = GraphQLResolveInfo['path'];

/** What one answer withholds: once per field of the query, never once per row. */
export class Withheld {
  private readonly byPath = new Map<string, { path: string[]; requires: Set<string> }>();

  add(at: Path, requires: readonly string[]): void {
    const path: string[] = [];
    for (let step: Path | undefined = at; step; step = step.prev) {
      if (typeof step.key === 'string') path.unshift(step.key);
    }
    const key = path.join('.');
    const known = this.byPath.get(key);
    if (!known) this.byPath.set(key, { path, requires: new Set(requires) });
    else for (const requirement of requires) known.requires.add(requirement);
  }

  /** Sorted, so that the same question has the same answer whatever ran first; undefined when nothing is withheld. */
  list(): WithheldField[] | undefined {
    if (this.byPath.size === 0) return undefined;
    const keys = [...this.byPath.keys()].sort();
    return keys.map((key) => {
      const { path, requires } = this.byPath.get(key)!;
      return { path, requires: [...requires].sort() };
    });
  }
}
