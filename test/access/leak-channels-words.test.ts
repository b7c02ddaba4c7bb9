import type { CastName } from '../../src/demo/cast';
import { BudgetBasis } from '../../src/domains/projects/project.enums';
import { aProject } from '../support/builders';
import { invite, linkTo } from '../support/invitations-builders';
import { TestServer } from '../support/server';
import { aTask, aTimeEntry } from '../support/time-builders';
import { bodyOf } from './everything';
import { type LeakWorld, leakWorld, SECRET } from './leak-world';
import { WIDEST } from './matrix-world';

let world: LeakWorld;
let production: TestServer;
beforeAll(async () => {
  world = await leakWorld();
  production = await TestServer.start({ introspection: false });
}, 120_000);
afterAll(async () => {
  await world.server.close();
  await production.close();
});

/** Documents and variables with a word in them that is nearly one of the schema’s. */
const TYPOS: [what: string, query: string, variables?: object][] = [
  ['a field', '{ projects { nodes { internalCos } } }'],
  ['a field of the root', '{ project_ { id } }'],
  ['a type', '{ node(id: "x") { ... on Invoic { id } } }'],
  ['an argument', '{ projects(filtr: {}) { totalCount } }'],
  ['a field of an input', '{ projects(filter: { statusInn: [ACTIVE] }) { totalCount } }'],
  ['a value of an enum', '{ projects(sort: NAM) { totalCount } }'],
  ['a directive', '{ viewer { id @includ(if: true) } }'],
  ['a fragment', '{ viewer { ...Nam } } fragment Name on Viewer { id }'],
  ['a variable', 'query ($filter: ProjectFilter) { projects(filter: $filtr) { totalCount } }'],
  ['a type of a variable', 'query ($filter: ProjectFiltr) { projects(filter: $filter) { totalCount } }'],
  ['an enum in a variable', 'query ($s: ProjectSort!) { projects(sort: $s) { totalCount } }', { s: 'NAM' }],
  [
    'an input in a variable',
    'query ($f: ProjectFilter) { projects(filter: $f) { totalCount } }',
    { f: { statusInn: ['ACTIVE'] } },
  ],
  [
    'an enum within an input in a variable',
    'query ($f: ProjectFilter) { projects(filter: $f) { totalCount } }',
    { f: { statusIn: ['ACTIV'] } },
  ],
  ['a mutation', 'mutation { updatProject(input: {}) { __typename } }'],
  ['the schema itself', '{ __schema { types { name } } }'],
  ['a type of the schema', '{ __type(name: "Project") { fields { name } } }'],
  ['nothing but a bracket', '{ projects { nodes { id }'],
];

describe('L-13: in production whoever misspells', () => {
  it.each(TYPOS)(
    '%s is told so, and no word that they did not write themselves',
    async (_what, query, variables = {}) => {
      const body = await bodyOf(production, 'clara', query, variables);
      expect(body).toContain('"errors"');
      expect(body).not.toMatch(/did you mean/i);
      expect(body).not.toMatch(/stack|node_modules|select |\.ts\b|INTERNAL/);
      const written = JSON.stringify({ query, variables });
      for (const word of SCHEMA_WORDS) if (!written.includes(word)) expect(body).not.toContain(word);
    },
  );

  it('a refusal names what is missing and the place in the input, and nothing of the thing', async () => {
    const { server, closed, shared, tasks } = world;
    const invoices = await server.database.rows<{ id: string }>('select id from invoice');
    const told: string[] = [];
    for (const who of ['bo', 'tess', 'clara', 'carl', 'wim'] as const) {
      for (const projectId of [closed.id, shared.id]) {
        told.push(await bodyOf(server, who, UPDATE, { input: { projectId, code: 'SECRET-2' } }));
      }
      for (const { id } of tasks) told.push(await bodyOf(server, who, DONE, { input: { taskId: id, status: 'DONE' } }));
      for (const { id } of invoices) told.push(await bodyOf(server, who, VOID, { input: { invoiceId: id } }));
    }
    for (const body of told) {
      const [error] = JSON.parse(body.slice(4)).errors ?? [];
      if (!error) continue;
      expect(error.message).toMatch(
        /^(There is no such thing, or none that you may see\.|You may not do this: it needs [\w: ]+\.|It is |A task )/,
      );
      expect(Object.keys(error.extensions).filter((key) => !TOLD.includes(key))).toEqual([]);
    }
    expect(told.join()).not.toContain(SECRET);
  });
});

