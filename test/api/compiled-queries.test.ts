import type { CastName } from '../../src/demo/cast';
import { bodyOf, everything } from '../access/everything';
import { aProject } from '../support/builders';
import { operation } from '../support/operations';
import { TestServer } from '../support/server';
import { statementsOf } from '../support/statements';
import { aTask, aTimeEntry } from '../support/time-builders';

let server: TestServer;
let projectId: string;
beforeAll(async () => {
  server = await TestServer.start();
  const project = await aProject(server, {
    visibility: { timeEntries: 'DETAILED', billRates: 'SHOW', invoices: 'FULL' },
  });
  projectId = project.id;
  const task = await aTask(server, project, { assignee: 'wim' });
  await aTimeEntry(server, project, { task, billRate: 6000, costRate: 3000 });
});
afterAll(() => server.close());

const PEOPLE: CastName[] = ['clara', 'carl', 'tess', 'bo', 'eve', 'wim', 'max', 'ada'];
/** What is sealed is another text each time. */
const masked = (body: string): string => body.replace(/"eventsCursor":"[^"]*"/g, '"eventsCursor":"…"');

describe('a query that is asked again, and compiled', () => {
  it.each(PEOPLE)('answers %s to the byte what graphql-js answered the first time, whatever is asked', async (who) => {
    const [first, again] = [await everything(server, who, [projectId]), await everything(server, who, [projectId])];
    expect(again.map(masked)).toEqual(first.map(masked));
  });

  it('is run once: the database is asked as often as by graphql-js alone', async () => {
    const parts = 'cost { amount } totalTime { hours }';
    const split = `query ($id: ID!) { project(id: $id) { totals { byTask { ${parts} task { title } }
      byPerson { ${parts} person { displayName } } byDay { ${parts} date } } timeByDay { date task { title } } } }`;
    const plain = await server.beside({ compileAt: Number.POSITIVE_INFINITY });
    for (const who of PEOPLE) {
      const asked = (of: TestServer) =>
        statementsOf(of, async () => {
          await everything(of, who, [projectId]);
          await bodyOf(of, who, split, { id: projectId });
        });
      const [compiled, interpreted] = [await asked(server), await asked(plain)];
      expect({ who, asked: compiled.length }).toEqual({ who, asked: interpreted.length });
    }
    await plain.close();
  });

  it('answers with other variables, and leaves out what they leave out', async () => {
    const query = `query ($id: ID!, $tasks: Boolean!, $first: Int = 1) {
      project(id: $id) { name tasks(first: $first) @include(if: $tasks) { nodes { title @skip(if: $tasks) id } } } }`;
    const variables = [
      { id: projectId, tasks: true },
      { id: projectId, tasks: false },
      { id: 'prj_1', tasks: true, first: 5 },
      { id: projectId, tasks: true, first: 5 },
    ];
    const ask = () => Promise.all(variables.map((each) => bodyOf(server, 'clara', query, each)));
    const first = await ask();
    expect(await ask()).toEqual(first);
    expect(new Set(first).size).toBe(variables.length);
  });

  it('is refused in the words of graphql-js: for variables that do not fit, and for what fails in the middle', async () => {
    const query = operation('TimeEntries');
    await bodyOf(server, 'clara', query, { projectId });
    for (const variables of [{ projectId: 7.5 }, {}, { projectId, first: 0 }, { projectId, after: 'x' }]) {
      const [one, two] = [
        await bodyOf(server, 'clara', query, variables),
        await bodyOf(server, 'clara', query, variables),
      ];
      expect(two).toBe(one);
      expect(JSON.parse(one.slice(4)).errors[0].extensions.code).toMatch(/BAD_USER_INPUT|INVALID_CURSOR/);
    }
  });

  it('is judged anew each time: what Clara loses between two of them is gone', async () => {
    const { id } = await aProject(server);
    const query = 'query ($id: ID!) { project(id: $id) { totals { totalTime { seconds } } } }';
    const seen = async () => (await server.data('clara', query, { id })).project.totals.totalTime;
    for (let i = 0; i < 3; i++) expect(await seen()).toEqual({ seconds: 0 });
    const hide =
      'mutation ($input: UpdateProjectVisibilityInput!) { updateProjectVisibility(input: $input) { project { id } } }';
    await server.data('max', hide, { input: { projectId: id, settings: { hours: 'HIDE' } } });
    expect(await seen()).toBeNull();
  });
});
