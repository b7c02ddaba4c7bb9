import {
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isObjectType,
} from 'graphql';
import type { Random } from '../asking/random';

const DEPTH = 4;

/** Writes subscriptions that ask for whatever comes: every field has a name of its own, so that all fit together. */
export class StreamWriter {
  constructor(
    private readonly schema: GraphQLSchema,
    private readonly random: Random,
  ) {}

  next(): string {
    return `subscription { portalEvents ${this.selection(this.schema.getType('PortalEvent') as GraphQLObjectType, DEPTH)} }`;
  }

  private selection(type: GraphQLCompositeType, depth: number): string {
    const parts = isObjectType(type)
      ? this.fields(type, depth)
      : this.schema.getPossibleTypes(type).map((each) => `... on ${each.name} ${this.selection(each, depth)}`);
    return `{ __typename ${parts.join(' ')} }`;
  }

  private fields(type: GraphQLObjectType, depth: number): string[] {
    const { random } = this;
    const all = Object.values(type.getFields());
    const plain = all.filter((field) => !isCompositeType(getNamedType(field.type)) && random.percent(50));
    const inner =
      depth > 0
        ? random.sample(
            all.filter((field) => isCompositeType(getNamedType(field.type))),
            random.pick([0, 1, 2]),
          )
        : [];
    return [...plain, ...inner].map((field) => this.field(type, field, depth - 1));
  }

  private field(
    type: GraphQLObjectType,
    { name, args, type: given }: GraphQLField<unknown, unknown>,
    depth: number,
  ): string {
    const page = args.some((argument) => argument.name === 'first') ? '(first: 3)' : '';
    const inside = getNamedType(given);
    const rest = isCompositeType(inside)
      ? ` ${this.selection(inside, isAbstractType(inside) ? Math.min(depth, 2) : depth)}`
      : '';
    return `${type.name}_${name}: ${name}${page}${rest}`;
  }
}
