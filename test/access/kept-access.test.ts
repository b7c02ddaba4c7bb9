import { KeptAccess } from '../../src/access/kept-access';
import { loadAccess, loadAccessOfMany } from '../../src/access/load-access';
import { CAST_NAMES, type CastName } from '../../src/demo/cast';
import type { Sql } from '../../src/platform/database';
import { type TestServer, tokenOf } from '../support/server';
import { Random } from '../two-worlds/asking/random';
import { aChangingWorld, Changes, inWords, restore } from './changing-world';

/** Another seed changes other things: `SEED=8 npx jest test/access/kept-access`. */
const SEED = Number(process.env.SEED ?? 11);
const CHANGES = 150;

/** What is kept of callers between their requests must never be what they held before. */
let server: TestServer;
beforeAll(async () => {
  server = await aChangingWorld();
});
afterAll(() => server.close());

it('what was confirmed is of this moment: how far events are told, and when the session was used', async () => {
  const { database, clock } = server;
  const kept = new KeptAccess(database, clock);
  const token = tokenOf('ada');
  await restore(server);
  const before = await kept.of(token);
  await database.rows(`update event_stream set last_seq = last_seq + 7`);
  clock.advance(1000);
  const after = await kept.of(token);
  expect(after).not.toBe(before);
  expect(after).toEqual(await loadAccess(database, clock, token));
  await database.rows(`update event_stream set last_seq = last_seq - 7`);
});

it('a clock that is set back confirms nothing', async () => {
  const { database, clock } = server;
  await restore(server);
  let statements = 0;
  const kept = new KeptAccess(
    counting(database, () => statements++),
    clock,
  );
  await kept.of(tokenOf('ada'));
  clock.advance(-1000);
  await kept.of(tokenOf('ada'));
  expect(statements).toBe(3);
  clock.advance(1000);
});

it('what one request is handed, no request can change for the next', async () => {
  const kept = new KeptAccess(server.database, server.clock);
  await restore(server);
  const { granted } = await kept.of(tokenOf('clara'));
  expect(granted.length).toBeGreaterThan(0);
  for (const permit of granted) {
    expect(() => Object.assign(permit, { internalCosts: true })).toThrow(TypeError);
    expect(() => Object.assign(permit.settings!, { budget: 'SHOW' })).toThrow(TypeError);
  }
});

it('whatever changes, in any column of any row: the next request of everybody is judged by what they hold now', async () => {
  const { mistake, asked, statements } = await changeAndAsk();
  expect(mistake).toBeNull();
  // Most are confirmed, by one statement each; else two are asked, or three.
  expect(statements).toBeLessThan(1.5 * asked);
}, 120_000);

it('and it is found out when changes of grants are not counted', async () => {
  await server.database.rows('alter table project_grant disable trigger user');
  const { mistake } = await changeAndAsk('project_grant');
  expect(mistake).not.toBeNull();
}, 120_000);

interface Asked {
  mistake: { after: string; of: CastName } | null;
  asked: number;
  statements: number;
}

/** Changes something again and again, and asks for some of the cast as if they had sent a request. */
async function changeAndAsk(often?: string): Promise<Asked> {
  const random = new Random(SEED);
  const changes = await Changes.of(server, random, often);
  await restore(server);
  const result: Asked = { mistake: null, asked: 0, statements: 0 };
  const kept = new KeptAccess(
    counting(server.database, () => result.statements++),
    server.clock,
  );
  for (let nth = 1; nth <= CHANGES && !result.mistake; nth++) {
    const what = await changes.one();
    const read = await loadAccessOfMany(server.database, server.clock, CAST_NAMES.map(tokenOf));
    for (const [i, name] of CAST_NAMES.entries()) {
      const access = await kept.of(tokenOf(name));
      result.asked++;
      if (inWords(access) !== inWords(read[i])) result.mistake = { after: what, of: name };
    }
    if (nth % 20 === 0) await restore(server);
  }
  return result;
}

function counting(db: Sql, count: () => void): Sql {
  return {
    rows: (sql, values) => {
      count();
      return db.rows(sql, values);
    },
    row: (sql, values) => db.row(sql, values),
  };
}
