import { PASSWORD } from '../support/auth-builders';
import type { Column, MutationWorld } from './mutation-world';

/**
 * Who may change what, written by hand from the specification and from nothing else. `+` is done · `F` FORBIDDEN: the
 * thing is seen, the permission is missing · `0` NOT_FOUND: the thing itself is not seen · `U` UNAUTHENTICATED ·
 * `E` INVITATION_EMAIL_MISMATCH: signed in as somebody else than the one invited.
 */
export interface Row {
  mutation: string;
  /** What it is done to, where one mutation stands in several rows. */
  what: string;
  /** One letter for each of `COLUMNS`. */
  outcomes: string;
  /** The input that does it; made anew for each column. */
  input(world: MutationWorld, column: Column): Promise<object> | object;
}

type Input = Row['input'];

const SOMEBODY = { displayName: 'Olga', password: PASSWORD, workspaceName: 'Another' };
const RATE = { kind: 'BILL', amount: '100' };
const HOUR = { date: '2026-03-16', seconds: 3600 };

//                     NBTV CM$P RAO-
const anyone = '       ++++ ++++ ++++';
const signedIn = '     ++++ ++++ +++U';
const onlyAdmins = '   FFFF FFFF F++U';
const adminsOfHere = ' 0FFF FFFF F++U';
const bookkeepers = '  0FFF FFFF +++U';
const managers = '     0FFF FFF+ 0++U';
const billing = '      0FFF FF++ 0++U';
const shownPeople = '  000F FFFF 0++U';
const notManagers = '  0FFF FFFF 0++U';

