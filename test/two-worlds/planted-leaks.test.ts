import './as-in-production';
import { servedSchema } from '../../src/api/schema';
import { Coverage } from './asking/coverage';
import { compare } from './compare';
import { personaNamed } from './personas';
import { PLANTED } from './planted-leaks';
import { RunningWorld } from './running-world';

const SEED = Number(process.env.SEED ?? 1);
const QUERIES = 300;

/** Planted, and not reached within 300 queries: the writer of queries has to learn to ask for them. */
const NOT_REACHED = new Set([
  'a cost with a range of dates, for whoever sees the cost of the whole',
  'node(id) that skips the filter of rows',
  'a filter that looks at a hidden column',
  'a search over hidden text of people',
  'a sum over hours that are not released',
]);
const REACHED = PLANTED.filter((plant) => !NOT_REACHED.has(plant.name));

let a: RunningWorld;
let b: RunningWorld;
beforeAll(async () => {
  const schema = servedSchema();
  a = await RunningWorld.open('A', schema);
  b = await RunningWorld.open('B', schema);
}, 120_000);
afterAll(async () => {
  await a.close();
  await b.close();
});

describe('a leak planted on purpose', () => {
  it.each(REACHED.map((plant) => [plant.name, plant.persona, plant] as const))(
    'is found within 300 queries: %s, asked by %s',
    async (_name, persona, plant) => {
      const leaky = plant.schema();
      await a.serve(leaky);
      await b.serve(leaky);
      const findings = await compare({
        a,
        b,
        persona: personaNamed(persona),
        coverage: new Coverage(leaky),
        seed: SEED,
        queries: QUERIES,
        mutations: 20,
        enough: 1,
      });
      expect(findings.leaks).toHaveLength(1);
    },
    300_000,
  );
});
