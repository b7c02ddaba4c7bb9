import { AUDIENCES, type Permit } from '../../access/permissions';
import { percentOf } from '../../platform/money';
import { Billing } from '../projects/project.enums';
import type { InvoiceState } from './time-entry.entity';

/**
 * Which entries of a project a viewer's totals are made of: a rollup is kept for each invoice state, and a number is
 * the sum over the states that the viewer may see. The same gate for lists and totals (L-08).
 */
export interface Gate {
  /** With `timeRelease: INVOICED` a client counts what stands on issued invoices. */
  issuedOnly: boolean;
  /** Who may not see drafts counts what is on a draft as not yet invoiced, so that drafting changes nothing (L-12). */
  draftsAreUninvoiced: boolean;
  /** With `hours: BILLABLE` time that is not billable is not there (L-07). */
  billableOnly: boolean;
}

export function gateOf(permit: Permit): Gate {
  const { settings } = permit;
  return {
    issuedOnly: settings?.timeRelease === 'INVOICED',
    draftsAreUninvoiced: AUDIENCES.billing(permit, {}).length > 0,
    billableOnly: settings?.hours === 'BILLABLE',
  };
}

/** Sums of entries: seconds and minor units. */
interface Measures {
  rawSeconds: bigint;
  billedSeconds: bigint;
  billableSeconds: bigint;
  billableAmountMinor: bigint;
}

export interface Sums extends Measures {
  uninvoicedMinor: bigint;
}

export interface Bucket extends Measures {
  invoiceState: InvoiceState;
}

/** What the viewer's numbers add up to. */
export function sumsThrough(gate: Gate, buckets: readonly Bucket[]): Sums {
  const sums = { rawSeconds: 0n, billedSeconds: 0n, billableSeconds: 0n, billableAmountMinor: 0n, uninvoicedMinor: 0n };
  for (const bucket of buckets) {
    if (gate.issuedOnly && bucket.invoiceState !== 'ISSUED') continue;
    sums.rawSeconds += bucket.rawSeconds;
    sums.billedSeconds += bucket.billedSeconds;
    sums.billableSeconds += bucket.billableSeconds;
    sums.billableAmountMinor += bucket.billableAmountMinor;
    if (isUninvoiced(gate, bucket.invoiceState)) sums.uninvoicedMinor += bucket.billableAmountMinor;
  }
  return sums;
}

const isUninvoiced = (gate: Gate, state: InvoiceState): boolean =>
  state === 'NONE' || (state === 'DRAFT' && gate.draftsAreUninvoiced);

interface Fees {
  billing: Billing;
  contractValueMinor: bigint | null;
  /** Whether a range of dates was asked for: a fixed fee belongs to the whole of a project, not to a month of it. */
  dated: boolean;
}

/** What the client pays for the work so far: by the hour what the entries add up to, at a fixed fee the fee. */
export function billableAmountOf({ billing, contractValueMinor, dated }: Fees, sums: Sums): bigint | null {
  if (billing === Billing.HOURLY) return sums.billableAmountMinor;
  if (billing === Billing.NON_BILLABLE) return 0n;
  return dated ? null : contractValueMinor;
}

/** What of it stands on no invoice yet; net, as the entries and the fee are. */
export function uninvoicedAmountOf(
  { billing, contractValueMinor, dated }: Fees,
  sums: Sums,
  netInvoicedMinor: bigint,
): bigint | null {
  if (billing === Billing.HOURLY) return sums.uninvoicedMinor;
  if (billing === Billing.NON_BILLABLE) return 0n;
  return dated || contractValueMinor === null ? null : contractValueMinor - netInvoicedMinor;
}

/** What is left of the amount once the costs are paid; both through the same gate. */
export const marginOf = (billableMinor: bigint | null, costMinor: bigint): bigint | null =>
  billableMinor === null ? null : billableMinor - costMinor;

export const marginPercentOf = (billableMinor: bigint | null, costMinor: bigint): number | null =>
  billableMinor === null ? null : percentOf(billableMinor - costMinor, billableMinor);
