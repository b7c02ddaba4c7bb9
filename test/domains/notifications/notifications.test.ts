import { emit, emitAll, systemAt } from '../../../src/events/outbox';
import { days } from '../../../src/platform/clock';
import { newId } from '../../../src/platform/ids';
import { aProject } from '../../support/builders';
import { anInvoice, PAY, sentOf, VOID } from '../../support/invoice-builders';
import { allFollowed, aNotification, noticesOf, READ_ALL, READ_ONE } from '../../support/notices';
import { TestServer } from '../../support/server';
import { statementsOf } from '../../support/statements';
import { aTask } from '../../support/time-builders';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start({ live: true });
});
afterAll(() => server.close());
beforeEach(async () => {
  await allFollowed(server);
  await server.database.rows('delete from notification');
});

const BILLED = { visibility: { invoices: 'FULL' } } as const;
const LINE = { lines: [{ description: 'Concept', unitPrice: '1250.00' }] };
const REVOKE = 'mutation ($input: RemoveFromProjectInput!) { removeFromProject(input: $input) { __typename } }';
const STATUS = 'mutation ($input: ChangeProjectStatusInput!) { changeProjectStatus(input: $input) { project { id } } }';

describe('notifications (F-117, F-122, F-206)', () => {
  it('tell Clara of an invoice that Max sent her, without an amount, and Max nothing of what he did himself', async () => {
    const project = await aProject(server, BILLED);
    const { number } = await sentOf(server, project, LINE);
    const clara = await noticesOf(server, 'clara');
    expect(clara).toMatchObject({ unread: 1, total: 1 });
    expect(clara.nodes[0]).toEqual({
      id: expect.stringMatching(/^ntf_/),
      kind: 'INVOICE_SENT',
      critical: true,
      createdAt: '2026-03-16T10:00:00.000Z',
      readAt: null,
      text: `Invoice ${number} was issued on “Website relaunch”.`,
      project: { name: 'Website relaunch' },
      actor: { displayName: 'Max Manager' },
      workspace: { name: 'Fjord Studio' },
      subject: { __typename: 'Invoice', number },
    });
    expect(await noticesOf(server, 'max')).toMatchObject({ unread: 0, total: 0 });
    expect(await noticesOf(server, 'bo')).toMatchObject({ unread: 0, total: 0 });
  });

  it('tell Clara how an invoice goes on: paid in part, paid, and another one withdrawn', async () => {
    const project = await aProject(server, BILLED);
    const invoice = await anInvoice(server, project, { number: '2026-007' });
    const other = await anInvoice(server, project, { number: '2026-008' });
    const pay = (amount: string) =>
      server.data('max', PAY, { input: { invoiceId: invoice.id, amount, method: 'CASH', receivedOn: '2026-03-10' } });
    await pay('40.00');
    server.clock.advance(1000);
    await pay('60.00');
    server.clock.advance(1000);
    await server.data('max', VOID, { input: { invoiceId: other.id } });
    const { texts } = await noticesOf(server, 'clara');
    expect(texts[0]).toBe('Invoice 2026-008 was withdrawn on “Website relaunch”.');
    expect(texts.slice(1).sort()).toEqual([
      'A payment for invoice 2026-007 was recorded on “Website relaunch”.',
      'A payment for invoice 2026-007 was recorded on “Website relaunch”.',
      'Invoice 2026-007 is paid in full on “Website relaunch”.',
    ]);
  });

  it('tell Wim of a task that is given to him, and nobody of every other change', async () => {
    const project = await aProject(server, BILLED);
    const task = await aTask(server, project, { title: 'Launch' });
    const update = 'mutation ($input: UpdateTaskInput!) { updateTask(input: $input) { task { id } } }';
    await server.data('max', update, { input: { taskId: task.id, title: 'Launch party' } });
    await server.data('max', update, { input: { taskId: task.id, assigneeId: server.cast.people.wim } });
    expect((await noticesOf(server, 'wim')).texts).toEqual([
      'The task “Launch party” was given to you on “Website relaunch”.',
    ]);
    expect((await noticesOf(server, 'clara')).texts).toEqual([]);
  });

  it('tell Wim once of a task that went from hand to hand before anybody was told', async () => {
    const project = await aProject(server, BILLED);
    const task = await aTask(server, project, { title: 'Hot', assignee: 'wim' });
    const given = { workspaceId: task.workspaceId, projectId: project.id, id: task.id, changed: ['Task.assignee'] };
    await server.database.transaction((tx) =>
      emitAll(tx, systemAt(server.clock.now()), 'task.updated', [{ ...given, changed: ['Task.id'] }, given, given]),
    );
    expect((await noticesOf(server, 'wim')).texts).toEqual(['The task “Hot” was given to you on “Website relaunch”.']);
  });

  it('tell everybody on a project where it stands now (T: project status change)', async () => {
    const project = await aProject(server, BILLED);
    await server.data('max', STATUS, { input: { projectId: project.id, status: 'ON_HOLD' } });
    for (const who of ['clara', 'wim'] as const) {
      expect((await noticesOf(server, who)).texts).toEqual(['“Website relaunch” is on hold.']);
    }
  });

  it('speak to Clara alone of her own access, and name no project that she has lost', async () => {
    const project = await aProject(server, BILLED);
    await sentOf(server, project, LINE);
    expect(await noticesOf(server, 'clara')).toMatchObject({ unread: 1 });
    server.clock.advance(1000);
    await server.data('max', REVOKE, { input: { projectId: project.id, personId: server.cast.people.clara } });
    const { unread, total, nodes } = await noticesOf(server, 'clara');
    expect({ unread, total }).toEqual({ unread: 1, total: 1 });
    expect(nodes[0]).toMatchObject({
      kind: 'ACCESS_REVOKED',
      text: 'Your access to a project of Fjord Studio has ended.',
      project: null,
      actor: null,
      subject: null,
    });
    expect((await noticesOf(server, 'wim')).texts).toEqual([]);
  });

  it('speak to Clara of each of two changes to her access that come in one go', async () => {
    const project = await aProject(server, BILLED);
    const { people, workspaceId } = server.cast;
    await server.database.transaction(async (tx) => {
      for (const personId of [people.clara, people.clara]) {
        const what = { workspaceId, projectId: project.id, personId, changed: ['Project.members'] };
        await emit(tx, systemAt(server.clock.now()), 'access.changed', what);
      }
    });
    expect((await noticesOf(server, 'clara')).texts).toEqual([
      'What you may see or do on “Website relaunch” has changed.',
      'What you may see or do on “Website relaunch” has changed.',
    ]);
  });

  it('are read one by one or all at once, by their own reader alone', async () => {
    const project = await aProject(server, BILLED);
    for (let i = 0; i < 3; i++) await sentOf(server, project, LINE);
    const { nodes, unread } = await noticesOf(server, 'clara');
    expect(unread).toBe(3);
    const [{ id }] = nodes;
    expect((await server.refusal('carl', READ_ONE, { id })).code).toBe('NOT_FOUND');
    const read = await server.data('clara', READ_ONE, { id });
    expect(read.markNotificationRead).toEqual({
      notification: { id, readAt: server.clock.now().toISOString() },
      unreadNotificationCount: 2,
    });
    const left = await noticesOf(server, 'clara', { filter: { unreadOnly: true } });
    expect(left.nodes.map((node) => node.id)).not.toContain(id);
    expect(left.total).toBe(2);
    const { workspaceId } = server.cast;
    const all = await server.data('clara', READ_ALL, { id: workspaceId });
    expect(all.markAllNotificationsRead).toEqual({ workspace: { name: 'Fjord Studio' }, unreadNotificationCount: 0 });
    expect(await noticesOf(server, 'clara')).toMatchObject({ unread: 0, total: 3 });
    expect(await noticesOf(server, 'carl')).toMatchObject({ unread: 3 });
  });

  it('come page by page, and the pages are as long as if nothing hidden were between', async () => {
    const [shown, hidden] = [await aProject(server), await aProject(server, { name: 'Secret' })];
    for (let i = 0; i < 25; i++) {
      server.clock.advance(1000);
      const projectId = (i % 5 === 0 ? shown : hidden).id;
      const { project } = await server.data('max', 'query ($id: ID!) { project(id: $id) { status } }', {
        id: projectId,
      });
      const status = project.status === 'ACTIVE' ? 'ON_HOLD' : 'ACTIVE';
      await server.data('max', STATUS, { input: { projectId, status } });
    }
    await allFollowed(server);
    await server.database.rows(`update project_grant set status = 'SUSPENDED' where project_id = $1`, [hidden.id]);
    const all = await noticesOf(server, 'clara');
    expect(all.total).toBe(all.nodes.length);
    expect(all.total).toBe(5);
    expect(new Set(all.nodes.map((node) => node.project.name))).toEqual(new Set(['Website relaunch']));
    const paged: string[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const { nodes, pageInfo } = await noticesOf(server, 'clara', { first: 2, after });
      expect(nodes.length).toBe(pageInfo.hasNextPage ? 2 : nodes.length);
      paged.push(...nodes.map((node) => node.id));
      after = pageInfo.endCursor;
      more = pageInfo.hasNextPage;
    }
    expect(paged).toEqual(all.nodes.map((node) => node.id));
  });
});

