import { isEnumType, isInputObjectType } from 'graphql';
import { bareSchema } from '../../src/api/schema';
import type { CastName } from '../../src/demo/cast';
import { type IdKind, newId } from '../../src/platform/ids';
import { aRate } from '../support/time-builders';
import { elsewhere, type ForeignIds } from './foreign-world';
import { type LeakWorld, leakWorld, SECRET } from './leak-world';

let world: LeakWorld;
let foreign: ForeignIds;
beforeAll(async () => {
  world = await leakWorld();
  foreign = await elsewhere(world.server);
}, 120_000);
afterAll(() => world.server.close());

const inProject = (list: string) => `node(id: "${world.shared.id}") { ... on Project { ${list} } }`;
const inWorkspace = (list: string) => `node(id: "${world.server.cast.workspaceId}") { ... on Workspace { ${list} } }`;
/** `$filter` is where the filter goes, `$nodes` what is read. */
const LISTS = {
  ProjectFilter: () => 'projects(first: 100, $filter) { totalCount nodes { $nodes } }',
  AllTimeEntriesFilter: () => 'timeEntries(first: 100, $filter) { totalCount nodes { $nodes } }',
  TimeEntryFilter: () => inProject('timeEntries(first: 100, $filter) { totalCount nodes { $nodes } }'),
  TaskFilter: () => inProject('tasks(first: 100, $filter) { totalCount nodes { $nodes } }'),
  InvoiceFilter: () => 'invoices(first: 100, $filter) { totalCount nodes { $nodes } }',
  PersonFilter: () => inWorkspace('people(first: 100, $filter) { totalCount nodes { $nodes } }'),
  ClientOrganisationFilter: () =>
    inWorkspace('clientOrganisations(first: 100, $filter) { totalCount nodes { $nodes } }'),
  RateFilter: () => inWorkspace('rates(first: 100, $filter) { totalCount nodes { $nodes } }'),
  NotificationFilter: () => 'viewer { notifications(first: 100, $filter) { nodes { $nodes } } }',
} as const;
type Filter = keyof typeof LISTS;

/** What may be asked about a field that whoever has the row sees: the answer is what they could pick out themselves. */
const OPEN: [place: `${Filter}.${string}`, nodes: string, filter: string, picks: (node: any) => boolean][] = [
  ['ProjectFilter.statusIn', 'status', 'statusIn: [ACTIVE, ARCHIVED]', ({ status }) => status === 'ACTIVE'],
  ['ProjectFilter.search', 'name code', 'search: "acme"', ({ code }) => code === 'ACME-1'],
  ['ProjectFilter.search', 'name', `search: "${SECRET}"`, () => false],
  ['AllTimeEntriesFilter.from', 'date', 'from: "2026-03-12"', ({ date }) => date >= '2026-03-12'],
  ['AllTimeEntriesFilter.to', 'date', 'to: "2026-03-11"', ({ date }) => date <= '2026-03-11'],
  ['AllTimeEntriesFilter.billable', 'billable', 'billable: false', ({ billable }) => !billable],
  ['TimeEntryFilter.from', 'date', 'from: "2026-03-12"', ({ date }) => date >= '2026-03-12'],
  ['TimeEntryFilter.to', 'date', 'to: "2026-03-11"', ({ date }) => date <= '2026-03-11'],
  ['TimeEntryFilter.billable', 'billable', 'billable: false', ({ billable }) => !billable],
  ['TaskFilter.statusIn', 'status', 'statusIn: [OPEN, DONE]', ({ status }) => status === 'OPEN'],
  ['TaskFilter.search', 'title', 'search: "STEP"', ({ title }) => title.startsWith('Step')],
  ['TaskFilter.search', 'title', `search: "${SECRET}"`, () => false],
  ['InvoiceFilter.status', 'status', 'status: PAID', ({ status }) => status === 'PAID'],
  ['InvoiceFilter.from', 'issueDate', 'from: "2026-03-03"', ({ issueDate }) => issueDate >= '2026-03-03'],
  ['InvoiceFilter.to', 'issueDate', 'to: "2026-03-02"', ({ issueDate }) => issueDate <= '2026-03-02'],
  ['PersonFilter.search', 'displayName', 'search: "MAX"', ({ displayName }) => displayName === 'Max Manager'],
  ['PersonFilter.search', 'displayName', 'search: "demo.test"', () => false],
  ['ClientOrganisationFilter.search', 'name', 'search: "a"', ({ name }) => name === 'Acme'],
  ['ClientOrganisationFilter.statusIn', 'status', 'statusIn: [INACTIVE]', () => false],
];

