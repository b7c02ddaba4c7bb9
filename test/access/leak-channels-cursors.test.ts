import { getNamedType, isObjectType } from 'graphql';
import { bareSchema } from '../../src/api/schema';
import type { CastName } from '../../src/demo/cast';
import { newId } from '../../src/platform/ids';
import { draftOf } from '../support/invoice-builders';
import { type LeakWorld, leakWorld } from './leak-world';

let world: LeakWorld;
let lineId: string;
beforeAll(async () => {
  world = await leakWorld();
  const draft = await draftOf(world.server, world.closed);
  lineId = draft.lines[0].id;
}, 120_000);
afterAll(() => world.server.close());

type Shown = Record<string, any>;
type List = [
  /** The field of the schema. */
  field: string,
  who: CastName,
  /** From the root down to the list. */
  path: () => string,
  /** What the reader is shown of each row. */
  shown: string,
  /** What a cursor may say of it besides its id. */
  value: (node: Shown) => string | null,
];

const inProject = (list: string) => () => `node(id: "${world.shared.id}") { ... on Project { ${list} } }`;
const inWorkspace = (list: string) => () =>
  `node(id: "${world.server.cast.workspaceId}") { ... on Workspace { ${list} } }`;
const inLine = () => `node(id: "${lineId}") { ... on InvoiceLine { timeEntries($page) } }`;
const inAcme = () => `clientOrganisation(id: "${world.server.cast.clients.acme}") { contacts($page) }`;
const name = (node: Shown): string => node.name.toLowerCase();
const displayName = (node: Shown): string => node.displayName.toLowerCase();
const issueDate = (node: Shown): string => node.issueDate ?? '9999-12-31';
const LIFE = ['PLANNED', 'ACTIVE', 'ON_HOLD', 'COMPLETED', 'ARCHIVED'];
const step = (node: Shown): string => String(LIFE.indexOf(node.status) + 1);

/** Every list of the schema under each of its sorts, asked for by Clara, or by whoever has it. */
const LISTS: List[] = [
  ['Query.projects', 'clara', () => 'projects($page)', 'name', name],
  ['Query.projects', 'clara', () => 'projects(sort: CODE, $page)', 'code', ({ code }) => code?.toLowerCase() ?? null],
  ['Query.projects', 'clara', () => 'projects(sort: STATUS, $page)', 'status', step],
  ['Query.projects', 'clara', () => 'projects(sort: START_DATE, $page)', 'startDate', ({ startDate }) => startDate],
  ['Query.timeEntries', 'clara', () => 'timeEntries($page)', 'date', ({ date }) => date],
  ['Query.timeEntries', 'clara', () => 'timeEntries(sort: OLDEST, $page)', 'date', ({ date }) => date],
  ['Query.invoices', 'clara', () => 'invoices($page)', 'issueDate', issueDate],
  ['Query.invoices', 'max', () => 'invoices($page)', 'issueDate', issueDate],
  ['Project.tasks', 'clara', inProject('tasks($page)'), 'title', () => null],
  ['Project.timeEntries', 'clara', inProject('timeEntries($page)'), 'date', ({ date }) => date],
  ['Project.invoices', 'clara', inProject('invoices($page)'), 'issueDate', issueDate],
  ['Project.people', 'clara', inProject('people($page)'), 'displayName', displayName],
  ['Project.members', 'max', inProject('members($page)'), 'name', name],
  ['Workspace.people', 'clara', inWorkspace('people($page)'), 'displayName', displayName],
  ['Workspace.clientOrganisations', 'clara', inWorkspace('clientOrganisations($page)'), 'name', name],
  ['Workspace.invitations', 'ada', inWorkspace('invitations($page)'), 'createdAt', ({ createdAt }) => createdAt],
  ['Workspace.rates', 'ada', inWorkspace('rates($page)'), 'validFrom', ({ validFrom }) => validFrom],
  ['ClientOrganisation.contacts', 'clara', inAcme, 'displayName', displayName],
  ['InvoiceLine.timeEntries', 'max', inLine, 'date', ({ date }) => date],
];

/** Read forwards alone and sifted event by event: test/access/leak-channels-activity and test/domains/notifications. */
const SIFTED = ['Project.activity', 'Viewer.activity', 'Viewer.notifications'];

it('every list of the schema is tried', () => {
  const types = Object.values(bareSchema().getTypeMap()).filter(isObjectType);
  const lists = types.flatMap((type) =>
    Object.values(type.getFields())
      .filter((field) => getNamedType(field.type).name.endsWith('Connection'))
      .map((field) => `${type.name}.${field.name}`),
  );
  const tried = [...LISTS.map(([field]) => field as string), ...SIFTED];
  expect([...new Set(tried)].sort()).toEqual(lists.sort());
});

