import './as-in-production';
import { servedSchema } from '../../src/api/schema';
import { Coverage } from './asking/coverage';
import { compare, inWords } from './compare';
import { EXTERNAL, INTERNAL, type Persona } from './personas';
import { RunningWorld } from './running-world';

/** Another seed asks other questions: `SEED=8 npx jest test/two-worlds/two-worlds`. */
const SEED = Number(process.env.SEED ?? 7);
const QUERIES_OF_OUTSIDERS = 100;
const QUERIES_OF_THE_TEAM = 100;

let a: RunningWorld;
let b: RunningWorld;
let coverage: Coverage;
beforeAll(async () => {
  const schema = servedSchema();
  a = await RunningWorld.open('A', schema);
  b = await RunningWorld.open('B', schema);
  coverage = new Coverage(schema);
}, 120_000);
afterAll(async () => {
  await a.close();
  await b.close();
});

const named = (personas: readonly Persona[]) => personas.map((persona) => [persona.name, persona] as const);

describe('two worlds that differ only in what somebody may not see', () => {
  it.each(named(EXTERNAL))(
    'give %s the same answers to the byte',
    async (_name, persona) => {
      const findings = await compare({ ...common(), persona, queries: QUERIES_OF_OUTSIDERS });
      expect(findings.leaks.map(inWords)).toEqual([]);
      expect(findings.asked).toBe(QUERIES_OF_OUTSIDERS);
    },
    400_000,
  );

  it.each(named(INTERNAL))(
    'give %s of the team the same answers about what the team may not see',
    async (_name, persona) => {
      const findings = await compare({ ...common(), persona, queries: QUERIES_OF_THE_TEAM });
      expect(findings.leaks.map(inWords)).toEqual([]);
    },
    400_000,
  );

  it('were asked for nearly every field, argument and value there is', () => {
    expect(coverage.places.size).toBeGreaterThan(300);
    expect(coverage.neverAsked.length).toBeLessThan(10);
  });
});

const common = () => ({ a, b, coverage, seed: SEED, mutations: 20, enough: 4 });
