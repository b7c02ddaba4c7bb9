import type { GraphQLField } from 'graphql';
import { bareSchema } from '../../src/api/schema';
import { fingerprint } from '../support/fingerprint';
import { ROWS, type Row } from './mutation-table';
import { COLUMNS, type Column, MutationWorld } from './mutation-world';

const CODES: Record<string, string> = {
  F: 'FORBIDDEN',
  0: 'NOT_FOUND',
  U: 'UNAUTHENTICATED',
  E: 'INVITATION_EMAIL_MISMATCH',
};

const schema = bareSchema();
const mutations = schema.getMutationType()!.getFields();

let world: MutationWorld;
beforeAll(async () => {
  world = await MutationWorld.build();
}, 120_000);
afterAll(() => world.server.close());

it('every change that can be asked for stands in the table of who may make it', () => {
  expect([...new Set(ROWS.map((row) => row.mutation))].sort()).toEqual(Object.keys(mutations).sort());
});

it('the table has an answer for everybody', () => {
  expect(ROWS.filter((row) => !/^[+F0UE]{12}$/.test(row.outcomes)).map((row) => row.what)).toEqual([]);
});

it('what an allowed change writes is noticed', async () => {
  const before = await fingerprint(world.server);
  const row = ROWS.find((one) => one.mutation === 'updateProject')!;
  await outcomeOf(row, 'A', await row.input(world, 'A'));
  const after = await fingerprint(world.server);
  expect(Object.keys(after).filter((table) => after[table] !== before[table])).toEqual(['event', 'project']);
});

describe('who may change what, and whoever may not changes nothing:', () => {
  it.each(ROWS.map((row) => [row.what, row] as const))(
    '%s',
    async (_what, row) => {
      const outcomes = Object.fromEntries(COLUMNS.map((column, i) => [column, row.outcomes[i]]));
      const refused = COLUMNS.filter((column) => outcomes[column] !== '+');
      const answers = { ...(await tryInVain(row, refused)), ...(await carryOut(row, outcomes)) };
      expect(answers).toEqual(outcomes);
    },
    60_000,
  );
});

it('nobody signed in is answered nothing but what an open invitation says', async () => {
  const args: Record<string, string> = { id: 'id: "x"', ids: 'ids: ["x"]', token: 'token: "x"' };
  const told: Record<string, string> = {};
  for (const field of Object.values(schema.getQueryType()!.getFields())) {
    const needed = field.args.filter((arg) => arg.name in args).map((arg) => args[arg.name]);
    const query = `{ ${field.name}${needed.length > 0 ? `(${needed.join(', ')})` : ''} { __typename } }`;
    const { data, errors } = await world.server.ask(null, query);
    told[field.name] = errors?.[0].extensions.code ?? JSON.stringify(data);
  }
  const { invitation, ...others } = told;
  expect(invitation).toBe('{"invitation":null}');
  expect([...new Set(Object.values(others))]).toEqual(['UNAUTHENTICATED']);
});

/** What each is told; the database stays as it is to the last byte. */
async function tryInVain(row: Row, columns: readonly Column[]): Promise<Record<string, string>> {
  const asked: { column: Column; input: object }[] = [];
  await world.reset();
  let input: object | undefined;
  for (const column of columns) {
    // Nothing is done to it, so one thing does for all, unless it is each one's own.
    if (!input || row.input.length > 1) input = await row.input(world, column);
    asked.push({ column, input });
  }
  const before = await fingerprint(world.server);
  const answers: Record<string, string> = {};
  for (const { column, input } of asked) {
    answers[column] = await outcomeOf(row, column, input);
    expect({ column, ...(await fingerprint(world.server)) }).toEqual({ column, ...before });
  }
  return answers;
}

async function carryOut(row: Row, outcomes: Record<string, string>): Promise<Record<string, string>> {
  const answers: Record<string, string> = {};
  const told = new Set<boolean>();
  for (const column of COLUMNS.filter((one) => outcomes[one] === '+')) {
    await world.reset();
    const input = await row.input(world, column);
    const before = await countEvents();
    answers[column] = await outcomeOf(row, column, input);
    told.add((await countEvents()) > before);
  }
  await world.reset();
  // What the first of them changed the others find as they want it.
  if (told.size > 0 && !TELLS_NOBODY.has(row.mutation))
    expect({ ...row, told: told.has(true) }).toMatchObject({ told: true });
  return answers;
}

/** What changes nothing that anybody else could read. */
const TELLS_NOBODY = new Set(['signIn', 'requestPasswordReset', 'changePassword', 'updateProfile']);

async function countEvents(): Promise<bigint> {
  const row = await world.server.database.row<{ n: bigint }>('select count(*) as n from event');
  return row!.n;
}

async function outcomeOf({ mutation }: Row, column: Column, input: object): Promise<string> {
  const answer = await world.server.ask(world.tokenOf(column), documentFor(mutations[mutation]), { input });
  if (!answer.errors) return '+';
  const { code } = answer.errors[0].extensions;
  const letter = Object.keys(CODES).find((one) => CODES[one] === code);
  return letter ?? JSON.stringify(answer.errors);
}

function documentFor(field: GraphQLField<unknown, unknown>): string {
  if (field.args.length === 0) return `mutation { ${field.name} { __typename } }`;
  return `mutation ($input: ${field.args[0].type}) { ${field.name}(input: $input) { __typename } }`;
}
