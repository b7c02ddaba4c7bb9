import { CAST_NAMES, type CastName, castMember, castPermissions } from '../../../src/demo/cast';
import { aGrant, aProject } from '../../support/builders';
import { TestServer } from '../../support/server';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
  await aProject(server, { grants: withoutCora() });
  await aProject(server, { client: 'borealis' });
});
afterAll(() => server.close());

function withoutCora() {
  const { cora: _, ...grants } = castPermissions('acme');
  return grants;
}

const PEOPLE = `query ($filter: PersonFilter, $first: Int, $after: String) { viewer { memberships { workspace {
  people(filter: $filter, first: $first, after: $after) {
    totalCount nodes { displayName } pageInfo { hasNextPage endCursor } } } } } }`;

const peopleOf = async (who: CastName, variables = {}) =>
  (await server.data(who, PEOPLE, variables)).viewer.memberships[0].workspace.people;

const namesOf = async (who: CastName, variables = {}): Promise<string[]> =>
  (await peopleOf(who, variables)).nodes.map((person: { displayName: string }) => person.displayName.split(' ')[0]);

const DEACTIVATE = `mutation ($id: ID!) { deactivatePerson(input: { personId: $id }) { person { status } } }`;
const REACTIVATE = `mutation ($id: ID!) { reactivatePerson(input: { personId: $id }) { person { status } } }`;

describe('the people of the workspace', () => {
  const everybody = CAST_NAMES.map((name) => castMember(name).displayName.split(' ')[0]).sort();

  it('are all shown to owners and admins, also who is deactivated (F-004)', async () => {
    expect(await namesOf('olga')).toEqual(everybody);
    await server.data('ada', DEACTIVATE, { id: server.cast.people.bo });
    expect(await namesOf('ada')).toEqual(everybody);
    expect(await namesOf('wim')).not.toContain('Bo');
    await server.data('ada', REACTIVATE, { id: server.cast.people.bo });
    expect(await namesOf('wim')).toContain('Bo');
  });

  it('are for Wim those of his projects, for Max also who let them in', async () => {
    const onProject = ['Bo', 'Carl', 'Clara', 'Max', 'Tess', 'Wim'];
    expect(await namesOf('wim')).toEqual(onProject);
    expect(await peopleOf('wim')).toMatchObject({ totalCount: onProject.length });
    expect(await namesOf('max')).toEqual(['Ada', ...onProject]);
  });

  it('are for Clara the team and her colleagues on her project; Eve and Bo see themselves (F-018)', async () => {
    expect(await namesOf('clara')).toEqual(['Bo', 'Carl', 'Clara', 'Max', 'Tess', 'Wim']);
    expect(await namesOf('bo')).toEqual(['Bo']);
    expect(await namesOf('tess')).toEqual(['Tess']);
    expect(await namesOf('eve')).toEqual(['Eve']);
    expect(await namesOf('cora')).toEqual(['Cora']);
  });

  it('are turned page by page, by name', async () => {
    const first = await peopleOf('ada', { first: 8 });
    expect(first).toMatchObject({ totalCount: 10, pageInfo: { hasNextPage: true } });
    expect(await namesOf('ada', { first: 8, after: first.pageInfo.endCursor })).toEqual(['Tess', 'Wim']);
  });
});

describe('a filter of the people', () => {
  const clients = { filter: { personTypeIn: ['CLIENT'] } };
  const deactivated = { filter: { statusIn: ['DEACTIVATED'] } };

  it('by name is for everybody', async () => {
    expect(await namesOf('clara', { filter: { search: ' CL' } })).toEqual(['Clara']);
    expect(await namesOf('eve', { filter: { search: 'Clara' } })).toEqual([]);
  });

  it('by type is for owners and admins alone, whoever there is to find (L-01)', async () => {
    expect(await namesOf('ada', clients)).toEqual(['Bo', 'Carl', 'Clara', 'Eve', 'Tess']);
    expect(await namesOf('ada', { filter: { personTypeIn: ['CONTRACTOR'] } })).toEqual(['Cora']);
    for (const who of ['max', 'wim', 'clara', 'bo'] as const) {
      expect(await server.refusal(who, PEOPLE, clients)).toEqual({ code: 'FORBIDDEN', requires: ['role:ADMIN'] });
    }
  });

  it('by status is for admins, and for managers about the people of their own projects (L-01)', async () => {
    await aProject(server, { grants: { max: { clientView: true }, cora: { clientView: true } } });
    await server.data('ada', DEACTIVATE, { id: server.cast.people.wim });
    try {
      expect(await namesOf('ada', deactivated)).toEqual(['Wim']);
      expect(await namesOf('max')).toContain('Cora');
      expect(await namesOf('max', { filter: { statusIn: ['ACTIVE'] } })).toEqual([
        'Ada',
        'Bo',
        'Carl',
        'Clara',
        'Max',
        'Tess',
      ]);
      for (const who of ['cora', 'clara', 'tess'] as const) {
        const refusal = { code: 'FORBIDDEN', requires: ['managesProject'] };
        expect(await server.refusal(who, PEOPLE, deactivated)).toEqual(refusal);
      }
    } finally {
      await server.data('ada', REACTIVATE, { id: server.cast.people.wim });
    }
  });
});

