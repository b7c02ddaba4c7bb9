import type { Project } from '../../src/domains/projects/project.entity';
import { aProject, type ProjectFacts } from '../support/builders';
import { heardOn } from '../support/heard-on';
import { Listener } from '../support/listener';
import { TestServer } from '../support/server';
import { aRate, aTask, aTimeEntry } from '../support/time-builders';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start({ live: true });
  await aRate(server, { person: 'wim', kind: 'COST', perHour: 5000 });
  await aRate(server, { client: 'acme', perHour: 10_000 });
});
afterAll(() => server.close());

const CREATE_TASK = 'mutation ($input: CreateTaskInput!) { createTask(input: $input) { task { id } } }';
const UPDATE_TASK = 'mutation ($input: UpdateTaskInput!) { updateTask(input: $input) { task { id } } }';
const STATUS = 'mutation ($input: ChangeTaskStatusInput!) { changeTaskStatus(input: $input) { task { id } } }';
const UPDATE_PROJECT = 'mutation ($input: UpdateProjectInput!) { updateProject(input: $input) { project { id } } }';
const SETTINGS =
  'mutation ($input: UpdateProjectVisibilityInput!) { updateProjectVisibility(input: $input) { project { id } } }';
const LOG = 'mutation ($input: LogTimeInput!) { logTime(input: $input) { timeEntry { id version } } }';
const UPDATE_ENTRY = 'mutation ($input: UpdateTimeEntryInput!) { updateTimeEntry(input: $input) { timeEntry { id } } }';
const DELETE_ENTRY =
  'mutation ($input: DeleteTimeEntryInput!) { deleteTimeEntry(input: $input) { deletedTimeEntryId } }';
const DRAFT = 'mutation ($input: DraftInvoiceInput!) { draftInvoice(input: $input) { invoice { id } } }';
const SEND = 'mutation ($input: SendInvoiceInput!) { sendInvoice(input: $input) { invoice { id } } }';
const VOID = 'mutation ($input: VoidInvoiceInput!) { voidInvoice(input: $input) { invoice { id } } }';
const PAY = 'mutation ($input: RecordPaymentInput!) { recordPayment(input: $input) { payment { id } } }';

const REMOVE = 'mutation ($input: RemoveFromProjectInput!) { removeFromProject(input: $input) { removedMemberId } }';
const WITH_TESS: ProjectFacts = {
  grants: { max: { managesProject: true, clientView: true }, tess: { trackTime: true } },
};

const HOUR = { date: '2026-03-16', seconds: 3600 };

const heardBy = heardOn(() => server);

const kindsOf = (events: Record<string, any>[]): string[] => events.map((event) => event.kind);

