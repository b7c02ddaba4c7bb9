import { slugOf, uniqueSlugOf } from '../../../src/domains/workspaces/new-workspace';
import { aProject } from '../../support/builders';
import { type Answer, TestServer } from '../../support/server';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.close());

const CREATE = `mutation ($input: CreateWorkspaceInput!) { createWorkspace(input: $input) {
  workspace { id name slug timezone defaultCurrency branding { logoUrl colour } memberCount settings { version } } } }`;

const WORKSPACE = `name slug timezone defaultCurrency branding { logoUrl colour } settings {
  invitePolicy membersSeeBillRates clientProfileEdit defaultPreset defaultVisibility { hours people } version }`;

const update = (who: Parameters<TestServer['ask']>[0], input: object): Promise<Answer> =>
  server.ask(
    who,
    `mutation ($input: UpdateWorkspaceInput!) { updateWorkspace(input: $input) { workspace { ${WORKSPACE} } } }`,
    { input: { workspaceId: server.cast.workspaceId, ...input } },
  );

describe('a workspace of one’s own', () => {
  it('is opened by Clara, who owns it and stays a client of Fjord Studio (F-014)', async () => {
    await aProject(server);
    const { createWorkspace } = await server.data('clara', CREATE, {
      input: { name: ' Clara & Co ', timezone: 'Europe/Berlin', defaultCurrency: 'CHF' },
    });
    expect(createWorkspace.workspace).toEqual({
      id: expect.stringMatching(/^wsp_/),
      name: 'Clara & Co',
      slug: expect.stringMatching(/^clara-co-[a-z0-9]{6}$/),
      timezone: 'Europe/Berlin',
      defaultCurrency: 'CHF',
      branding: { logoUrl: null, colour: null },
      memberCount: 1,
      settings: { version: 1 },
    });
    const { viewer, projects } = await server.data(
      'clara',
      '{ viewer { memberships { role personType workspace { name } } } projects { nodes { name } } }',
    );
    expect(viewer.memberships).toEqual([
      { role: 'OWNER', personType: 'EMPLOYEE', workspace: { name: 'Clara & Co' } },
      { role: 'MEMBER', personType: 'CLIENT', workspace: { name: 'Fjord Studio' } },
    ]);
    expect(projects.nodes).toEqual([{ name: 'Website relaunch' }]);
  });

  it('takes Clara’s own clients and projects, which Fjord Studio never sees (F-014)', async () => {
    const { createWorkspace } = await server.data('clara', CREATE, { input: { name: 'Clara’s Studio' } });
    const { createClientOrganisation } = await server.data(
      'clara',
      `mutation ($input: CreateClientOrganisationInput!) { createClientOrganisation(input: $input) { clientOrganisation { id } } }`,
      { input: { workspaceId: createWorkspace.workspace.id, name: 'Clara’s Client' } },
    );
    const { createProject } = await server.data(
      'clara',
      'mutation ($input: CreateProjectInput!) { createProject(input: $input) { project { id myAccess { source } } } }',
      { input: { clientOrganisationId: createClientOrganisation.clientOrganisation.id, name: 'Clara’s Project' } },
    );
    expect(createProject.project.myAccess.source).toBe('ROLE');
    expect(await server.data('olga', `{ project(id: "${createProject.project.id}") { name } }`)).toEqual({
      project: null,
    });
  });

  it('is nothing to Olga, who owns the one where Clara is a client', async () => {
    const { createWorkspace } = await server.data('clara', CREATE, { input: { name: 'Private' } });
    const { id } = createWorkspace.workspace;
    expect(await server.data('olga', '{ viewer { memberships { workspace { name } } } }')).toEqual({
      viewer: { memberships: [{ workspace: { name: 'Fjord Studio' } }] },
    });
    expect(await server.data('olga', `{ node(id: "${id}") { id } }`)).toEqual({ node: null });
    expect((await update('olga', { workspaceId: id, name: 'Mine' })).errors?.[0].extensions.code).toBe('NOT_FOUND');
  });

  it('takes Bo’s own time zone and EUR where he says nothing else', async () => {
    const { createWorkspace } = await server.data('bo', CREATE, { input: { name: 'Bo' } });
    expect(createWorkspace.workspace).toMatchObject({ timezone: 'Europe/Oslo', defaultCurrency: 'EUR' });
  });

  it.each([
    [{ name: ' ' }, 'name'],
    [{ name: 'x'.repeat(121) }, 'name'],
    [{ name: 'Bo', timezone: 'Nowhere' }, 'timezone'],
    // Node knows these, PostgreSQL does not.
    [{ name: 'Bo', timezone: 'US/Pacific-New' }, 'timezone'],
    [{ name: 'Bo', timezone: 'AGT' }, 'timezone'],
    // India for Node, Israel for PostgreSQL.
    [{ name: 'Bo', timezone: 'IST' }, 'timezone'],
  ])('is not opened with %j', async (input, field) => {
    expect(await server.refusal('bo', CREATE, { input })).toMatchObject({ code: 'BAD_USER_INPUT', field });
  });

  it('is one of twenty at most', async () => {
    for (let i = 0; i < 20; i++) await server.data('tess', CREATE, { input: { name: `Number ${i}` } });
    expect(await server.refusal('tess', CREATE, { input: { name: 'One more' } })).toEqual({
      code: 'LIMIT_EXCEEDED',
      limit: 20,
    });
  });
});