it('what a former version called otherwise is shown to nobody, and breaks nothing', async () => {
  const project = await aProject(server, BILLED);
  const { id: subjectId } = await anInvoice(server, project, { number: '2026-041' });
  const sent = { personId: server.cast.people.clara, kind: 'invoice.sent' as const, subjectId, isPersonal: false };
  await aNotification(server, project, { ...sent, changed: ['Invoice.nameOfOld', 'Bill.id'] });
  await aNotification(server, project, { ...sent, changed: ['Invoice.nameOfOld', 'Invoice.id'] });
  const { texts, unread } = await noticesOf(server, 'clara');
  expect({ texts, unread }).toEqual({ texts: ['Invoice 2026-041 was issued on “Website relaunch”.'], unread: 1 });
});

it('of a project that Clara has lost nothing is read, however much it is', async () => {
  const project = await aProject(server, BILLED);
  const { id: subjectId } = await anInvoice(server, project);
  const sent = {
    personId: server.cast.people.clara,
    kind: 'invoice.sent' as const,
    changed: ['Invoice.id'],
    subjectId,
  };
  for (let i = 0; i < 150; i++) await aNotification(server, project, { ...sent, isPersonal: false });
  await server.database.rows(`update project_grant set status = 'REVOKED' where project_id = $1`, [project.id]);
  const statements = await statementsOf(server, () => server.data('clara', '{ viewer { unreadNotificationCount } }'));
  expect(statements.filter((sql) => sql.includes('notification'))).toHaveLength(1);
  expect(statements.some((sql) => sql.includes('invoice'))).toBe(false);
});

