import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { type DocumentNode, getOperationAST, print } from 'graphql';
import type { Project } from '../../src/domains/projects/project.entity';
import { BudgetBasis } from '../../src/domains/projects/project.enums';
import * as documents from '../generated/graphql';
import { PASSWORD, withPasswords } from '../support/auth-builders';
import { aProject } from '../support/builders';
import { linkTo } from '../support/invitations-builders';
import { OPERATIONS } from '../support/operations';
import { TestServer } from '../support/server';
import { aRate, aTask } from '../support/time-builders';
import { typed } from '../support/typed';

/**
 * A project from its first invitation to its last payment, by the operations that front ends use, with the documents and
 * types that they generate: what does not fit the types does not compile, what does not fit the server fails.
 */
let server: TestServer;
let project: Project;
let invoiceId: string;
let clara: { token: string };

beforeAll(async () => {
  server = await TestServer.start();
  await withPasswords(server, 'clara');
  const budget = { budgetBasis: BudgetBasis.HOURS as const, budgetSeconds: 36_000n, costBudgetMinor: 100_000n };
  project = await aProject(server, { preset: 'CONSULTANCY', ...budget });
  await aRate(server, { client: 'acme', perHour: 9000 });
  await aRate(server, { person: 'wim', kind: 'COST', perHour: 3000 });
});
afterAll(() => server.close());

const asked = new Map<string, DocumentNode>();
function ask<Result, Variables extends Record<string, unknown>>(
  who: Parameters<TestServer['data']>[0],
  document: TypedDocumentNode<Result, Variables>,
  variables: Variables,
): Promise<Result> {
  asked.set(getOperationAST(document)!.name!.value, document);
  return typed(server, who, document, variables);
}

const eur = (amount: string) => ({ amount, currencyCode: 'EUR' });