const SCHEMA_WORDS = [
  'internalCost',
  'internalNotes',
  'statusIn',
  'START_DATE',
  'InvoiceLine',
  'updateProject',
  'costBudget',
  'ARCHIVED',
  'include',
];
const TOLD = ['code', 'field', 'requires', 'from', 'to', 'allowed'];
const UPDATE = 'mutation ($input: UpdateProjectInput!) { updateProject(input: $input) { project { id } } }';
const DONE = 'mutation ($input: ChangeTaskStatusInput!) { changeTaskStatus(input: $input) { task { id } } }';
const VOID = 'mutation ($input: VoidInvoiceInput!) { voidInvoice(input: $input) { invoice { id } } }';

describe('L-20: what is withheld from Clara is listed the same', () => {
  const ALL = `query ($id: ID!) { project(id: $id) { internalDescription version visibility { preset } costBudget { total { amount } }
    budget { usedPercent } members { totalCount } financials { balance { amount } } timeEntries { totalCount } myTotals { rawTime { seconds } }
    rateCard { billRate { amount } costRate { amount } } roundingPolicy { minutes } tasks { nodes { internalNotes cost { amount } version billableAmount { amount } } }
    totals { internalCost { amount } margin { amount } rawTime { seconds } totalTime { seconds } byPerson { cost { amount } } byDay { cost { amount } } } } }`;

  it.each([
    ['AGENCY', 'HOURS'],
    ['DELIVERABLES', 'FEES'],
    ['CONSTRUCTION', 'HOURS'],
  ] as const)(
    'of a project where there is everything as of one where there is nothing: %s, a budget by %s',
    async (preset, basis) => {
      const { server } = world;
      const empty = await aProject(server, { preset, name: 'Empty' });
      const full = await aProject(server, {
        preset,
        name: 'Full',
        internalDescription: SECRET,
        costBudgetMinor: 5000n,
        budgetBasis: BudgetBasis[basis],
        ...(basis === 'HOURS' ? { budgetSeconds: 3600n } : { budgetMinor: 1n }),
      });
      for (const project of [empty, full]) await aTask(server, project, { assignee: 'wim' });
      await aTimeEntry(server, full, { billRate: 100, costRate: 50 });
      const withheld = async (id: string) => (await server.ask('clara', ALL, { id })).extensions!.withheld;
      expect(await withheld(full.id)).toEqual(await withheld(empty.id));
      expect(JSON.stringify(await withheld(full.id))).not.toMatch(/DRAFT|ISSUED|state|hidden/i);
    },
  );
});

describe('L-23: somebody whom the project does not show', () => {
  it('is nobody on every edge, in every list and by every id', async () => {
    const server = await TestServer.start();
    const project = await aProject(server, { visibility: { ...WIDEST, people: 'HIDE' } });
    const task = await aTask(server, project, { assignee: 'wim' });
    await aTimeEntry(server, project, { person: 'wim', task });
    const { wim } = server.cast.people;
    const data = await server.data(
      'clara',
      `query ($id: ID!, $wim: ID!, $workspace: ID!) { node(id: $wim) { id } project(id: $id) { people { totalCount } tasks { nodes { assignee { id } } }
        timeEntries { nodes { person { id } createdBy { id } } } totals { byPerson { person { id } } byTask { task { assignee { id } } } } timeByDay { task { assignee { id } } } }
        workspace: node(id: $workspace) { ... on Workspace { people { totalCount nodes { id } } } } }`,
      { id: project.id, wim, workspace: server.cast.workspaceId },
    );
    expect(data.node).toBeNull();
    expect(data.project).toMatchObject({
      people: null,
      tasks: { nodes: [{ assignee: null }] },
      timeEntries: { nodes: [{ person: null, createdBy: null }] },
      totals: { byPerson: null, byTask: [{ task: { assignee: null } }] },
    });
    expect(data.workspace.people).toEqual({ totalCount: 1, nodes: [{ id: server.cast.people.clara }] });
    expect(JSON.stringify(data)).not.toContain(wim);
    await server.close();
  });
});

