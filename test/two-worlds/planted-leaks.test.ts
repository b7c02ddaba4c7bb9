import { servedSchema } from '../../src/api/schema';
import { Coverage } from './asking/coverage';
import type { Cursors } from './asking/cursors';
import { Random } from './asking/random';
import { firstLeak } from './compare';
import { cursorsOfAdmin, Pair } from './pair';
import { personaNamed } from './personas';
import { PLANTED } from './planted-leaks';
import { RunningWorlds } from './running-worlds';

const SEED = Number(process.env.SEED ?? 1);
const MOST = 300;

let worlds: RunningWorlds;
let cursors: Cursors;
beforeAll(async () => {
  const schema = servedSchema();
  worlds = await RunningWorlds.open(schema);
  cursors = await cursorsOfAdmin(worlds, schema);
}, 120_000);
afterAll(() => worlds.close());

describe('a leak planted on purpose is found within 300 queries', () => {
  it.each(PLANTED.map((plant) => [plant.name, plant.persona, plant] as const))(
    '%s, asked by %s',
    async (_name, persona, plant) => {
      const leaky = plant.schema();
      const pair = await pairOf(persona);
      await worlds.serve(leaky);
      const random = new Random(plant.seed ?? SEED);
      const number = await firstLeak(pair.again({ random, coverage: new Coverage(leaky) }), random, MOST);
      expect(number).not.toBeNull();
    },
    300_000,
  );
});

const pairs = new Map<string, Pair>();

/** The worlds of one persona, kept while the plants are for the same. */
async function pairOf(name: string): Promise<Pair> {
  const known = pairs.get(name);
  if (known) return known;
  pairs.clear();
  const schema = servedSchema();
  await worlds.serve(schema);
  const facts = { worlds, cursors, persona: personaNamed(name), coverage: new Coverage(schema), mutations: 20 };
  const pair = await Pair.of({ ...facts, random: new Random(SEED) });
  pairs.set(name, pair);
  return pair;
}
