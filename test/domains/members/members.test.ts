import type { CastName } from '../../../src/demo/cast';
import type { Project } from '../../../src/domains/projects/project.entity';
import { days, hours } from '../../../src/platform/clock';
import { aGrant, aProject } from '../../support/builders';
import { accept, invite, MEMBER, waitFor } from '../../support/invitations-builders';
import { TestServer } from '../../support/server';
import { statementsOf } from '../../support/statements';

let server: TestServer;
let project: Project;

beforeAll(async () => {
  server = await TestServer.start();
  await server.database.rows('update client_organisation set max_contacts = 1000');
});
beforeEach(async () => {
  project = await aProject(server, { name: 'Website' });
});
afterAll(() => server.close());

const MEMBERS = `query ($id: ID!, $first: Int, $after: String) { project(id: $id) {
  members(first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor } nodes { ${MEMBER} } } } }`;
const PEOPLE = `query ($id: ID!, $first: Int, $after: String) { project(id: $id) {
  people(first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor } nodes { displayName side } } } }`;

const membersFor = async (who: CastName, more: object = {}) =>
  (await server.data(who, MEMBERS, { id: project.id, ...more })).project.members;
const peopleFor = async (who: CastName | { token: string }, id = project.id): Promise<string[]> =>
  (await server.data(who, PEOPLE, { id })).project.people.nodes.map(
    (person: { displayName: string }) => person.displayName.split(' ')[0],
  );

describe('the permission table', () => {
  it('shows Max people and pending invitations in one list, by name (F-029, F-049)', async () => {
    await invite(server, 'max', { projectId: project.id, email: 'ivan@acme.test' });
    const { nodes, totalCount } = await membersFor('max');
    expect(nodes.map((member: any) => [member.name.split(' ')[0], member.status])).toEqual([
      ['Bo', 'ACTIVE'],
      ['Carl', 'ACTIVE'],
      ['Clara', 'ACTIVE'],
      ['Cora', 'ACTIVE'],
      ['Ivan', 'PENDING'],
      ['Max', 'ACTIVE'],
      ['Tess', 'ACTIVE'],
      ['Wim', 'ACTIVE'],
    ]);
    expect(totalCount).toBe(8);
    expect(nodes[1]).toMatchObject({
      permissions: { trackTime: false, clientView: true, internalCosts: true, managesProject: false },
      reason: 'Open-book agreement',
      person: { displayName: 'Carl Costs' },
      invitation: null,
      grantedBy: { displayName: 'Ada Admin' },
      project: { name: 'Website' },
    });
    expect(nodes[4]).toMatchObject({
      person: null,
      invitation: { status: 'PENDING' },
      permissions: { clientView: true },
    });
  });

  it('is withheld from everybody else, and so is each of its rows (L-11)', async () => {
    const { nodes } = await membersFor('ada');
    for (const who of ['wim', 'cora', 'clara', 'carl', 'tess', 'bo'] as const) {
      const answer = await server.ask(who, MEMBERS, { id: project.id });
      expect(answer.data.project.members).toBeNull();
      expect(answer.extensions?.withheld).toEqual([{ path: ['project', 'members'], requires: ['managesProject'] }]);
      const { node } = await server.data(who, 'query ($id: ID!) { node(id: $id) { id } }', { id: nodes[0].id });
      expect(node).toBeNull();
    }
  });

  it('is read page by page, whole and in order', async () => {
    const names: string[] = [];
    let after: string | null = null;
    do {
      const page: any = await membersFor('max', { first: 3, after });
      names.push(...page.nodes.map((member: any) => member.name));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after);
    expect(names).toHaveLength(7);
    expect(names).toEqual([...new Set(names)].sort());
  });

  it('tells whose grant counts not yet, no more, or not now', async () => {
    const bare = await aProject(server, { grants: { max: { managesProject: true, clientView: true } } });
    project = bare;
    const now = server.clock.now();
    await aGrant(server, bare.id, 'clara', { clientView: true }, { startsAt: new Date(now.getTime() + 1) });
    await aGrant(server, bare.id, 'wim', { clientView: true }, { expiresAt: now });
    await aGrant(server, bare.id, 'tess', { trackTime: true }, { status: 'SUSPENDED' });
    await aGrant(server, bare.id, 'bo', {}, { status: 'REVOKED' });
    await invite(server, 'max', { projectId: bare.id, email: 'late@acme.test' });
    await server.database.rows(`update invitation set expires_at = $1 where email = 'late@acme.test'`, [now]);
    const { nodes } = await membersFor('max');
    expect(nodes.map((member: any) => [member.name.split(' ')[0], member.status])).toEqual([
      ['Clara', 'UPCOMING'],
      ['Ivan', 'EXPIRED'],
      ['Max', 'ACTIVE'],
      ['Tess', 'SUSPENDED'],
      ['Wim', 'EXPIRED'],
    ]);
  });

  it('asks the database as often for one project as for many', async () => {
    const { statements, answer } = await counted(() =>
      server.data(
        'ada',
        `{ projects(first: 10) { nodes { members(first: 10) { nodes { name person { displayName } grantedBy { displayName } } } people(first: 10) { nodes { displayName } } } } }`,
      ),
    );
    expect(answer.projects.nodes.length).toBeGreaterThan(4);
    expect(statements).toBeLessThanOrEqual(8);
  });
});

