import { aGrant, aProject } from '../../support/builders';
import { anInvoice } from '../../support/invoice-builders';
import { aTimeEntry } from '../../support/time-builders';
import { look, openPortal, type Portal, sections } from './portal';

/** Seed T: TimeTracker, client portal. Approvals, quotes, notifications and the widgets of its dashboard come later. */
let portal: Portal;
beforeAll(async () => {
  portal = await openPortal('FREELANCE');
});
afterAll(() => portal.server.close());

it('FREELANCE opens every entry, the bill rate of the project, and all invoices', async () => {
  expect(await look(portal, 'clara', 'rateCard { billRate { amount } }')).toEqual({
    rateCard: { billRate: { amount: '100.00' } },
  });
  expect(await sections(portal)).toEqual({
    hours: 'FULL',
    timeEntries: 'DETAILED',
    financials: 'SUMMARY',
    billRates: 'SHOW',
    invoices: 'FULL',
    tasks: 'SHOW',
    people: 'ALL',
  });
});

it('active projects with their statistics (F-073)', async () => {
  const { server } = portal;
  await aProject(server, { name: 'Finished', status: 'COMPLETED' as never });
  const query =
    '{ projects(filter: {statusIn: [ACTIVE]}) { nodes { name totals { totalTime { hours } } budget { usedPercent } } } }';
  const { projects } = await server.data('clara', query);
  expect(projects.nodes).toEqual([
    { name: 'Website relaunch', totals: { totalTime: { hours: 3.5 } }, budget: { usedPercent: 35 } },
  ]);
});

it('invoices by all, paid, unpaid and overdue, never a draft (F-112)', async () => {
  await anInvoice(portal.server, portal.project, {
    net: [3000n],
    number: 'ACME-0003',
    issueDate: '2026-02-01',
    dueDate: '2026-03-01',
  });
  const list = async (status: string) => {
    const { invoices } = await portal.server.data(
      'clara',
      `{ invoices(filter: {status: ${status}}) { nodes { number } } }`,
    );
    return invoices.nodes.map(({ number }: { number: string }) => number).sort();
  };
  expect(await list('ALL')).toEqual(['ACME-0001', 'ACME-0002', 'ACME-0003']);
  expect(await list('PAID')).toEqual(['ACME-0002']);
  expect(await list('UNPAID')).toEqual(['ACME-0001', 'ACME-0003']);
  expect(await list('OVERDUE')).toEqual(['ACME-0003']);
});

it('one invoice in detail; that of another client is not there (F-112, F-133)', async () => {
  const { server } = portal;
  const other = await aProject(server, { client: 'borealis', preset: 'FREELANCE' });
  const { id } = await anInvoice(server, other);
  const mine = await anInvoice(server, portal.project, { number: 'ACME-0004' });
  const query = 'query ($id: ID!) { invoice(id: $id) { number total { amount } } node(id: $id) { id } }';
  expect(await server.data('clara', query, { id: mine.id })).toMatchObject({ invoice: { number: 'ACME-0004' } });
  expect(await server.data('clara', query, { id })).toEqual({ invoice: null, node: null });
});

it('time entries by project, from and to; their amounts and rates go with financials in full (F-079)', async () => {
  const { server, project } = portal;
  const query = `query ($id: ID!) { timeEntries(filter: {projectId: $id, from: "2026-03-10", to: "2026-03-10"}) {
    nodes { date description time { hours } billRate { amount } person { displayName } } } }`;
  expect((await server.data('clara', query, { id: project.id })).timeEntries.nodes).toEqual([
    {
      date: '2026-03-10',
      description: 'Review',
      time: { hours: 1 },
      billRate: null,
      person: { displayName: 'Cora Contractor' },
    },
  ]);
});

it('entries of the client’s own projects alone (F-080)', async () => {
  const { server, project } = portal;
  const other = await aProject(server, { client: 'borealis', preset: 'FREELANCE' });
  await aTimeEntry(server, other, { description: 'For Borealis' });
  const { timeEntries } = await server.data('clara', '{ timeEntries { nodes { project { id } } } }');
  expect(new Set(timeEntries.nodes.map((entry: { project: { id: string } }) => entry.project.id))).toEqual(
    new Set([project.id]),
  );
});

it('a report: progress against the budget, invoices and payments, time by date, recent entries (F-081)', async () => {
  const fields = `status totals { totalTime { hours } } budget { total { time { hours } } used { time { hours } } }
    financials { invoicedTotal { amount } paidTotal { amount } } timeByDay { date totalTime { hours } }
    timeEntries(first: 1) { nodes { description } }`;
  const report = await look(portal, 'clara', fields);
  expect(report).toMatchObject({
    status: 'ACTIVE',
    totals: { totalTime: { hours: 3.5 } },
    budget: { total: { time: { hours: 10 } }, used: { time: { hours: 3.5 } } },
    timeEntries: { nodes: [{ description: 'Meeting' }] },
  });
  // The last 30 days, when no others are asked for.
  expect(report.timeByDay.map(({ date }: { date: string }) => date)).toEqual(['2026-03-10', '2026-03-11']);
});