describe('a client with the portal open', () => {
  it('is told within a second that a task was made, and reads it as a client does', async () => {
    const project = await aProject(server);
    const clara = await Listener.open(server, 'clara');
    const input = { projectId: project.id, title: 'Launch', internalNotes: 'hush' };
    await server.data('max', CREATE_TASK, { input });
    const [event] = await clara.first(1, 1000);
    expect(event).toMatchObject({
      kind: 'TASK_UPDATED',
      project: { name: 'Website relaunch' },
      actor: { displayName: 'Max Manager' },
      subject: { __typename: 'Task', title: 'Launch', internalNotes: null },
    });
    expect(clara.told[0].extensions?.withheld).toEqual([
      { path: ['portalEvents', 'subject', 'internalNotes'], requires: ['role:MEMBER'] },
    ]);
    await clara.close();
  });

  it('hears nothing of a hidden task, nor of what the team writes to itself about one that is shown', async () => {
    const work = async (project: Project) => {
      const { createTask } = await server.data('max', CREATE_TASK, {
        input: { projectId: project.id, title: 'Hidden', clientVisible: false },
      });
      await server.data('max', UPDATE_TASK, { input: { taskId: createTask.task.id, title: 'Still hidden' } });
      const shown = await aTask(server, project);
      await server.data('max', UPDATE_TASK, { input: { taskId: shown.id, internalNotes: 'Late again' } });
      await server.data('max', UPDATE_PROJECT, {
        input: { projectId: project.id, internalDescription: 'Thin margin' },
      });
    };
    expect(await heardBy('clara', {}, work)).toEqual([]);
    expect(kindsOf(await heardBy('wim', {}, work))).toEqual([
      'TASK_UPDATED',
      'TASK_UPDATED',
      'TASK_UPDATED',
      'PROJECT_UPDATED',
    ]);
  });

  it('hears that the project changed when a task is hidden that she saw, and when it is shown again', async () => {
    const heard = await heardBy('clara', {}, async (project) => {
      const task = await aTask(server, project);
      await server.data('max', UPDATE_TASK, { input: { taskId: task.id, clientVisible: false } });
      await server.data('max', UPDATE_TASK, { input: { taskId: task.id, clientVisible: true } });
    });
    expect(heard.map(({ kind, subject }) => [kind, subject.__typename])).toEqual([
      ['PROJECT_UPDATED', 'Project'],
      ['PROJECT_UPDATED', 'Project'],
    ]);
  });

  it('hears that the settings changed; Bo, who is shown nothing by them, hears of his tasks alone', async () => {
    const change = (settings: object) => async (project: Project) => {
      await server.data('max', SETTINGS, { input: { projectId: project.id, settings } });
    };
    const grants = { max: { managesProject: true, clientView: true }, clara: { clientView: true }, bo: {} };
    expect(kindsOf(await heardBy('clara', { grants }, change({ hours: 'HIDE' })))).toEqual(['PROJECT_UPDATED']);
    expect(await heardBy('bo', { grants }, change({ hours: 'HIDE', financials: 'HIDE' }))).toEqual([]);
    expect(kindsOf(await heardBy('bo', { grants }, change({ tasks: 'HIDE' })))).toEqual(['PROJECT_UPDATED']);
  });

  it('who sees no more than their own tasks hears nothing of those of others, and hears when one is theirs no more', async () => {
    const heard = await heardBy('bo', {}, async (project) => {
      const other = await aTask(server, project);
      await server.data('max', UPDATE_TASK, { input: { taskId: other.id, assigneeId: server.cast.people.wim } });
      await server.data('max', STATUS, { input: { taskId: other.id, status: 'CANCELLED' } });
      await server.data('max', UPDATE_TASK, { input: { taskId: other.id, clientVisible: false } });
      const own = await aTask(server, project, { assignee: 'bo' });
      await server.data('max', UPDATE_TASK, { input: { taskId: own.id, assigneeId: server.cast.people.wim } });
    });
    expect(kindsOf(heard)).toEqual(['PROJECT_UPDATED']);
  });

  it('who tracks time alone hears that a task is off their list, and nothing of it after that', async () => {
    const heard = await heardBy('tess', {}, async (project) => {
      const task = await aTask(server, project);
      await server.data('max', STATUS, { input: { taskId: task.id, status: 'CANCELLED' } });
      await server.data('max', UPDATE_TASK, { input: { taskId: task.id, description: 'As agreed' } });
    });
    expect(kindsOf(heard)).toEqual(['PROJECT_UPDATED']);
  });

  it('hears nothing of another client’s project, and Eve nothing of hers', async () => {
    const project = await aProject(server);
    const eve = await Listener.open(server, 'eve');
    await server.data('max', CREATE_TASK, { input: { projectId: project.id, title: 'Secret' } });
    const own = await aProject(server, {
      client: 'borealis',
      grants: { max: { managesProject: true, clientView: true }, eve: { clientView: true } },
    });
    await server.data('max', CREATE_TASK, { input: { projectId: own.id, title: 'Open' } });
    const [event] = await eve.first(1);
    expect(event.subject).toMatchObject({ title: 'Open' });
    await eve.close();
  });
});

