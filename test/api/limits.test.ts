import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, GraphQLError, getIntrospectionQuery } from 'graphql';
import { checkVariables, defaultLimits, gate, type Limits, parseWithin } from '../../src/api/limits';
import { SOCKETS } from '../../src/api/socket-limits';
import { PorticoError } from '../../src/platform/errors';
import { times, wrapped } from '../support/too-complex';

const OPERATIONS = readFileSync(join(__dirname, '../../docs/operations.md'), 'utf8');

const schema = buildSchema(`
  type Query {
    me: Person!
    project(id: ID!): Project
    projects(first: Int, last: Int): ProjectConnection!
    recent(first: Int = 7, last: Int): [Project!]!
    nodes(ids: [ID!]!): [Project]!
    grid: [[Person!]!]!
  }
  type Mutation { signIn(password: String!): Person changePassword(to: String!): Person rename(to: String!): Person }
  type Person { id: ID! name: String! manager: Person reports: [Person!]! query: Query! }
  type Project { id: ID! name: String! lead: Person! tasks(first: Int): TaskConnection! }
  type ProjectConnection { edges: [ProjectEdge!]! nodes: [Project!]! totalCount: Int! labels: [Person!]! }
  type ProjectEdge { cursor: String! node: Project! }
  type TaskConnection { nodes: [Task!]! }
  type Task { id: ID! name: String! }
`);

interface Asked {
  operationName?: string | null;
  variables?: Record<string, unknown>;
  limits?: Partial<Limits>;
}

function ask(source: string, { operationName, variables, limits }: Asked = {}) {
  const within = { ...defaultLimits, ...limits };
  return gate({ schema, document: parseWithin(source, within), operationName, variables, limits: within });
}

/** What the gate says to a client who asks this: `passes`, or the refusal's extensions. */
function answer(attempt: () => unknown): unknown {
  try {
    attempt();
    return 'passes';
  } catch (error) {
    if (!(error instanceof PorticoError)) throw error;
    return error.extensions;
  }
}

const tooComplex = (reason: string, limit: number, actual?: number) => ({
  code: 'QUERY_TOO_COMPLEX',
  reason,
  limit,
  ...(actual === undefined ? {} : { actual }),
});

const nested = (levels: number, open: string, core: string): string => wrapped(levels, open, core, '}');
const aliases = (count: number, field: string): string => times(count, (index) => `a${index}: ${field}`);
const chain = (count: number): string => times(count, (index) => `fragment F${index} on Query { ...F${index + 1} }`);
const list = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels));

