import { servedSchema } from '../../src/api/schema';
import { onPostgres } from '../support/database';
import { Coverage } from './asking/coverage';
import type { Cursors } from './asking/cursors';
import { compare, inWords } from './compare';
import { cursorsOfAdmin } from './pair';
import { personaNamed } from './personas';
import { RunningWorlds } from './running-worlds';

/** Another seed asks other questions: `SEED=8 npx jest test/two-worlds/clients`. */
const SEED = Number(process.env.SEED ?? 7);

/** The answers are the same code's on either database: on the embedded one, where each takes thrice as long, fewer are asked. */
const ASKED = onPostgres ? 1 : 0.3;

/** Which of the rarest inputs are not come by hangs on chance. */
const NEVER_ASKED_PERCENT = 2;

/** The tests of one file: each of these people asks so many questions, and no answer tells the worlds apart. */
export function giveTheSameAnswersTo(onServer: Record<string, number>): void {
  const queriesOf = Object.entries(onServer).map(([name, queries]) => [name, queries * ASKED] as const);
  let worlds: RunningWorlds;
  let coverage: Coverage;
  let cursors: Cursors;
  beforeAll(async () => {
    const schema = servedSchema();
    worlds = await RunningWorlds.open(schema);
    coverage = new Coverage(schema);
    cursors = await cursorsOfAdmin(worlds, schema);
  }, 120_000);
  afterAll(() => worlds.close());

  it.each(queriesOf)(
    'give %s the same answers to the byte, to %i questions',
    async (name, queries) => {
      const common = { worlds, coverage, cursors, seed: SEED, mutations: 20, enough: 4 };
      const findings = await compare({ ...common, persona: personaNamed(name), queries });
      expect(findings.leaks.map(inWords)).toEqual([]);
      expect(findings.asked).toBe(queries);
    },
    400_000,
  );

  if (!onPostgres) return;
  it('were asked for nearly every field, argument and value there is', () => {
    expect(coverage.places.size).toBeGreaterThan(300);
    const never = coverage.neverAsked;
    const tooMany = never.length > (coverage.places.size * NEVER_ASKED_PERCENT) / 100;
    expect({ never, tooMany }).toEqual({ never, tooMany: false });
  });
}
