import fc from 'fast-check';
import {
  type GraphQLArgument,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';

/** Texts that have broken servers: control characters, half characters, names of Object's own, markup, SQL, length. */
export const hostileText = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('', ' ', '\u0000', 'a\u0000b', '\ud800', '\udc00x', '\u200b', '\u202eevil') },
  { weight: 3, arbitrary: fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty', 'null', 'NaN') },
  { weight: 3, arbitrary: fc.constantFrom("'; drop table project; --", '%', '_', '\\', '$1', '{{7*7}}', '<script>') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('x'.repeat(10_001), '😀'.repeat(300), 'e\u0301'.repeat(200), '\n'.repeat(5000)),
  },
  { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 2, arbitrary: fc.string({ maxLength: 10 }) },
);

const hostileNumber = fc.constantFrom(0, -1, 1, 3600, 86_400, 2 ** 31 - 1, -(2 ** 31), 2 ** 53, 1e308, 1.5, 0.1);

/** Ids that exist, to be named where an id is wanted; by the start of what asks for them: `project` of `projectId`. */
export type Known = Record<string, readonly string[]>;

/** Variables for these arguments: of the right shape, so that they come as far as they can, with hostile leaves. */
export const hostileArguments = (args: readonly GraphQLArgument[], known: Known): fc.Arbitrary<object> =>
  fc.record(Object.fromEntries(args.map((arg) => [arg.name, hostileValue(arg, arg.type, known)])));

interface Place {
  name: string;
  depth?: number;
}

function hostileValue({ name, depth = 0 }: Place, type: GraphQLInputType, known: Known): fc.Arbitrary<unknown> {
  if (isNonNullType(type)) return hostileValue({ name, depth }, type.ofType, known);
  if (isListType(type)) return fc.array(hostileValue({ name, depth }, type.ofType, known), { maxLength: 3 });
  if (isEnumType(type)) return fc.constantFrom(...type.getValues().map((value) => value.name));
  if (type.name === 'ID') return hostileId(name, known);
  if (name === 'expectedVersion') return fc.constantFrom(null, null, null, 1, -1);
  if (!isInputObjectType(type)) return leaf(name, type.name);
  const fields = Object.values(type.getFields()).filter((field) => depth < 3 || isNonNullType(field.type));
  const required = fields.filter((field) => isNonNullType(field.type)).map((field) => field.name);
  const values: Record<string, fc.Arbitrary<unknown>> = {};
  for (const field of fields)
    values[field.name] = hostileValue({ name: field.name, depth: depth + 1 }, field.type, known);
  return fc.record(values, { requiredKeys: required });
}

function hostileId(name: string, known: Known): fc.Arbitrary<string> {
  const kind = Object.keys(known).find((key) => name.toLowerCase().startsWith(key.toLowerCase()));
  const any = fc.constantFrom(...Object.values(known).flat());
  const fitting = kind ? fc.constantFrom(...(known[kind] ?? [])) : any;
  return fc.oneof(
    { weight: 12, arbitrary: fitting },
    { weight: 1, arbitrary: any },
    { weight: 1, arbitrary: hostileText },
  );
}

/** Mostly something harmless, so that the one hostile value among them is looked at. */
function leaf(name: string, type: string): fc.Arbitrary<unknown> {
  const [harmless, hostile] = LEAVES[type] ?? [TEXTS[name] ?? 'Fine', hostileText];
  return fc.oneof({ weight: 4, arbitrary: fc.constant(harmless) }, { weight: 1, arbitrary: hostile });
}

const TEXTS: Record<string, string> = {
  email: 'new@example.com',
  confirm: 'CONVERT',
  timezone: 'Europe/Oslo',
  password: 'correct horse battery',
  colour: '#112233',
  logoUrl: 'https://example.com/logo.png',
  avatarUrl: 'https://example.com/me.png',
};

const dates = ['2026-02-30', '0001-01-01', '9999-12-31', '2026-03-01', 'today', '\u0000'];
const moments = ['9999-12-31T23:59:59Z', '-000001-01-01T00:00:00Z', '2026-02-30T25:00:00Z', 'now'];
const decimals = ['0', '-1', '9999999999999999999', '0.0001', '1e5', '92233720368547758.07', '12,50'];

const LEAVES: Record<string, [harmless: unknown, hostile: fc.Arbitrary<unknown>]> = {
  Int: [1, hostileNumber],
  Float: [10, hostileNumber],
  SafeInt: [3600, hostileNumber],
  Boolean: [true, fc.boolean()],
  Date: ['2026-03-16', fc.constantFrom(...dates)],
  DateTime: ['2026-12-31T10:00:00Z', fc.constantFrom(...moments)],
  Decimal: ['12.50', fc.constantFrom(...decimals)],
  CurrencyCode: ['EUR', fc.constantFrom('JPY', 'KWD', 'XXX', 'eur', '')],
};