describe('the gate lets Clara ask up to each limit and no further', () => {
  const manyTasks = 'projects(first: 100) { nodes { tasks(first: 97) { id } } } recent(first: 49) { id name }';
  const manySpreads = (extra: string): string =>
    `{ me { id ${extra} ${times(49, '...A')} } } fragment A on Person { id ${times(50, '...B')} } fragment B on Person { id }`;

  it.each<[string, string, string, object]>([
    [
      '15 levels of fields',
      `{ me ${nested(13, '{ manager ', '{ id }')} }`,
      `{ me ${nested(14, '{ manager ', '{ id }')} }`,
      tooComplex('depth', 15, 16),
    ],
    [
      '150 levels of brackets',
      nested(149, '{ ... ', '{ __typename }'),
      nested(150, '{ ... ', '{ __typename }'),
      tooComplex('depth', 150),
    ],
    [
      '150 fragments in one another',
      `{ ...F0 } ${chain(148)} fragment F148 on Query { __typename }`,
      `{ ...F0 } ${chain(149)} fragment F149 on Query { __typename }`,
      tooComplex('depth', 15),
    ],
    [
      '150 levels of a literal',
      `{ project(id: ${'['.repeat(148)}${']'.repeat(148)}) { id } }`,
      `{ project(id: ${'['.repeat(149)}${']'.repeat(149)}) { id } }`,
      tooComplex('depth', 150),
    ],
    ['5,000 selections', manySpreads(''), manySpreads('name'), tooComplex('selections', 5_000, 5_001)],
    [
      '30 repetitions of a field',
      `{ me { ${times(31, 'id')} } }`,
      `{ me { ${times(32, 'id')} } }`,
      tooComplex('selections', 30, 31),
    ],
    ['a cost of 10,000', `{ ${manyTasks} }`, `{ ${manyTasks} __typename }`, tooComplex('cost', 10_000, 10_001)],
    [
      '30 aliases',
      `{ me { ${aliases(30, '__typename')} } }`,
      `{ me { ${aliases(31, '__typename')} } }`,
      tooComplex('aliases', 30, 31),
    ],
    [
      '10 root fields',
      `{ ${aliases(9, 'me { id }')} ...Q } fragment Q on Query { me { id } }`,
      `{ ${aliases(9, 'me { id }')} ...Q } fragment Q on Query { me { id } __typename }`,
      tooComplex('rootFields', 10, 11),
    ],
    [
      '10 directives',
      `query ($n: Int @x) @x { ...Q @x } fragment Q on Query @x { me { id ${times(6, '@x')} } }`,
      `query ($n: Int @x) @x { ...Q @x } fragment Q on Query @x { me { id ${times(7, '@x')} } }`,
      tooComplex('directives', 10, 11),
    ],
    [
      'one try at a password',
      'mutation { signIn(password: "a") { id } rename(to: "b") { id } }',
      'mutation { signIn(password: "a") { id } ...M } fragment M on Mutation { rename: changePassword(to: "b") { id } }',
      tooComplex('authMutations', 1, 2),
    ],
    [
      '14 levels of ofType',
      getIntrospectionQuery({ typeDepth: 14 }),
      getIntrospectionQuery({ typeDepth: 15 }),
      tooComplex('depth', 20, 21),
    ],
  ])('%s', (_, atLimit, over, refusal) => {
    expect(answer(() => ask(atLimit))).toBe('passes');
    expect(answer(() => ask(over))).toEqual(refusal);
  });

  it('2,000 tokens, comments not counted', () => {
    expect(answer(() => parseWithin(`# Clara's page \n{ me { ${times(1_995, 'id')} } }`))).toBe('passes');
    expect(answer(() => parseWithin(`{ me { ${times(1_996, 'id')} } }`))).toEqual(tooComplex('tokens', 2_000));
  });

  it('20 levels and 64 kB of variables', () => {
    const text = (bytes: number) => ({ note: 'é'.repeat(100) + 'x'.repeat(bytes - 211) });
    expect(Buffer.byteLength(JSON.stringify(text(65_536)))).toBe(65_536);
    expect(answer(() => checkVariables({ value: list(20) }))).toBe('passes');
    expect(answer(() => checkVariables({ value: list(21) }))).toEqual(tooComplex('variables', 20));
    expect(answer(() => checkVariables(text(65_536)))).toBe('passes');
    expect(answer(() => checkVariables(text(65_537)))).toEqual(tooComplex('variables', 65_536, 65_537));
    expect(answer(() => ask('{ me { id } }', { variables: { value: list(21) } }))).toEqual(tooComplex('variables', 20));
  });

  it('holds every operation to its shape, but only the one that runs to its cost', () => {
    const two = 'query Small { me { id } } query Large { projects(first: 100) { nodes { tasks(first: 100) { id } } } }';
    expect(ask(two, { operationName: 'Small' })).toEqual({ cost: 2, depth: 2 });
    expect(answer(() => ask(two, { operationName: 'Large' }))).toMatchObject({ reason: 'cost' });
    expect(answer(() => ask(two))).toMatchObject({ reason: 'cost' });
    expect(answer(() => ask(two, { operationName: 'Neither' }))).toMatchObject({ reason: 'cost' });
    const wide = `query Small { me { id } } query Wide { me { ${aliases(31, 'id')} } }`;
    expect(answer(() => ask(wide, { operationName: 'Small' }))).toMatchObject({ reason: 'aliases' });
    const unused = `{ me { id } } fragment Unused on Person { ${aliases(31, 'id')} }`;
    expect(answer(() => ask(unused))).toMatchObject({ reason: 'aliases' });
  });

  it('answers with words to act on and the limits of the server it stands in', () => {
    const attempt = () => ask('{ me { manager { id } } }', { limits: { depth: 2 } });
    expect(attempt).toThrow('The query nests too deeply, or a fragment spreads itself.');
    expect(answer(attempt)).toEqual(tooComplex('depth', 2, 3));
  });

  it('leaves mistakes in the document to the parser and to validation', () => {
    expect(() => parseWithin('{ me { } \u0007')).toThrow('Syntax Error: Expected Name, found "}".');
    expect(() => parseWithin('{ me \u0007')).toThrow('Syntax Error: Unexpected character: U+0007.');
    expect(() => parseWithin('{ me { ')).toThrow(new GraphQLError('Syntax Error: Expected Name, found <EOF>.'));
    expect(ask('query ($a: Nope = 1) { nope(first: $b) { ...Nope ... on Nope { id } } me { nope { id } } }')).toEqual({
      cost: 5,
      depth: 3,
    });
    expect(gate({ schema, document: parseWithin('type Only { id: ID! }') })).toEqual({ cost: 0, depth: 0 });
    expect(ask('subscription { ticks { id } }')).toEqual({ cost: 2, depth: 2 });
  });
});

