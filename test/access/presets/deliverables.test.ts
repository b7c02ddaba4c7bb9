import { aTask } from '../../support/time-builders';
import { look, openPortal, type Portal, sections, withheld } from './portal';

/** Seed P: Customer Portal. Documents, comments, proposals, requests and acceptances come later. */
let portal: Portal;
beforeAll(async () => {
  portal = await openPortal('DELIVERABLES');
});
afterAll(() => portal.server.close());

it('DELIVERABLES opens hours and tasks, and of the people those who face clients', async () => {
  expect(await sections(portal)).toEqual({
    hours: 'FULL',
    timeEntries: 'HIDE',
    financials: 'HIDE',
    billRates: 'HIDE',
    invoices: 'HIDE',
    tasks: 'SHOW',
    people: 'CLIENT_FACING',
  });
});

it('a contact signs in with credentials of their own; nobody else gets in (F-036)', async () => {
  expect(await portal.server.refusal(null, '{ projects { totalCount } }')).toEqual({ code: 'UNAUTHENTICATED' });
  expect(await portal.server.refusal({ token: 'guessed' }, '{ projects { totalCount } }')).toEqual({
    code: 'UNAUTHENTICATED',
  });
});

it('the portal shows only what belongs to the contact’s customer (F-018)', async () => {
  const { projects } = await portal.server.data('eve', '{ projects { totalCount } }');
  expect(projects).toEqual({ totalCount: 0 });
  expect(await look(portal, 'eve', 'name')).toBeNull();
});

it('the project card: name and description (F-062)', async () => {
  expect(await look(portal, 'clara', 'name description')).toEqual({
    name: 'Website relaunch',
    description: 'A new website',
  });
});

it('the summary cards: total hours and billable hours (F-063)', async () => {
  expect(await look(portal, 'clara', 'totals { totalTime { hours } billableTime { hours } }')).toEqual({
    totals: { totalTime: { hours: 3.5 }, billableTime: { hours: 3 } },
  });
});

it('a sorted list of tasks: name, assignee, status (F-064, F-075)', async () => {
  await aTask(portal.server, portal.project, { title: 'Launch', status: 'IN_PROGRESS' as never });
  await aTask(portal.server, portal.project, { title: 'Print', status: 'CANCELLED' as never });
  const { tasks } = await look(portal, 'clara', 'tasks { nodes { title status assignee { displayName } } }');
  expect(tasks.nodes).toEqual([
    { title: 'Design', status: 'OPEN', assignee: { displayName: 'Cora Contractor' } },
    { title: 'Build', status: 'DONE', assignee: null },
    { title: 'Launch', status: 'IN_PROGRESS', assignee: null },
    { title: 'Print', status: 'CANCELLED', assignee: null },
  ]);
});

it('no internal notes, rates or financials (F-074)', async () => {
  const fields = `internalDescription tasks { nodes { internalNotes billRate { amount } } } rateCard { billRate { amount } costRate { amount } }
    totals { billableAmount { amount } uninvoicedAmount { amount } internalCost { amount } } financials { balance { amount } } invoices { totalCount }`;
  const told = await withheld(portal, 'clara', fields);
  expect(told.map((line) => line.split(':')[0])).toEqual([
    'financials',
    'internalDescription',
    'invoices',
    'rateCard.billRate',
    'rateCard.costRate',
    'tasks.nodes.billRate',
    'tasks.nodes.internalNotes',
    'totals.billableAmount',
    'totals.internalCost',
    'totals.uninvoicedAmount',
  ]);
});

it('the profile: display name, e-mail, customer and role, managed by the team (F-016)', async () => {
  const { server } = portal;
  const profile = '{ node(id: "ID") { ... on Contact { displayName email jobRole clientOrganisation { name } } } }';
  const contactId = server.cast.id('Contact', 'clara');
  expect(await server.data('clara', profile.replace('ID', contactId))).toMatchObject({
    node: {
      displayName: 'Clara Client',
      email: 'clara@demo.test',
      jobRole: 'Head of Product',
      clientOrganisation: { name: 'Acme' },
    },
  });
  const change = 'mutation ($input: UpdateContactInput!) { updateContact(input: $input) { __typename } }';
  const input = { contactId, jobRole: 'Chief' };
  expect(await server.refusal('clara', change, { input })).toMatchObject({ code: 'FORBIDDEN' });
  expect((await server.ask('max', change, { input })).errors).toBeUndefined();
});