describe('the workspace’s settings', () => {
  it('are Ada’s to change, and count from her next look (F-124)', async () => {
    const before = await server.data('ada', '{ viewer { memberships { workspace { settings { version } } } } }');
    const { version } = before.viewer.memberships[0].workspace.settings;
    const { data } = await update('ada', {
      expectedVersion: version,
      name: 'Fjord & Friends',
      branding: { logoUrl: 'https://fjord.test/logo.png', colour: '#AABBCC' },
      timezone: 'Europe/Oslo',
      defaultCurrency: 'NOK',
      invitePolicy: 'ADMINS',
      membersSeeBillRates: true,
      clientProfileEdit: false,
      defaultPreset: 'AGENCY',
      defaultVisibility: { people: 'ALL' },
    });
    expect(data.updateWorkspace.workspace).toEqual({
      name: 'Fjord & Friends',
      slug: 'fjord-studio',
      timezone: 'Europe/Oslo',
      defaultCurrency: 'NOK',
      branding: { logoUrl: 'https://fjord.test/logo.png', colour: '#aabbcc' },
      settings: {
        invitePolicy: 'ADMINS',
        membersSeeBillRates: true,
        clientProfileEdit: false,
        defaultPreset: 'AGENCY',
        defaultVisibility: { hours: 'HIDE', people: 'ALL' },
        version: version + 1,
      },
    });
  });

  it('stay where Olga says nothing, and lose what she gives as null', async () => {
    await update('olga', {
      branding: { logoUrl: 'https://fjord.test/logo.png' },
      defaultVisibility: { people: 'ALL' },
    });
    const { data } = await update('olga', { branding: { logoUrl: null }, defaultVisibility: { people: null } });
    expect(data.updateWorkspace.workspace).toMatchObject({
      name: 'Fjord & Friends',
      branding: { logoUrl: null, colour: '#aabbcc' },
      settings: { defaultVisibility: { people: 'HIDE' } },
    });
  });

  it('are not changed over somebody else’s change', async () => {
    const { errors } = await update('olga', { expectedVersion: 1, name: 'Late' });
    expect(errors?.[0].extensions).toEqual({ code: 'CONFLICT', current: expect.any(Number) });
  });

  it.each(['max', 'wim', 'cora', 'clara', 'carl'] as const)('are not for %s to change or read', async (name) => {
    expect((await update(name, { name: 'Mine' })).errors?.[0].extensions).toEqual({
      code: 'FORBIDDEN',
      requires: ['role:ADMIN'],
    });
    const answer = await server.ask(
      name,
      `query ($id: ID!) { node(id: $id) { ... on Workspace { name memberCount settings { version } } } }`,
      { id: server.cast.workspaceId },
    );
    expect(answer.data.node).toEqual({ name: 'Fjord & Friends', memberCount: null, settings: null });
    expect(answer.extensions?.withheld).toEqual([
      { path: ['node', 'memberCount'], requires: ['role:ADMIN'] },
      { path: ['node', 'settings'], requires: ['role:ADMIN'] },
    ]);
  });

  it.each([
    [{ name: '' }, 'name'],
    [{ timezone: 'UTC+3' }, 'timezone'],
    [{ branding: { logoUrl: 'javascript:alert(1)' } }, 'branding.logoUrl'],
    [{ branding: { colour: 'red; background: url(x)' } }, 'branding.colour'],
  ])('refuse %j and say where', async (input, field) => {
    expect((await update('ada', input)).errors?.[0].extensions).toMatchObject({ code: 'BAD_USER_INPUT', field });
  });
});

describe('the slug of a name', () => {
  it.each([
    ['Fjord Studio', 'fjord-studio'],
    ['  Ünïcode, Größe! ', 'unicode-gro-e'],
    ['日本', 'workspace'],
    ['---', 'workspace'],
  ])('%s is %s', (name, slug) => expect(slugOf(name)).toBe(slug));

  it('ends at random, so that it tells of no other workspace of that name (L-12)', () => {
    expect(uniqueSlugOf('Acme')).not.toBe(uniqueSlugOf('Acme'));
  });
});