describe('the cost of what Clara asks', () => {
  it.each<[string, number, Record<string, unknown>?]>([
    ['{ me { id name } }', 3],
    ['{ me { __typename alias: id } }', 3],
    ['{ me { id @skip(if: true) } }', 2],
    ['{ projects(first: 4) { totalCount nodes { id } } }', 1 + 4 * 3],
    ['{ projects(first: 4) { edges { cursor node { id } } } }', 1 + 4 * 4],
    ['{ projects(last: 4) { totalCount } }', 5],
    ['{ projects(first: 4, last: 9) { totalCount } }', 10],
    ['{ projects { totalCount } }', 26],
    ['{ projects(first: null) { totalCount } }', 26],
    ['{ projects(first: 0) { totalCount } }', 2],
    ['{ projects(first: -5) { totalCount } }', 2],
    ['{ projects(first: 4000000000) { totalCount } }', 101],
    ['{ projects(first: "4") { totalCount } }', 101],
    ['{ projects(first: 2) { labels { id } } }', 1 + 2 * (1 + 10)],
    ['{ projects(first: 2) { nodes { tasks(first: 3) { nodes { id } } } } }', 1 + 2 * (1 + 1 + 3 * 2)],
    ['{ recent { id } }', 8],
    ['{ recent(first: 3) { id } }', 4],
    ['{ recent(first: null) { id } }', 26],
    ['{ me { reports { reports { id } } } }', 2 + 10 * (1 + 10)],
    ['{ grid { id } }', 101],
    ['{ nodes(ids: ["a", "b", "c"]) { id } }', 4],
    ['{ nodes(ids: "a") { id } }', 2],
    ['{ nodes(ids: []) { id } }', 2],
    ['query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', 6, { ids: ['a', 'b', 'c', 'd', 'e'] }],
    ['query ($n: Int) { projects(first: $n) { totalCount } }', 13, { n: 12 }],
    ['query ($n: Int = 6) { projects(first: $n) { totalCount } }', 13, { n: 12 }],
    ['query ($n: Int = 6) { projects(first: $n) { totalCount } }', 7],
    ['query ($n: Int = 6) { projects(first: $n) { totalCount } }', 26, { n: null }],
    ['query ($n: Int) { projects(first: $n) { totalCount } }', 26],
    ['query ($n: Int) { recent(first: $n) { id } }', 8],
    ['query ($n: Int) { projects(first: $n) { totalCount } }', 101, { n: 1e9 }],
    ['query ($n: Int) { projects(first: $n) { totalCount } }', 101, { n: 'many' }],
    [
      'query ($n: Int) { ...Q } fragment Q on Query { projects(first: $n) { ...C } } fragment C on ProjectConnection { nodes { id } }',
      1 + 12 * 2,
      { n: 12 },
    ],
  ])('%s costs %i', (source, cost, variables = {}) => {
    expect(ask(source, { variables }).cost).toBe(cost);
  });
});

