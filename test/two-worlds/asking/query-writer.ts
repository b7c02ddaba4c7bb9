import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLObjectType,
  getNamedType,
  isInterfaceType,
  isLeafType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';
import { ID_PREFIXES, type IdKind } from '../../../src/platform/ids';
import type { Question } from '../running-world';
import { argumentItem, type Coverage, fieldItem, type Item, objectTypesOf, type Place } from './coverage';
import { Paths, type Step } from './paths';
import type { Pools } from './pools';
import type { Random } from './random';
import { asVariable, type Purpose, printed, type Value, Values } from './values';

/** Fields inside one another, at most. */
const DEPTH = 7;

export interface WriterOptions {
  random: Random;
  pools: Pools;
  coverage: Coverage;
  /** In percent. */
  mutations: number;
}

type Kind = 'query' | 'mutation';

/** The names of one selection set, under which nothing may stand twice. */
type Scope = Set<string>;

/**
 * Writes queries nobody would think of. Each one has a thing to ask, taken from what was asked least so far, and
 * around it whatever comes.
 */
export class QueryWriter {
  private readonly queries: Paths;
  private readonly changes: Paths | null;
  private readonly items: Record<Kind, Item[]>;
  private readonly values: Values;
  private variables: { declared: string; name: string; value: unknown }[] = [];
  private fragments: string[] = [];
  private names = 0;
  private must: ReadonlySet<Item> = new Set();
  private directives = 0;

  constructor(private readonly options: WriterOptions) {
    const { random, pools, coverage } = options;
    const { schema } = coverage;
    this.values = new Values(random, pools, coverage);
    this.queries = new Paths(schema, 'Query');
    this.changes = schema.getMutationType() ? new Paths(schema, 'Mutation') : null;
    const items = [...coverage.places.keys()];
    const fits = (paths: Paths) => items.filter((item) => this.placesOn(paths, item).length > 0);
    const query = fits(this.queries);
    this.items = { query, mutation: this.changes ? fits(this.changes).filter((item) => !query.includes(item)) : [] };
  }

  next(): Question {
    const { random } = this.options;
    const isChange = this.items.mutation.length > 0 && random.percent(this.options.mutations);
    return this.about(this.leastAsked(isChange ? 'mutation' : 'query'));
  }

  /** A query that asks this thing, and more. */
  about(item: Item): Question {
    const { random } = this.options;
    const kind = this.items.mutation.includes(item) ? 'mutation' : 'query';
    this.variables = [];
    this.fragments = [];
    this.names = 0;
    this.directives = 0;
    const place = random.pick(this.placesOn(this.pathsOf(kind), item));
    this.must = new Set(place.with);
    const scope: Scope = new Set();
    const root = kind === 'query' ? 'Query' : 'Mutation';
    const fields = [this.step(root, this.pathTo(kind, place), { depth: DEPTH, scope })];
    while (kind === 'query' && random.percent(25) && fields.length < 4) {
      fields.push(this.randomField(this.objectType(root), { depth: 4, scope }));
    }
    const head = this.variables.length > 0 ? `(${this.variables.map((v) => v.declared).join(', ')})` : '';
    const query = [`${kind} ${head} { ${fields.join(' ')} }`, ...this.fragments].join('\n');
    return { query, variables: Object.fromEntries(this.variables.map((v) => [v.name, v.value])) };
  }

  private placesOn(paths: Paths, item: Item): Place[] {
    return this.options.coverage.places.get(item)!.filter((place) => paths.leadTo(place.type));
  }

  private leastAsked(kind: Kind): Item {
    const { random, coverage } = this.options;
    const some = random.sample(this.items[kind], 12);
    return some.sort((a, b) => coverage.asked.get(a)! - coverage.asked.get(b)!)[0];
  }

  private pathsOf(kind: Kind): Paths {
    return kind === 'query' ? this.queries : this.changes!;
  }

  private pathTo(kind: Kind, { type, field }: Place): Step[] {
    const paths = this.pathsOf(kind);
    const before = paths.to(type, DEPTH - 1, this.options.random) ?? paths.to(type, 12, this.options.random)!;
    return [...before, { type, field }];
  }

  private objectType(name: string): GraphQLObjectType {
    return this.options.coverage.schema.getType(name) as GraphQLObjectType;
  }

  /** The way to what is asked: the next step of it, and what else comes beside it. */
  private step(typeName: string, path: Step[], at: { depth: number; scope: Scope }): string {
    const [step, ...rest] = path;
    const field = this.objectType(typeName).getFields()[step.field];
    return this.field(typeName, field, { ...at, rest, isWay: true });
  }

  private randomField(type: GraphQLObjectType, at: { depth: number; scope: Scope }): string {
    const { random, coverage } = this.options;
    const fields = Object.values(type.getFields()).filter(
      (field) => isLeafType(getNamedType(field.type)) || (at.depth > 2 && random.percent(20)),
    );
    if (fields.length === 0) return this.typename(at.scope);
    const some = random.sample(fields, 3);
    const asked = (field: GraphQLField<unknown, unknown>) => coverage.asked.get(fieldItem(type.name, field.name)) ?? 0;
    const [field] = random.percent(50) ? some : some.sort((a, b) => asked(a) - asked(b));
    return this.field(type.name, field, { ...at, rest: [], isWay: false });
  }

  private typename(scope: Scope): string {
    const name = this.freeName('__typename', scope, false);
    return name === '__typename' ? name : `${name}: __typename`;
  }

