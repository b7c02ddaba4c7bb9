import type { Project } from '../../src/domains/projects/project.entity';
import { newId } from '../../src/platform/ids';
import { aProject } from '../support/builders';
import { aMember, type Extra } from '../support/people-builders';
import { TestServer } from '../support/server';

/** Changes of permissions are counted at the end of each transaction, one after the other in a workspace. */
let server: TestServer;
let project: Project;
beforeAll(async () => {
  server = await TestServer.start();
  project = await aProject(server);
});
afterAll(() => server.close());

const GIVE = 'update project_grant set track_time = not track_time where project_id = $1 and membership_id = $2';

async function epoch(): Promise<bigint> {
  const sql = 'select epoch from access_epoch where workspace_id = $1';
  return (await server.database.row<{ epoch: bigint }>(sql, [server.cast.workspaceId]))!.epoch;
}

it('whoever changes what Wim holds does not wait for somebody who is about to change what Clara holds', async () => {
  const { database, cast } = server;
  const before = await epoch();
  await database.transaction(async (tx) => {
    await tx.rows(GIVE, [project.id, cast.people.clara]);
    await database.transaction((other) => other.rows(GIVE, [project.id, cast.people.wim]));
    expect(await epoch()).toBe(before + 1n);
  });
  expect(await epoch()).toBe(before + 2n);
});

it('none of fifty changes at once is lost, and each counts once', async () => {
  const { database, cast } = server;
  const before = await epoch();
  const names = ['clara', 'carl', 'wim', 'max', 'bo'] as const;
  const give = (who: (typeof names)[number]) =>
    database.transaction(async (tx) => {
      await tx.rows(GIVE, [project.id, cast.people[who]]);
      await tx.rows('update session set expires_at = expires_at + $2::interval where user_id = $1', [
        cast.users[who],
        '1 second',
      ]);
    });
  await Promise.all(Array.from({ length: 50 }, (_, i) => give(names[i % names.length])));
  expect(await epoch()).toBe(before + 50n);
});

it('people who belong to the same workspaces sign out at once, and nobody waits in a circle', async () => {
  const { database, clock } = server;
  const other = newId('Workspace');
  await database.rows(
    `insert into workspace (id, name, slug, timezone, default_currency, created_at, updated_at)
     select $1, 'Other', 'other', timezone, default_currency, created_at, updated_at from workspace limit 1`,
    [other],
  );
  const people: Extra[] = [];
  for (let i = 0; i < 8; i++) people.push(await aMember(server));
  for (const { userId } of people) {
    await database.rows(
      `insert into membership (id, workspace_id, user_id, person_type, created_at, updated_at)
       values ($1, $2, $3, 'EMPLOYEE', $4, $4)`,
      [newId('Person'), other, userId, clock.now()],
    );
  }
  const before = await deadlocks();
  for (let round = 0; round < 10; round++) {
    await Promise.all(people.map(({ userId }) => database.rows(SHORTEN, [userId])));
  }
  expect(await deadlocks()).toBe(before);
});

const SHORTEN = `update session set expires_at = expires_at - interval '1 second' where user_id = $1`;

async function deadlocks(): Promise<bigint> {
  const sql = 'select deadlocks from pg_stat_database where datname = current_database()';
  return (await server.database.row<{ deadlocks: bigint }>(sql))!.deadlocks;
}