describe('a person', () => {
  const FIELDS = `query ($id: ID!) { node(id: $id) { ... on Person { displayName title side
    email phone status personType role businessRoles weeklyCapacity { hours } clientFacing version contacts { id } } } }`;
  const BASE = ['displayName', 'title', 'side'];

  /** Which fields are not withheld: what is null anyway counts as seen. */
  const seen = async (who: CastName, of: CastName): Promise<string[] | null> => {
    const answer = await server.ask(who, FIELDS, { id: server.cast.people[of] });
    if (answer.data.node === null) return null;
    const withheld = (answer.extensions?.withheld ?? []).map(({ path }) => path[1]);
    return Object.keys(answer.data.node).filter((field) => !withheld.includes(field) && !BASE.includes(field));
  };

  const reach = ['email', 'phone'];
  const asManager = [...reach, 'status', 'weeklyCapacity'];
  const asAdmin = [
    ...[...reach, 'status', 'personType', 'role', 'businessRoles', 'weeklyCapacity'],
    ...['clientFacing', 'version', 'contacts'],
  ];

  it.each<[CastName, CastName, string[] | null]>([
    ['ada', 'clara', asAdmin],
    ['olga', 'wim', asAdmin],
    ['ada', 'ada', asAdmin],
    ['max', 'wim', asManager],
    ['max', 'clara', asManager],
    ['max', 'eve', null],
    ['wim', 'max', reach],
    ['wim', 'clara', []],
    ['wim', 'wim', [...reach, 'weeklyCapacity']],
    ['cora', 'cora', [...reach, 'weeklyCapacity']],
    ['clara', 'max', []],
    ['clara', 'carl', reach],
    ['clara', 'bo', []],
    ['clara', 'clara', reach],
    ['carl', 'clara', []],
    ['tess', 'tess', reach],
    ['tess', 'carl', null],
    ['bo', 'bo', reach],
    ['eve', 'clara', null],
    ['eve', 'max', null],
  ])('tells %s of %s what the matrix says (§3.1)', async (who, of, fields) => {
    expect(await seen(who, of)).toEqual(fields);
  });

  it('is told to Wim with their e-mail when they are an admin whom a task names', async () => {
    const { id: projectId } = await aProject(server, { name: 'Help by Ada', grants: withoutCora() });
    await server.database.rows(
      `insert into task (id, workspace_id, project_id, title, assignee_id, created_at, updated_at)
       values ('tsk_1111111111111111111111', $1, $2, 'Sort invoices', $3, now(), now())`,
      [server.cast.workspaceId, projectId, server.cast.people.ada],
    );
    expect(await seen('wim', 'ada')).toEqual(reach);
    expect(await seen('clara', 'ada')).toEqual([]);
  });

  it('is not told by a grant that has ended: Wim sees Cora’s name on a task and not her e-mail', async () => {
    const { id: projectId } = await aProject(server, { grants: { wim: { clientView: true, managesProject: true } } });
    const expiresAt = server.clock.now();
    await aGrant(server, projectId, 'cora', { trackTime: true, clientView: true }, { expiresAt });
    await server.database.rows(
      `insert into task (id, workspace_id, project_id, title, assignee_id, created_at, updated_at)
       values ('tsk_2222222222222222222222', $1, $2, 'Draw', $3, now(), now())`,
      [server.cast.workspaceId, projectId, server.cast.people.cora],
    );
    expect(await seen('wim', 'cora')).toEqual([]);
  });

  it('shows on whose side they sit and never what they are called inside (F-004)', async () => {
    const of = async (who: CastName, name: CastName) =>
      (await server.data(who, FIELDS, { id: server.cast.people[name] })).node;
    expect(await of('clara', 'max')).toMatchObject({
      side: 'TEAM',
      title: 'Project lead',
      role: null,
      personType: null,
    });
    expect(await of('clara', 'carl')).toMatchObject({
      side: 'CLIENT',
      title: 'Controller',
      role: null,
      personType: null,
    });
  });
});
