import {
  type GraphQLEnumType,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
} from 'graphql';
import { ID_PREFIXES, type IdKind } from '../../../src/platform/ids';
import { type Coverage, fieldItem, type Item } from './coverage';
import type { Pools } from './pools';
import type { Random } from './random';

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
}

/** Makes up values: mostly such as mean something in one of the worlds. */
export class Values {
  constructor(
    private readonly random: Random,
    private readonly pools: Pools,
    private readonly coverage: Coverage,
  ) {}

  of(type: GraphQLInputType, purpose: Purpose): Value {
    if (isNonNullType(type)) return this.of(type.ofType, purpose);
    if (this.random.percent(3)) return null;
    if (isListType(type)) {
      const length = this.random.pick([0, 1, 1, 1, 2, 3]);
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
    const generous = this.random.pick([10, 35, 70]);
    for (const field of Object.values(type.getFields())) {
      const item = fieldItem(type.name, field.name);
      const isMust = purpose.must.has(item);
      if (!isMust && !isRequiredInputField(field) && !this.random.percent(generous)) continue;
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
        return pools.id(kindNamed(name) ?? kind, random);
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

  private integer({ name, depth }: Purpose): number {
    const { random } = this;
    if (name === 'first' || name === 'last') {
      if (random.percent(4)) return random.pick([0, -1, 100, 101]);
      return random.pick(depth > 5 ? [2, 6, 25] : [1, 2, 4]);
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