describe('L-01 L-04: a filter of Clara’s finds what she sees and nothing else:', () => {
  it.each(OPEN)('%s of %s by %s', async (place, nodes, filter, picks) => {
    const all = await list('clara', place, { nodes, filter: 'after: null' });
    const found = await list('clara', place, { nodes, filter: `filter: { ${filter} }` });
    expect(found).toEqual({ totalCount: all.nodes.filter(picks).length, nodes: all.nodes.filter(picks) });
  });
});

/** What may not be asked about, because the field may not be read. */
const GUARDED: [place: `${Filter}.${string}`, who: CastName, filter: string, requires: string[]][] = [
  ['PersonFilter.personTypeIn', 'clara', 'personTypeIn: [CONTRACTOR]', ['role:ADMIN']],
  ['PersonFilter.personTypeIn', 'max', 'personTypeIn: [CONTRACTOR]', ['role:ADMIN']],
  ['PersonFilter.statusIn', 'clara', 'statusIn: [DEACTIVATED]', ['managesProject']],
  ['PersonFilter.statusIn', 'wim', 'statusIn: [DEACTIVATED]', ['managesProject']],
];

describe('L-01: what may not be read may not be asked about, whether or not anything fits:', () => {
  it.each(GUARDED)('%s, asked by %s', async (place, who, filter, requires) => {
    const ask = (more: string) => refusal(who, place, `filter: { ${filter}${more} }`);
    expect(await ask('')).toEqual({ code: 'FORBIDDEN', requires });
    expect(await ask(', search: "nobody is called this"')).toEqual({ code: 'FORBIDDEN', requires });
  });

  it('the entries and invoices of a project whose entries and invoices are not shown', async () => {
    const { server, shared } = world;
    const set = (value: string) =>
      server.database.rows('update project set visibility = visibility || $2::jsonb where id = $1', [shared.id, value]);
    await set('{"timeEntries": "HIDE", "invoices": "HIDE"}');
    const of = `filter: { projectId: "${shared.id}" }`;
    const entries = { code: 'FORBIDDEN', requires: ['timeEntries:DETAILED'] };
    expect(await refusal('clara', 'AllTimeEntriesFilter.projectId', of)).toEqual(entries);
    const invoices = { code: 'FORBIDDEN', requires: ['invoices:SUMMARY'] };
    expect(await refusal('clara', 'InvoiceFilter.projectId', of)).toEqual(invoices);
    await set('{"timeEntries": "DETAILED", "invoices": "FULL"}');
  });

  it('masked people match no filter: Wim, whom another project shows to Clara', async () => {
    const wim = world.server.cast.people.wim;
    for (const place of ['AllTimeEntriesFilter.personId', 'TimeEntryFilter.personId'] as const) {
      const found = await list('clara', place, { nodes: 'id', filter: `filter: { personId: "${wim}" }` });
      expect(found).toEqual({ totalCount: 0, nodes: [] });
    }
    const assigned = await list('clara', 'TaskFilter.assigneeId', {
      nodes: 'id',
      filter: `filter: { assigneeId: "${wim}" }`,
    });
    expect(assigned).toEqual({ totalCount: 0, nodes: [] });
  });
});

/** Filters that name things; each with somebody who has the list. */
const IDS: [place: `${Filter}.${string}`, kind: IdKind, who: CastName][] = [
  ['AllTimeEntriesFilter.personId', 'Person', 'clara'],
  ['AllTimeEntriesFilter.projectId', 'Project', 'clara'],
  ['AllTimeEntriesFilter.taskId', 'Task', 'clara'],
  ['TimeEntryFilter.personId', 'Person', 'clara'],
  ['TimeEntryFilter.taskId', 'Task', 'clara'],
  ['TaskFilter.assigneeId', 'Person', 'clara'],
  ['InvoiceFilter.projectId', 'Project', 'clara'],
  ['ProjectFilter.clientOrganisationId', 'ClientOrganisation', 'clara'],
  ['ProjectFilter.workspaceId', 'Workspace', 'clara'],
  ['NotificationFilter.workspaceId', 'Workspace', 'clara'],
  ['RateFilter.clientOrganisationId', 'ClientOrganisation', 'ada'],
  ['RateFilter.personId', 'Person', 'ada'],
  ['RateFilter.projectId', 'Project', 'ada'],
];

