import { servedSchema } from '../../src/api/schema';
import { EXTERNAL, memberOf, type Persona } from './personas';
import { RunningWorlds } from './running-worlds';
import { SHARED_EVENTS } from './streams/portal';
import { differenceInWords, tell } from './streams/story';

/** Another seed tells another story: `SEED=8 npx jest test/two-worlds/streams.test`. */
const SEED = Number(process.env.SEED ?? 7);
const DEEDS = Number(process.env.DEEDS ?? 30);

const VIEWERS = ['clara', 'carl', 'vera', 'eve'];
const isMember = ({ members: [member] }: Persona): boolean => member !== undefined && !memberOf(member).status;

let worlds: RunningWorlds;
beforeAll(async () => {
  worlds = await RunningWorlds.open(servedSchema());
}, 120_000);
afterAll(() => worlds.close());

/** Everything, told to each for themselves; and what is told to many at once, of whom there is nobody without client view. */
const DOCUMENTS = [
  ['everything', undefined, EXTERNAL],
  ['what is told to many at once', SHARED_EVENTS, EXTERNAL.filter(({ name }) => VIEWERS.includes(name))],
] as const;

describe.each(DOCUMENTS)(
  'asking for %s, while the team works in both of two worlds, and in one of them on what a client may not see',
  (_what, query, personas) => {
    it.each(personas.map((persona) => [persona.name, persona] as const))(
      '%s hears, reads and is notified of the same in both',
      async (_name, persona) => {
        const deeds = isMember(persona) ? DEEDS : DEEDS / 2;
        const told = await tell({ worlds, persona, seed: SEED, deeds, query });
        expect(told.differences.map(differenceInWords)).toEqual([]);
        expect(worlds.failures.splice(0)).toEqual([]);
        // There was something to tell them apart by, and something to hear.
        expect(told.aside).toBeGreaterThan(deeds / 6);
        expect(told.both + told.aside).toBeGreaterThan(told.refused);
        if (isMember(persona)) expect(told.heard).toBeGreaterThan(10);
        if (query) expect(told.shared).toBeGreaterThan(0);
      },
      120_000,
    );
  },
);