  private field(
    type: string,
    field: GraphQLField<unknown, unknown>,
    at: { depth: number; scope: Scope; rest: Step[]; isWay: boolean },
  ): string {
    this.options.coverage.count(fieldItem(type, field.name));
    const isTarget = at.rest.length === 0;
    const kind = this.kindOf(field, at.rest);
    const args = this.args(type, field, { kind, must: isTarget && at.isWay ? this.must : new Set() });
    const name = this.freeName(field.name, at.scope, args !== '' && !isTarget);
    const alias = name === field.name ? '' : `${name}: `;
    return `${alias}${field.name}${args}${this.directive()}${this.selections(field, at)}`;
  }

  /** Under its own name where that is free, else under another; sometimes under another all the same. */
  private freeName(name: string, scope: Scope, isLikely: boolean): string {
    const isTaken = scope.has(name);
    const chosen = isTaken || this.options.random.percent(isLikely ? 25 : 6) ? `a${this.names++}` : name;
    scope.add(chosen);
    return chosen;
  }

  private args(type: string, field: GraphQLField<unknown, unknown>, of: Omit<Purpose, 'name'>): string {
    const { random, coverage } = this.options;
    const { must } = of;
    const given: string[] = [];
    for (const argument of field.args) {
      const item = argumentItem(type, field.name, argument.name);
      if (!must.has(item) && !isRequiredArgument(argument) && !this.isChosen(argument)) continue;
      coverage.count(item);
      const purpose = { ...of, name: argument.name };
      const first = this.values.of(argument.type, purpose);
      const value = first === null && isNonNullType(argument.type) ? this.values.of(argument.type, purpose) : first;
      given.push(`${argument.name}: ${random.percent(30) ? this.variable(argument, value) : printed(value)}`);
    }
    return given.length > 0 ? `(${given.join(', ')})` : '';
  }

  /** A small page is asked for mostly: lists in lists soon cost more than a query may. */
  private isChosen({ name }: GraphQLArgument): boolean {
    return this.options.random.percent(name === 'first' ? 75 : name === 'last' || name === 'before' ? 6 : 30);
  }

  private variable(argument: GraphQLArgument, value: Value): string {
    const name = `v${this.variables.length}`;
    this.variables.push({ name, declared: `$${name}: ${argument.type}`, value: asVariable(value) });
    return `$${name}`;
  }

  /** What the field gives or lists, if that has ids; behind an interface, what is wanted of it. */
  private kindOf(field: GraphQLField<unknown, unknown>, rest: Step[]): IdKind | undefined {
    const type = getNamedType(field.type);
    const name = isInterfaceType(type) && rest[0] ? rest[0].type : type.name.replace(/(Connection|Payload)$/, '');
    return name in ID_PREFIXES ? (name as IdKind) : undefined;
  }

  private directive(): string {
    const { random } = this.options;
    if (this.directives >= 6 || !random.percent(5)) return '';
    this.directives++;
    const [directive, value] = random.pick([
      ['include', true],
      ['skip', false],
      ['include', false],
    ] as const);
    if (random.percent(50)) return ` @${directive}(if: ${value})`;
    const name = `v${this.variables.length}`;
    this.variables.push({ name, declared: `$${name}: Boolean!`, value });
    return ` @${directive}(if: $${name})`;
  }

  private selections(field: GraphQLField<unknown, unknown>, { depth, rest }: { depth: number; rest: Step[] }): string {
    const type = getNamedType(field.type);
    if (isLeafType(type)) return '';
    const scope: Scope = new Set();
    if (isInterfaceType(type)) return ` { ${this.onTypes(type.name, { depth, rest, scope })} }`;
    if (!isObjectType(type)) return ' { __typename }';
    return ` { ${this.inside(type, { depth: depth - 1, rest, scope })} }`;
  }

  private inside(
    type: GraphQLObjectType,
    { depth, rest, scope }: { depth: number; rest: Step[]; scope: Scope },
  ): string {
    const { random } = this.options;
    const fields = rest.length > 0 ? [this.step(type.name, rest, { depth, scope })] : [];
    for (let more = random.below(depth > 3 ? 5 : 4); more > 0 || fields.length === 0; more--) {
      fields.push(random.percent(4) ? this.typename(scope) : this.randomField(type, { depth, scope }));
    }
    const chance = random.below(100);
    if (chance < 8) return `... on ${type.name}${this.directive()} { ${fields.join(' ')} }`;
    if (chance < 16) {
      const name = `F${this.fragments.length}`;
      this.fragments.push(`fragment ${name} on ${type.name} { ${fields.join(' ')} }`);
      return `...${name}`;
    }
    return fields.join(' ');
  }

  /** Behind an interface: the type that the way leads through, another one, and what all of them have. */
  private onTypes(name: string, { depth, rest, scope }: { depth: number; rest: Step[]; scope: Scope }): string {
    const { random, coverage } = this.options;
    const types = objectTypesOf(coverage.schema, coverage.schema.getType(name));
    const wanted = rest.length > 0 ? this.objectType(rest[0].type) : random.pick(types);
    const parts = [`... on ${wanted.name} { ${this.inside(wanted, { depth: depth - 1, rest, scope })} }`];
    if (random.percent(30)) parts.push('__typename');
    const other = random.pick(types);
    if (random.percent(25) && other !== wanted) {
      parts.push(`... on ${other.name} { ${this.inside(other, { depth: 1, rest: [], scope })} }`);
    }
    return parts.join(' ');
  }
}