export const ROWS: Row[] = [
  // oneself
  row('signIn', anyone, (w, c) => ({ email: w.emailOf(c), password: PASSWORD })),
  row('requestPasswordReset', anyone, (w) => ({ email: w.newEmail() })),
  row('resetPassword', anyone, async (w) => ({ token: await w.resetLink(), password: 'a new pass phrase' })),
  row('acceptInvitation', 'EEEE EEEE EEE+', async (w) => ({ token: (await w.invitation()).token, password: PASSWORD })),
  row('setUp', '0000 0000 0000', (w) => ({ ...SOMEBODY, token: 'x'.repeat(43), email: w.newEmail() })),
  row('signOut', signedIn, () => ({})),
  row('signOutEverywhere', signedIn, () => ({})),
  row('revokeSession', signedIn, async (w, c) => ({ sessionId: (await w.session(c)).id })),
  row('revokeSession of another', '0000 0000 000U', async (w, c) => ({
    sessionId: (await w.session(c === 'A' ? 'O' : 'A')).id,
  })),
  row('changePassword', signedIn, () => ({ currentPassword: PASSWORD, newPassword: PASSWORD })),
  row('updateProfile', signedIn, () => ({ locale: 'de' })),
  row('markNotificationRead', signedIn, async (w, c) => ({ notificationId: await w.notification(c) })),
  row('markNotificationRead of another', '0000 0000 000U', async (w) => ({ notificationId: await w.notification() })),
  row('updateNotificationPreferences', signedIn, (w) => ({ workspaceId: w.workspaceId, frequency: 'NONE' })),
  row('markAllNotificationsRead', signedIn, (w) => ({ workspaceId: w.workspaceId })),
  row('createWorkspace', signedIn, () => ({ name: 'A company of one’s own' })),

  // the workspace and its people
  row('updateWorkspace', onlyAdmins, (w) => ({ workspaceId: w.workspaceId, name: 'Fjord Studios' })),
  row('invitePerson', onlyAdmins, (w) => ({ ...newcomer(w), personType: 'EMPLOYEE', workspaceId: w.workspaceId })),
  row('updatePerson', shownPeople, async (w) => ({ personId: await w.colleague(), title: 'Lead' })),
  row('changeRole', shownPeople, async (w) => ({ personId: await w.colleague(), role: 'MANAGER' })),
  row('changePersonType', shownPeople, async (w) => ({ personId: await w.colleague(), personType: 'CONTRACTOR' })),
  row('deactivatePerson', shownPeople, async (w) => ({ personId: await w.colleague() })),
  row('reactivatePerson', '0000 000F 0++U', async (w) => ({ personId: await w.colleague({ status: 'DEACTIVATED' }) })),
  row('convertToClient', shownPeople, async (w) => ({
    personId: await w.colleague(),
    clientOrganisationId: w.acme,
    confirm: 'CONVERT',
  })),
  row('setRate', notManagers, (w) => ({ ...RATE, scope: 'PROJECT', projectId: w.project.id })),
  row('setRate of a person', shownPeople, async (w) => ({ ...RATE, scope: 'PERSON', personId: await w.colleague() })),
  row('removeRate', '0000 000F 0++U', async (w) => ({ rateId: await w.rate() })),

  // clients
  row('createClientOrganisation', 'FFFF FFFF +++U', (w) => ({ workspaceId: w.workspaceId, name: 'Zephyr' })),
  row('updateClientOrganisation', bookkeepers, (w) => ({ clientOrganisationId: w.acme, name: 'Acme Works' })),
  row('deactivateClientOrganisation', adminsOfHere, (w) => ({ clientOrganisationId: w.acme })),
  row('reactivateClientOrganisation', '0000 0000 F++U', async (w) => ({ clientOrganisationId: await w.inactive() })),
  row('createContact', bookkeepers, (w) => ({
    clientOrganisationId: w.acme,
    displayName: 'Nora',
    email: w.newEmail(),
  })),
  row('updateContact', '000F FFFF +++U', async (w) => ({ contactId: await w.contact(), jobRole: 'Buyer' })),
  row('removeContact', '000F FFFF +++U', async (w) => ({ contactId: await w.contact() })),

  // who is on a project
  row('inviteToProject', managers, (w) => ({ ...newcomer(w), personType: 'CLIENT', projectId: w.project.id })),
  row('updateProjectPermissions', managers, async (w) => ({ ...(await member(w)), permissions: { trackTime: false } })),
  row('removeFromProject', managers, member),
  row('suspendProjectAccess', managers, member),
  row('resumeProjectAccess', managers, async (w) => ({ projectId: w.project.id, personId: await w.suspended() })),
  row('updateInvitationPermissions', managers, async (w) => ({
    invitationId: (await w.invitation()).id,
    projectId: w.project.id,
    permissions: { trackTime: true },
  })),
  row('resendInvitation', '0000 000+ 0++U', async (w) => ({ invitationId: (await w.invitation()).id })),
  row('revokeInvitation', '0000 000+ 0++U', async (w) => ({ invitationId: (await w.invitation()).id })),

  // projects, tasks, time
  row('createProject', bookkeepers, (w) => ({ clientOrganisationId: w.acme, name: 'Next' })),
  row('updateProject', managers, (w) => ({ projectId: w.project.id, description: w.newEmail() })),
  row('changeProjectStatus', managers, (w) => ({ projectId: w.project.id, status: 'ON_HOLD' })),
  row('updateProjectVisibility', managers, (w) => ({ projectId: w.project.id, settings: { hours: 'HIDE' } })),
  row('setProjectBudget', managers, (w) => ({ projectId: w.project.id, basis: 'HOURS', hours: '40' })),
  row('setProjectBudget in costs', '0FFF FFFF 0++U', (w) => ({ projectId: w.project.id, basis: 'COST', amount: '40' })),
  row('createTask', managers, (w) => ({ projectId: w.project.id, title: 'Texts' })),
  row('updateTask', '00FF FFF+ 0++U', async (w) => ({ taskId: await w.task(), title: 'Texts' })),
  row('updateTask of one’s own', '0FFF F+++ 0++U', async (w, c) => ({ taskId: await w.task(c), title: 'Texts' })),
  row('updateTask of one’s own, into other hands', '0FFF FFF+ 0++U', async (w, c) => ({
    taskId: await w.task(c),
    assigneeId: null,
  })),
  row('changeTaskStatus', '00FF FFF+ 0++U', async (w) => ({ taskId: await w.task(), status: 'IN_PROGRESS' })),
  row('changeTaskStatus of one’s own', '0FFF F+++ 0++U', async (w, c) => ({
    taskId: await w.task(c),
    status: 'IN_PROGRESS',
  })),
  row('moveTask', '00FF FFF+ 0++U', async (w) => ({ taskId: await w.task() })),
  row('logTime', '0F+F F+++ 0++U', (w) => ({ ...HOUR, projectId: w.project.id })),
  row('logTime for another', managers, async (w) => ({ ...HOUR, ...(await member(w)) })),
  row('updateTimeEntry', '00+F F+++ 0++U', async (w, c) => ({ timeEntryId: await w.entry(c), seconds: 60 })),
  row('updateTimeEntry of another', '000F FFF+ 0++U', async (w) => ({ timeEntryId: await w.entry(), seconds: 60 })),
  row('deleteTimeEntry', '00+F F+++ 0++U', async (w, c) => ({ timeEntryId: await w.entry(c) })),
  row('deleteTimeEntry of another', '000F FFF+ 0++U', async (w) => ({ timeEntryId: await w.entry() })),
  row('startTimer', '0F+F F+++ 0++U', (w) => ({ projectId: w.project.id })),
  // It is one's own to the end: what is missing by now is said of the project.
  row('stopTimer', 'FF+F F+++ F++U', async (w, c) => ({ timerId: await w.timer(c) })),
  row('stopTimer of another', '0000 0000 000U', async (w) => ({ timerId: await w.timer() })),
  row('discardTimer', signedIn, async (w, c) => ({ timerId: await w.timer(c) })),
  row('discardTimer of another', '0000 0000 000U', async (w) => ({ timerId: await w.timer() })),

  // invoices
  row('draftInvoice', billing, (w) => ({
    projectId: w.project.id,
    lines: [{ description: 'Hosting', unitPrice: '5' }],
  })),
  row('updateInvoice', '0000 00++ 0++U', async (w) => ({ ...(await draft(w)), notes: 'Thank you' })),
  row('sendInvoice', '0000 00++ 0++U', draft),
  row('deleteInvoice', '0000 00++ 0++U', draft),
  row('voidInvoice', '000F F0++ 0++U', async (w) => ({ invoiceId: (await w.invoice()).id })),
  row('recordPayment', '000F F0++ 0++U', async (w) => ({
    invoiceId: (await w.invoice()).id,
    amount: '10',
    method: 'CASH',
  })),
  row('voidPayment', '000F F0++ 0++U', async (w) => ({ paymentId: await w.payment() })),
];

/** The first word names the mutation. */
function row(name: string, outcomes: string, input: Input): Row {
  return { mutation: name.split(' ')[0], what: name, outcomes: outcomes.replaceAll(' ', ''), input };
}

function newcomer(w: MutationWorld): object {
  return { name: 'Ivan Invited', email: w.newEmail() };
}

async function member(w: MutationWorld): Promise<object> {
  return { projectId: w.project.id, personId: await w.colleague() };
}

async function draft(w: MutationWorld): Promise<object> {
  return { invoiceId: (await w.invoice({ as: 'DRAFT' })).id };
}
