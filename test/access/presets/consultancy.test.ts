import { BudgetBasis } from '../../../src/domains/projects/project.enums';
import { aGrant, aProject } from '../../support/builders';
import { mutationOf } from '../../support/mutation';
import { look, openPortal, type Portal, sections, withheld } from './portal';

/** Seed K: Keito, client project access. Each test is a statement of its document. */
let portal: Portal;
beforeAll(async () => {
  portal = await openPortal('CONSULTANCY');
});
afterAll(() => portal.server.close());

const refused = (who: 'clara' | 'carl' | 'tess' | 'ada' | 'max', name: string, input: object) =>
  portal.server.refusal(who, mutationOf(name), { input });

it('CONSULTANCY is what a project has that nobody thought about', async () => {
  const { defaultPreset } = (
    await portal.server.data('ada', '{ viewer { memberships { workspace { settings { defaultPreset } } } } }')
  ).viewer.memberships[0].workspace.settings;
  expect(defaultPreset).toBe('CONSULTANCY');
  expect(await sections(portal)).toEqual({
    hours: 'FULL',
    timeEntries: 'DAILY',
    financials: 'FULL',
    billRates: 'HIDE',
    invoices: 'HIDE',
    tasks: 'SHOW',
    people: 'ALL',
  });
});

describe('with Client view, Clara can see', () => {
  it('project name, client, dates, code and status (F-050)', async () => {
    expect(await look(portal, 'clara', 'name clientOrganisation { name } startDate endDate code status')).toEqual({
      name: 'Website relaunch',
      clientOrganisation: { name: 'Acme' },
      startDate: '2026-01-01',
      endDate: '2026-06-30',
      code: 'ACME-1',
      status: 'ACTIVE',
    });
  });

  it('total hours, billable and non-billable (F-051, F-052)', async () => {
    const fields = 'totals { totalTime { hours } billableTime { hours } nonBillableTime { hours } }';
    expect((await look(portal, 'clara', fields)).totals).toEqual({
      totalTime: { hours: 3.5 },
      billableTime: { hours: 3 },
      nonBillableTime: { hours: 0.5 },
    });
  });

  it('the tasks, but not those kept inside (F-053)', async () => {
    const { tasks } = await look(portal, 'clara', 'tasks { totalCount nodes { title } }');
    expect(tasks).toEqual({ totalCount: 2, nodes: [{ title: 'Design' }, { title: 'Build' }] });
  });

  it('the people, and no e-mail, rate or capacity of theirs (F-054)', async () => {
    const { people } = await look(
      portal,
      'clara',
      'people { nodes { displayName side email weeklyCapacity { hours } billRate { amount } } }',
    );
    expect(people.nodes).toContainEqual({
      displayName: 'Wim Worker',
      side: 'TEAM',
      email: null,
      weeklyCapacity: null,
      billRate: null,
    });
    expect(people.nodes.map((person: { displayName: string }) => person.displayName)).toContain('Clara Client');
  });

  it('billable amounts and what the client was billed and paid (F-055)', async () => {
    const { totals, financials } = await look(
      portal,
      'clara',
      'totals { billableAmount { amount currencyCode } } financials { invoicedTotal { amount } paidTotal { amount } balance { amount } }',
    );
    expect(totals.billableAmount).toEqual({ amount: '300.00', currencyCode: 'EUR' });
    expect(financials).toEqual({
      invoicedTotal: { amount: '600.00' },
      paidTotal: { amount: '300.00' },
      balance: { amount: '300.00' },
    });
  });

  it('the uninvoiced amount (F-057)', async () => {
    const { totals } = await look(portal, 'clara', 'totals { uninvoicedAmount { amount } }');
    expect(totals.uninvoicedAmount).toEqual({ amount: '300.00' });
  });

  it('the progress of a budget of hours or of fees, and of no other (F-056)', async () => {
    const { server } = portal;
    const fees = await aProject(server, { budgetBasis: BudgetBasis.FEES, budgetMinor: 100_000n });
    const cost = await aProject(server, { costBudgetMinor: 100_000n });
    const budget = 'budget { basis usedPercent } costBudget { usedPercent }';
    expect(await look(portal, 'clara', budget)).toEqual({
      budget: { basis: 'HOURS', usedPercent: 35 },
      costBudget: null,
    });
    expect(await look({ server, project: fees }, 'clara', budget)).toMatchObject({
      budget: { basis: 'FEES', usedPercent: 0 },
    });
    expect(await look({ server, project: cost }, 'clara', budget)).toEqual({ budget: null, costBudget: null });
  });

  it('any range of days (F-058)', async () => {
    const fields = `totals(from: "2026-03-01", to: "2026-03-31") { totalTime { hours } billableAmount { amount } }
      timeByDay(from: "2026-03-01", to: "2026-03-10") { date billableTime { hours } }`;
    expect(await look(portal, 'clara', fields)).toEqual({
      totals: { totalTime: { hours: 1.5 }, billableAmount: { amount: '100.00' } },
      timeByDay: [{ date: '2026-03-10', billableTime: { hours: 1 } }],
    });
  });
});

