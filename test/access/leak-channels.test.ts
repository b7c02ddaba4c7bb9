import type { CastName } from '../../src/demo/cast';
import { newId } from '../../src/platform/ids';
import { doing } from '../support/activity-builders';
import { aProject } from '../support/builders';
import { anInvoice, draftOf } from '../support/invoice-builders';
import { statementsOf } from '../support/statements';
import { aTimeEntry } from '../support/time-builders';
import { bodyOf, everything } from './everything';
import { type LeakWorld, leakWorld, SECRET } from './leak-world';

let world: LeakWorld;
beforeAll(async () => {
  world = await leakWorld();
  await aTimeEntry(world.server, world.shared, { person: 'tess', billRate: 10_000 });
}, 120_000);
afterAll(() => world.server.close());

const seenBy = (who: CastName) => everything(world.server, who, [world.shared.id]);
/** A change, by somebody who may make it. */
const change = (who: CastName, mutation: string, input: object, fields?: string) =>
  doing(world.server, who, mutation, input, fields);

/** What the team does among itself. None of it is for clients to see, however they look. */
const INSIDE: Record<string, () => Promise<unknown>> = {
  'an invoice is drafted from all their work': () => draftOf(world.server, world.shared, { notes: SECRET }),
  'the draft is edited': async () =>
    change('max', 'updateInvoice', { invoiceId: await draft(), notes: 'Other', addLines: [LINE] }),
  'the draft is thrown away': async () => change('max', 'deleteInvoice', { invoiceId: await draft() }),
  'an internal task is made': () => change('max', 'createTask', { ...shared(), title: SECRET, clientVisible: false }),
  'an internal task is done and moved to the front': async () => {
    const taskId = world.tasks[1].id;
    await change('max', 'changeTaskStatus', { taskId, status: 'IN_PROGRESS' });
    await change('max', 'moveTask', { taskId });
  },
  'notes are made on a task that they see': () =>
    change('max', 'updateTask', { taskId: world.tasks[0].id, internalNotes: 'Careful', billable: false }),
  'notes are made on the project': () =>
    change('max', 'updateProject', { ...shared(), internalDescription: 'Careful' }),
  'the project is given a cost budget': () =>
    change('ada', 'setProjectBudget', { ...shared(), basis: 'COST', amount: '5000' }),
  'an hour of Wim’s costs more from now on': () =>
    change('ada', 'setRate', { scope: 'PERSON', kind: 'COST', personId: world.server.cast.people.wim, amount: '61' }),
  'later hours are rounded': () =>
    change('max', 'updateProject', { ...shared(), roundingPolicy: { mode: 'UP', minutes: 30 } }),
  'somebody is invited': () =>
    change('max', 'inviteToProject', { ...shared(), name: 'Nils', email: 'nils@example.com', personType: 'CLIENT' }),
  'Wim gets a duty and may not log time any more': async () => {
    const personId = world.server.cast.people.wim;
    await change('ada', 'changeRole', { personId, businessRoles: ['BILLING'] });
    await change('ada', 'updatePerson', { personId, weeklyCapacitySeconds: 3600 });
    await change('max', 'updateProjectPermissions', { ...shared(), personId, permissions: { trackTime: false } });
  },
  'their client gets another project, with a code like theirs': () =>
    change('ada', 'createProject', {
      clientOrganisationId: world.server.cast.clients.acme,
      name: SECRET,
      code: 'ACME-2',
    }),
  'an invoice of a project that is not theirs is sent': async () => {
    const { invoice } = await change('max', 'draftInvoice', { projectId: world.closed.id }, 'invoice { id }');
    await change('max', 'sendInvoice', { invoiceId: invoice.id });
  },
  'time is logged on a project that is not theirs': () =>
    change('wim', 'logTime', { projectId: world.closed.id, date: '2026-03-16', seconds: 3600 }),
  'notes are made on their company': () =>
    change('ada', 'updateClientOrganisation', {
      clientOrganisationId: world.server.cast.clients.acme,
      internalNotes: SECRET,
    }),
  'another client is won': () =>
    change('ada', 'createClientOrganisation', { workspaceId: world.server.cast.workspaceId, name: 'Zephyr' }),
  'the workspace trusts its teams more': () =>
    change('olga', 'updateWorkspace', {
      workspaceId: world.server.cast.workspaceId,
      membersSeeBillRates: true,
      invitePolicy: 'PROJECT_TEAM',
      defaultPreset: 'FREELANCE',
    }),
};

