import { type CastName, castPermissions, emailOf } from '../../../src/demo/cast';
import { aProject } from '../../support/builders';
import { aContact, anOrganisation } from '../../support/clients-builders';
import { TestServer } from '../../support/server';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
  await aProject(server);
});
afterAll(() => server.close());

const FIELDS = `id displayName email jobRole isPrimary canDecide canPay published version
  person { displayName } clientOrganisation { name }`;
const CREATE = `mutation ($input: CreateContactInput!) { createContact(input: $input) { contact { ${FIELDS} } } }`;
const UPDATE = `mutation ($input: UpdateContactInput!) { updateContact(input: $input) { contact { ${FIELDS} } } }`;
const REMOVE = `mutation ($contactId: ID!) { removeContact(input: { contactId: $contactId }) {
  removedContactId leftProjectIds clientOrganisation { name contacts { nodes { displayName } } } } }`;

const create = async (who: CastName, clientOrganisationId: string, facts: object) =>
  (await server.data(who, CREATE, { input: { clientOrganisationId, displayName: 'Nora', ...facts } })).createContact
    .contact;
const update = async (who: CastName, contactId: string, facts: object) =>
  (await server.data(who, UPDATE, { input: { contactId, ...facts } })).updateContact.contact;
const node = async (who: CastName, id: string) =>
  (await server.data(who, 'query ($id: ID!) { node(id: $id) { ... on Contact { isPrimary displayName } } }', { id }))
    .node;

describe('a new contact', () => {
  it('is made by Max for any client, with the e-mail in one spelling (F-016)', async () => {
    const { borealis } = server.cast.clients;
    const made = await create('max', borealis, {
      displayName: ' Nora New ',
      email: ' Nora@Borealis.Example ',
      jobRole: 'CFO',
    });
    expect(made).toMatchObject({
      displayName: 'Nora New',
      email: 'nora@borealis.example',
      jobRole: 'CFO',
      isPrimary: false,
      canDecide: false,
      canPay: false,
      published: false,
      person: null,
      clientOrganisation: { name: 'Borealis' },
    });
  });

  it('is the primary one when it is the first, and a later primary one takes its place', async () => {
    const id = await anOrganisation(server);
    const first = await create('ada', id, { email: 'first@example.com' });
    expect(first.isPrimary).toBe(true);
    expect(await create('ada', id, { email: 'second@example.com' })).toMatchObject({ isPrimary: false });
    const third = await create('ada', id, {
      email: 'third@example.com',
      isPrimary: true,
      canDecide: true,
      canPay: true,
    });
    expect(third).toMatchObject({ isPrimary: true, canDecide: true, canPay: true });
    expect(await node('ada', first.id)).toMatchObject({ isPrimary: false });
  });

  it('is the client who signs in with its e-mail: one person, many contacts (F-015)', async () => {
    const id = await anOrganisation(server, { name: 'Sister of Acme' });
    const email = emailOf('clara').toUpperCase();
    expect(await create('ada', id, { email })).toMatchObject({ person: { displayName: 'Clara Client' } });
    const seen = `{ viewer { memberships { workspace { clientOrganisations { nodes { name } } } } } }`;
    const { viewer } = await server.data('clara', seen);
    expect(viewer.memberships[0].workspace.clientOrganisations.nodes).toEqual([
      { name: 'Acme' },
      { name: 'Sister of Acme' },
    ]);
  });

  it('is not linked to Wim, who is of the team', async () => {
    const id = await anOrganisation(server);
    expect(await create('ada', id, { email: emailOf('wim') })).toMatchObject({ person: null });
  });

  it('is refused when the client has its e-mail already, and allowed at another client', async () => {
    const id = await anOrganisation(server);
    await aContact(server, id, { email: 'twice@example.com' });
    const input = { clientOrganisationId: id, displayName: 'Nora', email: 'Twice@Example.com' };
    expect(await server.refusal('ada', CREATE, { input })).toEqual({ code: 'CONFLICT', field: 'email', current: 1 });
    await create('ada', await anOrganisation(server), { email: 'twice@example.com' });
  });

  it('is refused beyond twenty', async () => {
    const id = await anOrganisation(server);
    for (let n = 0; n < 20; n++) await aContact(server, id);
    const input = { clientOrganisationId: id, displayName: 'Nora', email: 'nora@example.com' };
    expect(await server.refusal('ada', CREATE, { input })).toEqual({ code: 'LIMIT_EXCEEDED', limit: 20 });
  });

  it('is refused to Wim and Clara; Eve knows of no such client', async () => {
    const input = { clientOrganisationId: server.cast.clients.acme, displayName: 'Nora', email: 'nora@example.com' };
    for (const who of ['wim', 'clara'] as const) {
      expect(await server.refusal(who, CREATE, { input })).toEqual({ code: 'FORBIDDEN', requires: ['role:MANAGER'] });
    }
    expect(await server.refusal('eve', CREATE, { input })).toMatchObject({ code: 'NOT_FOUND' });
  });

  it.each([
    ['a blank name', { displayName: ' ' }, { field: 'displayName' }],
    ['a name of 121 letters', { displayName: 'x'.repeat(121) }, { field: 'displayName', max: 120, actual: 121 }],
    ['no e-mail', { email: 'nora' }, { field: 'email' }],
    ['too long a role', { jobRole: 'x'.repeat(121) }, { field: 'jobRole', max: 120, actual: 121 }],
  ])('is refused to Ada with %s, made or changed', async (_, wrong, expected) => {
    const id = await anOrganisation(server);
    const contactId = await aContact(server, id);
    const refusal = { code: 'BAD_USER_INPUT', ...expected };
    const made = { clientOrganisationId: id, displayName: 'Nora', email: 'nora@example.com', ...wrong };
    expect(await server.refusal('ada', CREATE, { input: made })).toMatchObject(refusal);
    expect(await server.refusal('ada', UPDATE, { input: { contactId, ...wrong } })).toMatchObject(refusal);
  });
});