describe('Clara never sees', () => {
  it('cost rates, cost budgets or internal cost totals (F-059)', async () => {
    const fields =
      'totals { internalCost { amount } margin { amount } } costBudget { usedPercent } rateCard { costRate { amount } }';
    expect(await withheld(portal, 'clara', fields)).toEqual([
      'costBudget: internalCosts',
      'rateCard.costRate: role:ADMIN',
      'totals.internalCost: internalCosts',
      'totals.margin: internalCosts',
    ]);
  });

  it('the internal invoice tab (F-060)', async () => {
    expect(await withheld(portal, 'clara', 'invoices { nodes { number } }')).toEqual(['invoices: invoices:SUMMARY']);
    expect((await portal.server.data('clara', '{ invoices { totalCount } }')).invoices).toEqual({ totalCount: 0 });
  });

  it('workspace settings, the team’s members or other clients (F-060)', async () => {
    const query = `{ viewer { memberships { workspace { settings { invitePolicy } memberCount invitations { totalCount }
      clientOrganisations { nodes { name } } people { nodes { displayName } } } } } }`;
    const { data, extensions } = await portal.server.ask('clara', query);
    const { workspace } = data.viewer.memberships[0];
    expect(workspace).toMatchObject({ settings: null, memberCount: null, invitations: null });
    expect(workspace.clientOrganisations.nodes).toEqual([{ name: 'Acme' }]);
    expect(workspace.people.nodes).not.toContainEqual({ displayName: 'Ada Admin' });
    expect(extensions?.withheld?.map(({ requires }) => requires.join())).toEqual([
      'role:ADMIN',
      'role:ADMIN',
      'role:ADMIN',
    ]);
  });

  it('a way to manage invoices, clients, the team or the workspace (F-060)', async () => {
    const { server, project } = portal;
    const { workspaceId, clients, people } = server.cast;
    const tried: [name: string, input: object, code: string][] = [
      ['draftInvoice', { projectId: project.id }, 'FORBIDDEN'],
      ['createClientOrganisation', { workspaceId, name: 'Zephyr' }, 'FORBIDDEN'],
      ['updateWorkspace', { workspaceId, name: 'Acme’s' }, 'FORBIDDEN'],
      ['invitePerson', { workspaceId, name: 'Ivan', email: 'ivan@demo.test', personType: 'EMPLOYEE' }, 'FORBIDDEN'],
      ['updateClientOrganisation', { clientOrganisationId: clients.acme, name: 'Acme & Sons' }, 'FORBIDDEN'],
      ['deactivatePerson', { personId: people.wim }, 'FORBIDDEN'],
    ];
    for (const [name, input, code] of tried) expect(await refused('clara', name, input)).toMatchObject({ code });
  });
});

describe('the permission', () => {
  it('Track time is off for Clara: she logs nothing (F-043)', async () => {
    const input = { projectId: portal.project.id, date: '2026-03-16', seconds: 3600 };
    expect(await refused('clara', 'logTime', input)).toEqual({ code: 'FORBIDDEN', requires: ['trackTime'] });
  });

  it('Track time lets Tess log on active projects, and on those alone (F-044)', async () => {
    const { server, project } = portal;
    const log = 'mutation ($input: LogTimeInput!) { logTime(input: $input) { timeEntry { time { hours } } } }';
    const paused = await aProject(server, { status: 'ON_HOLD' as never });
    const day = { date: '2026-03-16', seconds: 3600 };
    const { id } = await aProject(server, {});
    const answer = await server.data('tess', log, { input: { ...day, projectId: id } });
    expect(answer.logTime.timeEntry).toEqual({ time: { hours: 1 } });
    expect(await refused('tess', 'logTime', { ...day, projectId: paused.id })).toMatchObject({
      code: 'PROJECT_NOT_ACTIVE',
    });
    expect(await look({ server, project }, 'tess', 'totals { totalTime { hours } }')).toEqual({
      totals: { totalTime: null },
    });
  });

  it('Internal costs shows Carl the internal cost total and the cost budget (F-046)', async () => {
    const fields = 'totals { internalCost { amount } margin { amount } } costBudget { used { amount } }';
    expect(await look(portal, 'carl', fields)).toEqual({
      totals: { internalCost: { amount: '140.00' }, margin: { amount: '160.00' } },
      costBudget: { used: { amount: '140.00' } },
    });
  });

  it('Internal costs turns Client view on as well (F-047)', async () => {
    const { server } = portal;
    const project = await aProject(server, { grants: { bo: {} } });
    const query = `mutation ($input: UpdateProjectPermissionsInput!) { updateProjectPermissions(input: $input) { implied
      member { permissions { clientView internalCosts } } } }`;
    const input = {
      projectId: project.id,
      personId: server.cast.people.bo,
      permissions: { internalCosts: true },
      reason: 'Open book',
    };
    expect((await server.data('ada', query, { input })).updateProjectPermissions).toEqual({
      implied: ['CLIENT_VIEW'],
      member: { permissions: { clientView: true, internalCosts: true } },
    });
  });

  it('Manages project stays off for clients (F-007, F-048)', async () => {
    const { server, project } = portal;
    const input = { projectId: project.id, personId: server.cast.people.clara, permissions: { managesProject: true } };
    expect(await refused('ada', 'updateProjectPermissions', input)).toMatchObject({
      code: 'CLIENT_CANNOT_MANAGE_PROJECT',
    });
  });

  it('is each person’s own: Clara, Carl and Bo see the same project differently (F-049)', async () => {
    const fields = 'totals { billableTime { hours } internalCost { amount } }';
    expect(await look(portal, 'clara', fields)).toMatchObject({ totals: { billableTime: {}, internalCost: null } });
    expect(await look(portal, 'carl', fields)).toMatchObject({ totals: { billableTime: {}, internalCost: {} } });
    expect(await look(portal, 'bo', fields)).toEqual({ totals: { billableTime: null, internalCost: null } });
  });
});

