/** @jest-environment ./test/support/sandbox.cjs */
import type { Asking } from '../../src/access/rules';
import { servedSchema } from '../../src/api/schema';
import type { Event } from '../../src/events/event.entity';
import { personaNamed } from './personas';
import { RunningWorlds } from './running-worlds';
import { planted as mockPlanted, type StreamPlant, schemaOf } from './streams/planted';
import { PLANTED_STREAMS } from './streams/plants';
import { differenceInWords, tell } from './streams/story';

/** Who hears what is decided in one place, for streams, feeds and notifications: here with a leak in it. */
jest.mock('../../src/events/as-seen', () => {
  const real = jest.requireActual('../../src/events/as-seen');
  const asHeardBy = (asking: Asking, event: Event) =>
    (mockPlanted.hears?.(real.asHeardBy) ?? real.asHeardBy)(asking, event);
  const whatIsHeard = (asking: Asking, events: readonly Event[]) =>
    Promise.all(events.map((event) => asHeardBy(asking, event)));
  return { ...real, asHeardBy, whatIsHeard };
});

const SEED = Number(process.env.SEED ?? 1);
const MOST = 60;

let worlds: RunningWorlds;
beforeAll(async () => {
  worlds = await RunningWorlds.open(servedSchema());
}, 120_000);
afterAll(() => worlds.close());

const storyOf = ({ persona, seed = SEED }: StreamPlant) => ({ persona: personaNamed(persona), seed, deeds: MOST });

describe('a leak planted on purpose into what is told of events is found within 60 deeds', () => {
  it.each(PLANTED_STREAMS.map((plant) => [plant.name, plant.persona, plant] as const))(
    '%s, to %s',
    async (_name, _persona, plant) => {
      await worlds.serve(schemaOf(plant));
      mockPlanted.hears = plant.hears;
      const { differences } = await tell({ worlds, ...storyOf(plant), wired: plant.wired?.() });
      expect(differences).toHaveLength(1);
    },
    200_000,
  );

  const stories = new Map(PLANTED_STREAMS.map((plant) => [`${plant.persona}, seed ${plant.seed ?? SEED}`, plant]));
  it.each([...stories])(
    'and none is found where none is: %s',
    async (_name, plant) => {
      await worlds.serve(servedSchema());
      mockPlanted.hears = undefined;
      const { differences } = await tell({ worlds, ...storyOf(plant) });
      expect(differences.map(differenceInWords)).toEqual([]);
    },
    200_000,
  );
});
