import { aProject } from '../../support/builders';
import { anOrganisation } from '../../support/clients-builders';
import { TestServer } from '../../support/server';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
  await aProject(server);
});
afterAll(() => server.close());

const FIELDS = 'id name status currency logoUrl billingAddress taxId internalNotes version contacts { totalCount }';
const CREATE = `mutation ($input: CreateClientOrganisationInput!) { createClientOrganisation(input: $input) {
  clientOrganisation { ${FIELDS} } } }`;
const UPDATE = `mutation ($input: UpdateClientOrganisationInput!) { updateClientOrganisation(input: $input) {
  clientOrganisation { ${FIELDS} } } }`;
const NAMES = `{ viewer { memberships { workspace { clientOrganisations { nodes { name } } } } } }`;

const create = async (who: 'ada' | 'max', facts: object) => {
  const input = { workspaceId: server.cast.workspaceId, ...facts };
  return (await server.data(who, CREATE, { input })).createClientOrganisation.clientOrganisation;
};
const update = async (who: 'ada' | 'max', clientOrganisationId: string, facts: object) =>
  (await server.data(who, UPDATE, { input: { clientOrganisationId, ...facts } })).updateClientOrganisation
    .clientOrganisation;

describe('a new client organisation', () => {
  it('is made by Max, who has the role MANAGER, in the currency of the workspace (F-001)', async () => {
    const made = await create('max', { name: '  Cumulus  ' });
    expect(made).toMatchObject({ name: 'Cumulus', status: 'ACTIVE', version: 1, contacts: { totalCount: 0 } });
    expect(await update('ada', made.id, {})).toMatchObject({ currency: 'EUR' });
  });

  it('keeps everything that Ada says of it (F-001)', async () => {
    const facts = {
      name: 'Nimbus',
      currency: 'NOK',
      logoUrl: 'https://example.com/logo.png',
      billingAddress: 'Harbour 2\n0150 Oslo',
      taxId: 'NO 999',
      internalNotes: 'Founder’s cousin',
    };
    expect(await create('ada', facts)).toMatchObject(facts);
  });

  it('is refused to whoever lacks the role: to Wim, though he manages a project, and to Clara', async () => {
    await aProject(server, { grants: { wim: { clientView: true, managesProject: true } } });
    const input = { workspaceId: server.cast.workspaceId, name: 'Mine' };
    for (const who of ['wim', 'clara', 'eve'] as const) {
      expect(await server.refusal(who, CREATE, { input })).toEqual({ code: 'FORBIDDEN', requires: ['role:MANAGER'] });
    }
    expect(await server.refusal(null, CREATE, { input })).toMatchObject({ code: 'UNAUTHENTICATED' });
    const elsewhere = { ...input, workspaceId: 'wsp_1111111111111111111111' };
    expect(await server.refusal('ada', CREATE, { input: elsewhere })).toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('a change of a client organisation', () => {
  it('leaves what Ada does not give, clears what is null, and is refused against a stale version', async () => {
    const id = await anOrganisation(server, { billingAddress: 'Main Street 1', internalNotes: 'x' });
    expect(await update('ada', id, { internalNotes: null, expectedVersion: 1 })).toMatchObject({
      name: 'Zephyr',
      billingAddress: 'Main Street 1',
      internalNotes: null,
      version: 2,
    });
    const input = { clientOrganisationId: id, name: 'Late', expectedVersion: 1 };
    expect(await server.refusal('ada', UPDATE, { input })).toEqual({ code: 'CONFLICT', current: 2 });
  });

  it('lets Max write what he reads, and not over notes that he cannot read', async () => {
    const { acme, borealis } = server.cast.clients;
    const facts = { internalNotes: 'Calls on Mondays', billingAddress: 'Main Street 1' };
    expect(await update('max', acme, facts)).toMatchObject(facts);
    expect(await update('max', borealis, { name: 'Borealis AS' })).toMatchObject({ name: 'Borealis AS' });
    for (const [field, requires] of [
      ['internalNotes', ['managesProject']],
      ['taxId', ['managesProject']],
      ['currency', ['clientView']],
    ] as const) {
      const input = { clientOrganisationId: borealis, name: 'Overwritten', [field]: 'SEK' };
      expect(await server.refusal('max', UPDATE, { input })).toEqual({ code: 'FORBIDDEN', requires });
    }
    expect(await update('ada', borealis, {})).toMatchObject({
      name: 'Borealis AS',
      internalNotes: null,
      currency: 'EUR',
    });
  });

  it('is refused to Wim and Clara, who see the client, and Eve knows of none', async () => {
    const input = { clientOrganisationId: server.cast.clients.acme, name: 'Mine' };
    for (const who of ['wim', 'clara'] as const) {
      expect(await server.refusal(who, UPDATE, { input })).toEqual({ code: 'FORBIDDEN', requires: ['role:MANAGER'] });
    }
    expect(await server.refusal('eve', UPDATE, { input })).toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('bad facts about a client organisation', () => {
  it.each([
    ['a blank name', { name: ' \u200b ' }, { field: 'name' }],
    ['a name of 201 letters', { name: 'é'.repeat(201) }, { field: 'name', max: 200, actual: 201 }],
    ['a logo that a browser would run', { logoUrl: 'javascript:alert(1)' }, { field: 'logoUrl' }],
    ['a logo behind a password', { logoUrl: 'https://a:b@example.com' }, { field: 'logoUrl' }],
    ['too long an address', { billingAddress: 'x'.repeat(1001) }, { field: 'billingAddress', max: 1000, actual: 1001 }],
    ['too long a tax number', { taxId: '1'.repeat(61) }, { field: 'taxId', max: 60, actual: 61 }],
    ['too long notes', { internalNotes: 'x'.repeat(10_001) }, { field: 'internalNotes', max: 10_000 }],
  ])('are refused to Ada with nothing written: %s', async (_, wrong, expected) => {
    const before = await server.data('ada', NAMES);
    const refusal = { code: 'BAD_USER_INPUT', ...expected };
    const { workspaceId, clients } = server.cast;
    const made = { input: { workspaceId, name: 'Cumulus', ...wrong } };
    expect(await server.refusal('ada', CREATE, made)).toMatchObject(refusal);
    const changed = { input: { clientOrganisationId: clients.acme, ...wrong } };
    expect(await server.refusal('ada', UPDATE, changed)).toMatchObject(refusal);
    expect(await server.data('ada', NAMES)).toEqual(before);
  });
});