it('what is older than 90 days is forgotten, read or not', async () => {
  const project = await aProject(server, BILLED);
  const own = { personId: server.cast.people.clara };
  const now = server.clock.now().getTime();
  const old = await aNotification(server, project, { ...own, createdAt: new Date(now - days(90) - 1) });
  const young = await aNotification(server, project, { ...own, createdAt: new Date(now - days(90)) });
  const { nodes } = await noticesOf(server, 'clara');
  expect(nodes.map(({ id }) => id)).toEqual([young]);
  expect(await server.database.rows('select from notification where id = $1', [old])).toEqual([]);
});

it('a badge says 100 at most, and then "more"', async () => {
  const project = await aProject(server, BILLED);
  const invoice = await anInvoice(server, project);
  const ids = Array.from({ length: 103 }, () => newId('Notification'));
  await server.database.rows(
    `insert into notification (id, workspace_id, of_project_id, person_id, event_id, kind, critical, subject_id, changed,
       is_personal, is_mailed, created_at)
     select id, $1, $2, $3, id, 'invoice.sent', true, $4, '{Invoice.id}', false, false, $5 from unnest($6::text[]) as n (id)`,
    [project.workspaceId, project.id, server.cast.people.clara, invoice.id, server.clock.now(), ids],
  );
  expect(await noticesOf(server, 'clara')).toMatchObject({ unread: 101, total: 103 });
});
