import fc from 'fast-check';
import { buildSchema, type DocumentNode, Kind, parse, visit } from 'graphql';
import { checkVariables, defaultLimits, gate, type Limits, parseWithin } from '../../src/api/limits';
import { PorticoError } from '../../src/platform/errors';
import { wrapped } from '../support/too-complex';

const schema = buildSchema(`
  type Query { a: A projects(first: Int, last: Int): ProjectConnection! nodes(ids: [ID!]!): [A]! }
  type Mutation { signIn: A }
  type A { id: ID! name: String a: A list: [A!]! projects(first: Int): ProjectConnection! query: Query }
  type ProjectConnection { edges: [Edge!]! nodes: [A!]! totalCount: Int! }
  type Edge { node: A! }
`);

const unlimited: Limits = {
  ...defaultLimits,
  ...Object.fromEntries(
    Object.entries(defaultLimits)
      .filter(([name, value]) => typeof value === 'number' && !/size|nesting/i.test(name))
      .map(([name]) => [name, Number.MAX_SAFE_INTEGER]),
  ),
};

/** Nobody should set `nesting` so high; then the parser's own stack ends. */
const deepest: Limits = { ...unlimited, nesting: 1_000_000 };

const run = (source: string, limits = defaultLimits) => gate({ schema, document: parseWithin(source, limits), limits });

/** The refusal, and the best of three times that the processor worked, so that a busy machine fails nobody. */
function attack(attempt: () => unknown): { reason: unknown; milliseconds: number } {
  const tries = [1, 2, 3].map(() => {
    const start = process.cpuUsage();
    const worked = () => process.cpuUsage(start).user / 1000;
    try {
      attempt();
      return { reason: 'passes', milliseconds: worked() };
    } catch (error) {
      if (!(error instanceof PorticoError)) throw error;
      return { reason: error.extensions.reason, milliseconds: worked() };
    }
  });
  return { reason: tries[0]?.reason, milliseconds: Math.min(...tries.map((one) => one.milliseconds)) };
}

