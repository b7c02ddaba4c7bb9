import { type CastName, castPermissions } from '../../../src/demo/cast';
import { aProject } from '../../support/builders';
import { anOrganisation } from '../../support/clients-builders';
import { TestServer } from '../../support/server';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
  const { cora: _, ...grants } = castPermissions('acme');
  await aProject(server, { preset: 'CONSULTANCY', grants });
  await aProject(server, { preset: 'AGENCY', client: 'borealis' });
});
afterAll(() => server.close());

const ORGANISATIONS = `query ($filter: ClientOrganisationFilter, $first: Int, $after: String) {
  viewer { memberships { workspace {
    clientOrganisations(filter: $filter, first: $first, after: $after) {
      totalCount nodes { name status } pageInfo { hasNextPage endCursor } } } } } }`;

const organisationsOf = async (who: CastName, variables = {}) =>
  (await server.data(who, ORGANISATIONS, variables)).viewer.memberships[0].workspace.clientOrganisations;

const DETAILS = `query ($id: ID!) { clientOrganisation(id: $id) {
  name logoUrl status currency billingAddress taxId internalNotes version } }`;

const UPDATE = `mutation ($input: UpdateClientOrganisationInput!) { updateClientOrganisation(input: $input) {
  clientOrganisation { id } } }`;

const DEACTIVATE = `mutation ($id: ID!) { deactivateClientOrganisation(input: { clientOrganisationId: $id }) {
  clientOrganisation { status } } }`;

const REACTIVATE = `mutation ($id: ID!) { reactivateClientOrganisation(input: { clientOrganisationId: $id }) {
  clientOrganisation { status } } }`;

describe('the list of client organisations', () => {
  const names = async (who: CastName) => (await organisationsOf(who)).nodes.map((node: { name: string }) => node.name);

  it('shows admins and managers every client, and each client its own alone (F-018)', async () => {
    expect(await names('olga')).toEqual(['Acme', 'Borealis']);
    expect(await names('ada')).toEqual(['Acme', 'Borealis']);
    expect(await names('max')).toEqual(['Acme', 'Borealis']);
    expect(await names('wim')).toEqual(['Acme']);
    expect(await names('clara')).toEqual(['Acme']);
    expect(await names('bo')).toEqual(['Acme']);
    expect(await names('eve')).toEqual(['Borealis']);
  });

  it('shows Cora no client while she is on no project', async () => {
    expect(await organisationsOf('cora')).toMatchObject({ totalCount: 0, nodes: [] });
  });

  it('is filtered by name and status, and turned page by page', async () => {
    const id = await anOrganisation(server, { name: 'Real Estate' });
    await server.data('ada', DEACTIVATE, { id });
    const search = ' REAL ';
    expect(await organisationsOf('ada', { filter: { search } })).toMatchObject({
      nodes: [{ name: 'Borealis' }, { name: 'Real Estate', status: 'INACTIVE' }],
    });
    const active = { search, statusIn: ['ACTIVE'] };
    expect(await organisationsOf('ada', { filter: active })).toMatchObject({ totalCount: 1 });
    const first = await organisationsOf('ada', { first: 1, filter: { search } });
    expect(first).toMatchObject({ totalCount: 2, nodes: [{ name: 'Borealis' }], pageInfo: { hasNextPage: true } });
    const next = await organisationsOf('ada', { first: 1, filter: { search }, after: first.pageInfo.endCursor });
    expect(next).toMatchObject({ nodes: [{ name: 'Real Estate' }], pageInfo: { hasNextPage: false } });
  });
});

