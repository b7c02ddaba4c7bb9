import { type CastName, castPermissions, emailOf } from '../../../src/demo/cast';
import { aProject } from '../../support/builders';
import { aContact, anOrganisation } from '../../support/clients-builders';
import { TestServer } from '../../support/server';
import { statementsOf } from '../../support/statements';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
  const { cora: _, ...grants } = castPermissions('acme');
  await aProject(server, { grants: { ...grants, cora: { trackTime: true } } });
  await aProject(server, { client: 'borealis' });
});
afterAll(() => server.close());

const CONTACTS = `query ($id: ID!, $first: Int, $after: String) { clientOrganisation(id: $id) {
  contacts(first: $first, after: $after) {
    totalCount nodes { displayName } pageInfo { hasNextPage endCursor } } } }`;

const ALL_FIELDS = `query ($id: ID!) { node(id: $id) { ... on Contact {
  displayName jobRole isPrimary email canDecide canPay published version
  clientOrganisation { name } person { displayName } } } }`;

const contactsOf = async (who: CastName, id: string, page = {}) =>
  (await server.data(who, CONTACTS, { id, ...page })).clientOrganisation.contacts;

const namesOf = async (who: CastName, id: string) =>
  (await contactsOf(who, id)).nodes.map((contact: { displayName: string }) => contact.displayName);

const idOf = (name: CastName) => server.cast.id('Contact', name);

const seen = async (who: CastName, id: string) => {
  const { node } = await server.data(who, ALL_FIELDS, { id });
  return node && Object.keys(node).filter((field) => node[field] !== null);
};

describe('the contacts of Acme', () => {
  const everybody = ['Bo Bystander', 'Carl Costs', 'Clara Client', 'Tess Tracker'];

  it('are all shown to the team on it, to managers and admins (F-016)', async () => {
    const { acme } = server.cast.clients;
    for (const who of ['olga', 'ada', 'max', 'wim'] as const) expect(await namesOf(who, acme)).toEqual(everybody);
  });

  it('are all shown to colleagues with client view, and to the others themselves alone', async () => {
    const { acme } = server.cast.clients;
    expect(await namesOf('clara', acme)).toEqual(everybody);
    expect(await namesOf('carl', acme)).toEqual(everybody);
    expect(await namesOf('tess', acme)).toEqual(['Tess Tracker']);
    expect(await contactsOf('bo', acme)).toMatchObject({ totalCount: 1, nodes: [{ displayName: 'Bo Bystander' }] });
  });

  it('are nobody for Cora, who tracks time alone', async () => {
    expect(await contactsOf('cora', server.cast.clients.acme)).toMatchObject({ totalCount: 0, nodes: [] });
  });

  it('are absent for Eve of Borealis, one by one as well (F-018)', async () => {
    for (const name of ['clara', 'carl'] as const) expect(await seen('eve', idOf(name))).toBeNull();
    expect(await namesOf('eve', server.cast.clients.borealis)).toEqual(['Eve Elsewhere']);
  });

  it('are turned page by page', async () => {
    const { acme } = server.cast.clients;
    const first = await contactsOf('ada', acme, { first: 3 });
    expect(first).toMatchObject({ totalCount: 4, pageInfo: { hasNextPage: true } });
    const next = await contactsOf('ada', acme, { first: 3, after: first.pageInfo.endCursor });
    expect(next).toMatchObject({ nodes: [{ displayName: 'Tess Tracker' }], pageInfo: { hasNextPage: false } });
  });

  it('are read for all clients at once, however many there are', async () => {
    const query = `{ viewer { memberships { workspace { clientOrganisations { nodes {
      name contacts(first: 1) { totalCount nodes { displayName person { displayName } } } } } } } } }`;
    const statements = async () => (await statementsOf(server, () => server.data('ada', query))).length;
    const few = await statements();
    for (const n of [1, 2, 3]) await aContact(server, await anOrganisation(server, { name: `Client ${n}` }));
    expect(await statements()).toBe(few);
    expect(few).toBeGreaterThan(3);
    expect(few).toBeLessThanOrEqual(8);
  });
});

describe('a contact', () => {
  const base = ['displayName', 'jobRole', 'isPrimary', 'clientOrganisation'];

  it('tells of Clara what each may know: her e-mail to managers and herself, her duties to the team (F-016)', async () => {
    const id = idOf('clara');
    const everything = ['displayName', 'jobRole', 'isPrimary', 'email', 'canDecide', 'canPay', 'published', 'version'];
    const edges = ['clientOrganisation', 'person'];
    expect(await seen('ada', id)).toEqual([...everything, ...edges]);
    expect(await seen('max', id)).toEqual([...everything, ...edges]);
    expect(await seen('wim', id)).toEqual([
      ...['displayName', 'jobRole', 'isPrimary', 'canDecide', 'canPay', 'published'],
      ...edges,
    ]);
    expect(await seen('clara', id)).toEqual([...everything.slice(0, -1), ...edges]);
    expect(await seen('carl', id)).toEqual([...base, 'person']);
  });

  it('tells Clara the e-mail of Carl, who publishes it, and not of Bo; Tess neither', async () => {
    expect(await seen('clara', idOf('carl'))).toContain('email');
    expect(await seen('clara', idOf('bo'))).not.toContain('email');
    expect(await seen('tess', idOf('carl'))).toBeNull();
    const answer = await server.ask('clara', ALL_FIELDS, { id: idOf('bo') });
    expect(answer.extensions?.withheld).toEqual([
      { path: ['node', 'canDecide'], requires: ['role:MEMBER'] },
      { path: ['node', 'canPay'], requires: ['role:MEMBER'] },
      { path: ['node', 'email'], requires: ['managesProject'] },
      { path: ['node', 'published'], requires: ['role:MEMBER'] },
      { path: ['node', 'version'], requires: ['role:MANAGER'] },
    ]);
  });

  it('of Borealis tells Max, who keeps the address book, how to reach Eve, and Wim nothing', async () => {
    expect(await seen('max', idOf('eve'))).toEqual([
      ...['displayName', 'jobRole', 'isPrimary', 'email', 'canDecide', 'canPay', 'published', 'version'],
      'clientOrganisation',
    ]);
    expect(await seen('wim', idOf('eve'))).toBeNull();
  });
});

describe('a person of a client', () => {
  const OF_CLIENT = `query ($id: ID!) { node(id: $id) { ... on Person {
    personType contacts { clientOrganisation { name } email } } } }`;

  it('shows Ada of which client, and nobody else (F-022)', async () => {
    const id = server.cast.people.clara;
    expect((await server.data('ada', OF_CLIENT, { id })).node).toEqual({
      personType: 'CLIENT',
      contacts: [{ clientOrganisation: { name: 'Acme' }, email: emailOf('clara') }],
    });
    for (const who of ['max', 'wim', 'carl', 'clara'] as const) {
      expect((await server.data(who, OF_CLIENT, { id })).node).toEqual({ personType: null, contacts: null });
    }
    const wim = await server.data('ada', OF_CLIENT, { id: server.cast.people.wim });
    expect(wim.node).toEqual({ personType: 'EMPLOYEE', contacts: [] });
  });
});
