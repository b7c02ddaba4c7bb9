import { type GraphQLSchema, getNamedType } from 'graphql';
import { fieldItem, objectTypesOf } from './coverage';
import type { Random } from './random';
import type { Told } from './told';

/** A field on the way to another. */
export interface Step {
  type: string;
  field: string;
}

/** The ways from a root to every type, of which each query takes another. */
export class Paths {
  private readonly into = new Map<string, Step[]>();
  private readonly distances: Map<string, number>;

  constructor(
    schema: GraphQLSchema,
    private readonly root: string,
    private readonly told: Told,
  ) {
    this.distances = new Map([[root, 0]]);
    const open = [root];
    for (let name = open.shift(); name; name = open.shift()) {
      const [type] = objectTypesOf(schema, schema.getType(name));
      for (const field of Object.values(type?.getFields() ?? {})) {
        for (const next of objectTypesOf(schema, getNamedType(field.type))) {
          this.into.set(next.name, [...(this.into.get(next.name) ?? []), { type: name, field: field.name }]);
          if (this.distances.has(next.name)) continue;
          this.distances.set(next.name, this.distances.get(name)! + 1);
          open.push(next.name);
        }
      }
    }
  }

  leadTo(type: string): boolean {
    return this.distances.has(type);
  }

  /** The steps from the root to a field of this type, in at most so many; null when none are. */
  to(type: string, most: number, random: Random): Step[] | null {
    if (type === this.root) return [];
    const ways = (this.into.get(type) ?? []).filter((step) => (this.distances.get(step.type) ?? most) < most);
    if (ways.length === 0) return null;
    const open = ways.filter((step) => !this.told.isClosed(fieldItem(step.type, step.field)));
    const worth = open.length > 0 && random.percent(95) ? open : ways;
    // Half of the time straight on, which leaves more room beside the way.
    const nearest = Math.min(...worth.map((step) => this.distances.get(step.type)!));
    const short = worth.filter((step) => this.distances.get(step.type) === nearest);
    const last = random.pick(random.percent(50) ? short : worth);
    const before = this.to(last.type, most - 1, random);
    return before && [...before, last];
  }
}