it('a client organisation owns projects, invoices, contacts, currency and billing details (F-001)', async () => {
  const { server } = portal;
  await server.database.rows(`update client_organisation set billing_address = 'Acme Street 1', tax_id = 'NO1'`);
  const query = `query ($id: ID!) { clientOrganisation(id: $id) { currency billingAddress taxId contacts { nodes { displayName } } }
    projects(filter: { clientOrganisationId: $id }) { nodes { name } }
    invoices { nodes { number clientOrganisation { name } } } }`;
  const { clientOrganisation, projects, invoices } = await server.data('ada', query, { id: server.cast.clients.acme });
  expect(clientOrganisation).toMatchObject({ currency: 'EUR', billingAddress: 'Acme Street 1', taxId: 'NO1' });
  expect(clientOrganisation.contacts.nodes).toContainEqual({ displayName: 'Clara Client' });
  expect(projects.nodes).toContainEqual({ name: 'Website relaunch' });
  expect(invoices.nodes).toContainEqual({ number: 'ACME-0001', clientOrganisation: { name: 'Acme' } });
});

it('employees track time, have capacity and rates, and may get internal permissions (F-003)', async () => {
  const { server } = portal;
  const project = await aProject(server, { grants: { wim: { trackTime: true } } });
  const wim = { personId: server.cast.people.wim };
  const done = (name: string, input: object, selection: string) =>
    server.data('ada', mutationOf(name, selection), { input });
  await server.data(
    'wim',
    `mutation { logTime(input: { projectId: "${project.id}", date: "2026-03-16", seconds: 60 }) { timeEntry { id } } }`,
  );
  await done('updatePerson', { ...wim, weeklyCapacitySeconds: 144_000 }, '__typename');
  for (const kind of ['BILL', 'COST'])
    await done('setRate', { ...wim, scope: 'PERSON', kind, amount: '50' }, '__typename');
  const permissions = { internalCosts: true, managesProject: true };
  const wish = { projectId: project.id, ...wim, permissions };
  const grant = await done('updateProjectPermissions', wish, 'member { permissions { internalCosts managesProject } }');
  expect(grant.updateProjectPermissions.member).toEqual({ permissions });
  const query =
    'query ($id: ID!) { node(id: $id) { ... on Person { weeklyCapacity { hours } billRate { amount } costRate { amount } } } }';
  expect((await server.data('ada', query, { id: wim.personId })).node).toEqual({
    weeklyCapacity: { hours: 40 },
    billRate: { amount: '50.00' },
    costRate: { amount: '50.00' },
  });
});

describe('client accounts', () => {
  it('are regular members, never managers or administrators, without business roles (F-005, F-006, F-131)', async () => {
    const personId = portal.server.cast.people.clara;
    for (const change of [{ role: 'MANAGER' }, { role: 'ADMIN' }, { businessRoles: ['BILLING'] }]) {
      expect(await refused('ada', 'changeRole', { personId, ...change })).toMatchObject({
        code: 'CLIENT_CANNOT_HOLD_ROLE',
      });
    }
  });

  it('are never converted back into employees or contractors (F-009, F-130)', async () => {
    const personId = portal.server.cast.people.clara;
    for (const personType of ['EMPLOYEE', 'CONTRACTOR']) {
      expect(await refused('ada', 'changePersonType', { personId, personType })).toMatchObject({
        code: 'CLIENT_IS_FINAL',
      });
    }
  });

  it('reach only projects with an active assignment (F-004, F-010)', async () => {
    const { server, project } = portal;
    const other = await aProject(server, { name: 'Not shared', grants: {} });
    const ended = await aProject(server, { name: 'Ended', grants: {} });
    await aGrant(server, ended.id, 'clara', { clientView: true }, { expiresAt: server.clock.now() });
    expect(await look({ server, project }, 'clara', 'name')).toEqual({ name: 'Website relaunch' });
    expect(await look({ server, project: other }, 'clara', 'name')).toBeNull();
    expect(await look({ server, project: ended }, 'clara', 'name')).toBeNull();
  });
});
