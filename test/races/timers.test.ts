import { hours } from '../../src/platform/clock';
import { codeOf } from '../support/answers';
import { times } from '../support/at-once';
import { aProject } from '../support/builders';
import { type Answer, TestServer } from '../support/server';
import { aTimer } from '../support/time-builders';

let here: TestServer;
let there: TestServer;
beforeAll(async () => {
  here = await TestServer.start();
  there = await here.beside();
});
afterAll(async () => {
  await there.close();
  await here.close();
});

const START = 'mutation ($input: StartTimerInput!) { startTimer(input: $input) { timer { id } } }';
const STOP = 'mutation ($input: StopTimerInput!) { stopTimer(input: $input) { timeEntry { id } } }';
const DISCARD = 'mutation ($input: DiscardTimerInput!) { discardTimer(input: $input) { discardedTimerId } }';

const onBoth = (n: number, work: (server: TestServer, i: number) => Promise<Answer>): Promise<string[]> =>
  times(n, async (i) => codeOf(await work(i % 2 ? here : there, i)));
const count = async (what: 'time_entry' | 'timer', projectId: string): Promise<number> =>
  (await here.database.rows(`select from ${what} where project_id = $1`, [projectId])).length;

describe('at the same time, on two processes,', () => {
  it('ten starts of Wim’s begin one timer', async () => {
    const { id: projectId } = await aProject(here);
    const codes = await onBoth(10, (server) => server.ask('wim', START, { input: { projectId } }));
    expect(codes.sort()).toEqual(['DONE', ...Array(9).fill('TIMER_ALREADY_RUNNING')]);
    expect(await count('timer', projectId)).toBe(1);
  });

  it('ten stops of one timer write one entry', async () => {
    const project = await aProject(here);
    const timerId = await aTimer(here, project, { personId: here.cast.people.max });
    here.clock.advance(hours(1));
    const codes = await onBoth(10, (server) => server.ask('max', STOP, { input: { timerId } }));
    expect(codes.sort()).toEqual(['DONE', ...Array(9).fill('NOT_FOUND')]);
    expect(await count('time_entry', project.id)).toBe(1);
  });

  it('a timer is stopped or thrown away, never both', async () => {
    for (let round = 0; round < 5; round++) {
      const project = await aProject(here);
      const timerId = await aTimer(here, project, { personId: here.cast.people.cora });
      const [stopped, discarded] = await onBoth(2, (server, i) =>
        server.ask('cora', i === 0 ? STOP : DISCARD, { input: { timerId } }),
      );
      expect([stopped, discarded].sort()).toEqual(['DONE', 'NOT_FOUND']);
      expect(await count('time_entry', project.id)).toBe(stopped === 'DONE' ? 1 : 0);
    }
  });
});
