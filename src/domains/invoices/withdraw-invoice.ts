import type { Context } from '../../context';
import type { Tx } from '../../platform/database';
import { expectTransition } from '../../platform/transitions';
import { expectVersion } from '../../platform/versioned';
import { Invoice } from './invoice.entity';
import { InvoiceStatus } from './invoice.enums';
import type { DeleteInvoiceInput, VoidInvoiceInput } from './invoice.inputs';
import { INVOICE_LIFE, refuseUnlessDraft } from './invoice.logic';
import { emitDraftGone, emitVoided } from './invoice-events';
import type { InvoiceLine } from './invoice-line.entity';
import { deleteDraft, releaseWork } from './invoice-work.repository';
import { loadInvoice } from './invoices.loaders';
import { lockInvoice, readLines } from './invoices.repository';

/** Throws a draft away: its work is on no invoice again. */
export async function deleteInvoice(context: Context, { invoiceId }: DeleteInvoiceInput): Promise<string> {
  await context.db.transaction(async (tx) => {
    const draft = await lockInvoice(tx, invoiceId);
    refuseUnlessDraft(draft, 'DELETED');
    await releaseAllWork(tx, invoiceId);
    await deleteDraft(tx, invoiceId);
    await emitDraftGone(tx, context, draft);
  });
  return invoiceId;
}

/** Withdraws an invoice of which nothing is paid: its work can be invoiced anew. Number and lines stay, as a document. */
export async function voidInvoice(
  context: Context,
  { invoiceId, expectedVersion }: VoidInvoiceInput,
): Promise<Invoice> {
  await context.db.transaction(async (tx) => {
    const invoice = await lockInvoice(tx, invoiceId);
    expectTransition(INVOICE_LIFE, invoice.status, InvoiceStatus.VOID);
    expectVersion(invoice.version, expectedVersion);
    const lines = await releaseAllWork(tx, invoiceId);
    const now = context.clock.now();
    const stamps = { voidedAt: now, updatedAt: now, version: invoice.version + 1 };
    await tx.update(Invoice, { id: invoiceId }, { status: InvoiceStatus.VOID, ...stamps });
    await emitVoided(tx, context, invoice, lines);
  });
  return (await loadInvoice(context, invoiceId))!;
}

async function releaseAllWork(tx: Tx, invoiceId: string): Promise<InvoiceLine[]> {
  const lines = await readLines(tx, [invoiceId]);
  await releaseWork(
    tx,
    lines.map((line) => line.id),
  );
  return lines;
}