describe('the people of a project', () => {
  it('are for Clara the team, as the setting says, and her own colleagues (F-054)', async () => {
    expect(await peopleFor('clara')).toEqual(['Bo', 'Carl', 'Clara', 'Cora', 'Max', 'Tess', 'Wim']);
    const { id } = await aProject(server, { visibility: { people: 'CLIENT_FACING' } });
    expect(await peopleFor('clara', id)).toEqual(['Bo', 'Carl', 'Clara', 'Cora', 'Max', 'Tess']);
  });

  it('are withheld with people: HIDE, and from Bo and Tess without client view', async () => {
    const { id } = await aProject(server, { visibility: { people: 'HIDE' } });
    const hidden = await server.ask('clara', PEOPLE, { id });
    expect(hidden.data.project.people).toBeNull();
    expect(hidden.extensions?.withheld).toEqual([{ path: ['project', 'people'], requires: ['people:CLIENT_FACING'] }]);
    expect((await server.ask('tess', PEOPLE, { id: project.id })).data.project.people).toBeNull();
    expect((await server.ask('bo', PEOPLE, { id: project.id })).data.project.people).toBeNull();
  });

  it('hide from Clara the people of another client on the same project', async () => {
    await aGrant(server, project.id, 'eve', { clientView: true });
    expect(await peopleFor('clara')).not.toContain('Eve');
    expect(await peopleFor('eve')).toEqual(['Cora', 'Eve', 'Max', 'Wim']);
    expect(await peopleFor('wim')).toContain('Eve');
  });

  it('are those whose grant counts now; Olga and Ada are among them by grant only', async () => {
    expect(await peopleFor('max')).not.toContain('Ada');
    await aGrant(server, project.id, 'ada', { clientView: true });
    expect(await peopleFor('max')).toContain('Ada');
    await server.database.rows(
      `update project_grant set expires_at = $3 where project_id = $1 and membership_id = $2`,
      [project.id, server.cast.people.ada, new Date(server.clock.now().getTime() + hours(1))],
    );
    await waitFor(server, hours(1));
    expect(await peopleFor('max')).not.toContain('Ada');
  });

  it('never tell a client who is invited', async () => {
    await invite(server, 'max', { projectId: project.id, email: 'soon@acme.test', name: 'Zoe Soon' });
    expect(await peopleFor('clara')).not.toContain('Zoe');
    const organisation = await server.ask(
      'clara',
      '{ projects { nodes { clientOrganisation { contacts { nodes { displayName } } } } } }',
    );
    expect(JSON.stringify(organisation)).not.toContain('Zoe');
    await waitFor(server, days(1));
    const { token } = await accept(server, 'soon@acme.test');
    expect(await peopleFor('clara')).toContain('Zoe');
    expect(await peopleFor({ token })).toContain('Clara');
  });
});

/** How many statements the database was asked for this. */
async function counted(work: () => Promise<any>): Promise<{ statements: number; answer: any }> {
  let answer: unknown;
  const asked = await statementsOf(server, async () => {
    answer = await work();
  });
  return { answer, statements: asked.length };
}
