import { type GraphQLField, type GraphQLObjectType, getNamedType, isObjectType } from 'graphql';
import { bareSchema } from '../../src/api/schema';
import { allOf } from './everything';
import { ROWS, type Row } from './mutation-table';
import { COLUMNS, type Column, MutationWorld } from './mutation-world';

let world: MutationWorld;
beforeAll(async () => {
  world = await MutationWorld.build();
}, 120_000);
afterAll(() => world.server.close());

const schema = bareSchema();
const mutations = schema.getMutationType()!.getFields();
const isNode = (type: GraphQLObjectType): boolean => type.getInterfaces().some(({ name }) => name === 'Node');

/** The things that a change answers, under the names that its payload gives them. */
const thingsIn = (mutation: string): { name: string; type: string }[] =>
  Object.values((getNamedType(mutations[mutation].type) as GraphQLObjectType).getFields())
    .map((field: GraphQLField<unknown, unknown>) => ({ name: field.name, type: getNamedType(field.type) }))
    .flatMap(({ name, type }) => (isObjectType(type) && isNode(type) ? [{ name, type: type.name }] : []));

/** Whoever accepts an invitation was nobody before and asks by another token from then on: told elsewhere. */
const ROWS_WITH_THINGS = ROWS.filter(
  (row) => /\+/.test(row.outcomes) && thingsIn(row.mutation).length > 0 && row.mutation !== 'acceptInvitation',
);

describe('what a change answers is what a question would, field by field, whoever makes it:', () => {
  it.each(ROWS_WITH_THINGS.map((row) => [row.what, row] as const))(
    '%s',
    async (_what, row) => {
      const columns = COLUMNS.filter((column, i) => row.outcomes[i] === '+' && !['O', 'N', 'B', 'C'].includes(column));
      for (const column of columns) await expectSame(row, column);
    },
    60_000,
  );
});

async function expectSame(row: Row, column: Column): Promise<void> {
  await world.reset();
  const input = await row.input(world, column);
  const things = thingsIn(row.mutation);
  const answer = await change(row, column, input);
  expect(answer.errors).toBeUndefined();
  for (const { name, type } of things) {
    const changed = answer.data[row.mutation][name];
    if (changed === null) continue;
    const asked = await world.server.ask(
      world.tokenOf(column),
      `query ($id: ID!) { node(id: $id) { ... on ${type} { ${allOf(type)} } } }`,
      {
        id: changed.id,
      },
    );
    expect({ column, [name]: changed }).toEqual({ column, [name]: asked.data.node });
    expect(withheldUnder(answer, [row.mutation, name])).toEqual(withheldUnder(asked, ['node']));
  }
}

function change({ mutation }: Row, column: Column, input: object) {
  const { args } = mutations[mutation];
  const fields = thingsIn(mutation).map(({ name, type }) => `${name} { ${allOf(type)} }`);
  const query = `mutation ($input: ${args[0].type}) { ${mutation}(input: $input) { ${fields.join(' ')} } }`;
  return world.server.ask(world.tokenOf(column), query, { input });
}

function withheldUnder(
  { extensions }: { extensions?: { withheld?: { path: string[]; requires: string[] }[] } },
  root: string[],
) {
  const within = (extensions?.withheld ?? []).filter(({ path }) => root.every((key, i) => path[i] === key));
  return within.map(({ path, requires }) => ({ path: path.slice(root.length), requires }));
}
