import './as-in-production';
import { servedSchema } from '../../src/api/schema';
import { EXTERNAL } from './personas';
import { RunningWorlds } from './running-worlds';
import { differenceInWords, tell } from './streams/story';

/** Another seed tells another story: `SEED=8 npx jest test/two-worlds/streams.test`. */
const SEED = Number(process.env.SEED ?? 7);
const DEEDS = Number(process.env.DEEDS ?? 40);

let worlds: RunningWorlds;
beforeAll(async () => {
  worlds = await RunningWorlds.open(servedSchema());
}, 120_000);
afterAll(() => worlds.close());

describe('while the team works in both of two worlds, and in one of them on what a client may not see', () => {
  it.each(EXTERNAL.map((persona) => [persona.name, persona] as const))(
    '%s hears, reads and is notified of the same in both',
    async (_name, persona) => {
      const told = await tell({ worlds, persona, seed: SEED, deeds: DEEDS });
      expect(told.differences.map(differenceInWords)).toEqual([]);
      expect(worlds.failures.splice(0)).toEqual([]);
      // There was something to tell them apart by, and something to hear.
      expect(told.aside).toBeGreaterThan(DEEDS / 4);
      expect(told.both + told.aside).toBeGreaterThan(told.refused * 3);
      if (persona.members.length > 0 && persona.name !== 'dana') expect(told.heard).toBeGreaterThan(10);
    },
    120_000,
  );
});
