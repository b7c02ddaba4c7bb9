import { type Clock, today } from '../../platform/clock';
import { badInput } from '../../platform/errors';
import { shareOf } from '../../platform/money';
import { invalidTransition, type Life } from '../../platform/transitions';
import type { Invoice } from './invoice.entity';
import { InvoiceStatus } from './invoice.enums';
import type { InvoiceLine } from './invoice-line.entity';

/** What people do to an invoice. Withdrawing a payment is no step of its own: it takes back the one before. */
export const INVOICE_LIFE: Life<InvoiceStatus> = {
  [InvoiceStatus.DRAFT]: [InvoiceStatus.SENT],
  [InvoiceStatus.SENT]: [InvoiceStatus.PARTIALLY_PAID, InvoiceStatus.PAID, InvoiceStatus.VOID],
  [InvoiceStatus.PARTIALLY_PAID]: [InvoiceStatus.PAID],
  [InvoiceStatus.PAID]: [],
  [InvoiceStatus.VOID]: [],
};

/** An issued invoice is a document: it is not edited, sent again or deleted. `to` says what was tried. */
export function refuseUnlessDraft({ status }: Invoice, to: string): void {
  if (status === InvoiceStatus.DRAFT) return;
  throw invalidTransition({ from: status, to, allowed: INVOICE_LIFE[status] });
}

/** Where an issued invoice stands once so much of it is paid. */
export function statusOncePaid(totalMinor: bigint, paidMinor: bigint): InvoiceStatus {
  if (paidMinor === 0n) return InvoiceStatus.SENT;
  return paidMinor < totalMinor ? InvoiceStatus.PARTIALLY_PAID : InvoiceStatus.PAID;
}

export interface Amounts {
  subtotalMinor: bigint;
  taxMinor: bigint;
  totalMinor: bigint;
}

/** Tax is rounded on each line and then added up. */
export function addUp(lines: readonly Pick<InvoiceLine, 'amountMinor' | 'taxMinor'>[]): Amounts {
  const subtotalMinor = lines.reduce((sum, line) => sum + line.amountMinor, 0n);
  const taxMinor = lines.reduce((sum, line) => sum + line.taxMinor, 0n);
  return { subtotalMinor, taxMinor, totalMinor: subtotalMinor + taxMinor };
}

export const taxOn = (amountMinor: bigint, taxBp: number): bigint => shareOf(amountMinor, BigInt(taxBp));

/** Hours in thousandths, rounded half up: what a line shows. Its amount is never calculated from it. */
export const hoursInMilli = (seconds: bigint): bigint => (seconds * 2000n + 3600n) / 7200n;

/** A quantity in thousandths times a price, rounded half away from zero to the minor unit. */
export function priceOf(quantityMilli: bigint, unitMinor: bigint): bigint {
  const product = quantityMilli * unitMinor;
  const size = product < 0n ? -product : product;
  const rounded = (size + 500n) / 1000n;
  return product < 0n ? -rounded : rounded;
}

/** A number in thousandths as a decimal without zeros at its end: 12500 is `12.5`. */
export function decimalOfMilli(milli: bigint): string {
  const fraction = (milli % 1000n).toString().padStart(3, '0').replace(/0+$/, '');
  return fraction === '' ? String(milli / 1000n) : `${milli / 1000n}.${fraction}`;
}

/** A quantity as a caller writes it: more than zero, with at most three decimals. */
export function milliOf(quantity: string, field: string): bigint {
  const match = /^(\d{1,7})(?:\.(\d{1,3})0*)?$/.exec(quantity);
  const milli = match ? BigInt(match[1] + (match[2] ?? '').padEnd(3, '0')) : 0n;
  if (milli === 0n)
    throw badInput(field, 'A quantity is more than zero, below ten million, with three decimals at most.');
  return milli;
}

/** A percent with at most two decimals in basis points. */
export function basisPointsOf(percent: number, field: string): number {
  const bp = Math.round(percent * 100);
  if (percent < 0 || percent > 100 || Math.abs(percent * 100 - bp) > 1e-6) {
    throw badInput(field, 'A tax rate is a percent from 0 to 100 with at most two decimals.');
  }
  return bp;
}

/** The day that is so many days after another. */
export function daysLater(date: string, days: number): string {
  const moment = new Date(`${date}T00:00:00Z`);
  moment.setUTCDate(moment.getUTCDate() + days);
  return moment.toISOString().slice(0, 10);
}

/** `2026-007`: the year of issue and the running number of the client organisation, so that it tells of nobody else (L-25). */
export const invoiceNumber = (issueDate: string, running: number): string =>
  `${issueDate.slice(0, 4)}-${String(running).padStart(3, '0')}`;

/** Never stored: it depends on the day, as the calendar on the workspace's wall shows it. */
export function isOverdue(invoice: Invoice, clock: Clock): boolean {
  const { status, dueDate, timezone } = invoice;
  const isIssued = status !== InvoiceStatus.DRAFT && status !== InvoiceStatus.VOID;
  return isIssued && dueDate !== null && balanceOf(invoice) > 0n && today(clock, timezone) > dueDate;
}

export const balanceOf = (invoice: Pick<Invoice, 'totalMinor' | 'paidMinor'>): bigint =>
  invoice.totalMinor - invoice.paidMinor;
