import { aProject } from '../../support/builders';
import { accept, invite, linkTo } from '../../support/invitations-builders';
import { look, openPortal, type Portal, sections, withheld } from './portal';

/** Seed S: Skhokho, client portal. Milestones, meetings and documents come later. */
let portal: Portal;
beforeAll(async () => {
  portal = await openPortal('AGENCY');
});
afterAll(() => portal.server.close());

it('AGENCY opens the invoices; hours, money, tasks and people stay inside', async () => {
  expect(await sections(portal)).toEqual({
    hours: 'HIDE',
    timeEntries: 'HIDE',
    financials: 'HIDE',
    billRates: 'HIDE',
    invoices: 'FULL',
    tasks: 'HIDE',
    people: 'HIDE',
  });
  const fields = `totals { totalTime { hours } billableTime { hours } billableAmount { amount } } budget { basis } financials { balance { amount } }
    tasks { totalCount } people { totalCount } timeEntries { totalCount } timeByDay { date }`;
  expect(await withheld(portal, 'clara', fields)).toEqual([
    'budget: financials:SUMMARY hours:FULL',
    'financials: financials:SUMMARY',
    'people: people:CLIENT_FACING',
    'tasks: tasks:SHOW',
    'timeByDay: timeEntries:DAILY',
    'timeEntries: timeEntries:DETAILED',
    'totals.billableAmount: financials:SUMMARY',
    'totals.billableTime: hours:BILLABLE',
    'totals.totalTime: hours:FULL',
  ]);
});

it('all invoices of the project are listed for Clara, and she reads each at any time (F-111)', async () => {
  const fields = `invoices { totalCount nodes { number status total { amount } notes lines { amount { amount } } internalNotes } }`;
  const { invoices } = await look(portal, 'clara', fields);
  expect(invoices.totalCount).toBe(2);
  expect(invoices.nodes).toContainEqual({
    number: 'ACME-0001',
    status: 'PARTIALLY_PAID',
    total: { amount: '500.00' },
    notes: 'Thank you',
    lines: [{ amount: { amount: '500.00' } }],
    internalNotes: null,
  });
});

it('a member of the project team invites; the link leads to a page that sets the password (F-034)', async () => {
  const { server, project } = portal;
  await invite(server, 'max', { projectId: project.id, email: 'ivan@demo.test' });
  const preview = 'query ($token: String!) { invitation(token: $token) { workspaceName inviterName } }';
  const { invitation } = await server.data(null, preview, { token: await linkTo(server, 'ivan@demo.test') });
  expect(invitation).toEqual({ workspaceName: 'Fjord Studio', inviterName: 'Max Manager' });
});

it('Ivan sets his password; his dashboard lists the projects he was invited to, and no other (F-013, F-035, F-061)', async () => {
  const { server, project } = portal;
  await aProject(server, { name: 'Not for Ivan' });
  const { token } = await accept(server, 'ivan@demo.test');
  const { projects } = await server.data({ token }, '{ projects { nodes { id name } } }');
  expect(projects.nodes).toEqual([{ id: project.id, name: 'Website relaunch' }]);
  const details = 'query ($id: ID!) { project(id: $id) { name description startDate } }';
  expect(await server.data({ token }, details, { id: project.id })).toEqual({
    project: { name: 'Website relaunch', description: 'A new website', startDate: '2026-01-01' },
  });
});

it('the same e-mail on another project: it just appears in the list (F-015)', async () => {
  const { server } = portal;
  const shop = await aProject(server, { name: 'Shop' });
  const wishes = { projectId: shop.id, email: 'ivan@demo.test' };
  expect(await invite(server, 'max', wishes)).toMatchObject({ outcome: 'ASSIGNED_EXISTING_MEMBER' });
  const [{ count }] = await server.database.rows<{ count: number }>(
    `select count(*)::int as count from app_user where email = 'ivan@demo.test'`,
  );
  expect(count).toBe(1);
});

it('Clara opens a workspace of her own, and still sees the project she is a client on (F-014)', async () => {
  const { server } = portal;
  const query = 'mutation { createWorkspace(input: {name: "Clara & Co"}) { workspace { name } } }';
  expect(await server.data('clara', query)).toEqual({ createWorkspace: { workspace: { name: 'Clara & Co' } } });
  const { viewer, projects } = await server.data(
    'clara',
    '{ viewer { memberships { role personType workspace { name } } } projects { nodes { name } } }',
  );
  expect(viewer.memberships).toEqual([
    { role: 'OWNER', personType: 'EMPLOYEE', workspace: { name: 'Clara & Co' } },
    { role: 'MEMBER', personType: 'CLIENT', workspace: { name: 'Fjord Studio' } },
  ]);
  expect(projects.nodes).toContainEqual({ name: 'Website relaunch' });
});