describe('a changed contact', () => {
  it('keeps what Max does not give, loses what is null, and is refused against a stale version', async () => {
    const id = await aContact(server, await anOrganisation(server), { jobRole: 'CFO', canPay: true });
    const changed = await update('max', id, {
      jobRole: null,
      published: true,
      email: 'N@example.com',
      expectedVersion: 1,
    });
    expect(changed).toMatchObject({
      displayName: 'Nora New',
      email: 'n@example.com',
      jobRole: null,
      canPay: true,
      published: true,
      isPrimary: true,
      version: 2,
    });
    const input = { contactId: id, displayName: 'Late', expectedVersion: 1 };
    expect(await server.refusal('max', UPDATE, { input })).toEqual({ code: 'CONFLICT', current: 2 });
  });

  it('is the primary one in place of who was', async () => {
    const organisation = await anOrganisation(server);
    const [first, second] = [await aContact(server, organisation), await aContact(server, organisation)];
    expect(await update('ada', second, { isPrimary: true })).toMatchObject({ isPrimary: true });
    expect(await node('ada', first)).toMatchObject({ isPrimary: false });
    expect(await update('ada', second, { isPrimary: true, jobRole: 'CEO' })).toMatchObject({ isPrimary: true });
  });

  it('keeps the e-mail that Clara signs in with (X-12)', async () => {
    const input = { contactId: server.cast.id('Contact', 'clara'), email: 'other@example.com' };
    expect(await server.refusal('ada', UPDATE, { input })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'email' });
    expect(await update('ada', input.contactId, { email: emailOf('clara') })).toMatchObject({
      email: emailOf('clara'),
    });
  });

  it('takes no e-mail that another contact of the client has', async () => {
    const organisation = await anOrganisation(server);
    await aContact(server, organisation, { email: 'taken@example.com' });
    const input = { contactId: await aContact(server, organisation), email: 'taken@example.com' };
    expect(await server.refusal('ada', UPDATE, { input })).toMatchObject({ code: 'CONFLICT', field: 'email' });
  });

  it('is never changed by Clara herself, nor by Wim: the team keeps the book (F-016, X-12)', async () => {
    const input = { contactId: server.cast.id('Contact', 'clara'), canDecide: true };
    for (const who of ['clara', 'wim'] as const) {
      expect(await server.refusal(who, UPDATE, { input })).toEqual({ code: 'FORBIDDEN', requires: ['role:MANAGER'] });
    }
    expect(await server.refusal('eve', UPDATE, { input })).toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('a removed contact', () => {
  it('without an account is gone, and Max may do it', async () => {
    const organisation = await anOrganisation(server);
    const contactId = await aContact(server, organisation);
    expect((await server.data('max', REMOVE, { contactId })).removeContact).toEqual({
      removedContactId: contactId,
      leftProjectIds: [],
      clientOrganisation: { name: 'Zephyr', contacts: { nodes: [] } },
    });
    expect(await node('ada', contactId)).toBeNull();
    expect(await server.refusal('max', REMOVE, { contactId })).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('with an account takes an admin, and takes the person off every project of the client (F-010)', async () => {
    const { id: projectId } = await aProject(server, { name: 'Shop', grants: castPermissions('acme') });
    const contactId = server.cast.id('Contact', 'carl');
    expect(await server.refusal('max', REMOVE, { contactId })).toEqual({ code: 'FORBIDDEN', requires: ['role:ADMIN'] });
    const seen = `{ projects { totalCount } viewer { email memberships { workspace {
      people { totalCount } clientOrganisations { totalCount } } } } }`;
    expect((await server.data('carl', seen)).projects.totalCount).toBe(2);

    const { removeContact } = await server.data('ada', REMOVE, { contactId });
    expect(removeContact.leftProjectIds).toHaveLength(2);
    expect(removeContact.leftProjectIds).toContain(projectId);
    expect(await server.data('carl', seen)).toEqual({
      projects: { totalCount: 0 },
      viewer: {
        email: emailOf('carl'),
        memberships: [{ workspace: { people: { totalCount: 1 }, clientOrganisations: { totalCount: 0 } } }],
      },
    });
    expect((await server.data('clara', seen)).projects.totalCount).toBe(2);
  });
});
