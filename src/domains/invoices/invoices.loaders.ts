import type { Context } from '../../context';
import { batched, batchedById, groupedBy, inOrderOf } from '../../platform/batch';
import { batchedPages } from '../../platform/paging';
import { type Financials, readFinancials } from './financials.repository';
import type { Invoice } from './invoice.entity';
import type { InvoiceLine } from './invoice-line.entity';
import {
  findInvoices,
  findLines,
  findPayments,
  type InvoiceList,
  listInvoicesOfProjects,
  readInvoiceIds,
  readLines,
  readPayments,
} from './invoices.repository';
import type { Payment } from './payment.entity';

/** Invoices that the viewer may see, by id. */
export const loadInvoice = batchedById<Context, Invoice>('Invoice', ({ db, access }, ids) =>
  findInvoices(db, access, ids),
);

/** Lines by id, of invoices that show the viewer what stands on them. */
export const loadInvoiceLine = batchedById<Context, InvoiceLine>('InvoiceLine', ({ db, access }, ids) =>
  findLines(db, access, ids),
);

/** Payments by id, of invoices that show the viewer what stands on them. */
export const loadPayment = batchedById<Context, Payment>('Payment', ({ db, access }, ids) =>
  findPayments(db, access, ids),
);

const loadInvoiceId = batched<Context, string, string | null>(async ({ db }, lineIds) =>
  inOrderOf(lineIds, await readInvoiceIds(db, lineIds), (line) => line.id).map((line) => line?.invoiceId ?? null),
);

/** The invoice that a line stands on, if the viewer may see it. */
export async function loadInvoiceOfLine(context: Context, lineId: string): Promise<Invoice | null> {
  const id = await loadInvoiceId(context, lineId);
  return id === null ? null : loadInvoice(context, id);
}

/** What stands on an invoice that the viewer was given. */
export const loadLines = batched<Context, string, InvoiceLine[]>(async ({ db }, invoiceIds) =>
  groupedBy(invoiceIds, await readLines(db, invoiceIds), (line) => line.invoiceId),
);

/** What was paid on an invoice that the viewer was given, first to last, withdrawn payments too. */
export const loadPayments = batched<Context, string, Payment[]>(async ({ db }, invoiceIds) =>
  groupedBy(invoiceIds, await readPayments(db, invoiceIds), (payment) => payment.invoiceId),
);

/** A project's invoices, a page of them. */
export const loadInvoicesOf = batchedPages<Context, InvoiceList, Invoice>(({ db, access }, projectIds, list) =>
  listInvoicesOfProjects(db, access, { projectIds, list }),
);

const NOTHING: Financials = { invoicedMinor: 0n, paidMinor: 0n };

/** What was invoiced and paid on a project, whoever asks. */
export const loadFinancials = batched<Context, string, Financials>(async ({ db }, projectIds) =>
  inOrderOf(projectIds, await readFinancials(db, projectIds), (row) => row.projectId).map((row) => row ?? NOTHING),
);