/** Each fragment spreads the next twice: `levels` fragments are 2^levels selections. */
const spreadBomb = (levels: number): string =>
  [
    '{ ...F0 }',
    ...Array.from({ length: levels }, (_, i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`),
    `fragment F${levels} on Query { __typename }`,
  ].join('\n');

/** The same with a field between, so that the answer itself doubles at each level. */
const fieldBomb = (levels: number): string =>
  [
    '{ a { ...F0 } }',
    ...Array.from({ length: levels }, (_, i) => `fragment F${i} on A { x: a { ...F${i + 1} } y: a { ...F${i + 1} } }`),
    `fragment F${levels} on A { id }`,
  ].join('\n');

const array = (levels: number): unknown => {
  let value: unknown = [];
  for (let level = 1; level < levels; level += 1) value = [value];
  return value;
};
const chain = (count: number): string =>
  `{ ...F0 } ${Array.from({ length: count }, (_, i) => `fragment F${i} on Query { ...F${i + 1} }`).join(' ')}`;
const aliases = Array.from({ length: 4_000 }, (_, i) => `a${i}: __typename`).join(' ');

describe('an attacker gets a quick no', () => {
  it.each<[string, string, () => unknown]>([
    ['2^16 spreads', 'selections', () => run(spreadBomb(16))],
    ['2^22 spreads', 'selections', () => run(spreadBomb(22))],
    [
      '2^22 spreads, parsed without a limit',
      'selections',
      () => run(spreadBomb(22), { ...unlimited, selections: 5_000 }),
    ],
    ['2^140 spreads, a sum beyond what a number holds', 'selections', () => run(spreadBomb(140))],
    ['2^12 fields by fragments', 'selections', () => run(fieldBomb(12))],
    ['2^22 fields by fragments', 'depth', () => run(fieldBomb(22))],
    ['a fragment that spreads itself', 'depth', () => run('{ ...F } fragment F on Query { ...F }')],
    ['a fragment inside itself', 'depth', () => run('{ a { ...F } } fragment F on A { id a { ...F ...F } }')],
    [
      'fragments in a ring',
      'depth',
      () => run('{ ...F } fragment F on Query { ...G } fragment G on Query { a { id } ...F }'),
    ],
    ['a ring nobody enters', 'depth', () => run('{ a { id } } fragment F on A { ...G } fragment G on A { ...F }')],
    ['a chain of 20,000 fragments', 'depth', () => gateOnly(longChain)],
    ['lists 22 deep', 'depth', () => run(`{ a { ${wrapped(22, 'list {', 'id', '}')} } }`)],
    ['lists 7 deep', 'cost', () => run(`{ a { ${wrapped(7, 'list {', 'id', '}')} } }`)],
    ['4,000 aliases', 'tokens', () => run(`{ ${aliases} }`)],
    ['4,000 aliases, parsed without a limit', 'aliases', () => run(`{ ${aliases} }`, { ...unlimited, aliases: 30 })],
    ['500 repeated fields', 'selections', () => run(`{ ${'a { id } '.repeat(400)} }`)],
    ['500 repeated fields below the root', 'selections', () => run(`{ a { ${'id '.repeat(500)} } }`)],
    [
      '500 root fields in fragments',
      'rootFields',
      () => run(`{ ${'...F '.repeat(500)} } fragment F on Query { __typename }`),
    ],
    ['20,000 directives', 'tokens', () => run(`{ a ${'@a '.repeat(20_000)} { id } }`)],
    ['600 directives', 'directives', () => run(`{ a ${'@a '.repeat(600)} { id } }`)],
    [
      '20 inline fragments 20 times, each 5 wide',
      'tokens',
      () => run(`{ ${`... on Query { ${'... on Query { a { id } } '.repeat(20)} } `.repeat(20)} }`),
    ],
    ['20 x 20 inline fragments', 'rootFields', () => run(`{ ${`...{ ${'...{__typename}'.repeat(20)} }`.repeat(20)} }`)],
    ['600 inline fragments in one another', 'depth', () => run(wrapped(600, '{...', '{a{id}}', '}'))],
    ['a literal 20,000 deep', 'depth', () => run(`{ nodes(ids: ${wrapped(20_000, '[', '', ']')}) { id } }`)],
    [
      'a literal 20,000 deep, parsed without a limit',
      'depth',
      () => run(`{ nodes(ids: ${wrapped(20_000, '[', '', ']')}) { id } }`, deepest),
    ],
    [
      'an object 20,000 deep, parsed without a limit',
      'depth',
      () => run(`{ nodes(ids: ${wrapped(20_000, '{a:', '1', '}')}) { id } }`, deepest),
    ],
    ['variables 40,000 deep', 'variables', () => checkVariables({ deep: array(40_000) })],
    ['a million variables', 'variables', () => checkVariables({ many: millions })],
    ['10,000 sign-ins', 'tokens', () => run(`mutation { ${'signIn { id } '.repeat(10_000)} }`)],
    ['20 sign-ins', 'authMutations', () => run(`mutation { ${'signIn { id } '.repeat(20)} }`)],
    [
      '20 sign-ins by one fragment',
      'authMutations',
      () => run(`mutation { ${'...F '.repeat(20)} } fragment F on Mutation { x: signIn { id } }`),
    ],
  ])('to %s: %s', (_, reason, attempt) => {
    const outcome = attack(attempt);
    expect(outcome.reason).toBe(reason);
    expect(outcome.milliseconds).toBeLessThan(250);
  });

  const longChain = parse(chain(20_000));
  const gateOnly = (document: DocumentNode) => gate({ schema, document });
  const millions = Array.from({ length: 1_000_000 }, (_, i) => i);

  it('in words that tell nothing of the server’s insides', () => {
    const deep = () => parseWithin(`{ a(b: ${wrapped(20_000, '[', '', ']')}) }`, deepest);
    expect(deep).toThrow('The document nests too deeply. Take levels of brackets out. The limit is 1000000.');
  });
});

const name = fc.constantFrom(
  'id',
  'a',
  'list',
  'projects',
  'nodes',
  'edges',
  'query',
  'signIn',
  '__typename',
  '__schema',
  'types',
  'fields',
  'nope',
);
const alias = fc.constantFrom('', '', 'x: ', '__schema: ');
const argument = fc.constantFrom(
  '',
  '',
  '(first: 3)',
  '(first: $n)',
  '(first: null, last: 9)',
  '(first: "x")',
  '(ids: [1, $n])',
  '(ids: $n)',
  '(first: 9e99)',
  '(a: 1, a: 2)',
);
const directive = fc.constantFrom('', '', ' @skip(if: true)', ' @nope');
const condition = fc.constantFrom(
  '',
  ' on A',
  ' on Query',
  ' on __Type',
  ' on ID',
  ' on Nope',
  ' on ProjectConnection',
);

/** Selection sets of any kind, valid or not; fragment `at` spreads only fragments behind it, or any when `at` is -1. */
const selections = (spread: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.letrec<{ set: string; selection: string }>((tie) => ({
    set: fc
      .array(tie('selection'), { minLength: 1, maxLength: 4, depthIdentifier: 'set' })
      .map((all) => `{ ${all.join(' ')} }`),
    selection: fc.oneof(
      { depthSize: 'medium', depthIdentifier: 'set', maxDepth: 8 },
      fc.tuple(alias, name, argument, directive).map((parts) => parts.join('')),
      fc.tuple(alias, name, argument, directive, tie('set')).map((parts) => parts.join('')),
      fc.tuple(condition, directive, tie('set')).map((parts) => `...${parts.join('')}`),
      spread,
    ),
  })).set;

const document = (fragmentsMayCycle: 'may cycle' | 'never cycle'): fc.Arbitrary<string> => {
  const any = fc.constantFrom('...F0', '...F1', '...F2', '...Gone');
  const behind = [fc.constantFrom('...F1', '...F2'), fc.constant('...F2'), fc.constant('id')];
  const spreadOf = (index: number) => (fragmentsMayCycle === 'may cycle' ? any : (behind[index] ?? any));
  const fragments = [0, 1, 2].map((index) =>
    fc.tuple(condition, selections(spreadOf(index))).map(([on, set]) => `fragment F${index}${on || ' on A'} ${set}`),
  );
  const head = fc.constantFrom(
    'query',
    'query ($n: Int = 4)',
    'mutation',
    'subscription',
    'query Named ($n: [Int] = [1])',
  );
  return fc
    .tuple(head, selections(any), ...fragments)
    .map(([start, set, ...rest]) => [`${start} ${set}`, ...rest].join(' '));
};

describe('whatever anybody sends', () => {
  it('the gate passes it or refuses it in its own words', () => {
    const operationName = fc.constantFrom(undefined, null, '', 'Named', 'Other');
    fc.assert(
      fc.property(
        document('may cycle'),
        operationName,
        fc.dictionary(fc.constantFrom('n', '__proto__', 'm'), fc.anything({ withBigInt: true })),
        (source, named, variables) => {
          attack(() => gate({ schema, document: parse(source), operationName: named, variables }));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('one field more never costs less', () => {
    const extra = fc
      .tuple(name, argument, fc.boolean())
      .map(([field, given, deep]) => `${field}${given}${deep ? ' { id }' : ''}`);
    fc.assert(
      fc.property(
        document('never cycle'),
        extra,
        fc.nat(),
        fc.option(fc.integer(), { nil: undefined }),
        (source, field, place, n) => {
          const before = parse(source);
          const cost = (of: DocumentNode) => gate({ schema, document: of, variables: { n }, limits: unlimited }).cost;
          expect(cost(withField(before, field, place))).toBeGreaterThanOrEqual(cost(before));
        },
      ),
      { numRuns: 300 },
    );
  });
});

/** The document with one more field in one of its selection sets. */
function withField(document: DocumentNode, field: string, place: number): DocumentNode {
  const [operation] = parse(`{ ${field} }`).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('no operation');
  let sets = 0;
  visit(document, {
    SelectionSet() {
      sets += 1;
    },
  });
  let at = 0;
  return visit(document, {
    SelectionSet(node) {
      const here = at === place % sets;
      at += 1;
      return here ? { ...node, selections: [...node.selections, ...operation.selectionSet.selections] } : undefined;
    },
  });
}
