import { Invoice } from '../../src/domains/invoices/invoice.entity';
import { InvoiceStatus, PaymentMethod, PaymentStatus } from '../../src/domains/invoices/invoice.enums';
import { addUp, statusOncePaid, taxOn } from '../../src/domains/invoices/invoice.logic';
import { InvoiceLine } from '../../src/domains/invoices/invoice-line.entity';
import { Payment } from '../../src/domains/invoices/payment.entity';
import type { Project } from '../../src/domains/projects/project.entity';
import { newId } from '../../src/platform/ids';
import { mutationOf } from './mutation';
import type { TestServer } from './server';

export interface InvoiceFacts extends Partial<Omit<Invoice, 'status'>> {
  /** Of an issued one; its status follows from what is paid. */
  as?: 'DRAFT' | 'ISSUED' | 'VOID';
  /** Net amounts of its lines in minor units. */
  net?: bigint[];
  taxBp?: number;
  /** Payments in minor units. */
  paid?: bigint[];
}

/** An invoice over 100.00 with one line, issued on 1 March and due on the 31st, with nothing paid. */
export async function anInvoice(server: TestServer, project: Project, facts: InvoiceFacts = {}): Promise<Invoice> {
  const { as = 'ISSUED', net = [10_000n], taxBp = 0, paid = [], ...columns } = facts;
  const now = server.clock.now();
  const id = newId('Invoice');
  const stamps = { createdAt: now, updatedAt: now };
  const lines = net.map((amountMinor, i) => lineOf({ id, project, position: i + 1, amountMinor, taxBp }));
  const paidMinor = paid.reduce((sum, amount) => sum + amount, 0n);
  const amounts = addUp(lines);
  const issued = as !== 'DRAFT';
  const invoice = {
    id,
    workspaceId: project.workspaceId,
    projectId: project.id,
    clientOrganisationId: project.clientOrganisationId,
    number: issued ? `2026-${++numbers}` : null,
    status: as === 'ISSUED' ? statusOncePaid(amounts.totalMinor, paidMinor) : InvoiceStatus[as],
    issueDate: issued ? '2026-03-01' : null,
    dueDate: issued ? '2026-03-31' : null,
    dueInDays: 30,
    currency: project.currency,
    notes: null,
    internalNotes: null,
    ...amounts,
    paidMinor,
    sentAt: issued ? now : null,
    voidedAt: as === 'VOID' ? now : null,
    overdueToldAt: null,
    version: 1,
    ...stamps,
    ...columns,
  };
  await server.database.transaction(async (tx) => {
    await tx.insert(Invoice, invoice);
    await tx.insert(InvoiceLine, lines);
    await tx.insert(
      Payment,
      paid.map((amountMinor) => ({ ...paymentOf(server, project, { id, amountMinor }), ...stamps })),
    );
  });
  return { ...invoice, timezone: 'Europe/Oslo' };
}

let numbers = 100;

interface LineFacts {
  id: string;
  project: Project;
  position: number;
  amountMinor: bigint;
  taxBp: number;
}

const lineOf = ({ id, project, position, amountMinor, taxBp }: LineFacts) => ({
  id: newId('InvoiceLine'),
  workspaceId: project.workspaceId,
  invoiceId: id,
  position,
  description: `Line ${position}`,
  fromTime: false,
  taskId: null,
  unitMinor: amountMinor,
  quantityMilli: 1000n,
  amountMinor,
  taxBp,
  taxMinor: taxOn(amountMinor, taxBp),
});

const paymentOf = (server: TestServer, project: Project, { id, amountMinor }: { id: string; amountMinor: bigint }) => ({
  id: newId('Payment'),
  workspaceId: project.workspaceId,
  projectId: project.id,
  invoiceId: id,
  amountMinor,
  status: PaymentStatus.SUCCEEDED,
  method: PaymentMethod.BANK_TRANSFER,
  maskedInstrument: '•••• 4242',
  reference: 'Bank statement 7',
  receivedOn: '2026-03-05',
  recordedById: server.cast.people.ada,
  voidedAt: null,
});

/** Everything that can be read of an invoice. */
const INVOICE_FIELDS = `id number status isOverdue issueDate dueDate dueInDays currency version notes internalNotes
  total { amount } balance { amount } subtotal { amount } tax { amount }
  lines { id description quantity unitPrice { amount } amount { amount } taxPercent tax { amount } fromTime timeEntries { totalCount } }
  payments { id amount { amount currencyCode } status method receivedOn maskedInstrument reference }`;

export const DRAFT = mutationOf('draftInvoice', `invoice { ${INVOICE_FIELDS} }`);
export const UPDATE = mutationOf('updateInvoice', `invoice { ${INVOICE_FIELDS} }`);
export const SEND = mutationOf('sendInvoice', `invoice { ${INVOICE_FIELDS} }`);
export const VOID = mutationOf('voidInvoice', `invoice { ${INVOICE_FIELDS} }`);
export const DELETE = mutationOf('deleteInvoice', 'deletedInvoiceId');
export const PAY = mutationOf('recordPayment', `payment { id } invoice { ${INVOICE_FIELDS} }`);
export const UNPAY = mutationOf('voidPayment', `payment { id status } invoice { ${INVOICE_FIELDS} }`);
export const INVOICE = `query ($id: ID!) { invoice(id: $id) { ${INVOICE_FIELDS} } }`;

/** Drafts as Max does. */
export async function draftOf(server: TestServer, project: Project, input: object = {}) {
  return (await server.data('max', DRAFT, { input: { projectId: project.id, ...input } })).draftInvoice.invoice;
}

/** Sends as Max does. */
export async function sentOf(server: TestServer, project: Project, input: object = {}) {
  const { id: invoiceId } = await draftOf(server, project, input);
  return (await server.data('max', SEND, { input: { invoiceId } })).sendInvoice.invoice;
}

/** Where each entry of a project stands, by its description. */
export async function invoiceStates(server: TestServer, project: Project): Promise<Record<string, string>> {
  const rows = await server.database.rows<{ description: string; invoiceState: string }>(
    'select description, invoice_state from time_entry where project_id = $1 order by description',
    [project.id],
  );
  return Object.fromEntries(rows.map((row) => [row.description, row.invoiceState]));
}
