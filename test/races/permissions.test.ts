import { ROWS, type Row } from '../access/mutation-table';
import { COLUMNS, type Column, MutationWorld } from '../access/mutation-world';
import { codeOf } from '../support/answers';
import { codesOf } from '../support/at-once';
import { aProject } from '../support/builders';
import { mutationOf } from '../support/mutation';
import type { Answer } from '../support/server';

/**
 * What somebody may do is asked when their request comes in, and again when it is carried out: between the two it may
 * have been taken from them.
 */
let world: MutationWorld;
beforeAll(async () => {
  world = await MutationWorld.build();
});
beforeEach(() => world.reset());
afterAll(() => world.server.close());

/** Whoever is allowed what a client without permissions is not. */
const HELD: [who: string, column: Column][] = [
  ['Max, who manages the project', 'P'],
  ['Ada, who is an admin', 'A'],
];
const isAllowed = ({ outcomes }: Row, column: Column) =>
  outcomes[COLUMNS.indexOf(column)] === '+' && outcomes[COLUMNS.indexOf('B')] !== '+';

describe.each(HELD)('while they are taken from %s, permissions do not count any more for', (_who, column) => {
  const rows = ROWS.filter((row) => isAllowed(row, column)).map((row) => [row.what, row] as const);
  it.each(rows)('%s', async (_what, row) => {
    const input = await row.input(world, column);
    const ask = () => world.server.ask(world.tokenOf(column), mutationOf(row.mutation), { input });
    const answer = await whileTaken(column, ask);
    expect(['FORBIDDEN', 'NOT_FOUND']).toContain(codeOf(answer));
  });
});

it('of two colleagues who take the client view from each other one is too late', async () => {
  const { server } = world;
  const { workspaceId, people } = server.cast;
  await server.database.rows(`update workspace set invite_policy = 'PROJECT_TEAM' where id = $1`, [workspaceId]);
  for (let round = 0; round < 5; round++) {
    const both = { trackTime: true, clientView: true };
    const { id: projectId } = await aProject(server, { grants: { wim: both, cora: both } });
    const take = (who: 'wim' | 'cora', from: 'wim' | 'cora') =>
      server.ask(who, mutationOf('updateProjectPermissions'), {
        input: { projectId, personId: people[from], permissions: { clientView: false } },
      });
    const answers = await Promise.all([take('wim', 'cora'), take('cora', 'wim')]);
    expect(codesOf(answers)).toEqual(['DONE', 'FORBIDDEN']);
  }
}, 60_000);

/** Asks in the middle of a change that takes everything from somebody, and ends the change when the question waits for it. */
async function whileTaken(column: Column, ask: () => Promise<Answer>): Promise<Answer> {
  const { database } = world.server;
  const personId = world.personOf(column);
  const taken = { role: 'MEMBER', status: 'SUSPENDED' };
  const before = await database.row<{ role: string }>('select role from membership where id = $1', [personId]);
  let answer: Promise<Answer> | undefined;
  await database.transaction(async (tx) => {
    await tx.rows('select from membership where id = $1 for no key update', [personId]);
    await tx.rows('update membership set role = $2 where id = $1', [personId, taken.role]);
    await tx.rows('update project_grant set status = $2 where membership_id = $1', [personId, taken.status]);
    // Asked beside the transaction: inside one, PostgreSQL goes on telling what it told first.
    let answered = false;
    answer = ask().finally(() => {
      answered = true;
    });
    const waits = `select exists (select from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock') as waiting`;
    while (!answered && !(await database.row<{ waiting: boolean }>(waits))!.waiting) await new Promise(setImmediate);
  });
  const result = await answer!;
  await database.rows('update membership set role = $2 where id = $1', [personId, before!.role]);
  await database.rows(`update project_grant set status = 'ACTIVE' where membership_id = $1`, [personId]);
  return result;
}