describe('hours, as far as the project shows them', () => {
  const log =
    (more: object = {}) =>
    async (project: Project) => {
      await server.data('wim', LOG, { input: { projectId: project.id, ...HOUR, description: 'Texts', ...more } });
    };

  it('FREELANCE shows Clara the entry, with its amount and without its cost', async () => {
    const [event] = await heardBy('clara', { preset: 'FREELANCE', visibility: { financials: 'FULL' } }, log());
    expect(event).toMatchObject({
      kind: 'TIME_LOGGED',
      subject: {
        time: { seconds: 3600 },
        description: 'Texts',
        billableAmount: { amount: '100.00' },
        costAmount: null,
      },
    });
  });

  it('CONSULTANCY shows her totals by day: she hears that the project changed, and reads them anew', async () => {
    const [event] = await heardBy('clara', {}, log());
    expect(event).toMatchObject({
      kind: 'PROJECT_UPDATED',
      subject: { __typename: 'Project', totals: { billableTime: { seconds: 3600 }, internalCost: null } },
    });
    expect(event.actor).toMatchObject({ displayName: 'Wim Worker' });
  });

  it('with billable hours alone she hears nothing of an hour that is not, until it becomes billable', async () => {
    const facts: ProjectFacts = { visibility: { hours: 'BILLABLE' } };
    expect(await heardBy('clara', facts, log({ billable: false }))).toEqual([]);
    const heard = await heardBy('clara', facts, async (project) => {
      const entry = await aTimeEntry(server, project, { person: 'wim', billable: false });
      await server.data('max', UPDATE_ENTRY, { input: { timeEntryId: entry.id, billable: true } });
    });
    expect(kindsOf(heard)).toEqual(['PROJECT_UPDATED']);
  });

  it('without hours and amounts she hears nothing at all; Carl, who sees costs, nothing either where amounts are hidden', async () => {
    const facts: ProjectFacts = { preset: 'AGENCY' };
    expect(await heardBy('clara', facts, log())).toEqual([]);
    expect(await heardBy('carl', facts, log())).toEqual([]);
  });

  it('an hour that costs moves the costs that Carl sees, though it is not billable and hours are hidden', async () => {
    const facts: ProjectFacts = { visibility: { hours: 'HIDE' } };
    expect(await heardBy('clara', facts, log({ billable: false }))).toEqual([]);
    expect(kindsOf(await heardBy('carl', facts, log({ billable: false })))).toEqual(['PROJECT_UPDATED']);
  });

  it('a word corrected is no news to who sees totals alone; an hour taken back is', async () => {
    const correct = async (project: Project) => {
      const entry = await aTimeEntry(server, project, { person: 'wim' });
      await server.data('wim', UPDATE_ENTRY, { input: { timeEntryId: entry.id, description: 'Better texts' } });
      await server.data('wim', UPDATE_ENTRY, { input: { timeEntryId: entry.id, internalNote: 'For Max' } });
      return entry;
    };
    const takeBack = async (project: Project) => {
      const entry = await correct(project);
      await server.data('wim', DELETE_ENTRY, { input: { timeEntryId: entry.id } });
    };
    expect(kindsOf(await heardBy('clara', {}, takeBack))).toEqual(['PROJECT_UPDATED']);
    expect(kindsOf(await heardBy('max', {}, correct))).toEqual(['TIME_UPDATED', 'TIME_UPDATED']);
  });

  it('Tess hears that an hour of hers was taken back while she is on the project, and nothing once she is off it', async () => {
    const [mine, lost] = [await aProject(server, WITH_TESS), await aProject(server, WITH_TESS)];
    const entries = [
      await aTimeEntry(server, lost, { person: 'tess' }),
      await aTimeEntry(server, mine, { person: 'tess' }),
    ];
    const personId = server.cast.people.tess;
    await server.data('ada', REMOVE, { input: { projectId: lost.id, personId } });
    const tess = await Listener.open(server, 'tess', { kinds: ['PROJECT_UPDATED'] });
    for (const { id } of entries) await server.data('ada', DELETE_ENTRY, { input: { timeEntryId: id } });
    const [first] = await tess.first(1);
    expect(first.project).not.toBeNull();
    await tess.close();
  });

  it('released by invoices, they are told with the invoice and not before', async () => {
    const facts: ProjectFacts = { visibility: { timeRelease: 'INVOICED' } };
    const heard = await heardBy('clara', facts, async (project) => {
      await log()(project);
      const { draftInvoice } = await server.data('max', DRAFT, { input: { projectId: project.id } });
      const { id: invoiceId } = draftInvoice.invoice;
      await server.data('max', SEND, { input: { invoiceId } });
      await server.data('max', VOID, { input: { invoiceId } });
    });
    // Financials are open, invoices are not: what was invoiced changes twice, the hours come and go.
    expect(kindsOf(heard)).toEqual(['PROJECT_UPDATED', 'TIME_RELEASED', 'PROJECT_UPDATED', 'PROJECT_UPDATED']);
  });
});

