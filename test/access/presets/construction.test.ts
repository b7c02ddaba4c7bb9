import { minutes } from '../../../src/platform/clock';
import { lastMailTo, signInAs } from '../../support/auth-builders';
import { aProject } from '../../support/builders';
import { accept, invite, linkTo } from '../../support/invitations-builders';
import { look, openPortal, type Portal, sections, withheld } from './portal';

/** Seed C: ContractorOS, client portal. Progress, photos, change orders, selections and paying online come later. */
let portal: Portal;
beforeAll(async () => {
  portal = await openPortal('CONSTRUCTION');
});
afterAll(() => portal.server.close());

it('CONSTRUCTION opens financials and invoices; hours and tasks stay inside', async () => {
  expect(await sections(portal)).toEqual({
    hours: 'HIDE',
    timeEntries: 'HIDE',
    financials: 'FULL',
    billRates: 'HIDE',
    invoices: 'FULL',
    tasks: 'HIDE',
    people: 'CLIENT_FACING',
  });
  expect(
    await withheld(portal, 'clara', 'totals { totalTime { hours } } tasks { totalCount } timeEntries { totalCount }'),
  ).toEqual(['tasks: tasks:SHOW', 'timeEntries: timeEntries:DETAILED', 'totals.totalTime: hours:FULL']);
});

it('Clara sees all invoices, and the details of each (F-113)', async () => {
  const { invoices } = await look(
    portal,
    'clara',
    'invoices { nodes { number lines { description amount { amount } } } }',
  );
  expect(invoices.nodes.map(({ number }: { number: string }) => number).sort()).toEqual(['ACME-0001', 'ACME-0002']);
  for (const { lines } of invoices.nodes) expect(lines).toHaveLength(1);
});

it('financials: contract value, amount invoiced, payment history, current balance (F-114)', async () => {
  const fields = `financials { contractValue { amount } invoicedTotal { amount } paidTotal { amount } balance { amount } }
    invoices { nodes { number payments { amount { amount } status } } }`;
  const { financials, invoices } = await look(portal, 'clara', fields);
  expect(financials).toEqual({
    contractValue: { amount: '9000.00' },
    invoicedTotal: { amount: '600.00' },
    paidTotal: { amount: '300.00' },
    balance: { amount: '300.00' },
  });
  expect(invoices.nodes).toContainEqual({
    number: 'ACME-0001',
    payments: [{ amount: { amount: '200.00' }, status: 'SUCCEEDED' }],
  });
});

it.each([
  ['FULL', ['20.00'], true],
  ['SUMMARY', null, true],
  ['HIDE', null, false],
])('financials %s, summary or hide, set for each project (F-115, F-123)', async (value, payments, sums) => {
  const { server } = portal;
  const { id } = portal.project;
  const change = `mutation ($input: UpdateProjectVisibilityInput!) { updateProjectVisibility(input: $input) { __typename } }`;
  await server.data('max', change, { input: { projectId: id, settings: { financials: value } } });
  const fields = 'financials { balance { amount } } invoices { nodes { number payments { amount { amount } } } }';
  const { financials, invoices } = await look(portal, 'clara', fields);
  expect(financials !== null).toBe(sums);
  const paid = invoices.nodes.find(({ number }: { number: string }) => number === 'ACME-0001').payments;
  expect(paid === null).toBe(payments === null);
});

it('an administrator sets once what new projects start with (F-124)', async () => {
  const { server } = portal;
  const { workspaceId, clients } = server.cast;
  const update = 'mutation ($input: UpdateWorkspaceInput!) { updateWorkspace(input: $input) { __typename } }';
  await server.data('ada', update, {
    input: { workspaceId, defaultPreset: 'CONSTRUCTION', defaultVisibility: { people: 'HIDE' } },
  });
  const create = `mutation ($input: CreateProjectInput!) { createProject(input: $input) {
    project { visibility { preset settings { financials hours people } } } } }`;
  const { createProject } = await server.data('max', create, {
    input: { clientOrganisationId: clients.acme, name: 'Villa' },
  });
  expect(createProject.project.visibility).toEqual({
    preset: 'CONSTRUCTION',
    settings: { financials: 'FULL', hours: 'HIDE', people: 'HIDE' },
  });
});

