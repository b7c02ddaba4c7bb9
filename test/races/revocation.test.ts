import { setTimeout as sleep } from 'node:timers/promises';
import type { CastName } from '../../src/demo/cast';
import type { Project } from '../../src/domains/projects/project.entity';
import { newId } from '../../src/platform/ids';
import { aGrant, aProject } from '../support/builders';
import { Listener } from '../support/listener';
import { mutationOf } from '../support/mutation';
import { signInDirectly, TestServer, tokenOf } from '../support/server';
import { until } from '../support/until';

/** What one process takes away is silent on every other one: within a second, and nothing of later comes through. */
const ROUNDS = 9;
const STREAMS = 2;
const SECOND = 1000;

let here: TestServer;
let there: TestServer;
let project: Project;
beforeAll(async () => {
  here = await TestServer.start({ live: true });
  there = await here.beside();
  project = await aProject(here, { grants: { max: { managesProject: true, clientView: true } } });
  for (const who of ['clara', 'carl', 'wim', 'bo', 'tess'] as const)
    await aGrant(here, project.id, who, { clientView: true });
});
afterAll(async () => {
  await there.close();
  await here.close();
});

const mutation = (name: string, payload: string) => (who: CastName | { token: string }, input: object) =>
  here.data(who, mutationOf(name, payload), { input });
const remove = mutation('removeFromProject', 'removedMemberId');
const deactivate = mutation('deactivatePerson', 'person { id }');
const changeRole = mutation('changeRole', 'person { id }');
const createTask = mutation('createTask', 'task { id }');

interface Cause {
  who: CastName;
  /** With a session of their own, which is over afterwards. */
  session?: string;
  /** Until its answer is there, it need not be so. */
  act(who: { token: string }): Promise<unknown>;
}

const personOf = (who: CastName) => here.cast.people[who];
const CAUSES: Record<string, Cause> = {
  revoked: { who: 'clara', act: () => remove('olga', { projectId: project.id, personId: personOf('clara') }) },
  expired: { who: 'carl', act: async () => soon },
  deactivated: { who: 'wim', act: () => deactivate('olga', { personId: personOf('wim') }) },
  demoted: { who: 'ada', act: () => changeRole('olga', { personId: personOf('ada'), role: 'MEMBER' }) },
  'signed out': {
    who: 'bo',
    session: 'bo-second',
    act: (who) => here.data(who, 'mutation { signOut { endedSessions } }'),
  },
  'session expired': { who: 'tess', session: 'tess-second', act: async () => soon },
};

/** A moment that both processes come to at once. */
let soon: Date;

/** As it was before: streams are opened after this. */
async function restore(round: number): Promise<void> {
  const { database, clock, cast } = here;
  soon = new Date(clock.now().getTime() + SECOND);
  await database.rows(`update project_grant set status = 'ACTIVE', expires_at = null where project_id = $1`, [
    project.id,
  ]);
  await database.rows('update project_grant set expires_at = $2 where membership_id = $1', [personOf('carl'), soon]);
  await database.rows(`update membership set status = 'ACTIVE'`);
  await database.rows(`update membership set role = 'ADMIN' where id = $1`, [personOf('ada')]);
  for (const { who, session } of Object.values(CAUSES)) {
    const name = `${session}-${round}`;
    if (session) await signInDirectly(database, clock, { id: newId('Session'), name, userId: cast.users[who] });
  }
  await database.rows('update session set expires_at = $2 where user_id = $1', [cast.users.tess, soon]);
}

/** How long each stream of each cause went on after it, in milliseconds. */
async function oneRound(round: number): Promise<[cause: string, after: number][]> {
  await restore(round);
  const listening = await Promise.all(
    Object.entries(CAUSES).map(async ([cause, { who, session, act }]) => {
      const caller = { token: tokenOf(session ? `${session}-${round}` : who) };
      const open = () => Listener.open(there, caller, { projectIds: [project.id] });
      return { cause, caller, act, streams: await Promise.all(Array.from({ length: STREAMS }, open)) };
    }),
  );
  const all = listening.flatMap(({ streams }) => streams);
  await until(() => there.listening === all.length);
  // At another moment of the half second in which processes look by themselves.
  await sleep(Math.random() * 500);
  const gone = listening.map(async ({ cause, caller, act, streams }) => {
    if ((await act(caller)) === soon) here.clock.set(soon);
    // It is written by now, and has been for a while.
    const from = performance.now();
    await createTask('max', { projectId: project.id, title: `Later than ${cause}` });
    return Promise.all(
      streams.map(async (stream): Promise<[string, number]> => {
        await stream.untilEnded(5000);
        return [cause, performance.now() - from];
      }),
    );
  });
  const measured = (await Promise.all(gone)).flat();
  const leaked = listening.flatMap(({ cause, streams }) =>
    streams.flatMap(({ events }) => events.filter(({ subject }) => subject?.title === `Later than ${cause}`)),
  );
  expect(leaked).toEqual([]);
  await Promise.all(all.map((stream) => stream.close()));
  return measured;
}

describe('a stream on another process', () => {
  it('is silent within a second of a revocation, an expiry, a deactivation, another role, a sign-out, a session’s end', async () => {
    const measured: [string, number][] = [];
    for (let round = 0; round < ROUNDS; round++) measured.push(...(await oneRound(round)));
    expect(measured).toHaveLength(ROUNDS * STREAMS * Object.keys(CAUSES).length);
    const sorted = [...measured].sort(([, one], [, other]) => one - other);
    const [p99, slowest] = [sorted[Math.ceil(sorted.length * 0.99) - 1], sorted.at(-1)!];
    expect(p99[1]).toBeLessThan(SECOND);
    expect(slowest[1]).toBeLessThan(2 * SECOND);
  }, 120_000);
});
