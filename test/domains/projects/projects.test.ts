import { aProject } from '../../support/builders';
import { TestServer } from '../../support/server';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.close());

const PROJECTS = `{ projects { totalCount nodes { name clientOrganisation { name } internalDescription
  myAccess { permissions { clientView internalCosts } source actions } } } }`;

describe('the list of projects', () => {
  it('shows Clara the project of Acme and withholds what the team notes inside', async () => {
    await aProject(server, { internalDescription: 'Client pays late' });
    const answer = await server.ask('clara', PROJECTS);
    expect(answer.errors).toBeUndefined();
    expect(answer.data.projects).toMatchObject({
      totalCount: 1,
      nodes: [{ name: 'Website relaunch', clientOrganisation: { name: 'Acme' }, internalDescription: null }],
    });
    expect(answer.extensions?.withheld).toEqual([
      { path: ['projects', 'nodes', 'internalDescription'], requires: ['role:MEMBER'] },
    ]);
  });

  it('shows Clara name, client, dates, code and status (F-050)', async () => {
    const facts = { name: 'Store', code: 'ST-1', startDate: '2026-01-01', endDate: '2026-12-31' };
    const { id } = await aProject(server, facts);
    const { project } = await server.data(
      'clara',
      'query ($id: ID!) { project(id: $id) { name code startDate endDate status clientOrganisation { name } } }',
      { id },
    );
    expect(project).toEqual({ ...facts, status: 'ACTIVE', clientOrganisation: { name: 'Acme' } });
    await server.database.rows('delete from project_grant where project_id = $1', [id]);
    await server.database.rows('delete from project where id = $1', [id]);
  });

  it('shows Eve of Borealis nothing of it', async () => {
    const { projects } = await server.data('eve', PROJECTS);
    expect(projects).toEqual({ totalCount: 0, nodes: [] });
  });

  it('shows Olga everything by her role', async () => {
    const { projects } = await server.data('olga', PROJECTS);
    expect(projects.nodes[0]).toMatchObject({ internalDescription: 'Client pays late', myAccess: { source: 'ROLE' } });
  });

  it('offers Max to invite somebody to a project until it is archived', async () => {
    const { id: projectId } = await aProject(server, { status: 'COMPLETED' as never });
    const query = 'query ($id: ID!) { project(id: $id) { myAccess { actions } } }';
    const offered = async () => (await server.data('max', query, { id: projectId })).project.myAccess.actions;
    const INVITE = 'mutation ($input: InviteToProjectInput!) { inviteToProject(input: $input) { outcome } }';
    const input = { projectId, name: 'Nils', email: 'nils@example.com', personType: 'CLIENT' };
    expect(await offered()).toContain('INVITE');
    await server.data('max', INVITE, { input });
    const ARCHIVE =
      'mutation ($id: ID!) { changeProjectStatus(input: { projectId: $id, status: ARCHIVED }) { project { id } } }';
    await server.data('max', ARCHIVE, { id: projectId });
    expect(await offered()).toEqual(['EDIT_PROJECT', 'EDIT_TASKS', 'MANAGE_MEMBERS', 'MANAGE_INVOICES']);
    expect(await server.refusal('max', INVITE, { input })).toMatchObject({
      code: 'BAD_USER_INPUT',
      field: 'projectId',
    });
  });

  it('asks a stranger to sign in', async () => {
    expect(await server.refusal(null, PROJECTS)).toEqual({ code: 'UNAUTHENTICATED' });
  });
});
