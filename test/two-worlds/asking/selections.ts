import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLObjectType,
  getNamedType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';
import { ID_PREFIXES, type IdKind } from '../../../src/platform/ids';
import { argumentItem, type Coverage, fieldItem, type Item, objectTypesOf } from './coverage';
import type { DocumentParts, Names } from './document';
import type { Step } from './paths';
import type { Random } from './random';
import type { Told } from './told';
import type { Values } from './values';

type Field = GraphQLField<unknown, unknown>;

/** Where a selection set stands. */
export interface Place {
  /** How many fields may still stand inside one another. */
  depth: number;
  names: Names;
  /** The rest of the way to what is asked. */
  way: readonly Step[];
}

export interface SelectionOptions {
  random: Random;
  coverage: Coverage;
  told: Told;
  values: Values;
  document: DocumentParts;
  /** What is asked at the end of the way besides the field. */
  must: ReadonlySet<Item>;
}

/** Selects what leads to the thing that is asked, and whatever else comes beside it. */
export class Selections {
  constructor(private readonly options: SelectionOptions) {}

  /** The next step of the way. */
  step(type: GraphQLObjectType, { depth, names, way }: Place): string {
    const [{ field }, ...rest] = way;
    const must = rest.length === 0 ? this.options.must : NOTHING;
    return this.field(type, type.getFields()[field], { depth, names, way: rest, must });
  }

  /** A field that has fields of its own, as long as there is room for them. */
  anyObject(type: GraphQLObjectType, place: Omit<Place, 'way'>): string | null {
    const fields = Object.values(type.getFields()).filter(
      (field) => !this.isPlain(field) && this.isWorthIt(type, field),
    );
    if (fields.length === 0 || place.depth < 3) return null;
    return this.field(type, this.seldomAsked(type, fields), { ...place, way: [], must: NOTHING });
  }

  private field(type: GraphQLObjectType, field: Field, place: Place & { must: ReadonlySet<Item> }): string {
    const { coverage, document } = this.options;
    coverage.count(fieldItem(type.name, field.name));
    const args = this.args(type, field, place);
    const name = document.named(field.name, place.names);
    return `${name}${args}${document.directive()}${this.selectionSet(field, place)}`;
  }

  private args(
    type: GraphQLObjectType,
    field: Field,
    { way, must, depth }: { way: readonly Step[]; must: ReadonlySet<Item>; depth: number },
  ): string {
    const { random, coverage, values, document } = this.options;
    const kind = this.kindOf(field, way);
    const given: string[] = [];
    for (const argument of field.args) {
      if (argument.name === 'last' && given.some((text) => text.startsWith('first:')) && random.percent(95)) continue;
      const item = argumentItem(type.name, field.name, argument.name);
      if (!must.has(item) && !isRequiredArgument(argument) && !this.isChosen(argument)) continue;
      coverage.count(item);
      const purpose = { name: argument.name, kind, must, depth };
      const first = values.of(argument.type, purpose);
      const value = first === null && isNonNullType(argument.type) ? values.of(argument.type, purpose) : first;
      given.push(`${argument.name}: ${document.value(String(argument.type), value)}`);
    }
    return given.length > 0 ? `(${given.join(', ')})` : '';
  }

  /** A small page is asked for mostly: lists in lists soon cost more than a query may. */
  private isChosen({ name }: GraphQLArgument): boolean {
    const { random } = this.options;
    if (name === 'first') return random.percent(85);
    return random.percent(name === 'last' || name === 'before' ? 5 : name === 'after' ? 15 : 35);
  }

  /** What the field gives or lists, if that has ids; behind an interface, what is wanted of it. */
  private kindOf(field: Field, way: readonly Step[]): IdKind | undefined {
    const type = getNamedType(field.type);
    const name = isInterfaceType(type) && way[0] ? way[0].type : type.name.replace(/(Connection|Payload)$/, '');
    return name in ID_PREFIXES ? (name as IdKind) : undefined;
  }

  private selectionSet(field: Field, { depth, way }: { depth: number; way: readonly Step[] }): string {
    const type = getNamedType(field.type);
    if (isLeafType(type)) return '';
    const names: Names = new Set();
    const inside = { depth: depth - 1, names, way };
    if (isObjectType(type)) return ` { ${this.inside(type, inside)} }`;
    return ` { ${this.onTypes(type.name, inside)} }`;
  }

  /** Few fields, or nearly all of them. */
  private inside(type: GraphQLObjectType, { depth, names, way }: Place): string {
    const { random, document } = this.options;
    const fields = way.length > 0 ? [this.step(type, { depth, names, way })] : [];
    const plain = Object.values(type.getFields()).filter((field) => this.isPlain(field));
    const share = random.pick([15, 35, 80]);
    for (const field of plain) {
      if (!random.percent(share) || !this.isWorthIt(type, field)) continue;
      fields.push(this.field(type, field, { depth, names, way: [], must: NOTHING }));
    }
    for (let more = random.pick([0, 1, 1, 2, 3]); more > 0; more--) {
      const object = this.anyObject(type, { depth, names });
      if (object) fields.push(object);
    }
    if (fields.length === 0 || random.percent(5)) fields.push(document.named('__typename', names));
    return document.wrapped(type.name, fields.join(' '));
  }

  /** Behind an interface: the type that the way leads through, another one, and what all of them have. */
  private onTypes(name: string, place: Place): string {
    const { random, coverage, document } = this.options;
    const types = objectTypesOf(coverage.schema, coverage.schema.getType(name));
    const wanted = types.find((type) => type.name === place.way[0]?.type) ?? random.pick(types);
    const parts = [`... on ${wanted.name} { ${this.inside(wanted, place)} }`];
    if (random.percent(30)) parts.push(document.named('__typename', place.names));
    const other = random.pick(types);
    if (random.percent(20) && other !== wanted) {
      parts.push(`... on ${other.name} { ${this.inside(other, { ...place, depth: 1, way: [] })} }`);
    }
    return parts.join(' ');
  }

  /** Without arguments or lists inside: a value, an amount, a duration. */
  private isPlain({ type, args }: Field): boolean {
    const named = getNamedType(type);
    if (isLeafType(named)) return true;
    const isOne = !isListType(isNonNullType(type) ? type.ofType : type);
    return isOne && args.length === 0 && isObjectType(named) && isFlat(named);
  }

  /** What was never told may be a leak one day, but rarely leads on to one. */
  private isWorthIt(type: GraphQLObjectType, field: Field): boolean {
    const { random, told } = this.options;
    return !told.isClosed(fieldItem(type.name, field.name)) || random.percent(25);
  }

  private seldomAsked(type: GraphQLObjectType, fields: Field[]): Field {
    const { random, coverage } = this.options;
    const some = random.sample(fields, 3);
    const asked = ({ name }: Field): number => coverage.asked.get(fieldItem(type.name, name)) ?? 0;
    return random.percent(50) ? some[0] : some.sort((a, b) => asked(a) - asked(b))[0];
  }
}

const NOTHING: ReadonlySet<Item> = new Set();

const isFlat = (type: GraphQLObjectType): boolean =>
  Object.values(type.getFields()).every((field) => isLeafType(getNamedType(field.type)));
