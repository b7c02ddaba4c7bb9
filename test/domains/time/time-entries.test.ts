import type { Project } from '../../../src/domains/projects/project.entity';
import { withheldOf } from '../../support/answers';
import { aProject } from '../../support/builders';
import { TestServer } from '../../support/server';
import { aTask, aTimeEntry } from '../../support/time-builders';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.close());

type Who = Parameters<TestServer['data']>[0];

const LIST = `query ($id: ID!, $filter: TimeEntryFilter, $sort: TimeEntrySort, $first: Int, $after: String) { project(id: $id) {
  timeEntries(filter: $filter, sort: $sort, first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor } nodes { description } } } }`;
const ALL = `query ($filter: AllTimeEntriesFilter) { timeEntries(filter: $filter, first: 100) { totalCount nodes { description } } }`;
const wordsOf = async (who: Who, project: Project, filter: object | null = null): Promise<string[] | null> => {
  const data = await server.data(who, LIST, { id: project.id, filter });
  return data.project.timeEntries?.nodes.map((entry: { description: string }) => entry.description) ?? null;
};
async function aBusyProject(facts: Parameters<typeof aProject>[1] = {}): Promise<Project> {
  const project = await aProject(server, facts);
  await aTimeEntry(server, project, { description: 'wim', date: '2026-03-10' });
  await aTimeEntry(server, project, { description: 'wim issued', date: '2026-03-09', invoiceState: 'ISSUED' });
  await aTimeEntry(server, project, {
    description: 'cora drafted',
    date: '2026-03-08',
    person: 'cora',
    invoiceState: 'DRAFT',
  });
  await aTimeEntry(server, project, { description: 'cora free', date: '2026-03-07', person: 'cora', billable: false });
  await aTimeEntry(server, project, { description: 'tess', date: '2026-03-06', person: 'tess', billable: false });
  return project;
}

describe('the entries of a project', () => {
  it('are listed for Clara newest first where the setting opens them (F-079)', async () => {
    const project = await aBusyProject({ preset: 'FREELANCE' });
    expect(await wordsOf('clara', project)).toEqual(['wim', 'wim issued', 'cora drafted', 'cora free', 'tess']);
  });

  it('are nobody’s but the team’s and Tess’s own with timeEntries: DAILY', async () => {
    const project = await aBusyProject({ preset: 'CONSULTANCY' });
    const answer = await server.ask('clara', LIST, { id: project.id });
    expect(answer.data.project.timeEntries).toBeNull();
    expect(withheldOf(answer)).toEqual({ timeEntries: ['timeEntries:DETAILED'] });
    expect(await wordsOf('tess', project)).toEqual(['tess']);
    expect(await wordsOf('wim', project)).toHaveLength(5);
    expect(await wordsOf('bo', project)).toBeNull();
  });

  it('leave out for Clara what is not billable with hours: BILLABLE, and what is not invoiced with timeRelease: INVOICED (X-08)', async () => {
    const billable = await aBusyProject({ preset: 'FREELANCE', visibility: { hours: 'BILLABLE' } });
    expect(await wordsOf('clara', billable)).toEqual(['wim', 'wim issued', 'cora drafted']);
    const invoiced = await aBusyProject({ preset: 'FREELANCE', visibility: { timeRelease: 'INVOICED' } });
    expect(await wordsOf('clara', invoiced)).toEqual(['wim issued']);
    expect(await wordsOf('max', invoiced)).toHaveLength(5);
    const hidden = await aBusyProject({ preset: 'FREELANCE', visibility: { hours: 'HIDE' } });
    expect(await wordsOf('clara', hidden)).toBeNull();
  });

  it('are for a client who views and tracks the released ones and her own', async () => {
    const project = await aBusyProject({
      preset: 'FREELANCE',
      visibility: { timeRelease: 'INVOICED' },
      grants: { tess: { clientView: true, trackTime: true } },
    });
    expect(await wordsOf('tess', project)).toEqual(['wim issued', 'tess']);
  });

  it('are for a team member who only tracks time his own alone', async () => {
    const project = await aBusyProject({ grants: { wim: { trackTime: true }, cora: {} } });
    expect(await wordsOf('wim', project)).toEqual(['wim', 'wim issued']);
    expect(await wordsOf('cora', project)).toBeNull();
  });

  it('are found by day, person, task and whether they are billable, and counted (F-079)', async () => {
    const project = await aBusyProject();
    const task = await aTask(server, project);
    await aTimeEntry(server, project, { description: 'on task', date: '2026-02-01', task });
    expect(await wordsOf('max', project, { from: '2026-03-08', to: '2026-03-09' })).toEqual([
      'wim issued',
      'cora drafted',
    ]);
    expect(await wordsOf('max', project, { personId: server.cast.people.cora })).toEqual(['cora drafted', 'cora free']);
    expect(await wordsOf('max', project, { taskId: task.id })).toEqual(['on task']);
    expect(await wordsOf('max', project, { billable: false })).toEqual(['cora free', 'tess']);
    const inverted = { id: project.id, filter: { from: '2026-03-02', to: '2026-03-01' } };
    expect(await server.refusal('max', LIST, inverted)).toMatchObject({ code: 'BAD_USER_INPUT', field: 'filter.from' });
  });

  it('are paged without gaps and doubles, from both ends of time', async () => {
    const project = await aBusyProject();
    for (const sort of ['NEWEST', 'OLDEST']) {
      const seen: string[] = [];
      let after: string | null = null;
      do {
        const page: any = (await server.data('max', LIST, { id: project.id, sort, first: 2, after })).project
          .timeEntries;
        expect(page.totalCount).toBe(5);
        seen.push(...page.nodes.map((entry: { description: string }) => entry.description));
        after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
      } while (after);
      const newest = ['wim', 'wim issued', 'cora drafted', 'cora free', 'tess'];
      expect(seen).toEqual(sort === 'NEWEST' ? newest : newest.reverse());
    }
  });
});