describe('L-03 L-04: page by page', () => {
  it.each(LISTS)(
    '%s tells %s nothing but what is on the page, and counts it',
    async (_field, who, path, shown, value) => {
      const forwards = await walk(who, path(), { shown, backwards: false });
      const backwards = await walk(who, path(), { shown, backwards: true });
      const { totalCount, edges } = forwards;
      expect(edges.length).toBeGreaterThan(0);
      expect(new Set(edges.map(({ node }) => node.id)).size).toBe(totalCount);
      expect(backwards.edges.map(({ node }) => node.id).reverse()).toEqual(edges.map(({ node }) => node.id));
      for (const { cursor, node } of edges) {
        const [, said, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString());
        expect({ said, id }).toEqual({ said: value(node), id: node.id });
      }
    },
  );
});

describe('L-03: a cursor that Clara makes herself', () => {
  const TASKS = `query ($id: ID!, $after: String) { project(id: $id) { tasks(after: $after) { nodes { id } } } }`;
  const after = (id: string) => Buffer.from(JSON.stringify(['ORDER', null, id])).toString('base64url');
  const tasksAfter = (id: string) => world.server.ask('clara', TASKS, { id: world.shared.id, after: after(id) });

  it('for a task that she does not see leads where one for no task leads', async () => {
    const [, internal] = world.tasks;
    const nowhere = await tasksAfter(newId('Task'));
    expect(await tasksAfter(internal.id)).toMatchObject({ data: nowhere.data });
    const [elsewhere] = await world.server.database.rows<{ id: string }>('select id from task where project_id = $1', [
      world.foreign.id,
    ]);
    expect(await tasksAfter(elsewhere.id)).toMatchObject({ data: nowhere.data });
  });

  it('for another sort, or of no shape that there is, is refused', async () => {
    const cursors = [
      ['NAME', '2026-03-10', newId('TimeEntry')],
      ['NEWEST', 'x', newId('TimeEntry')],
      ['NEWEST', '2026-02-30', newId('TimeEntry')],
      ['NEWEST', { cost: 1 }, newId('TimeEntry')],
      ['NEWEST', '2026-03-10', "tim_'; --"],
      ['cost_amount_minor', '1', newId('TimeEntry')],
      'NEWEST',
    ];
    for (const cursor of cursors) {
      const query = 'query ($after: String) { timeEntries(after: $after) { totalCount } }';
      const made = Buffer.from(JSON.stringify(cursor)).toString('base64url');
      expect(await world.server.refusal('clara', query, { after: made })).toEqual({
        code: 'INVALID_CURSOR',
        field: 'after',
      });
    }
  });

  it('takes no other list with it that is asked for beside it', async () => {
    const query = `{ projects(first: 1) { nodes {
      tasks { nodes { id } } broken: tasks(after: "x") { nodes { id } }
      activity { nodes { id } } alsoBroken: activity(after: "x") { nodes { id } } } } }`;
    const { data, errors } = await world.server.ask('clara', query);
    const list = { nodes: expect.any(Array) };
    expect(data.projects.nodes).toEqual([{ tasks: list, broken: null, activity: list, alsoBroken: null }]);
    expect(errors!.map(({ path, extensions }) => [path!.at(-1), extensions.code])).toEqual([
      ['broken', 'INVALID_CURSOR'],
      ['alsoBroken', 'INVALID_CURSOR'],
    ]);
  });
});

interface Walked {
  totalCount: number;
  edges: { cursor: string; node: Shown }[];
}

/** One row at a time, to the end of the list. */
async function walk(
  who: CastName,
  path: string,
  { shown, backwards }: { shown: string; backwards: boolean },
): Promise<Walked> {
  const [size, side, more, next] = backwards
    ? ['last', 'before', 'hasPreviousPage', 'startCursor']
    : ['first', 'after', 'hasNextPage', 'endCursor'];
  const select = `{ totalCount pageInfo { ${more} ${next} } edges { cursor node { id ${shown} } } }`;
  const query = `query ($at: String) { ${path.replace('$page)', `${size}: 1, ${side}: $at) ${select}`)} }`;
  const edges: Walked['edges'] = [];
  for (let at: string | null = null; ; ) {
    const list = listIn(await world.server.data(who, query, { at }));
    edges.push(...list.edges);
    if (!list.pageInfo[more] || edges.length > 100) return { totalCount: list.totalCount, edges };
    at = list.pageInfo[next];
  }
}

function listIn(data: any): any {
  return 'edges' in data ? data : listIn(Object.values(data)[0]);
}
