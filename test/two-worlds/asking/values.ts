import {
  type GraphQLEnumType,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
} from 'graphql';
import { ID_PREFIXES, type IdKind } from '../../../src/platform/ids';
import { type Coverage, fieldItem, type Item, isOpen } from './coverage';
import type { Pools } from './pools';
import type { Random } from './random';
import type { Told } from './told';

/** A value of GraphQL: enum values are told from strings. */
export type Value = null | string | number | boolean | EnumValue | Value[] | { [field: string]: Value };

export class EnumValue {
  constructor(readonly name: string) {}
}

/** What a value is for. */
export interface Purpose {
  /** The argument or field that takes it. */
  name: string;
  /** What the field of the query gives, or leads to: an id without another name is one of these. */
  kind: IdKind | undefined;
  /** How many fields may still stand inside one another. */
  depth: number;
  /** What has to be in it. */
  must: ReadonlySet<Item>;
  /** What is asked of the things it leads to, the last first: they should be such as have an answer. */
  leadsTo: readonly Item[];
}

/** Makes up values: mostly such as mean something in one of the worlds. */
export class Values {
  constructor(
    private readonly random: Random,
    private readonly pools: Pools,
    private readonly coverage: Coverage,
    private readonly told: Told,
  ) {}

  of(type: GraphQLInputType, purpose: Purpose): Value {
    if (isNonNullType(type)) return this.of(type.ofType, purpose);
    if (this.random.percent(3)) return null;
    if (isListType(type)) {
      const length = this.random.pick(type.ofType.toString().startsWith('ID') ? [1, 3, 5, 8] : [0, 1, 1, 2, 3]);
      return Array.from({ length: purpose.must.size > 0 ? Math.max(1, length) : length }, () =>
        this.required(type.ofType, purpose),
      );
    }
    if (isEnumType(type)) return this.enumValue(type, purpose);
    if (isInputObjectType(type)) return this.object(type, purpose);
    return this.scalar(type.name, purpose);
  }

  private required(type: GraphQLInputType, purpose: Purpose): Value {
    const value = this.of(type, purpose);
    return value === null ? this.required(type, purpose) : value;
  }

  private enumValue(type: GraphQLEnumType, { must }: Purpose): EnumValue {
    const names = type.getValues().map((value) => value.name);
    const name = names.find((candidate) => must.has(fieldItem(type.name, candidate))) ?? this.random.pick(names);
    this.coverage.count(fieldItem(type.name, name));
    return new EnumValue(name);
  }

  private object(type: GraphQLInputObjectType, purpose: Purpose): Value {
    const out: Record<string, Value> = {};
    const generous = this.random.pick([0, 0, 25, 60]);
    const only = generous === 0 && purpose.must.size < 2 ? this.random.pick(likely(type)) : null;
    for (const field of Object.values(type.getFields())) {
      const item = fieldItem(type.name, field.name);
      const isMust = purpose.must.has(item);
      const isAsked = isMust || isRequiredInputField(field) || field === only;
      if (!isAsked && !this.random.percent(this.told.isClosed(item) ? 5 : generous)) continue;
      const inner = { ...purpose, name: field.name };
      out[field.name] =
        isMust || isNonNullType(field.type) ? this.required(field.type, inner) : this.of(field.type, inner);
      this.coverage.count(item);
    }
    return out;
  }

  private scalar(type: string, purpose: Purpose): Value {
    const { random, pools } = this;
    const { name, kind } = purpose;
    switch (type) {
      case 'ID':
        return this.id(kindNamed(name) ?? kind, purpose);
      case 'Int':
      case 'SafeInt':
        return this.integer(purpose);
      case 'Float':
        return random.pick([0, 0.5, 12.5, 100, -1]);
      case 'Boolean':
        return random.percent(50);
      case 'Date':
        return this.date(name);
      case 'DateTime':
        return `${pools.date(random)}T10:00:00Z`;
      case 'Decimal':
        return (pools.number(random) / 100).toFixed(2);
      case 'CurrencyCode':
        return random.pick(['EUR', 'EUR', 'USD', 'NOK', 'XXX']);
      case 'EmailAddress':
        return pools.email(random);
      case 'URL':
        return 'https://logo.test/new.png';
      default:
        return this.string(name, kind);
    }
  }

