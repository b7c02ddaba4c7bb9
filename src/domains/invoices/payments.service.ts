import type { Context } from '../../context';
import { today } from '../../platform/clock';
import type { Tx } from '../../platform/database';
import { newId } from '../../platform/ids';
import { invalidTransition } from '../../platform/transitions';
import { Invoice } from './invoice.entity';
import { InvoiceStatus, PaymentStatus } from './invoice.enums';
import { statusOncePaid } from './invoice.logic';
import { emitPayment } from './invoice-events';
import { loadInvoice, loadPayment } from './invoices.loaders';
import { lockInvoice, lockPayment } from './invoices.repository';
import { Payment } from './payment.entity';
import type { RecordPaymentInput, VoidPaymentInput } from './payment.inputs';
import { decidePayment } from './payment.logic';

/** A payment and the invoice that it moved, as the caller sees them. */
interface PaidInvoice {
  payment: Payment;
  invoice: Invoice;
}

/** Records money received. Payments of one invoice wait for each other: together they never exceed its total. */
export async function recordPayment(context: Context, input: RecordPaymentInput): Promise<PaidInvoice> {
  const { clock, access } = context;
  const id = await context.db.transaction(async (tx) => {
    const invoice = await lockInvoice(tx, input.invoiceId);
    const { workspaceId, projectId } = invoice;
    const payment = {
      id: newId('Payment'),
      workspaceId,
      projectId,
      invoiceId: invoice.id,
      ...decidePayment(invoice, input, today(clock, invoice.timezone)),
      status: PaymentStatus.SUCCEEDED,
      recordedById: access.require('billing', invoice).personId,
      voidedAt: null,
      createdAt: clock.now(),
      updatedAt: clock.now(),
    };
    await tx.insert(Payment, payment);
    const status = await writePaid(tx, {
      invoice,
      paidMinor: invoice.paidMinor + payment.amountMinor,
      now: clock.now(),
    });
    const isPaid = status === InvoiceStatus.PAID;
    await emitPayment(tx, context, 'payment.received', { ...invoice, isPaid });
    return payment.id;
  });
  return asSeen(context, id);
}

/** Withdraws a payment that was recorded by mistake; the invoice stands as if it had not been. */
export async function voidPayment(context: Context, { paymentId }: VoidPaymentInput): Promise<PaidInvoice> {
  const now = context.clock.now();
  await context.db.transaction(async (tx) => {
    const { invoice, payment } = await lockPayment(tx, paymentId);
    if (payment.status !== PaymentStatus.SUCCEEDED) {
      throw invalidTransition({ from: payment.status, to: PaymentStatus.CANCELLED, allowed: [] });
    }
    await tx.update(Payment, { id: paymentId }, { status: PaymentStatus.CANCELLED, voidedAt: now, updatedAt: now });
    await writePaid(tx, { invoice, paidMinor: invoice.paidMinor - payment.amountMinor, now });
    await emitPayment(tx, context, 'payment.withdrawn', { ...invoice, isPaid: false });
  });
  return asSeen(context, paymentId);
}

async function writePaid(
  tx: Tx,
  { invoice, paidMinor, now }: { invoice: Invoice; paidMinor: bigint; now: Date },
): Promise<InvoiceStatus> {
  const status = statusOncePaid(invoice.totalMinor, paidMinor);
  await tx.update(Invoice, { id: invoice.id }, { paidMinor, status, version: invoice.version + 1, updatedAt: now });
  return status;
}

async function asSeen(context: Context, paymentId: string): Promise<PaidInvoice> {
  const payment = (await loadPayment(context, paymentId))!;
  return { payment, invoice: (await loadInvoice(context, payment.invoiceId))! };
}
