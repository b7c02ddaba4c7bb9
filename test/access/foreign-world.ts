import type { IdKind } from '../../src/platform/ids';
import { aNotification } from '../support/notices';
import type { TestServer } from '../support/server';

/** An id of each kind of thing that has one in the API. */
export type ForeignIds = Record<Exclude<IdKind, 'User' | 'ProjectGrant' | 'Mail' | 'Event'>, string>;

/**
 * Eve opens a workspace of her own (F-014) and works in it: there is one of everything, and nobody of Fjord Studio,
 * not even its owner, sees any of it.
 */
export async function elsewhere(server: TestServer): Promise<ForeignIds> {
  const as = async (mutation: string, input: object, fields: string) =>
    (
      await server.data(
        'eve',
        `mutation ($input: ${capital(mutation)}Input!) { ${mutation}(input: $input) { ${fields} } }`,
        { input },
      )
    )[mutation];
  const { workspace } = await as('createWorkspace', { name: 'Elsewhere Ltd' }, 'workspace { id }');
  const { clientOrganisation } = await as(
    'createClientOrganisation',
    { workspaceId: workspace.id, name: 'Umbra' },
    'clientOrganisation { id }',
  );
  const contact = { clientOrganisationId: clientOrganisation.id, displayName: 'Una', email: 'una@umbra.test' };
  const { contact: una } = await as('createContact', contact, 'contact { id }');
  const { project } = await as(
    'createProject',
    { clientOrganisationId: clientOrganisation.id, name: 'Penumbra', code: 'HUSH' },
    'project { id }',
  );
  const projectId = project.id;
  await as('changeProjectStatus', { projectId, status: 'ACTIVE' }, 'project { id }');
  const { task } = await as('createTask', { projectId, title: 'Whisper' }, 'task { id }');
  const price = { scope: 'PROJECT', kind: 'BILL', projectId, amount: '100', validFrom: '2026-01-01' };
  const { rate } = await as('setRate', price, 'rate { id }');
  const { timeEntry } = await as(
    'logTime',
    { projectId, taskId: task.id, date: '2026-03-10', seconds: 3600 },
    'timeEntry { id person { id } }',
  );
  const drafted = await as('draftInvoice', { projectId }, 'invoice { id lines { id } }');
  const invoiceId = drafted.invoice.id;
  await as('sendInvoice', { invoiceId }, 'invoice { id }');
  const { payment } = await as('recordPayment', { invoiceId, amount: '10', method: 'CASH' }, 'payment { id }');
  const guest = { projectId, name: 'Umar', email: 'umar@umbra.test', personType: 'EMPLOYEE' };
  const { invitation, member } = await as('inviteToProject', guest, 'invitation { id } member { id }');
  const told = await server.data('eve', 'query ($id: ID!) { project(id: $id) { activity { nodes { id } } } }', {
    id: projectId,
  });
  const { timer } = await as('startTimer', { projectId }, 'timer { id }');
  const own = { personId: timeEntry.person.id };
  const notification = await aNotification(server, { id: projectId, workspaceId: workspace.id }, own);
  return {
    Workspace: workspace.id,
    ClientOrganisation: clientOrganisation.id,
    Contact: una.id,
    Project: projectId,
    Task: task.id,
    Rate: rate.id,
    TimeEntry: timeEntry.id,
    Timer: timer.id,
    ActivityEvent: told.project.activity.nodes[0].id,
    Notification: notification,
    Person: timeEntry.person.id,
    Invoice: invoiceId,
    InvoiceLine: drafted.invoice.lines[0].id,
    Payment: payment.id,
    Invitation: invitation.id,
    ProjectMember: member.id,
    Session: server.cast.id('Session', 'eve'),
  };
}

const capital = (name: string): string => name[0].toUpperCase() + name.slice(1);
