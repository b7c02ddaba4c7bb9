/** The same text so often, or one for each number. */
export const times = (count: number, text: string | ((i: number) => string)): string =>
  Array.from({ length: count }, (_, i) => (typeof text === 'string' ? text : text(i))).join(' ');

/** A core with so many brackets around it. */
export const wrapped = (levels: number, open: string, core: string, close: string): string =>
  open.repeat(levels) + core + close.repeat(levels);

const spreadBomb = (levels: number) =>
  `{ ...F0 } ${times(levels, (i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`)} fragment F${levels} on Query { __typename }`;

/** Whatever asks for too much, and the reason that it is told: over every transport. */
export const TOO_COMPLEX: [name: string, query: string, reason: string][] = [
  ['2^16 spreads of fragments', spreadBomb(16), 'selections'],
  ['2^22 spreads of fragments', spreadBomb(22), 'selections'],
  ['fragments in a ring', '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }', 'depth'],
  ['lists 22 deep', `{ ${wrapped(22, 'projects { nodes { workspace {', 'id', '} } }')} }`, 'depth'],
  ['pages inside pages', '{ projects(first: 100) { nodes { tasks(first: 100) { nodes { id title } } } } }', 'cost'],
  ['4,000 aliases', `{ ${times(4000, (i) => `a${i}: __typename`)} }`, 'tokens'],
  ['31 aliases of __typename', `{ ${times(31, (i) => `a${i}: __typename`)} }`, 'aliases'],
  ['400 repeated fields', `{ viewer { ${times(400, () => 'id')} } }`, 'selections'],
  ['11 root fields', `{ ${times(11, (i) => `v${i}: viewer { id }`)} }`, 'rootFields'],
  ['20,000 directives', `{ viewer { id ${times(20_000, () => '@x')} } }`, 'tokens'],
  ['11 directives', `{ viewer { id ${times(11, () => '@skip(if: false)')} } }`, 'directives'],
  [
    '20 × 20 inline fragments',
    `{ ${times(20, () => `... { ${times(20, () => '... { __typename }')} }`)} }`,
    'rootFields',
  ],
  ['a literal 20,000 lists deep', `{ nodes(ids: ${wrapped(20_000, '[', '', ']')}) { id } }`, 'depth'],
  [
    'two tries at a password',
    'mutation { a: signIn(input: {email: "a", password: "b"}) { token } b: signIn(input: {email: "a", password: "c"}) { token } }',
    'authMutations',
  ],
  [
    'introspection wound around itself',
    `{ __schema { types { ${wrapped(7, 'fields { type {', 'name', '} }')} } } }`,
    'cost',
  ],
];

/** Asks what there is, where nobody is told. */
export const INTROSPECTION = ['{ __schema { types { name } } }', '{ __type(name: "Project") { fields { name } } }'];

/** Nearly right: who develops is told what was meant, a stranger is not. */
export const MISSPELT = [
  '{ project(id: "x") { internalDescriptio } }',
  '{ projcts { totalCount } }',
  '{ projects(sort: NAMES) { totalCount } }',
  '{ projects(filter: {serch: "x"}) { totalCount } }',
  '{ node(id: "x") { ... on Projekt { id } } }',
];
