import { type GraphQLInputObjectType, getNamedType, isInputObjectType } from 'graphql';
import { bareSchema } from '../../src/api/schema';
import type { CastName } from '../../src/demo/cast';
import { type IdKind, newId } from '../../src/platform/ids';
import { fingerprint } from '../support/fingerprint';
import { elsewhere, type ForeignIds } from './foreign-world';
import { MutationWorld } from './mutation-world';

let world: MutationWorld;
let foreign: ForeignIds;
beforeAll(async () => {
  world = await MutationWorld.build();
  foreign = await elsewhere(world.server);
}, 120_000);
afterAll(() => world.server.close());

type Inputs = (id: string) => Promise<object> | object;

/** Each place where an input takes an id: what kind, and the rest of an input that would be carried out. */
const MUTATIONS: [place: string, kind: IdKind, input: Inputs][] = [
  ['ChangePersonTypeInput.personId', 'Person', (personId) => ({ personId, personType: 'CONTRACTOR' })],
  ['ChangeProjectStatusInput.projectId', 'Project', (projectId) => ({ projectId, status: 'COMPLETED' })],
  ['ChangeRoleInput.personId', 'Person', (personId) => ({ personId, role: 'MANAGER' })],
  ['ChangeTaskStatusInput.taskId', 'Task', (taskId) => ({ taskId, status: 'IN_PROGRESS' })],
  [
    'ConvertToClientInput.personId',
    'Person',
    (personId) => ({ ...CONVERT, personId, clientOrganisationId: world.acme }),
  ],
  [
    'ConvertToClientInput.clientOrganisationId',
    'ClientOrganisation',
    async (clientOrganisationId) => ({
      ...CONVERT,
      personId: await world.colleague(),
      clientOrganisationId,
    }),
  ],
  ['CreateClientOrganisationInput.workspaceId', 'Workspace', (workspaceId) => ({ workspaceId, name: 'Zephyr' })],
  ['CreateContactInput.clientOrganisationId', 'ClientOrganisation', (id) => ({ ...CONTACT, clientOrganisationId: id })],
  [
    'CreateProjectInput.clientOrganisationId',
    'ClientOrganisation',
    (id) => ({ name: 'Next', clientOrganisationId: id }),
  ],
  ['CreateTaskInput.projectId', 'Project', (projectId) => ({ projectId, title: 'Texts' })],
  ['CreateTaskInput.assigneeId', 'Person', (assigneeId) => ({ ...here(), title: 'Texts', assigneeId })],
  [
    'DeactivateClientOrganisationInput.clientOrganisationId',
    'ClientOrganisation',
    (id) => ({ clientOrganisationId: id }),
  ],
  ['DeactivatePersonInput.personId', 'Person', (personId) => ({ personId })],
  ['DeleteInvoiceInput.invoiceId', 'Invoice', (invoiceId) => ({ invoiceId })],
  ['DeleteTimeEntryInput.timeEntryId', 'TimeEntry', (timeEntryId) => ({ timeEntryId })],
  ['DiscardTimerInput.timerId', 'Timer', (timerId) => ({ timerId })],
  ['DraftInvoiceInput.projectId', 'Project', (projectId) => ({ projectId })],
  ['InvitePersonInput.workspaceId', 'Workspace', (workspaceId) => ({ ...GUEST, personType: 'EMPLOYEE', workspaceId })],
  [
    'InvitePersonInput.clientOrganisationId',
    'ClientOrganisation',
    (clientOrganisationId) => ({
      ...GUEST,
      workspaceId: world.workspaceId,
      clientOrganisationId,
    }),
  ],
  ['InviteToProjectInput.projectId', 'Project', (projectId) => ({ ...GUEST, projectId })],
  [
    'InvoiceLineChangeInput.lineId',
    'InvoiceLine',
    async (lineId) => ({
      invoiceId: (await world.invoice({ as: 'DRAFT' })).id,
      updateLines: [{ lineId, description: 'Mine' }],
    }),
  ],
  ['LogTimeInput.projectId', 'Project', (projectId) => ({ ...HOUR, projectId })],
  ['LogTimeInput.taskId', 'Task', (taskId) => ({ ...HOUR, ...here(), taskId })],
  ['LogTimeInput.personId', 'Person', (personId) => ({ ...HOUR, ...here(), personId })],
  ['MarkAllNotificationsReadInput.workspaceId', 'Workspace', (workspaceId) => ({ workspaceId })],
  ['MarkNotificationReadInput.notificationId', 'Notification', (notificationId) => ({ notificationId })],
  ['MoveTaskInput.taskId', 'Task', (taskId) => ({ taskId })],
  ['MoveTaskInput.afterTaskId', 'Task', async (afterTaskId) => ({ taskId: await world.task(), afterTaskId })],
  [
    'ReactivateClientOrganisationInput.clientOrganisationId',
    'ClientOrganisation',
    (id) => ({ clientOrganisationId: id }),
  ],
  ['ReactivatePersonInput.personId', 'Person', (personId) => ({ personId })],
  ['RecordPaymentInput.invoiceId', 'Invoice', (invoiceId) => ({ invoiceId, amount: '1', method: 'CASH' })],
  ['RemoveContactInput.contactId', 'Contact', (contactId) => ({ contactId })],
  ['RemoveRateInput.rateId', 'Rate', (rateId) => ({ rateId })],
  ...(['RemoveFromProjectInput', 'SuspendProjectAccessInput', 'ResumeProjectAccessInput'] as const).flatMap(
    (type): typeof MUTATIONS => [
      [`${type}.projectId`, 'Project', async (projectId) => ({ projectId, personId: await world.colleague() })],
      [`${type}.personId`, 'Person', (personId) => ({ ...here(), personId })],
    ],
  ),
  ['ResendInvitationInput.invitationId', 'Invitation', (invitationId) => ({ invitationId })],
  ['RevokeInvitationInput.invitationId', 'Invitation', (invitationId) => ({ invitationId })],
  [
    'RevokeInvitationInput.projectId',
    'Project',
    async (id) => ({ invitationId: (await world.invitation()).id, projectId: id }),
  ],
  ['RevokeSessionInput.sessionId', 'Session', (sessionId) => ({ sessionId })],
  ['SendInvoiceInput.invoiceId', 'Invoice', (invoiceId) => ({ invoiceId })],
  ['SetProjectBudgetInput.projectId', 'Project', (projectId) => ({ projectId, basis: 'NONE' })],
  ['SetRateInput.projectId', 'Project', (projectId) => ({ ...PRICE, scope: 'PROJECT', projectId })],
  ['SetRateInput.personId', 'Person', (personId) => ({ ...PRICE, ...here(), scope: 'PROJECT_PERSON', personId })],
  ['SetRateInput.taskId', 'Task', (taskId) => ({ ...PRICE, scope: 'TASK', taskId })],
  [
    'SetRateInput.clientOrganisationId',
    'ClientOrganisation',
    (id) => ({ ...PRICE, scope: 'CLIENT', clientOrganisationId: id }),
  ],
  ['StartTimerInput.projectId', 'Project', (projectId) => ({ projectId })],
  ['StartTimerInput.taskId', 'Task', (taskId) => ({ ...here(), taskId })],
  ['StopTimerInput.timerId', 'Timer', (timerId) => ({ timerId })],
  ['StopTimerInput.taskId', 'Task', async (taskId) => ({ timerId: await world.timer('A'), taskId })],
  [
    'UpdateClientOrganisationInput.clientOrganisationId',
    'ClientOrganisation',
    (id) => ({ clientOrganisationId: id, name: 'Mine' }),
  ],
  ['UpdateContactInput.contactId', 'Contact', (contactId) => ({ contactId, displayName: 'Mine' })],
  ['UpdateInvitationPermissionsInput.invitationId', 'Invitation', (id) => ({ ...here(), ...LESS, invitationId: id })],
  [
    'UpdateInvitationPermissionsInput.projectId',
    'Project',
    async (id) => ({
      ...LESS,
      invitationId: (await world.invitation()).id,
      projectId: id,
    }),
  ],
  ['UpdateInvoiceInput.invoiceId', 'Invoice', (invoiceId) => ({ invoiceId, notes: 'Mine' })],
  [
    'UpdateInvoiceInput.removeLineIds',
    'InvoiceLine',
    async (id) => ({
      invoiceId: (await world.invoice({ as: 'DRAFT' })).id,
      removeLineIds: [id],
    }),
  ],
  [
    'UpdateNotificationPreferencesInput.workspaceId',
    'Workspace',
    (workspaceId) => ({ workspaceId, frequency: 'NONE' }),
  ],
  ['UpdatePersonInput.personId', 'Person', (personId) => ({ personId, title: 'Mine' })],
  ['UpdateProjectInput.projectId', 'Project', (projectId) => ({ projectId, name: 'Mine' })],
  [
    'UpdateProjectPermissionsInput.projectId',
    'Project',
    async (id) => ({ ...LESS, personId: await world.colleague(), projectId: id }),
  ],
  ['UpdateProjectPermissionsInput.personId', 'Person', (personId) => ({ ...here(), ...LESS, personId })],
  ['UpdateProjectVisibilityInput.projectId', 'Project', (projectId) => ({ projectId, preset: 'FREELANCE' })],
  ['UpdateTaskInput.taskId', 'Task', (taskId) => ({ taskId, title: 'Mine' })],
  ['UpdateTaskInput.assigneeId', 'Person', async (assigneeId) => ({ taskId: await world.task(), assigneeId })],
  ['UpdateTimeEntryInput.timeEntryId', 'TimeEntry', (timeEntryId) => ({ timeEntryId, seconds: 60 })],
  ['UpdateTimeEntryInput.projectId', 'Project', async (projectId) => ({ timeEntryId: await world.entry(), projectId })],
  ['UpdateTimeEntryInput.taskId', 'Task', async (taskId) => ({ timeEntryId: await world.entry(), taskId })],
  ['UpdateTimeEntryInput.personId', 'Person', async (personId) => ({ timeEntryId: await world.entry(), personId })],
  ['UpdateWorkspaceInput.workspaceId', 'Workspace', (workspaceId) => ({ workspaceId, name: 'Mine' })],
  ['VoidInvoiceInput.invoiceId', 'Invoice', (invoiceId) => ({ invoiceId })],
  ['VoidPaymentInput.paymentId', 'Payment', (paymentId) => ({ paymentId })],
];