describe('introspection', () => {
  const everything = {
    specifiedByUrl: true,
    directiveIsRepeatable: true,
    schemaDescription: true,
    inputValueDeprecation: true,
    experimentalDirectiveDeprecation: true,
    oneOf: true,
  };

  it('lets GraphiQL and code generators read the schema, with every option', () => {
    expect(ask(getIntrospectionQuery())).toEqual({ cost: 220, depth: 15 });
    expect(ask(getIntrospectionQuery({ ...everything, typeDepth: 14 }))).toEqual({ cost: 322, depth: 20 });
    expect(ask(getIntrospectionQuery({ descriptions: false })).depth).toBe(15);
    expect(ask('{ __type(name: "Person") { fields { name } } me { id } }')).toEqual({ cost: 5, depth: 3 });
  });

  it('cannot be multiplied by aliases and lists', () => {
    const body = getIntrospectionQuery();
    const set = body.slice(body.indexOf('{', body.indexOf('__schema')), body.indexOf('fragment FullType'));
    const fragments = body.slice(body.indexOf('fragment FullType'));
    const atOnce = (count: number) =>
      `{ ${times(count, (index) => `s${index}: __schema ${set.trim().slice(0, -1)}`)} } ${fragments}`;
    expect(answer(() => ask(atOnce(2)))).toBe('passes');
    expect(answer(() => ask(atOnce(3)))).toMatchObject({ reason: 'cost', limit: 100_000 });
    const lists = `${'fields { type { '.repeat(4)}name${' } }'.repeat(4)}`;
    expect(answer(() => ask(`{ __schema { types { ${lists} } } }`))).toMatchObject({ reason: 'cost', limit: 100_000 });
  });

  it.each([
    ['an alias', '{ __schema: projects(first: 100) { nodes { tasks(first: 100) { id } } } }'],
    [
      'the name of the operation',
      'query IntrospectionQuery { projects(first: 100) { nodes { tasks(first: 100) { id } } } }',
    ],
    ['company', '{ __schema { types { name } } projects(first: 100) { nodes { tasks(first: 100) { id } } } }'],
    [
      'a fragment inside',
      '{ __schema { ... on Query { projects(first: 100) { nodes { tasks(first: 100) { id } } } } } }',
    ],
    [
      'the name of a fragment',
      '{ ...__schema } fragment __schema on Query { projects(first: 100) { nodes { tasks(first: 100) { id } } } }',
    ],
  ])('is no disguise for ordinary fields: by %s', (_, source) => {
    expect(answer(() => ask(source))).toMatchObject({ reason: 'cost', limit: 10_000 });
  });

  it('counts as often as the list it is reached through', () => {
    const schemaOf = 'query { __schema { types { fields { args { type { name } } } } } }';
    expect(answer(() => ask(`{ me { ${schemaOf} } }`))).toBe('passes');
    const many = `{ projects(first: 100) { nodes { lead { ${schemaOf} } } } }`;
    expect(answer(() => ask(many))).toMatchObject({ reason: 'cost', limit: 100_000 });
  });
});

it.each(Object.entries({ ...defaultLimits, ...SOCKETS }).filter(([, limit]) => typeof limit === 'number'))(
  'the limit %s stands in docs/operations.md, with its number',
  (name, limit) => {
    expect(OPERATIONS).toContain(`| \`${name}\` | ${limit.toLocaleString('en')} |`);
  },
);