describe('filters on what is masked (L-01)', () => {
  it('match nothing of a person whom the project does not show Clara', async () => {
    const project = await aBusyProject({ preset: 'FREELANCE', visibility: { people: 'CLIENT_FACING' } });
    expect(await wordsOf('clara', project, { personId: server.cast.people.cora })).toEqual([
      'cora drafted',
      'cora free',
    ]);
    const wims = await server.ask('clara', LIST, { id: project.id, filter: { personId: server.cast.people.wim } });
    if (wims.errors) expect(wims.errors[0].extensions.code).toBe('NOT_FOUND');
    else expect(wims.data.project.timeEntries).toMatchObject({ totalCount: 0, nodes: [] });
    const everywhere = await server.data('clara', ALL, {
      filter: { personId: server.cast.people.cora, projectId: project.id },
    });
    expect(everywhere.timeEntries.totalCount).toBe(2);
  });

  it('do not know tasks and people that Clara does not see', async () => {
    const project = await aBusyProject({ preset: 'FREELANCE' });
    const hidden = await aTask(server, project, { clientVisible: false });
    for (const filter of [
      { taskId: hidden.id },
      { personId: server.cast.people.eve },
      { taskId: 'tsk_1111111111111111111111' },
    ]) {
      expect(await server.refusal('clara', LIST, { id: project.id, filter })).toMatchObject({ code: 'NOT_FOUND' });
    }
  });
});

describe('the entries of all projects', () => {
  it('are those of each project that the viewer would see there (F-080)', async () => {
    const own = await TestServer.start();
    try {
      const open = await aProject(own, { preset: 'FREELANCE' });
      const daily = await aProject(own);
      const borealis = await aProject(own, { client: 'borealis', preset: 'FREELANCE' });
      for (const [project, description] of [
        [open, 'open'],
        [daily, 'daily'],
        [borealis, 'borealis'],
      ] as const) {
        await aTimeEntry(own, project, { description, person: 'max' });
      }
      const seen = async (who: Who, filter: object | null = null) =>
        (await own.data(who, ALL, { filter })).timeEntries.nodes
          .map((entry: { description: string }) => entry.description)
          .sort();
      expect(await seen('clara')).toEqual(['open']);
      expect(await seen('eve')).toEqual(['borealis']);
      expect(await seen('bo')).toEqual([]);
      expect(await seen('ada')).toEqual(['borealis', 'daily', 'open']);
      expect(await seen('max', { projectId: daily.id })).toEqual(['daily']);
      expect(await own.refusal('clara', ALL, { filter: { projectId: daily.id } })).toMatchObject({
        code: 'FORBIDDEN',
        requires: ['timeEntries:DETAILED'],
      });
      expect(await own.refusal('clara', ALL, { filter: { projectId: borealis.id } })).toMatchObject({
        code: 'NOT_FOUND',
      });
    } finally {
      await own.close();
    }
  });

  it('are one list, whichever project they are of: paged by day from both ends', async () => {
    const projects = [await aProject(server), await aProject(server)];
    for (let day = 1; day <= 7; day++) {
      await aTimeEntry(server, projects[day % 2], { date: `2030-01-0${day}`, description: String(day) });
    }
    const PAGE = `query ($first: Int, $after: String, $last: Int, $before: String) { timeEntries(first: $first, after: $after, last: $last, before: $before,
      filter: { from: "2030-01-01", to: "2030-01-07" }) { totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } nodes { description } } }`;
    const page = async (args: Record<string, unknown>) => {
      const { totalCount, nodes, pageInfo } = (await server.data('max', PAGE, args)).timeEntries;
      return { totalCount, pageInfo, days: nodes.map((entry: { description: string }) => entry.description).join('') };
    };
    const first = await page({ first: 3 });
    expect(first).toMatchObject({
      totalCount: 7,
      days: '765',
      pageInfo: { hasNextPage: true, hasPreviousPage: false },
    });
    const second = await page({ first: 3, after: first.pageInfo.endCursor });
    expect(second).toMatchObject({ days: '432', pageInfo: { hasNextPage: true } });
    expect(await page({ first: 3, after: second.pageInfo.endCursor })).toMatchObject({
      days: '1',
      pageInfo: { hasNextPage: false },
    });
    expect(await page({ last: 2 })).toMatchObject({ days: '21', pageInfo: { hasPreviousPage: true } });
    expect(await page({ last: 2, before: second.pageInfo.startCursor })).toMatchObject({ days: '65' });
  });
});
