import { aProject } from '../../support/builders';
import { TestServer } from '../../support/server';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.close());

const CREATE = `mutation ($input: CreateProjectInput!) { createProject(input: $input) { project {
  id name code status startDate endDate description internalDescription currency billing version
  clientOrganisation { name } roundingPolicy { mode minutes } financials { contractValue { amount currencyCode } }
  visibility { preset overridden settings { hours invoices } }
  myAccess { source permissions { trackTime clientView internalCosts managesProject } } } } }`;

const input = (facts: object = {}) => ({
  clientOrganisationId: server.cast.clients.acme,
  name: '  Website relaunch ',
  ...facts,
});

describe('beginning a project', () => {
  it('is Max’s to do, who manages it from then on: planned, in the client’s currency, with the workspace’s preset', async () => {
    const { createProject } = await server.data('max', CREATE, {
      input: input({
        code: 'ACME-24',
        startDate: '2026-04-01',
        endDate: '2026-09-30',
        description: 'All of it',
        internalDescription: 'Be quick',
        roundingPolicy: { mode: 'UP', minutes: 15 },
      }),
    });
    expect(createProject.project).toMatchObject({
      name: 'Website relaunch',
      code: 'ACME-24',
      status: 'PLANNED',
      startDate: '2026-04-01',
      internalDescription: 'Be quick',
      currency: 'EUR',
      billing: 'HOURLY',
      clientOrganisation: { name: 'Acme' },
      roundingPolicy: { mode: 'UP', minutes: 15 },
      visibility: { preset: 'CONSULTANCY', overridden: [] },
      myAccess: {
        source: 'GRANT',
        permissions: { trackTime: true, clientView: true, internalCosts: false, managesProject: true },
      },
    });
    const { project } = await server.data('max', 'query ($id: ID!) { project(id: $id) { name } }', {
      id: createProject.project.id,
    });
    expect(project.name).toBe('Website relaunch');
  });

  it('gives Ada no grant, whose role shows her everything', async () => {
    const { createProject } = await server.data('ada', CREATE, { input: input() });
    expect(createProject.project.myAccess.source).toBe('ROLE');
    const { n } = (await server.database.row<{ n: number }>(
      'select count(*)::int as n from project_grant where project_id = $1',
      [createProject.project.id],
    ))!;
    expect(n).toBe(0);
  });

  it('shows Clara nothing of it until somebody lets her in (F-010)', async () => {
    const { createProject } = await server.data('max', CREATE, { input: input() });
    const { project } = await server.data('clara', 'query ($id: ID!) { project(id: $id) { name } }', {
      id: createProject.project.id,
    });
    expect(project).toBeNull();
  });

  it('takes preset and settings of its own, and else what the workspace decided', async () => {
    await server.database.rows(
      `update workspace set default_preset = 'AGENCY', default_visibility = '{"hours": "BILLABLE"}' where id = $1`,
      [server.cast.workspaceId],
    );
    const asked = async (facts: object) =>
      (await server.data('max', CREATE, { input: input(facts) })).createProject.project.visibility;
    expect(await asked({})).toEqual({
      preset: 'AGENCY',
      overridden: ['hours'],
      settings: { hours: 'BILLABLE', invoices: 'FULL' },
    });
    expect(await asked({ settings: { invoices: 'SUMMARY', hours: null } })).toEqual({
      preset: 'AGENCY',
      overridden: ['invoices'],
      settings: { hours: 'HIDE', invoices: 'SUMMARY' },
    });
    expect(await asked({ preset: 'FREELANCE' })).toMatchObject({ preset: 'FREELANCE', overridden: [] });
    await server.database.rows(
      `update workspace set default_preset = 'CONSULTANCY', default_visibility = '{}' where id = $1`,
      [server.cast.workspaceId],
    );
  });

  it('is refused to Wim and Clara for want of a role, and names no client of another workspace', async () => {
    await aProject(server);
    for (const who of ['wim', 'clara'] as const) {
      expect(await server.refusal(who, CREATE, { input: input() })).toMatchObject({
        code: 'FORBIDDEN',
        requires: ['role:MANAGER'],
      });
    }
    const unknown = { clientOrganisationId: 'cli_1111111111111111111111' };
    expect(await server.refusal('max', CREATE, { input: input(unknown) })).toMatchObject({ code: 'NOT_FOUND' });
    const refused = await server.refusal('eve', CREATE, { input: input() });
    expect(refused).toMatchObject({ code: 'NOT_FOUND', field: 'clientOrganisationId' });
  });

  it('needs a contract value for a fixed fee, and shows it in the financials (F-114)', async () => {
    const refused = await server.refusal('max', CREATE, { input: input({ billing: 'FIXED_FEE' }) });
    expect(refused).toMatchObject({ code: 'BAD_USER_INPUT', field: 'contractValue' });
    const { createProject } = await server.data('max', CREATE, {
      input: input({ billing: 'FIXED_FEE', contractValue: '24000.5' }),
    });
    expect(createProject.project.financials.contractValue).toEqual({ amount: '24000.50', currencyCode: 'EUR' });
  });

  it('refuses what cannot be and says where', async () => {
    const refused = (facts: object) => server.refusal('max', CREATE, { input: input(facts) });
    expect(await refused({ name: ' ' })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'name' });
    expect(await refused({ name: 'x'.repeat(201) })).toMatchObject({ field: 'name', max: 200, actual: 201 });
    expect(await refused({ code: 'x'.repeat(41) })).toMatchObject({ field: 'code', max: 40 });
    expect(await refused({ startDate: '2026-02-02', endDate: '2026-02-01' })).toMatchObject({ field: 'endDate' });
    expect(await refused({ roundingPolicy: { mode: 'UP', minutes: 7 } })).toMatchObject({
      field: 'roundingPolicy.minutes',
    });
    for (const contractValue of ['-1', '1.005', '9999999999999999']) {
      expect(await refused({ contractValue })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'contractValue' });
    }
  });

  it('takes any code: whether another project has it, which may be hidden from Max, is told by nothing (L-12)', async () => {
    await aProject(server, { client: 'borealis', name: 'Secret', code: 'BOR-1' });
    const { createProject } = await server.data('max', CREATE, { input: input({ code: 'BOR-1' }) });
    expect(createProject.project).toMatchObject({ code: 'BOR-1' });
  });
});
