import { aProject } from '../../support/builders';
import { sentOf } from '../../support/invoice-builders';
import { Listener } from '../../support/listener';
import { allFollowed, noticesOf, READ_ALL, READ_ONE } from '../../support/notices';
import { TestServer } from '../../support/server';
import { aTask, aTimeEntry } from '../../support/time-builders';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start({ live: true });
});
afterAll(() => server.close());
beforeEach(async () => {
  await allFollowed(server);
  await server.database.rows('delete from notification');
});

const LINE = { lines: [{ description: 'Concept', unitPrice: '1250.00' }] };
const REVOKE = 'mutation ($input: RemoveFromProjectInput!) { removeFromProject(input: $input) { __typename } }';

describe('a client with the portal open (F-120, F-121)', () => {
  it('sees the badge go up as it happens and down when they read, on every device; Carl hears nothing of Clara’s', async () => {
    const project = await aProject(server, { visibility: { invoices: 'FULL' } });
    const [desk, phone, carl] = [
      await Listener.open(server, 'clara'),
      await Listener.open(server, 'clara'),
      await Listener.open(server, 'carl'),
    ];
    const { number } = await sentOf(server, project, LINE);
    await desk.until(() => desk.badges.length > 0);
    expect(desk.badges).toMatchObject([
      {
        kind: 'NOTIFICATION_CREATED',
        project: null,
        actor: null,
        subject: { __typename: 'Notification', text: `Invoice ${number} was issued on “Website relaunch”.` },
      },
    ]);
    const { nodes } = await noticesOf(server, 'clara');
    await server.data('clara', READ_ONE, { id: nodes[0].id });
    await phone.until(() => phone.badges.length > 1);
    expect(phone.badges.map((event) => event.kind)).toEqual(['NOTIFICATION_CREATED', 'NOTIFICATION_READ']);
    await server.data('clara', READ_ALL, { id: server.cast.workspaceId });
    await phone.until(() => phone.badges.length > 2);
    expect(phone.badges[2]).toMatchObject({ kind: 'NOTIFICATION_READ', subject: { __typename: 'Workspace' } });
    await carl.until(() => carl.badges.length > 0);
    await allFollowed(server);
    expect(carl.badges.map((event) => event.kind)).toEqual(['NOTIFICATION_CREATED']);
    await Promise.all([desk.close(), phone.close(), carl.close()]);
  });

  it('hears on every device how often she wants mail, and nobody else hears that she changed it', async () => {
    const [desk, carl, max] = [
      await Listener.open(server, 'clara'),
      await Listener.open(server, 'carl'),
      await Listener.open(server, 'max'),
    ];
    await server.data('clara', PREFER, { id: server.cast.workspaceId });
    expect((await desk.first(1))[0].kind).toBe('PERSON_UPDATED');
    await Promise.all([carl.settled(), max.settled()]);
    expect([carl.told, max.told]).toEqual([[], []]);
    await Promise.all([desk.close(), carl.close(), max.close()]);
  });

  it('resumes after a while away, and is told nothing of notifications that have gone with a project', async () => {
    const project = await aProject(server, { visibility: { invoices: 'FULL' } });
    const after = (await server.data('clara', '{ viewer { eventsCursor } }')).viewer.eventsCursor;
    await sentOf(server, project, LINE);
    await allFollowed(server);
    await server.data('max', REVOKE, { input: { projectId: project.id, personId: server.cast.people.clara } });
    await allFollowed(server);
    const clara = await Listener.open(server, 'clara', { after });
    await clara.until(() => clara.badges.length > 0);
    await clara.settled();
    expect(clara.badges.map((event) => event.subject.text)).toEqual([
      'Your access to a project of Fjord Studio has ended.',
    ]);
    await clara.close();
  });
});

describe('what Clara may not see', () => {
  it('is in none of her notifications, counts and badges, whether or not it happened (L-05, L-14, L-16)', async () => {
    const [open, closed] = [
      await aProject(server, { visibility: { invoices: 'FULL' } }),
      await aProject(server, { visibility: { invoices: 'HIDE', financials: 'SUMMARY' } }),
    ];
    const foreign = await aProject(server, { client: 'borealis', visibility: { invoices: 'FULL' } });
    const clara = await Listener.open(server, 'clara');
    await sentOf(server, open, LINE);
    await allFollowed(server);
    const without = await noticesOf(server, 'clara');
    await clara.until(() => clara.badges.length === 1);

    await sentOf(server, closed, LINE);
    await server.data('ada', DRAFT, { input: { projectId: foreign.id, ...LINE } });
    await server.data('max', DRAFT, { input: { projectId: open.id, ...LINE } });
    await aTimeEntry(server, open);
    await aTask(server, open, { clientVisible: false, assignee: 'wim' });
    const grants = { projectId: closed.id, personId: server.cast.people.wim, permissions: { trackTime: false } };
    await server.data('max', GRANT, { input: grants });
    const everything = await noticesOf(server, 'clara');

    expect(everything).toEqual(without);
    await clara.settled();
    expect(clara.badges).toHaveLength(1);
    expect((await noticesOf(server, 'wim')).texts).toEqual([
      'What you may see or do on “Website relaunch” has changed.',
    ]);
    await clara.close();
  });

  it('goes from her list and her count when it is closed, and is there again when it is opened', async () => {
    const project = await aProject(server, { visibility: { invoices: 'FULL' } });
    await sentOf(server, project, LINE);
    const before = await noticesOf(server, 'clara');
    expect(before).toMatchObject({ unread: 1, total: 1 });
    const show = (invoices: string) =>
      server.data('max', SHOW, { input: { projectId: project.id, settings: { invoices } } });
    await show('HIDE');
    expect(await noticesOf(server, 'clara')).toMatchObject({ unread: 0, total: 0, nodes: [] });
    const [{ id }] = before.nodes;
    expect((await server.data('clara', NODE, { id })).node).toBeNull();
    expect((await server.refusal('clara', READ_ONE, { id })).code).toBe('NOT_FOUND');
    await show('SUMMARY');
    expect(await noticesOf(server, 'clara')).toEqual(before);
  });
});

const PREFER = `mutation ($id: ID!) { updateNotificationPreferences(input: { workspaceId: $id, frequency: WEEKLY }) {
  membership { notificationPreferences { frequency } } } }`;
const DRAFT = 'mutation ($input: DraftInvoiceInput!) { draftInvoice(input: $input) { invoice { id } } }';
const GRANT = `mutation ($input: UpdateProjectPermissionsInput!) {
  updateProjectPermissions(input: $input) { member { id } } }`;
const SHOW = `mutation ($input: UpdateProjectVisibilityInput!) {
  updateProjectVisibility(input: $input) { project { id } } }`;
const NODE = 'query ($id: ID!) { node(id: $id) { id } }';