describe('L-24:', () => {
  it('the page of an invitation, a mail to a stranger, and a new password name no project and nobody’s account', async () => {
    const { server, closed } = world;
    await invite(server, 'ada', { projectId: closed.id, email: 'stranger@example.com' });
    const token = await linkTo(server, 'stranger@example.com');
    const page = await bodyOf(
      server,
      null,
      `{ invitation(token: "${token}") { workspaceName inviterName expiresAt } }`,
    );
    expect(page).toContain('Fjord Studio');
    expect(page).not.toContain(SECRET);
    const [mail] = await server.database.rows(
      `select data::text as data from mail_outbox where recipient = 'stranger@example.com'`,
    );
    expect(JSON.stringify(mail)).not.toContain(SECRET);
    const RESET = 'mutation ($email: String!) { requestPasswordReset(input: { email: $email }) { message } }';
    const answers = ['clara@demo.test', 'stranger@example.com', 'nobody@example.com'].map((email) =>
      bodyOf(server, null, RESET, { email }),
    );
    expect(new Set(await Promise.all(answers)).size).toBe(1);
  });
});

describe('L-28: however Clara writes it,', () => {
  const guarded = 'costBudget { total { amount } } internalDescription version';
  const WAYS: Record<string, (id: string) => string> = {
    plainly: (id) => `{ project(id: "${id}") { ${guarded} } }`,
    'under other names': (id) =>
      `{ p: project(id: "${id}") { a: costBudget { b: total { c: amount } } d: internalDescription e: version } }`,
    'in a fragment': (id) => `{ project(id: "${id}") { ...F } } fragment F on Project { ${guarded} }`,
    'in a fragment in a fragment': (id) =>
      `{ project(id: "${id}") { ...G } } fragment F on Project { ${guarded} } fragment G on Node { ...F }`,
    'through the interface': (id) => `{ node(id: "${id}") { ... on Node { ... on Project { ${guarded} } } } }`,
    'in a list of nodes': (id) => `{ nodes(ids: ["${id}", "${id}"]) { ... on Project { ${guarded} } } }`,
    'from a task of it': (id) => `{ project(id: "${id}") { tasks(first: 1) { nodes { project { ${guarded} } } } } }`,
    'from an edge, in circles': (id) =>
      `{ project(id: "${id}") { tasks(first: 1) { edges { node { project { workspace { id } tasks(first: 1) { edges { node { project { ${guarded} } } } } } } } } } }`,
    'with conditions': (id) =>
      `query ($yes: Boolean = true) { project(id: "${id}") { ... @include(if: $yes) { ${guarded} } costBudget @skip(if: false) { total { amount } } } }`,
    'beside what she may see': (id) =>
      `{ project(id: "${id}") { name ${guarded} totals { billableAmount { amount } internalCost { amount } } } }`,
  };

  it.each(Object.keys(WAYS))('%s, she is not given it', async (way) => {
    const { server, shared } = world;
    await server.database.rows(
      'update project set cost_budget_minor = 987654321, cost_budget_period = $2 where id = $1',
      [shared.id, 'TOTAL'],
    );
    const asked = async (who: CastName) => bodyOf(server, who, WAYS[way](shared.id));
    expect(await asked('ada')).toContain('9876543.21');
    const body = await asked('clara');
    expect(body).toContain('"withheld"');
    expect(body).not.toMatch(new RegExp(`9876543|${SECRET}`));
    expect(body).not.toContain('"errors"');
  });
});