it('a manager decides what each client sees, project by project (F-011)', async () => {
  const { server } = portal;
  const quiet = await aProject(server, { preset: 'CONSTRUCTION', visibility: { invoices: 'HIDE' } });
  expect(await withheld({ server, project: quiet }, 'clara', 'invoices { totalCount }')).toEqual([
    'invoices: invoices:SUMMARY',
  ]);
  expect(await withheld(portal, 'clara', 'invoices { totalCount }')).toEqual([]);
});

it('the team’s personal details stay private (F-125)', async () => {
  const { people } = await look(portal, 'clara', 'people { nodes { displayName side email phone } }');
  const team = people.nodes.filter(({ side }: { side: string }) => side === 'TEAM');
  expect(team.map(({ displayName }: { displayName: string }) => displayName)).toEqual([
    'Cora Contractor',
    'Max Manager',
  ]);
  for (const { email, phone } of team) expect({ email, phone }).toEqual({ email: null, phone: null });
});

it('an invitation is sent again, and its new link lets Ivan in (F-040)', async () => {
  const { server, project } = portal;
  const { invitation } = await invite(server, 'max', { projectId: project.id, email: 'ivan@demo.test' });
  const old = await linkTo(server, 'ivan@demo.test');
  server.clock.advance(minutes(2));
  await server.data(
    'max',
    `mutation { resendInvitation(input: { invitationId: "${invitation.id}" }) { invitation { id } } }`,
  );
  expect(await linkTo(server, 'ivan@demo.test')).not.toBe(old);
  expect(await accept(server, 'ivan@demo.test')).toMatchObject({ viewer: { email: 'ivan@demo.test' } });
});

it('a forgotten password is replaced by the link in the mail; a known one is changed (F-040, F-127)', async () => {
  const { server } = portal;
  await server.data(null, 'mutation { requestPasswordReset(input: { email: "clara@demo.test" }) { message } }');
  const { token } = (await lastMailTo(server, 'clara', 'PASSWORD_RESET')).data;
  const reset = `mutation { resetPassword(input: { token: "${token}", password: "my new password" }) { endedSessions } }`;
  await server.data(null, reset);
  const clara = await signInAs(server, 'clara', 'my new password');
  const change =
    'mutation { changePassword(input: { currentPassword: "my new password", newPassword: "my next password" }) { endedSessions } }';
  await server.data(clara, change);
  await signInAs(server, 'clara', 'my next password');
});

it('Clara keeps her contact information herself, and how often she gets mail (F-127)', async () => {
  const { server } = portal;
  const clara = await signInAs(server, 'clara', 'my next password');
  await server.database.rows('update workspace set client_profile_edit = true');
  const update =
    'mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) { viewer { displayName phone } } }';
  const input = { displayName: 'Clara C.', phone: '+47 900 00 003' };
  expect((await server.data(clara, update, { input })).updateProfile.viewer).toEqual(input);
  const prefer = `mutation ($input: UpdateNotificationPreferencesInput!) { updateNotificationPreferences(input: $input) {
    membership { notificationPreferences { frequency } } } }`;
  const wish = { input: { workspaceId: server.cast.workspaceId, frequency: 'DAILY' } };
  expect((await server.data(clara, prefer, wish)).updateNotificationPreferences.membership).toEqual({
    notificationPreferences: { frequency: 'DAILY' },
  });
});

it('a disabled account gets in no more (F-024)', async () => {
  const { server } = portal;
  const off = 'mutation ($input: DeactivatePersonInput!) { deactivatePerson(input: $input) { person { status } } }';
  await server.data('ada', off, { input: { personId: server.cast.people.carl } });
  expect(await look(portal, 'carl', 'name')).toBeNull();
  expect((await server.data('carl', '{ projects { totalCount } }')).projects).toEqual({ totalCount: 0 });
});