describe('money', () => {
  it('a draft is told to those who bill alone; Clara hears when the invoice is sent and when it is paid', async () => {
    const bill = async (project: Project) => {
      await aTimeEntry(server, project, { person: 'wim', billRateMinor: 10_000n });
      const { draftInvoice } = await server.data('max', DRAFT, { input: { projectId: project.id } });
      const { id: invoiceId } = draftInvoice.invoice;
      await server.data('max', SEND, { input: { invoiceId } });
      await server.data('max', PAY, {
        input: { invoiceId, amount: '100.00', method: 'BANK_TRANSFER', receivedOn: '2026-03-16' },
      });
    };
    const heard = await heardBy('clara', { visibility: { invoices: 'FULL' } }, bill);
    expect(kindsOf(heard)).toEqual(['INVOICE_SENT', 'PAYMENT_RECEIVED', 'INVOICE_PAID']);
    expect(heard[2].subject).toMatchObject({ __typename: 'Invoice', invoiceStatus: 'PAID' });
    expect(kindsOf(await heardBy('max', {}, bill))).toEqual([
      'INVOICE_UPDATED',
      'INVOICE_SENT',
      'PAYMENT_RECEIVED',
      'INVOICE_PAID',
    ]);
  });
});

describe('a stream of some things alone', () => {
  it('is of the kinds and projects that were asked for, and of nobody else’s', async () => {
    const [one, other] = [await aProject(server, { name: 'One' }), await aProject(server, { name: 'Other' })];
    const clara = await Listener.open(server, 'clara', { projectIds: [one.id], kinds: ['TASK_UPDATED'] });
    await server.data('max', CREATE_TASK, { input: { projectId: other.id, title: 'Elsewhere' } });
    await server.data('max', UPDATE_PROJECT, { input: { projectId: one.id, description: 'New' } });
    await server.data('max', CREATE_TASK, { input: { projectId: one.id, title: 'Here' } });
    const [event] = await clara.first(1);
    expect(event.subject).toMatchObject({ title: 'Here' });
    await clara.close();
    const foreign = await Listener.open(server, 'eve', { projectIds: [one.id] });
    expect(await foreign.untilEnded()).toBe('complete');
    expect(foreign.told).toMatchObject([{ errors: [{ extensions: { code: 'NOT_FOUND', field: 'projectIds' } }] }]);
    const many = await Listener.open(server, 'clara', { projectIds: Array.from({ length: 101 }, () => one.id) });
    await many.untilEnded();
    expect(many.told).toMatchObject([
      { errors: [{ extensions: { code: 'BAD_USER_INPUT', field: 'projectIds', max: 100 } }] },
    ]);
  });
});
