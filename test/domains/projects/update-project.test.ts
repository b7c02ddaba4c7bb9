import type { CastName } from '../../../src/demo/cast';
import { aProject } from '../../support/builders';
import { TestServer } from '../../support/server';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.close());

const UPDATE = `mutation ($input: UpdateProjectInput!) { updateProject(input: $input) { project {
  name code startDate endDate description internalDescription billing version roundingPolicy { mode minutes }
  financials { contractValue { amount } } } } }`;
const STATUS = `mutation ($input: ChangeProjectStatusInput!) { changeProjectStatus(input: $input) { project { status version } } }`;
const VISIBILITY = `mutation ($input: UpdateProjectVisibilityInput!) { updateProjectVisibility(input: $input) { project {
  visibility { preset overridden settings { hours timeEntries timeRelease financials billRates invoices tasks people } } } } }`;

describe('editing a project', () => {
  it('changes what Max gives and leaves the rest', async () => {
    const { id: projectId } = await aProject(server, { name: 'Old', code: 'E-1', description: 'As it was' });
    const { updateProject } = await server.data('max', UPDATE, {
      input: { projectId, name: 'New', startDate: '2026-01-01', roundingPolicy: { mode: 'NEAREST', minutes: 30 } },
    });
    expect(updateProject.project).toEqual({
      name: 'New',
      code: 'E-1',
      startDate: '2026-01-01',
      endDate: null,
      description: 'As it was',
      internalDescription: null,
      billing: 'HOURLY',
      version: 2,
      roundingPolicy: { mode: 'NEAREST', minutes: 30 },
      financials: { contractValue: null },
    });
  });

  it('clears with null what can be empty, and keeps a fixed fee’s contract value', async () => {
    const facts = { code: 'E-2', description: 'Text', billing: 'FIXED_FEE' as never, contractValueMinor: 100n };
    const { id: projectId } = await aProject(server, facts);
    const { updateProject } = await server.data('max', UPDATE, { input: { projectId, code: null, description: '' } });
    expect(updateProject.project).toMatchObject({ code: null, description: null });
    const refused = await server.refusal('max', UPDATE, { input: { projectId, contractValue: null } });
    expect(refused).toMatchObject({ code: 'BAD_USER_INPUT', field: 'contractValue' });
  });

  it('refuses Max when Ada was faster, and says which version there is', async () => {
    const { id: projectId } = await aProject(server);
    await server.data('ada', UPDATE, { input: { projectId, name: 'By Ada', expectedVersion: 1 } });
    const refused = await server.refusal('max', UPDATE, { input: { projectId, name: 'By Max', expectedVersion: 1 } });
    expect(refused).toEqual({ code: 'CONFLICT', current: 2 });
  });

  it('gives a project the code that a hidden one has, as any other (L-12)', async () => {
    await aProject(server, { client: 'borealis', code: 'E-3' });
    const { id: projectId } = await aProject(server, { code: 'E-4' });
    const { updateProject } = await server.data('max', UPDATE, { input: { projectId, code: 'E-3' } });
    expect(updateProject.project).toMatchObject({ code: 'E-3' });
  });

  it('is refused to everybody else, and to Eve as if there was nothing, with nothing changed', async () => {
    const { id: projectId } = await aProject(server);
    for (const [query, more] of MUTATIONS) {
      for (const who of ['wim', 'cora', 'clara', 'carl', 'tess', 'bo'] as CastName[]) {
        const refused = await server.refusal(who, query, { input: { projectId, ...more } });
        expect(refused).toEqual({ code: 'FORBIDDEN', requires: ['managesProject'] });
      }
      expect(await server.refusal('eve', query, { input: { projectId, ...more } })).toMatchObject({
        code: 'NOT_FOUND',
      });
    }
    expect(await stored(projectId)).toMatchObject({ version: 1, status: 'ACTIVE', preset: 'CONSULTANCY' });
  });

  it('tells Clara no version, which would count changes that she does not see (L-12)', async () => {
    const { id } = await aProject(server);
    const answer = await server.ask('clara', 'query ($id: ID!) { project(id: $id) { version } }', { id });
    expect(answer.data.project.version).toBeNull();
    expect(answer.extensions?.withheld).toEqual([{ path: ['project', 'version'], requires: ['managesProject'] }]);
  });
});

const MUTATIONS: [string, object][] = [
  [UPDATE, { name: 'Mine' }],
  [STATUS, { status: 'ON_HOLD' }],
  [VISIBILITY, { preset: 'FREELANCE' }],
];