describe('L-01 L-11: a filter that names what is not seen is refused as one that names nothing:', () => {
  it.each(IDS)('%s', async (place, kind, who) => {
    const key = place.split('.')[1];
    const hidden = foreign[kind as keyof ForeignIds];
    for (const id of [newId(kind), hidden, '', 'x', '\\u0000', `${hidden}x`]) {
      const refused = await refusal(who, place, `filter: { ${key}: "${id}" }`);
      expect({ id, refused }).toEqual({ id, refused: { code: 'NOT_FOUND', field: `filter.${key}` } });
    }
  });

  it('as is a task that Clara does not see of a project that she does', async () => {
    const filter = `filter: { taskId: "${world.tasks[1].id}" }`;
    expect(await refusal('clara', 'TimeEntryFilter.taskId', filter)).toEqual({
      code: 'NOT_FOUND',
      field: 'filter.taskId',
    });
  });
});

/** What each sort goes by: fields that everybody sees who has the row. */
const SORTS: Record<string, Record<string, string>> = {
  ProjectSort: { NAME: 'name', CODE: 'code', STATUS: 'status', START_DATE: 'startDate' },
  TimeEntrySort: { NEWEST: 'date', OLDEST: 'date' },
};

describe('L-02:', () => {
  const schema = bareSchema();

  it('what there is to filter and sort by is tried here, all of it', () => {
    const filters = Object.values(schema.getTypeMap()).filter(
      (type) => isInputObjectType(type) && type.name.endsWith('Filter'),
    );
    const places = filters.flatMap((type) =>
      Object.keys((type as any).getFields()).map((field) => `${type.name}.${field}`),
    );
    // Of one’s own notifications: test/domains/notifications.
    const own = ['NotificationFilter.unreadOnly'];
    const more = ['RateFilter.kind', 'RateFilter.scope', ...own];
    const tried = [...OPEN, ...GUARDED, ...IDS].map(([place]) => place as string);
    expect([...new Set([...tried, ...more])].sort()).toEqual(places.sort());
    const sorts = Object.values(schema.getTypeMap()).filter((type) => isEnumType(type) && type.name.endsWith('Sort'));
    const values = sorts.map((type) => [type.name, (type as any).getValues().map(({ name }: any) => name)]);
    expect(Object.fromEntries(values)).toEqual(
      Object.fromEntries(Object.entries(SORTS).map(([name, by]) => [name, Object.keys(by)])),
    );
  });

  it('whoever has the rows sees what they are sorted by, also Bo and Tess, who see least', async () => {
    const projects = `{ projects { nodes { ${Object.values(SORTS.ProjectSort).join(' ')} } } }`;
    expect((await world.server.ask('bo', projects)).extensions?.withheld).toBeUndefined();
    const entries = '{ timeEntries { nodes { date } } }';
    expect((await world.server.ask('tess', entries)).extensions?.withheld).toBeUndefined();
  });

  it('a filter for rates of cost finds none but for owners and admins, and clients have no list at all', async () => {
    const query = `{ ${LISTS.RateFilter().replace('$filter', 'filter: { kind: COST, scope: PERSON }').replace('$nodes', 'id')} }`;
    await aRate(world.server, { person: 'wim', kind: 'COST', perHour: 6000 });
    for (const who of ['clara', 'carl'] as const) {
      const { data, extensions } = await world.server.ask(who, query);
      expect(data).toEqual({ node: { rates: null } });
      expect(extensions?.withheld).toEqual([{ path: ['node', 'rates'], requires: ['role:MEMBER'] }]);
    }
    for (const who of ['wim', 'max'] as const) {
      expect(await world.server.data(who, query)).toEqual({ node: { rates: { totalCount: 0, nodes: [] } } });
    }
    expect((await world.server.data('ada', query)).node.rates.totalCount).toBe(1);
  });
});

async function list(who: CastName, place: string, { nodes, filter }: { nodes: string; filter: string }): Promise<any> {
  const data = await world.server.data(who, queryFor(place, { nodes, filter }));
  const found: any = Object.values(data)[0];
  return 'nodes' in found ? found : Object.values(found)[0];
}

const refusal = (who: CastName, place: string, filter: string) =>
  world.server.refusal(who, queryFor(place, { nodes: 'id', filter }));

function queryFor(place: string, { nodes, filter }: { nodes: string; filter: string }): string {
  const path = LISTS[place.split('.')[0] as Filter]();
  return `{ ${path.replace('$filter', filter).replace('$nodes', `id ${nodes === 'id' ? '' : nodes}`)} }`;
}
