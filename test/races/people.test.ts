import type { CastName } from '../../src/demo/cast';
import { codeOf } from '../support/answers';
import { codesOf, countEach, times } from '../support/at-once';
import { aProject } from '../support/builders';
import { anOrganisation } from '../support/clients-builders';
import { TestServer } from '../support/server';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.close());

const CHANGE_ROLE = `mutation ($input: ChangeRoleInput!) { changeRole(input: $input) { person { role } } }`;
const CREATE = `mutation ($input: CreateContactInput!) { createContact(input: $input) { contact { isPrimary } } }`;
const CONVERT = `mutation ($input: ConvertToClientInput!) { convertToClient(input: $input) { person { personType } } }`;
const GRANT = `mutation ($input: UpdateProjectPermissionsInput!) { updateProjectPermissions(input: $input) { member { id } } }`;

const setRole = (who: CastName, name: CastName, role: string) =>
  server.ask(who, CHANGE_ROLE, { input: { personId: server.cast.people[name], role } });

describe('at the same time', () => {
  it('two owners unmaking each other leave one owner', async () => {
    for (let round = 0; round < 5; round++) {
      await server.database.rows(`update membership set role = 'OWNER' where id = any($1::text[])`, [
        [server.cast.people.olga, server.cast.people.ada],
      ]);
      const answers = await Promise.all([setRole('olga', 'ada', 'MEMBER'), setRole('ada', 'olga', 'MEMBER')]);
      // Whoever comes late is told so, or finds nobody: then the other was done before they even asked.
      expect(['DONE,FORBIDDEN', 'DONE,NOT_FOUND']).toContain(codesOf(answers).join());
      const owners = await server.database.rows(`select from membership where workspace_id = $1 and role = 'OWNER'`, [
        server.cast.workspaceId,
      ]);
      expect(owners).toHaveLength(1);
    }
  });

  it('thirty new contacts of one client are twenty, one of them primary', async () => {
    await server.database.rows(`update membership set role = 'ADMIN' where id = $1`, [server.cast.people.ada]);
    const clientOrganisationId = await anOrganisation(server);
    const answers = await times(30, (n) =>
      server.ask('ada', CREATE, {
        input: {
          clientOrganisationId,
          displayName: 'Nora',
          email: `nora${n}@example.com`,
          isPrimary: n % 2 ? true : null,
        },
      }),
    );
    expect(countEach(codesOf(answers))).toEqual({ DONE: 20, LIMIT_EXCEEDED: 10 });
    const rows = await server.database.rows('select from contact where client_organisation_id = $1 and is_primary', [
      clientOrganisationId,
    ]);
    expect(rows).toHaveLength(1);
  });

  it('a conversion and a grant to manage never make a client who manages (X-19)', async () => {
    const { id: projectId } = await aProject(server, {
      grants: { wim: { clientView: true }, cora: { clientView: true } },
    });
    for (const name of ['wim', 'cora'] as const) {
      const personId = server.cast.people[name];
      const grant = { projectId, personId, permissions: { managesProject: true } };
      const convert = { personId, clientOrganisationId: server.cast.clients.acme, confirm: 'CONVERT' };
      const [converted, granted] = await Promise.all([
        server.ask('ada', CONVERT, { input: convert }),
        server.ask('ada', GRANT, { input: grant }),
      ]);
      expect(codeOf(converted)).toBe('DONE');
      expect(['DONE', 'CLIENT_CANNOT_MANAGE_PROJECT']).toContain(codeOf(granted));
      const managing = await server.database.rows(
        'select from project_grant where membership_id = $1 and manages_project',
        [personId],
      );
      expect(managing).toEqual([]);
    }
  });
});
