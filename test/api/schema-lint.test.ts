import { parser, rules } from '@graphql-eslint/eslint-plugin';
import { Linter } from 'eslint';
import { isObjectType, lexicographicSortSchema, printSchema } from 'graphql';
import { bareSchema } from '../../src/api/schema';

const schema = bareSchema();
const sdl = printSchema(lexicographicSortSchema(schema));

describe('the schema, read by rules nobody here wrote', () => {
  it.each(['schema-relay', 'schema-recommended'])('has nothing wrong by %s', (name) => {
    expect(lint(sdl, name)).toEqual([]);
  });

  it('is really read: a connection without pageInfo is found', () => {
    const broken = 'type Query { all: AConnection } type AConnection { edges: [Int] }';
    expect(lint(broken, 'schema-relay').join()).toContain('pageInfo');
  });

  it('gives an id to whatever is a Node, and to nothing else', () => {
    const withId = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type) && type.getFields().id);
    const strangers = withId.filter((type) => isObjectType(type) && type.getInterfaces()[0]?.name !== 'Node');
    expect(strangers.map((type) => type.name)).toEqual(NOT_ASKED_FOR_BY_ID);
  });
});

/** The viewer is asked for as `viewer`, with their sessions: both exist for nobody else. */
const NOT_ASKED_FOR_BY_ID = ['Viewer', 'Session'];

const OURS: Linter.RulesRecord = {
  // An id belongs to what can be asked for by it. Money, payloads, connections and their like are values, and the rule
  // knows no way to say so but a list of nearly every type; the last test above says it the other way round.
  '@graphql-eslint/strict-id-in-types': 'off',
  // Relay's specification asks for one direction; what happened is read from its newest end (F-083).
  '@graphql-eslint/relay-arguments': ['error', { includeBoth: false }],
  // Relay's specification speaks of connections alone; short lists of values (sections, lines) are lists.
  '@graphql-eslint/relay-edge-types': [
    'error',
    { withEdgeSuffix: true, shouldImplementNode: true, listTypeCanWrapOnlyEdgeType: false },
  ],
};

const AS_DESIGNED = [
  // No field answers it: it is there for clients to type `errors[].extensions.code`.
  'Enum type `ErrorCode` is unreachable.',
  // The word of the first seed, and `Person.type` would be another thing (F-005).
  'Field "personType" starts with the name of the parent type "Person"',
];

function lint(text: string, name: string): string[] {
  const { rules: preset } = require(`@graphql-eslint/eslint-plugin/configs/${name}`);
  const messages = new Linter({ configType: 'flat' }).verify(
    text,
    [
      {
        files: ['**/*.graphql'],
        languageOptions: { parser: parser as Linter.Parser, parserOptions: { graphQLConfig: { schema: text } } },
        plugins: { '@graphql-eslint': { rules } as never },
        rules: { ...preset, ...OURS },
      },
    ],
    'schema.graphql',
  );
  const unexpected = messages.filter(({ message }) => !AS_DESIGNED.includes(message));
  return unexpected.map(({ line, ruleId, message }) => `line ${line}, ${ruleId}: ${message}`);
}