describe('with generated documents', () => {
  it('Clara signs in and reads who she is', async () => {
    const input = { email: 'clara@demo.test', password: PASSWORD };
    const { signIn } = await ask(null, documents.SignInDocument, { input });
    clara = { token: signIn.token };
    expect(signIn.viewer).toMatchObject({ displayName: 'Clara Client', memberships: [{ role: 'MEMBER' }] });
    const { viewer } = await ask(clara, documents.ViewerDocument, {});
    expect(viewer).toMatchObject({ id: signIn.viewer.id, email: 'clara@demo.test' });
    expect(viewer.memberships).toMatchObject([{ personType: 'CLIENT', workspace: { name: 'Fjord Studio' } }]);
  });

  it('Max opens entries and invoices to the client', async () => {
    const settings = { timeEntries: 'DETAILED', billRates: 'SHOW', invoices: 'FULL' } as const;
    const input = { projectId: project.id, settings };
    const { updateProjectVisibility } = await ask('max', documents.UpdateProjectVisibilityDocument, { input });
    const { visibility } = updateProjectVisibility.project;
    expect(visibility).toMatchObject({ preset: 'CONSULTANCY', settings });
    expect([...visibility!.overridden].sort()).toEqual(Object.keys(settings).sort());
  });

  it('Max invites Ivan, who comes by his link, and lets him track time', async () => {
    const email = 'ivan@acme.test';
    const input = { projectId: project.id, email, name: 'Ivan', personType: 'CLIENT' } as const;
    const { inviteToProject } = await ask('max', documents.InviteToProjectDocument, { input });
    expect(inviteToProject).toMatchObject({ outcome: 'INVITED', warnings: [], invitation: { email } });
    const link = { token: await linkTo(server, email), password: PASSWORD };
    const { acceptInvitation } = await ask(null, documents.AcceptInvitationDocument, { input: link });
    expect(acceptInvitation).toMatchObject({ workspace: { name: 'Fjord Studio' }, skipped: [] });

    const ivan = { token: acceptInvitation.token! };
    const { projects } = await ask(ivan, documents.DashboardDocument, {});
    expect(projects.nodes.map(({ myAccess }) => myAccess?.permissions.trackTime)).toEqual([false]);
    const { members } = (await server.data('max', MEMBERS, { id: project.id })).project;
    const { person } = members.nodes.find(({ name }: { name: string }) => name === 'Ivan');
    const grant = { projectId: project.id, personId: person.id, permissions: { trackTime: true } };
    const { updateProjectPermissions } = await ask('max', documents.UpdateProjectPermissionsDocument, { input: grant });
    const permissions = { trackTime: true, clientView: true, internalCosts: false, managesProject: false };
    expect(updateProjectPermissions).toMatchObject({ implied: [], member: { permissions } });
  });

  it('Wim logs two hours on his task, and Clara finds them on the page and among the entries', async () => {
    const task = await aTask(server, project, { title: 'Home page', assignee: 'wim' });
    const input = { projectId: project.id, taskId: task.id, date: '2026-03-10', seconds: 7200 };
    const { timeEntry } = (await ask('wim', documents.LogTimeDocument, { input })).logTime;
    expect(timeEntry).toMatchObject({ date: '2026-03-10', time: { seconds: 7200 }, task: { title: 'Home page' } });

    const { project: page } = await ask(clara, documents.ProjectPageDocument, { id: project.id });
    expect(page?.tasks?.nodes).toMatchObject([{ title: 'Home page', status: 'OPEN', trackedTime: { hours: 2 } }]);
    expect(page?.totals).toMatchObject({ totalTime: { hours: 2 }, billableAmount: eur('180.00') });
    const entries = await ask(clara, documents.TimeEntriesDocument, { projectId: project.id, first: 5 });
    expect(entries.project?.timeEntries).toMatchObject({
      totalCount: 1,
      pageInfo: { hasNextPage: false },
      nodes: [{ id: timeEntry.id, time: { hours: 2 }, billRate: eur('90.00'), invoiced: false }],
    });
  });

  it('Max drafts and sends the invoice, and records what is paid', async () => {
    const { draftInvoice } = await ask('max', documents.DraftInvoiceDocument, { input: { projectId: project.id } });
    expect(draftInvoice.invoice).toMatchObject({ status: 'DRAFT', total: eur('180.00') });
    invoiceId = draftInvoice.invoice.id;
    const { sendInvoice } = await ask('max', documents.SendInvoiceDocument, { input: { invoiceId } });
    expect(sendInvoice.invoice).toMatchObject({ id: invoiceId, number: expect.any(String), status: 'SENT' });
    const input = { invoiceId, amount: '80', method: 'BANK_TRANSFER' } as const;
    const { recordPayment } = await ask('max', documents.RecordPaymentDocument, { input });
    expect(recordPayment.invoice).toMatchObject({ status: 'PARTIALLY_PAID', balance: eur('100.00') });
  });

  it('Clara finds the invoice in her list, and opens it', async () => {
    const { invoices } = await ask(clara, documents.InvoicesDocument, { filter: { status: 'UNPAID' } });
    expect(invoices).toMatchObject({ totalCount: 1, nodes: [{ id: invoiceId, balance: eur('100.00') }] });
    const { invoice } = await ask(clara, documents.InvoicePageDocument, { id: invoiceId });
    expect(invoice).toMatchObject({ status: 'PARTIALLY_PAID', total: eur('180.00'), balance: eur('100.00') });
    expect(invoice?.lines?.map(({ amount }) => amount)).toEqual([eur('180.00')]);
    expect(invoice?.payments).toMatchObject([{ amount: eur('80.00'), status: 'SUCCEEDED' }]);
  });

  it('Ada reads what the project costs and brings; Clara is told nothing of costs by the same question', async () => {
    const { project: money } = await ask('ada', documents.ProjectMoneyDocument, { id: project.id });
    expect(money).toMatchObject({
      totals: { internalCost: eur('60.00'), margin: eur('120.00') },
      budget: { basis: 'HOURS', used: { money: null, time: { hours: 2 } }, usedPercent: 20 },
      costBudget: { total: eur('1000.00'), usedPercent: 6 },
      financials: { invoicedTotal: eur('180.00'), paidTotal: eur('80.00'), balance: eur('100.00') },
    });
    const seen = (await ask(clara, documents.ProjectMoneyDocument, { id: project.id })).project;
    expect(seen?.totals).toEqual({ internalCost: null, margin: null, marginPercent: null });
    expect(seen?.costBudget).toBeNull();
  });

  it('nothing that is committed is left unasked, or differs from what was generated', () => {
    expect([...asked.keys()].sort()).toEqual([...OPERATIONS.keys()].sort());
    for (const [name, document] of asked) expect(partsOf(document)).toEqual(partsOf(OPERATIONS.get(name)!));
  });
});

const partsOf = ({ definitions }: DocumentNode): string[] => definitions.map((part) => print(part)).sort();

const MEMBERS = 'query ($id: ID!) { project(id: $id) { members(first: 50) { nodes { name person { id } } } } }';