describe('the life of a project', () => {
  it('leads Max from planned to archived, and back from completed', async () => {
    const { id: projectId } = await aProject(server, { status: 'PLANNED' as never });
    for (const status of ['ACTIVE', 'ON_HOLD', 'ACTIVE', 'COMPLETED', 'ACTIVE', 'COMPLETED', 'ARCHIVED']) {
      const { changeProjectStatus } = await server.data('max', STATUS, { input: { projectId, status } });
      expect(changeProjectStatus.project.status).toBe(status);
    }
  });

  it.each([
    ['PLANNED', 'COMPLETED', ['ACTIVE']],
    ['PLANNED', 'ARCHIVED', ['ACTIVE']],
    ['ACTIVE', 'PLANNED', ['ON_HOLD', 'COMPLETED']],
    ['ACTIVE', 'ARCHIVED', ['ON_HOLD', 'COMPLETED']],
    ['ON_HOLD', 'ARCHIVED', ['ACTIVE', 'COMPLETED']],
    ['COMPLETED', 'ON_HOLD', ['ACTIVE', 'ARCHIVED']],
    ['ARCHIVED', 'ACTIVE', []],
    ['ACTIVE', 'ACTIVE', ['ON_HOLD', 'COMPLETED']],
  ])('has no way from %s to %s, and tells Max where it leads', async (from, to, allowed) => {
    const { id: projectId } = await aProject(server, { status: from as never });
    const refused = await server.refusal('max', STATUS, { input: { projectId, status: to } });
    expect(refused).toEqual({ code: 'INVALID_TRANSITION', from, to, allowed });
  });

  it('leaves Clara reading a completed project and takes an archived one away from her (X-07)', async () => {
    const { id: projectId } = await aProject(server);
    const seen = () => server.data('clara', 'query ($id: ID!) { project(id: $id) { status } }', { id: projectId });
    await server.data('max', STATUS, { input: { projectId, status: 'COMPLETED' } });
    expect((await seen()).project).toEqual({ status: 'COMPLETED' });
    await server.data('max', STATUS, { input: { projectId, status: 'ARCHIVED' } });
    expect((await seen()).project).toBeNull();
  });
});

describe('what clients see of a project', () => {
  const settingsOf = async (projectId: string, change: object) =>
    (await server.data('max', VISIBILITY, { input: { projectId, ...change } })).updateProjectVisibility.project
      .visibility;

  it('is what Max decides, setting by setting, and counts from Clara’s next request on', async () => {
    const project = await aProject(server, { preset: 'CONSULTANCY' });
    const seen = () =>
      server.ask('clara', 'query ($id: ID!) { project(id: $id) { invoices { totalCount } } }', project as never);
    expect((await seen()).extensions?.withheld).toEqual([
      { path: ['project', 'invoices'], requires: ['invoices:SUMMARY'] },
    ]);
    expect(await settingsOf(project.id, { settings: { invoices: 'FULL', hours: 'HIDE' } })).toMatchObject({
      preset: 'CONSULTANCY',
      overridden: ['hours', 'invoices'],
      settings: { hours: 'HIDE', timeEntries: 'HIDE', invoices: 'FULL', financials: 'FULL' },
    });
    expect((await seen()).data.project.invoices).toEqual({ totalCount: 0 });
  });

  it('keeps what departs from the preset under another preset, until Max takes it back: one, or all', async () => {
    const { id } = await aProject(server, {
      preset: 'CONSULTANCY',
      visibility: { invoices: 'SUMMARY', tasks: 'HIDE' },
    });
    expect(await settingsOf(id, { preset: 'FREELANCE' })).toMatchObject({
      preset: 'FREELANCE',
      overridden: ['invoices', 'tasks'],
      settings: { hours: 'FULL', billRates: 'SHOW', invoices: 'SUMMARY', tasks: 'HIDE' },
    });
    expect(await settingsOf(id, { settings: { tasks: null } })).toMatchObject({
      overridden: ['invoices'],
      settings: { invoices: 'SUMMARY', tasks: 'SHOW' },
    });
    expect(await settingsOf(id, { settings: null })).toMatchObject({ overridden: [], settings: { invoices: 'FULL' } });
  });

  it('takes no value that a setting does not have', async () => {
    const { id: projectId } = await aProject(server);
    const answer = await server.ask('max', VISIBILITY, { input: { projectId, settings: { hours: 'SOME' } } });
    expect(answer.errors?.[0].extensions.code).toBe('BAD_USER_INPUT');
  });
});

const stored = (id: string) =>
  server.database.row('select version, status, preset, visibility from project where id = $1', [id]);