  /** On the way to something: of a thing that was seen to have it. */
  private id(kind: IdKind | undefined, { leadsTo }: Purpose): string {
    const { random, pools, told } = this;
    if (leadsTo.length === 0 || kind === undefined) return pools.id(kind, random);
    for (const item of random.percent(70) ? leadsTo : []) {
      const ids = told.idsFor(item, ID_PREFIXES[kind]);
      if (ids.length > 0) return random.pick(ids);
    }
    return pools.id(kind, random, 80);
  }

  private integer({ name, depth }: Purpose): number {
    const { random } = this;
    if (name === 'first' || name === 'last') {
      if (random.percent(1)) return random.pick([0, -1, 100, 101]);
      return random.pick(depth > 5 ? [2, 5, 25, 25] : [1, 2, 3, 5, 10]);
    }
    if (name === 'expectedVersion') return random.pick([1, 1, 1, 2, 7]);
    return random.pick([0, 1, 15, 60, 600, 3600, 86_401, -1, this.pools.number(random)]);
  }

  /** Mostly so that a range has an end after its beginning. */
  private date(name: string): string {
    const [one, other] = [this.pools.date(this.random), this.pools.date(this.random)].sort();
    return name === 'to' ? other : one;
  }

  private string(name: string, kind: IdKind | undefined): string {
    const { random, pools } = this;
    if (name === 'after' || name === 'before') return pools.cursor(kind, random);
    if (/email/i.test(name)) return pools.email(random);
    if (/token/i.test(name)) return random.pick(['', 'no such link', 'x'.repeat(43)]);
    if (/password/i.test(name)) return random.pick(['portal-demo', 'short', 'a password that fits']);
    if (name === 'timezone') return random.pick(['Europe/Oslo', 'Mars/Olympus']);
    if (name === 'locale') return 'en';
    if (name === 'confirm') return 'CONVERT';
    if (/colour/i.test(name)) return '#123456';
    return /name|title|code|number|slug/i.test(name) ? pools.name(random) : pools.text(random);
  }
}

/** `projectId` names a Project, `assigneeId` a Person. */
function kindNamed(name: string): IdKind | undefined {
  const match = /^(\w+?)Ids?$/.exec(name);
  if (!match) return undefined;
  const kind = match[1][0].toUpperCase() + match[1].slice(1);
  if (kind in ID_PREFIXES) return kind as IdKind;
  const known = (Object.keys(ID_PREFIXES) as IdKind[]).find((candidate) => kind.endsWith(candidate));
  return (known ?? PERSONS.find((person) => kind.endsWith(person))) ? (known ?? 'Person') : undefined;
}

/** The fields of an input, those that can be asked much with more than once. */
const likely = (type: GraphQLInputObjectType): GraphQLInputField[] =>
  Object.values(type.getFields()).flatMap((field) => (isOpen(field.type) ? [field, field, field] : [field]));

const PERSONS = ['Assignee', 'Member', 'Membership', 'Author', 'Contractor'];

/** As it is written into a document. */
export function printed(value: Value): string {
  if (value instanceof EnumValue) return value.name;
  if (Array.isArray(value)) return `[${value.map(printed).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value)
      .map(([key, inner]) => `${key}: ${printed(inner)}`)
      .join(', ')}}`;
  }
  return JSON.stringify(value);
}

/** As it is sent beside a document. */
export function asVariable(value: Value): unknown {
  if (value instanceof EnumValue) return value.name;
  if (Array.isArray(value)) return value.map(asVariable);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, asVariable(inner)]));
}