const CONVERT = { confirm: 'CONVERT' };
const CONTACT = { displayName: 'Nora', email: 'nora@example.com' };
const GUEST = { name: 'Ivan', email: 'ivan.x@example.com', personType: 'CLIENT' };
const HOUR = { date: '2026-03-16', seconds: 3600 };
const PRICE = { kind: 'BILL', amount: '100' };
const LESS = { permissions: { trackTime: false } };
const here = () => ({ projectId: world.project.id });

const schema = bareSchema();
const inputs = Object.values(schema.getTypeMap()).filter(isInputObjectType);
const takesIds = ({ name, getFields }: GraphQLInputObjectType) =>
  Object.values(getFields.call(schema.getType(name)))
    .filter((field) => getNamedType(field.type).name === 'ID')
    .map((field) => `${name}.${field.name}`);

it('every place of a mutation that takes an id stands in the table', () => {
  const ofMutations = inputs.filter((type) => !type.name.endsWith('Filter')).flatMap(takesIds);
  expect(MUTATIONS.map(([place]) => place).sort()).toEqual(ofMutations.sort());
});

describe('Ada, who may do everything at home, names a thing of a workspace where she is nobody: NOT_FOUND, and nothing changes', () => {
  it.each(MUTATIONS)('%s', async (place, kind, input) => {
    const mine = await input(foreign[kind as keyof ForeignIds]);
    const unknown = await refusalOf('ada', place, await input(newId(kind)));
    expect(unknown).toMatchObject({ extensions: { code: 'NOT_FOUND' } });
    const before = await fingerprint(world.server);
    expect(await refusalOf('ada', place, mine)).toEqual(unknown);
    for (const id of ['', 'x', '\u0000', newId(kind === 'Task' ? 'Project' : 'Task')]) {
      expect({ id, refusal: await refusalOf('ada', place, await input(id)) }).toEqual({ id, refusal: unknown });
    }
    if (!BUILDS.test(input.toString())) expect(await fingerprint(world.server)).toEqual(before);
  });
});

/** Inputs that make something of their own first; what they name is untouched all the same, see the next test. */
const BUILDS = /await world/;

async function refusalOf(who: CastName, place: string, input: object) {
  const type = MUTATION_OF[place.split('.')[0]] ?? place.split('.')[0];
  const name = type[0].toLowerCase() + type.slice(1, -'Input'.length);
  const answer = await world.server.ask(who, `mutation ($input: ${type}!) { ${name}(input: $input) { __typename } }`, {
    input,
  });
  return answer.errors?.[0] ?? answer.data;
}

const MUTATION_OF: Record<string, string> = { InvoiceLineChangeInput: 'UpdateInvoiceInput' };
