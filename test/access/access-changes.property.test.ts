import { loadAccessOfMany, loadChanges } from '../../src/access/load-access';
import type { ProjectAccess } from '../../src/access/project-access';
import { Standing } from '../../src/access/standing';
import { CAST_NAMES, type CastName } from '../../src/demo/cast';
import { AccessWatch } from '../../src/events/access-watch';
import { type TestServer, tokenOf } from '../support/server';
import { Random } from '../two-worlds/asking/random';
import { aChangingWorld, Changes, inWords, restore, TABLES } from './changing-world';

/** Another seed changes other things: `SEED=8 npx jest test/access/access-changes.property`. */
const SEED = Number(process.env.SEED ?? 7);
const CHANGES = 300;

let server: TestServer;
beforeAll(async () => {
  server = await aChangingWorld();
});
afterAll(() => server.close());

it(`whatever changes, in any column of any row: what is confirmed is what would be read`, async () => {
  const { mistake, confirmed, changed } = await changeAndCompare();
  expect(mistake).toBeNull();
  expect(confirmed).toBeGreaterThan(CHANGES);
  expect(changed).toBeGreaterThan(CHANGES / 5);
}, 120_000);

it.each([...new Set(TABLES)])(
  'and it is found out when changes of %s are not counted',
  async (table) => {
    await server.database.rows(`alter table ${table} disable trigger user`);
    const { mistake } = await changeAndCompare(table);
    await server.database.rows(`alter table ${table} enable trigger user`);
    expect(mistake).not.toBeNull();
  },
  120_000,
);

interface Compared {
  /** What was confirmed, and would not have been read. */
  mistake: { after: string; of: CastName } | null;
  confirmed: number;
  changed: number;
}

/** Changes something again and again, with a word on what `often` changes, and compares what is kept with what is read. */
async function changeAndCompare(often?: string): Promise<Compared> {
  const changes = await Changes.of(server, new Random(SEED), often);
  await restore(server);
  const { workspaceId } = server.cast;
  let kept = keep(await accessOf());
  const { epoch } = kept.get('ada')!.standing.in(workspaceId)!;
  const since = async (from: { workspaceId: string; epoch: number }) => (await loadChanges(server.database, [from]))[0];
  const watch = new AccessWatch({ workspaceId, epoch }, since);
  const compared: Compared = { mistake: null, confirmed: 0, changed: 0 };
  for (let nth = 1; nth <= CHANGES && !compared.mistake; nth++) {
    const what = await changes.one();
    await watch.look();
    const read = await accessOf();
    for (const [i, name] of CAST_NAMES.entries()) {
      const own = kept.get(name);
      const isSame = own?.words === inWords(read[i]);
      if (own && !isSame) compared.changed++;
      if (!own || !watch.confirms(own.standing, server.clock.now())) continue;
      compared.confirmed++;
      if (!isSame) compared.mistake = { after: what, of: name };
    }
    kept = keep(read);
    if (nth % 20 === 0) await restore(server);
  }
  return compared;
}

const accessOf = (): Promise<ProjectAccess[]> =>
  loadAccessOfMany(server.database, server.clock, CAST_NAMES.map(tokenOf));

function keep(read: readonly ProjectAccess[]): Map<CastName, { words: string; standing: Standing }> {
  const signedIn = CAST_NAMES.flatMap((name, i) => (read[i].session ? [[name, read[i]] as const] : []));
  return new Map(signedIn.map(([name, access]) => [name, { words: inWords(access), standing: new Standing(access) }]));
}