const LINE = { description: SECRET, unitPrice: '77' };
const shared = () => ({ projectId: world.shared.id });

async function draft(): Promise<string> {
  const [{ id }] = await world.server.database.rows<{ id: string }>(
    `select id from invoice where project_id = $1 and status = 'DRAFT' and notes <> $2 or notes = $2 order by created_at limit 1`,
    [world.shared.id, SECRET],
  );
  return id;
}

const people = ['bo', 'tess', 'clara'] as const;
const before = new Map<string, string[]>();

describe('L-12 L-06: not one byte changes for Clara when', () => {
  it.each(Object.keys(INSIDE))(
    '%s',
    async (what) => {
      for (const who of people) before.set(who, before.get(who) ?? (await seenBy(who)));
      await INSIDE[what]();
      expect(await seenBy('clara')).toEqual(before.get('clara'));
    },
    60_000,
  );
});

it('L-12: nor is it for Bo and Tess, when all of it has happened', async () => {
  for (const who of people) expect(await seenBy(who)).toEqual(before.get(who));
});

it('they look at everything that is theirs, and what is changed there they see at once', async () => {
  for (const [who, sign] of [
    ['bo', 'Relaunch'],
    ['tess', 'Design'],
    ['clara', 'Step 0'],
  ] as const) {
    const before = (await seenBy(who)).join();
    expect(before).toContain(sign);
    expect(before).not.toContain('"errors"');
    expect(before).not.toContain(SECRET);
    await change('max', 'updateProject', { ...shared(), description: `For ${who}` });
    expect((await seenBy(who)).join()).not.toBe(before);
  }
});

describe('L-25: numbers and names', () => {
  it('of Acme’s invoices do not tell how many are sent to Borealis', async () => {
    const numbered = async (projectId: string) => {
      const { invoice } = await change('ada', 'draftInvoice', { projectId, lines: [LINE] }, 'invoice { id }');
      return (await change('ada', 'sendInvoice', { invoiceId: invoice.id }, 'invoice { number }')).invoice.number;
    };
    const before = await numbered(world.shared.id);
    for (let i = 0; i < 3; i++) await numbered(world.foreign.id);
    const [year, running] = before.split('-');
    expect(await numbered(world.shared.id)).toBe(`${year}-${String(Number(running) + 1).padStart(3, '0')}`);
  });

  it('of what Max does not see are as free to him as those of nothing', async () => {
    const query = 'mutation ($input: UpdateProjectInput!) { updateProject(input: $input) { project { code } } }';
    for (const code of ['SECRET-2', 'NEVER-2', 'ACME-1']) {
      expect(await world.server.data('max', query, { input: { ...shared(), code } })).toEqual({
        updateProject: { project: { code } },
      });
    }
  });
});

describe('L-26 L-27:', () => {
  const NODE = `query ($id: ID!) { node(id: $id) { id ... on Project { name tasks { totalCount } totals { totalTime { seconds } } } } }`;

  it('to look up a thing that is hidden takes the same statements as one that never was', async () => {
    const statements = (id: string) => statementsOf(world.server, () => world.server.data('clara', NODE, { id }));
    for (const [id, kind] of [
      [world.closed.id, 'Project'],
      [world.foreign.id, 'Project'],
      [world.tasks[1].id, 'Task'],
    ] as const) {
      expect(await statements(id)).toEqual(await statements(newId(kind)));
    }
  });

  it('what a query costs is told from the query alone: the same for Eve, who sees nothing, and for Olga', async () => {
    const query = '{ projects(first: 50) { nodes { id tasks(first: 30) { nodes { title timeless: id } } } } }';
    const costs = [];
    for (const who of ['eve', 'bo', 'clara', 'olga'] as const) {
      costs.push((await world.server.ask(who, query)).extensions!.cost);
    }
    expect(new Set(costs.map((cost) => JSON.stringify(cost))).size).toBe(1);
  });
});