it('a dashboard: statistics, projects, recent invoices and time entries by one query, scoped to the client (F-071)', async () => {
  const { server, project } = portal;
  const elsewhere = await aProject(server, { client: 'borealis', preset: 'FREELANCE', name: 'Elsewhere' });
  await anInvoice(server, elsewhere, { number: 'BOR-0001', issueDate: '2026-03-15' });
  await aTimeEntry(server, elsewhere, { description: 'For Borealis', date: '2026-03-15' });
  const dashboard = await server.data(
    'clara',
    `{ projects(filter: { statusIn: [ACTIVE] }) { totalCount nodes { name totals { totalTime { hours } } } }
       unpaid: invoices(filter: { status: UNPAID }) { totalCount }
       recentInvoices: invoices(first: 5) { nodes { number project { id } } }
       recentTimeEntries: timeEntries(first: 2) { nodes { description project { id } } } }`,
  );
  expect(dashboard.projects).toEqual({
    totalCount: 1,
    nodes: [{ name: 'Website relaunch', totals: { totalTime: { hours: 3.5 } } }],
  });
  expect(dashboard.unpaid.totalCount).toBeGreaterThan(0);
  expect(dashboard.recentInvoices.nodes).toContainEqual({ number: 'ACME-0001', project: { id: project.id } });
  expect(dashboard.recentTimeEntries.nodes).toEqual([
    { description: 'Meeting', project: { id: project.id } },
    { description: 'Review', project: { id: project.id } },
  ]);
  expect(JSON.stringify(dashboard)).not.toMatch(/BOR|Borealis|Elsewhere/);
});

it('a subcontractor sees the clients and projects that they are assigned to, and no others (F-023)', async () => {
  const { server, project } = portal;
  const other = await aProject(server, { client: 'borealis', name: 'Assigned to nobody', grants: {} });
  const query = `query ($id: ID!, $client: ID!) { viewer { memberships { personType workspace {
      clientOrganisations { nodes { name } } } } }
    projects(first: 100) { nodes { id clientOrganisation { name } } }
    project(id: $id) { id } clientOrganisation(id: $client) { id } }`;
  const variables = { id: other.id, client: server.cast.clients.borealis };
  const seen = await server.data('cora', query, variables);
  expect(seen.viewer.memberships).toEqual([
    { personType: 'CONTRACTOR', workspace: { clientOrganisations: { nodes: [{ name: 'Acme' }] } } },
  ]);
  expect(seen.projects.nodes).toContainEqual({ id: project.id, clientOrganisation: { name: 'Acme' } });
  expect(new Set(seen.projects.nodes.map((one: any) => one.clientOrganisation.name))).toEqual(new Set(['Acme']));
  expect(seen).toMatchObject({ project: null, clientOrganisation: null });
  await aGrant(server, other.id, 'cora', { trackTime: true, clientView: true });
  const then = await server.data('cora', query, variables);
  expect(then).toMatchObject({ project: { id: other.id }, clientOrganisation: { id: server.cast.clients.borealis } });
});

it('access is opened for a client that is named, or not at all (F-021, F-134)', async () => {
  const { server } = portal;
  const open = 'mutation ($input: InvitePersonInput!) { invitePerson(input: $input) { outcome } }';
  const { workspaceId } = server.cast;
  const input = { workspaceId, name: 'Ivan', email: 'ivan@demo.test', personType: 'CLIENT' };
  expect(await server.refusal('ada', open, { input })).toMatchObject({
    code: 'BAD_USER_INPUT',
    field: 'clientOrganisationId',
  });
  const named = { ...input, clientOrganisationId: server.cast.clients.acme };
  expect((await server.data('ada', open, { input: named })).invitePerson).toEqual({ outcome: 'INVITED' });
});

it('the administrator’s list of people says who is a client’s, and of which (F-022)', async () => {
  const query = `{ viewer { memberships { workspace { people(first: 20) { nodes { displayName side contacts {
    clientOrganisation { name } } } } } } } }`;
  const [{ workspace }] = (await portal.server.data('ada', query)).viewer.memberships;
  const of = (name: string) => workspace.people.nodes.find((person: any) => person.displayName === name);
  expect(of('Clara Client')).toMatchObject({ side: 'CLIENT', contacts: [{ clientOrganisation: { name: 'Acme' } }] });
  expect(of('Wim Worker')).toMatchObject({ side: 'TEAM', contacts: [] });
});

it('access for active users of active clients alone (F-020)', async () => {
  const { server } = portal;
  const set = (status: string) =>
    server.database.rows('update client_organisation set status = $1 where id = $2', [
      status,
      server.cast.clients.acme,
    ]);
  await set('INACTIVE');
  expect(await look(portal, 'clara', 'name')).toBeNull();
  await set('ACTIVE');
  expect(await look(portal, 'clara', 'name')).toEqual({ name: 'Website relaunch' });
});

it('every way in asks who is there (F-042)', async () => {
  for (const query of [
    '{ viewer { id } }',
    '{ projects { totalCount } }',
    '{ invoices { totalCount } }',
    '{ timeEntries { totalCount } }',
    '{ node(id: "prj_x") { id } }',
  ]) {
    expect(await portal.server.refusal(null, query)).toEqual({ code: 'UNAUTHENTICATED' });
  }
});

it('the portal is read-only: Clara changes nothing of it', async () => {
  const { server, project } = portal;
  const [{ id }] = await server.database.rows<{ id: string }>(
    'select id from time_entry where project_id = $1 limit 1',
    [project.id],
  );
  const edit = 'mutation ($input: UpdateTimeEntryInput!) { updateTimeEntry(input: $input) { __typename } }';
  expect(await server.refusal('clara', edit, { input: { timeEntryId: id, description: 'Mine' } })).toMatchObject({
    code: 'FORBIDDEN',
  });
  const rename = 'mutation ($input: UpdateProjectInput!) { updateProject(input: $input) { __typename } }';
  expect(await server.refusal('clara', rename, { input: { projectId: project.id, name: 'Mine' } })).toMatchObject({
    code: 'FORBIDDEN',
  });
});
