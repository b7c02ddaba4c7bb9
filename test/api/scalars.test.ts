import { isScalarType, isSpecifiedScalarType } from 'graphql';
import { bareSchema } from '../../src/api/schema';
import type { Project } from '../../src/domains/projects/project.entity';
import { aProject } from '../support/builders';
import { INVITE, invitation } from '../support/invitations-builders';
import { TestServer } from '../support/server';

let server: TestServer;
let project: Project;
let guests = 0;
beforeAll(async () => {
  server = await TestServer.start();
  await server.database.rows('update client_organisation set max_contacts = 1000');
  project = await aProject(server);
});
afterAll(() => server.close());

/** Ivan is invited until a moment of Max's choice. */
const until = (expiresAt: unknown) =>
  invitation({ projectId: project.id, email: `guest${++guests}@acme.test`, expiresAt: expiresAt as string });

it('scalars are called what front ends know them by', () => {
  const scalars = Object.values(bareSchema().getTypeMap()).filter((type) => isScalarType(type));
  const ours = scalars.filter((type) => !isSpecifiedScalarType(type)).map((type) => type.name);
  expect(ours.sort()).toEqual(['CurrencyCode', 'Cursor', 'Date', 'DateTime', 'Decimal', 'SafeInt']);
});

describe('a moment', () => {
  it.each([
    ['2099-12-31T10:15:30Z', '2099-12-31T10:15:30.000Z'],
    ['2099-12-31T01:00:00+02:00', '2099-12-30T23:00:00.000Z'],
    ['2099-12-31T01:00:00.123456-05:30', '2099-12-31T06:30:00.123Z'],
  ])('that Max writes as %s is read in UTC', async (written, read) => {
    const { inviteToProject } = await server.data('max', INVITE, until(written));
    expect(inviteToProject.member.expiresAt).toBe(read);
  });

  it.each([
    'tomorrow',
    '',
    '2099-12-31',
    '2099-12-31 10:15:30Z',
    '2099-12-31T10:15:30',
    '2099-02-29T10:15:30Z',
    '2099-12-31T24:00:00Z',
    '2099-12-31T10:15:30|02:00',
    '1e9',
    4102444800,
    true,
    {},
  ])('that Max writes as %p is refused, and nobody is invited', async (nonsense) => {
    const order = until(nonsense);
    const asVariable = await server.ask('max', INVITE, order);
    expect(asVariable.errors).toEqual([expect.objectContaining({ extensions: { code: 'BAD_USER_INPUT' } })]);
    const { projectId, email } = order.input;
    const literal = JSON.stringify(nonsense);
    const asLiteral = `mutation { inviteToProject(input: { projectId: "${projectId}", email: "${email}", name: "Ivan",
      personType: CLIENT, expiresAt: ${literal} }) { outcome } }`;
    expect(await server.refusal('max', asLiteral)).toEqual({ code: 'BAD_USER_INPUT' });
    expect(await server.database.rows('select id from invitation where email = $1', [email])).toEqual([]);
  });
});
