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
    const [{ field: name }, ...rest] = way;
    const field = type.getFields()[name];
    if (rest.length > 0) return this.field(type, field, { depth, names, way: rest, must: NOTHING });
    const place = { names, way: [], must: this.options.must };
    const again = Array.from({ length: this.timesMore(type, field) }, () =>
      this.field(type, field, { ...place, depth: Math.min(depth, 4) }),
    );
    return [this.field(type, field, { ...place, depth }), ...again].join(' ');
  }

  /** With other arguments it may say more. A change is asked once: what is done cannot be told from what is refused. */
  private timesMore(type: GraphQLObjectType, { args }: Field): number {
    const isChange = type === this.options.coverage.schema.getMutationType();
    return args.length > 0 && !isChange ? this.options.random.pick([0, 0, 1, 2, 3]) : 0;
  }

  /** A field that has fields of its own, as long as there is room for them. */
  anyObject(type: GraphQLObjectType, place: Omit<Place, 'way'>): string | null {
    const fields = Object.values(type.getFields()).filter(
      (field) => !this.isPlain(field) && this.isWorthIt(type, field),
    );
    if (fields.length === 0 || place.depth < 3) return null;
    return this.field(type, this.seldomAsked(type, fields), { ...place, way: [], must: NOTHING });
  }

  /** Something looked up by its id, of whatever kind. */
  lookUp(root: GraphQLObjectType, place: Omit<Place, 'way'>): string {
    const { random } = this.options;
    const lookUps = Object.values(root.getFields()).filter(({ args }) => args.some(isIdArgument));
    const ofAnyKind = lookUps.filter(({ type }) => isInterfaceType(getNamedType(type)));
    const field = random.pick(random.percent(50) ? ofAnyKind : lookUps);
    return this.field(root, field, { ...place, way: [], must: NOTHING });
  }

  private field(type: GraphQLObjectType, field: Field, place: Place & { must: ReadonlySet<Item> }): string {
    const { coverage, document } = this.options;
    coverage.count(fieldItem(type.name, field.name));
    const wanted = this.wantedOf(field, place.way);
    const args = this.args(type, field, { ...place, wanted });
    const name = document.named(field.name, place.names);
    return `${name}${args}${document.directive()}${this.selectionSet(field, { ...place, wanted })}`;
  }

  /** What a field gives; behind an interface the type that the way leads through, or any. */
  private wantedOf(field: Field, way: readonly Step[]): GraphQLObjectType | null {
    const { random, coverage } = this.options;
    const type = getNamedType(field.type);
    if (!isInterfaceType(type)) return isObjectType(type) ? type : null;
    const types = objectTypesOf(coverage.schema, type);
    return types.find((candidate) => candidate.name === way[0]?.type) ?? random.pick(types);
  }

  private args(
    type: GraphQLObjectType,
    field: Field,
    { wanted, must, depth, way }: Omit<Place, 'names'> & { wanted: GraphQLObjectType | null; must: ReadonlySet<Item> },
  ): string {
    const { random, coverage, told, values, document } = this.options;
    const leadsTo = way.map((step) => fieldItem(step.type, step.field)).reverse();
    const kind = kindOf(wanted);
    const given: string[] = [];
    for (const argument of field.args) {
      if (argument.name === 'last' && given.some((text) => text.startsWith('first:')) && random.percent(95)) continue;
      const item = argumentItem(type.name, field.name, argument.name);
      const isChosen = this.isChosen(argument, way) && (!told.isClosed(item) || random.percent(10));
      if (!must.has(item) && !isRequiredArgument(argument) && !isChosen) continue;
      coverage.count(item);
      const purpose = { name: argument.name, kind, must, depth, leadsTo };
      const first = values.of(argument.type, purpose);
      const value = first === null && isNonNullType(argument.type) ? values.of(argument.type, purpose) : first;
      given.push(`${argument.name}: ${document.value(String(argument.type), value)}`);
    }
    return given.length > 0 ? `(${given.join(', ')})` : '';
  }

  /** A small page is asked for mostly: lists in lists soon cost more than a query may. On the way, little is left out. */
  private isChosen({ name }: GraphQLArgument, way: readonly Step[]): boolean {
    const { random } = this.options;
    if (name === 'first') return random.percent(85);
    if (way.length > 0) return random.percent(name === 'sort' ? 30 : 8);
    return random.percent(name === 'last' || name === 'before' ? 4 : name === 'after' ? 10 : 50);
  }

  private selectionSet(
    field: Field,
    { depth, way, wanted }: { depth: number; way: readonly Step[]; wanted: GraphQLObjectType | null },
  ): string {
    if (!wanted) return '';
    const inside = { depth: depth - 1, names: new Set<string>(), way };
    if (isObjectType(getNamedType(field.type))) return ` { ${this.inside(wanted, inside)} }`;
    return ` { ${this.onTypes(field, { ...inside, wanted })} }`;
  }

  /** Few fields, or nearly all of them, and the id, by which one learns what else to ask. */
  private inside(type: GraphQLObjectType, { depth, names, way }: Place): string {
    const { random, document } = this.options;
    const fields = way.length > 0 ? [this.step(type, { depth, names, way })] : [];
    const plain = Object.values(type.getFields()).filter((field) => this.isPlain(field));
    const share = random.pick([20, 50, 90]);
    for (const field of plain) {
      if (field.name !== 'id' && (!random.percent(share) || !this.isWorthIt(type, field))) continue;
      fields.push(this.field(type, field, { depth, names, way: [], must: NOTHING }));
    }
    for (let more = random.pick(this.objectsOf(type)); more > 0; more--) {
      const object = this.anyObject(type, { depth, names });
      if (object) fields.push(object);
    }
    if (fields.length === 0 || random.percent(5)) fields.push(document.named('__typename', names));
    return document.wrapped(type.name, fields.join(' '));
  }

  /** Behind an interface: the type that is wanted, sometimes another one, and what all of them have. */
  private onTypes(field: Field, { wanted, ...place }: Place & { wanted: GraphQLObjectType }): string {
    const { random, coverage, document } = this.options;
    const parts = [`... on ${wanted.name} { ${this.inside(wanted, place)} }`];
    if (random.percent(30)) parts.push(document.named('__typename', place.names));
    const other = random.pick(objectTypesOf(coverage.schema, getNamedType(field.type)));
    if (random.percent(15) && other !== wanted) {
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

  /** How many objects to go on into: of a list its things, of a project much, since most of it hangs there. */
  private objectsOf(type: GraphQLObjectType): number[] {
    if (/(Connection|Edge)$/.test(type.name)) return [1, 1, 1, 2];
    return this.isHub(type) ? [2, 3, 5] : [0, 1, 1, 2];
  }

  /** A project has many things in it, and most of what is hidden hangs on them. */
  private isHub(type: GraphQLObjectType): boolean {
    return Object.values(type.getFields()).filter((field) => !this.isPlain(field)).length > 8;
  }

  private leadsToHub({ type }: Field): boolean {
    const { schema } = this.options.coverage;
    const named = schema.getType(getNamedType(type).name.replace(/Connection$/, ''));
    return isObjectType(named) && this.isHub(named);
  }

  private seldomAsked(type: GraphQLObjectType, fields: Field[]): Field {
    const { random, coverage } = this.options;
    const likely = fields.flatMap((field) => (this.leadsToHub(field) ? Array<Field>(5).fill(field) : [field]));
    const some = random.sample(likely, 3);
    const asked = ({ name }: Field): number => coverage.asked.get(fieldItem(type.name, name)) ?? 0;
    return random.percent(50) ? some[0] : some.sort((a, b) => asked(a) - asked(b))[0];
  }
}

const isIdArgument = ({ type }: GraphQLArgument): boolean => getNamedType(type).name === 'ID';

const NOTHING: ReadonlySet<Item> = new Set();

/** The kind of things with ids that a field gives or lists. */
function kindOf(type: GraphQLObjectType | null): IdKind | undefined {
  const name = type?.name.replace(/(Connection|Payload)$/, '') ?? '';
  return name in ID_PREFIXES ? (name as IdKind) : undefined;
}

const flat = new WeakMap<GraphQLObjectType, boolean>();

/** Asked of every type again and again, and always the same. */
function isFlat(type: GraphQLObjectType): boolean {
  let known = flat.get(type);
  if (known === undefined) {
    known = Object.values(type.getFields()).every((field) => isLeafType(getNamedType(field.type)));
    flat.set(type, known);
  }
  return known;
}