describe('L-18: two who ask at once', () => {
  it('get each their own answer, whoever comes first and whatever was asked before', async () => {
    const query = `{ nodes(ids: ["${world.shared.id}", "${world.closed.id}", "${world.tasks[1].id}"]) { id ... on Project {
      internalDescription costBudget { total { amount } } totals { totalTime { seconds } internalCost { amount } }
      tasks { totalCount nodes { title internalNotes assignee { displayName email } } } invoices { totalCount } } } }`;
    const people = ['clara', 'olga', 'carl', 'max', 'bo', 'tess', 'eve', 'wim'] as const;
    const alone = new Map<string, string>();
    for (const who of people) alone.set(who, await bodyOf(world.server, who, query));
    expect(new Set(alone.values()).size).toBeGreaterThan(5);
    const crowd = Array.from({ length: 64 }, (_, i) => people[(i * 5 + Math.floor(i / 8)) % people.length]);
    const answers = await Promise.all(crowd.map(async (who) => [who, await bodyOf(world.server, who, query)]));
    for (const [who, body] of answers) expect([who, body]).toEqual([who, alone.get(who)]);
  });
});

describe('L-04 L-07: Clara, who is shown the billable hours alone,', () => {
  it('finds not one byte changed by an hour that is not billable', async () => {
    const { server, shared } = world;
    await server.database.rows(`update project set visibility = visibility || '{"hours": "BILLABLE"}' where id = $1`, [
      shared.id,
    ]);
    const before = await seenBy('clara');
    await aTimeEntry(server, shared, { billable: false, person: 'max', date: '2026-03-12', task: world.tasks[0] });
    await aTimeEntry(server, shared, { billable: false, person: 'cora', date: '2026-03-15' });
    expect(await seenBy('clara')).toEqual(before);
  });

  it('nor, where time is shown with its invoice, by an hour that is on none', async () => {
    const { server, shared } = world;
    const settings = '{"hours": "FULL", "timeRelease": "INVOICED"}';
    await server.database.rows('update project set visibility = visibility || $2::jsonb where id = $1', [
      shared.id,
      settings,
    ]);
    const before = await seenBy('clara');
    await aTimeEntry(server, shared, { person: 'max', billRate: 9000, date: '2026-03-12', task: world.tasks[0] });
    await anInvoice(server, shared, { as: 'DRAFT' });
    expect(await seenBy('clara')).toEqual(before);
  });
});

describe('L-12: what Clara lacks for the address on the bills of Acme', () => {
  it('is told alike, however often her access to one of its projects was changed', async () => {
    const { server } = world;
    await server.database.rows(`update project_grant set status = 'SUSPENDED' where membership_id = $1`, [
      server.cast.people.clara,
    ]);
    const off = await aProject(server, { grants: { clara: {} }, visibility: { invoices: 'FULL' } });
    await aProject(server, { grants: { clara: { clientView: true } }, visibility: { invoices: 'HIDE' } });
    const told = async () =>
      (await server.ask('clara', `{ clientOrganisation(id: "${server.cast.clients.acme}") { billingAddress } }`))
        .extensions?.withheld;
    const before = await told();
    expect(before).toEqual([{ path: ['clientOrganisation', 'billingAddress'], requires: ['clientView'] }]);
    const clara = { projectId: off.id, personId: server.cast.people.clara };
    await change('ada', 'suspendProjectAccess', clara);
    await change('ada', 'resumeProjectAccess', clara);
    expect(await told()).toEqual(before);
  });
});
