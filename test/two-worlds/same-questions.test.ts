import { servedSchema } from '../../src/api/schema';
import { argumentItem, Coverage } from './asking/coverage';
import { Cursors } from './asking/cursors';
import { Random } from './asking/random';
import { Told } from './asking/told';
import { firstLeak } from './compare';
import { Pair } from './pair';
import { personaNamed } from './personas';
import { RunningWorlds } from './running-worlds';
import { knownId } from './world/book';

const schema = servedSchema();
let worlds: RunningWorlds;
beforeAll(async () => {
  worlds = await RunningWorlds.open(schema);
}, 120_000);
afterAll(() => worlds.close());

describe('the same seed', () => {
  it('asks the same questions, whatever the server made of those before', async () => {
    const once = await questions();
    expect(new Set(once).size).toBeGreaterThan(500);
    expect(await questions()).toEqual(once);
  }, 120_000);

  it('learns the same from an answer, whichever of two fields failed first and took the other with it', () => {
    const query =
      '{ node(id: "w") { ... on Workspace { people(after: "x") { totalCount } clientOrganisations(after: "x") { totalCount } } } }';
    const learnt = ['people', 'clientOrganisations'].map((first) => {
      const told = new Told(schema);
      const said = { data: { node: null }, errors: [{ path: ['node', first] }] };
      for (let i = 0; i < 3; i++) told.learn({ query, variables: {} }, said);
      return ['people', 'clientOrganisations'].map((field) => told.isClosed(argumentItem('Workspace', field, 'after')));
    });
    expect(learnt[0]).toEqual(learnt[1]);
  });
});

/** The ids of what Max makes are chance, and so are the cursors that stand for it. */
const CHANGE = `mutation ($id: ID!) { createTask(input: { projectId: $id, title: "New" }) {
  task { project { tasks(last: 1) { edges { cursor } } } } } }`;

async function questions(): Promise<string[]> {
  const random = new Random(3);
  const cursors = new Cursors();
  const facts = { worlds, cursors, persona: personaNamed('max'), coverage: new Coverage(schema), mutations: 20 };
  const pair = await Pair.of({ ...facts, random });
  const change = { query: CHANGE, variables: { id: knownId('Project', 'consultancy') }, beside: null };
  expect(await pair.ask(change)).toMatchObject({ isAccepted: true });
  const asked = jest.spyOn(pair.writer, 'next');
  expect(await firstLeak(pair, random, 10)).toBeNull();
  for (let i = 0; i < 600; i++) pair.writer.next();
  return asked.mock.results.map(({ value }) => JSON.stringify(value));
}