describe('a client organisation', () => {
  it('is null for Eve when it is somebody else’s, unknown or nonsense, all alike (L-11)', async () => {
    for (const id of [server.cast.clients.acme, 'cli_1111111111111111111111', 'prj_x', '\u0000', '']) {
      expect(await server.data('eve', DETAILS, { id })).toEqual({ clientOrganisation: null });
    }
  });

  it('tells each of the cast what the matrix says (F-001)', async () => {
    const id = server.cast.clients.acme;
    const facts = { billingAddress: 'Main Street 1', taxId: 'NO 1', internalNotes: 'Pays late' };
    await server.data('ada', UPDATE, { input: { clientOrganisationId: id, ...facts } });
    const seen = async (who: CastName) => {
      const { clientOrganisation } = await server.data(who, DETAILS, { id });
      return Object.keys(clientOrganisation).filter((field) => clientOrganisation[field] !== null);
    };
    const all = ['name', 'status', 'currency', 'billingAddress', 'taxId', 'internalNotes', 'version'];
    expect(await seen('ada')).toEqual(all);
    expect(await seen('max')).toEqual(all);
    expect(await seen('wim')).toEqual(['name', 'status', 'currency']);
    expect(await seen('clara')).toEqual(['name', 'status', 'currency']);
    expect(await seen('tess')).toEqual(['name', 'status']);
    expect(await seen('bo')).toEqual(['name', 'status']);
  });

  it('tells Eve its billing details, as her invoices do, and what the team notes never', async () => {
    const id = server.cast.clients.borealis;
    const facts = { billingAddress: 'Pier 3', internalNotes: 'Pays early' };
    await server.data('ada', UPDATE, { input: { clientOrganisationId: id, ...facts } });
    const answer = await server.ask('eve', DETAILS, { id });
    expect(answer.data.clientOrganisation).toMatchObject({ billingAddress: 'Pier 3', internalNotes: null });
    expect(answer.extensions?.withheld).toEqual([
      { path: ['clientOrganisation', 'internalNotes'], requires: ['managesProject'] },
      { path: ['clientOrganisation', 'version'], requires: ['role:MANAGER'] },
    ]);
  });
});

describe('an inactive client organisation', () => {
  const ALL = `query ($ids: [ID!]!) { projects { totalCount } nodes(ids: $ids) { id } viewer { memberships { workspace {
    clientOrganisations { totalCount } people { nodes { displayName } } } } } }`;

  it('shows its people nothing from their next request on, and all of it again once it is active (F-020)', async () => {
    const { id: projectId } = await aProject(server, { name: 'Shop' });
    const id = server.cast.clients.acme;
    const ids = [projectId, id, server.cast.id('Contact', 'clara'), server.cast.people.carl];
    const before = await server.data('clara', ALL, { ids });
    expect(before.nodes).toEqual(ids.map((node) => ({ id: node })));

    await server.data('ada', DEACTIVATE, { id });
    for (const who of ['clara', 'carl', 'tess', 'bo'] as const) {
      const { projects, nodes, viewer } = await server.data(who, ALL, { ids: ids.slice(0, 3) });
      expect(projects.totalCount).toBe(0);
      expect(nodes).toEqual([null, null, null]);
      expect(viewer.memberships[0].workspace.clientOrganisations.totalCount).toBe(0);
      expect(viewer.memberships[0].workspace.people.nodes).toHaveLength(1);
    }
    const team = await server.data('wim', ALL, { ids: ids.slice(0, 3) });
    expect(team.nodes).not.toContain(null);

    await server.data('ada', REACTIVATE, { id });
    expect(await server.data('clara', ALL, { ids })).toEqual(before);
  });

  it('is not made so twice', async () => {
    const id = await anOrganisation(server);
    expect(await server.refusal('ada', REACTIVATE, { id })).toEqual({
      code: 'INVALID_TRANSITION',
      from: 'ACTIVE',
      to: 'ACTIVE',
      allowed: ['INACTIVE'],
    });
    expect(await server.data('ada', DEACTIVATE, { id })).toEqual({
      deactivateClientOrganisation: { clientOrganisation: { status: 'INACTIVE' } },
    });
    expect(await server.refusal('ada', DEACTIVATE, { id })).toMatchObject({ from: 'INACTIVE', allowed: ['ACTIVE'] });
  });

  it('is not made so by Max, nor by Clara, and Eve knows of none', async () => {
    const id = server.cast.clients.acme;
    for (const who of ['max', 'clara'] as const) {
      expect(await server.refusal(who, DEACTIVATE, { id })).toEqual({ code: 'FORBIDDEN', requires: ['role:ADMIN'] });
    }
    expect(await server.refusal('eve', DEACTIVATE, { id })).toMatchObject({ code: 'NOT_FOUND' });
  });
});
