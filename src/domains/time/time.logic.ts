import type { Permit } from '../../access/permissions';
import { badInput, PorticoError } from '../../platform/errors';
import { amountFor } from '../../platform/money';
import type { Project } from '../projects/project.entity';
import { Billing, ProjectStatus, RoundingMode } from '../projects/project.enums';
import type { InvoiceState, TimeEntry } from './time-entry.entity';

interface RoundingPolicy {
  roundingMode: RoundingMode;
  roundingMinutes: number;
}

/** The seconds that are billed for an entry: rounded once, a full step stays as it is. */
export function roundedSeconds(raw: number, { roundingMode, roundingMinutes }: RoundingPolicy): number {
  const step = roundingMinutes * 60;
  switch (roundingMode) {
    case RoundingMode.UP:
      return Math.ceil(raw / step) * step;
    case RoundingMode.NEAREST:
      return Math.floor(raw / step + 0.5) * step;
    case RoundingMode.DOWN:
      return Math.floor(raw / step) * step;
    default:
      return raw;
  }
}

export interface TimeSpent {
  rawSeconds: number;
  startedAt: Date | null;
  endedAt: Date | null;
}

interface TimeGiven {
  seconds?: number | null;
  startedAt?: Date | null;
  endedAt?: Date | null;
}

/** How long it was, told as a number or as two moments. Undefined when nothing is told. */
export function timeSpent({ seconds, startedAt, endedAt }: TimeGiven): TimeSpent | undefined {
  const told = seconds != null;
  const timed = startedAt != null || endedAt != null;
  if (!told && !timed) return undefined;
  if (told && timed) throw badInput('seconds', 'Give either `seconds`, or `startedAt` and `endedAt`.');
  if (told) return { rawSeconds: within24Hours(seconds, 'seconds'), startedAt: null, endedAt: null };
  if (startedAt == null) throw badInput('startedAt', 'Work that ended also began: give both moments.');
  if (endedAt == null) throw badInput('endedAt', 'Work that began also ended: give both moments.');
  const rawSeconds = Math.floor((endedAt.getTime() - startedAt.getTime()) / 1000);
  return { rawSeconds: within24Hours(rawSeconds, 'endedAt'), startedAt, endedAt };
}

interface Priced {
  billableAmountMinor: bigint;
  costAmountMinor: bigint;
}

type Pricing = Pick<TimeEntry, 'rawSeconds' | 'billedSeconds' | 'billable' | 'billRateMinor' | 'costRateMinor'>;

/** What the client pays by what is billed, and what it costs by what was worked. */
export function priced(entry: Pricing, billing: Billing): Priced {
  const { billable, billRateMinor, costRateMinor } = entry;
  const isPaidByTheHour = billable && billing === Billing.HOURLY && billRateMinor !== null;
  return {
    billableAmountMinor: isPaidByTheHour ? amountFor(BigInt(entry.billedSeconds), billRateMinor) : 0n,
    costAmountMinor: costRateMinor === null ? 0n : amountFor(BigInt(entry.rawSeconds), costRateMinor),
  };
}

/** Whether the amount is 0 for want of a rate alone. */
export const lacksBillRate = (entry: Pricing, billing: Billing): boolean =>
  entry.billable && billing === Billing.HOURLY && entry.billRateMinor === null;

interface BillableQuestion {
  /** Undefined: nothing was said. */
  told: boolean | undefined;
  asUsual: boolean;
  /** Whether somebody of the client worked. */
  ofClient: boolean;
}

/** Whether the client is billed for an entry; never for the time of their own people. */
export function decideBillable({ told, asUsual, ofClient }: BillableQuestion): boolean {
  if (!ofClient) return told ?? asUsual;
  if (told) throw badInput('billable', 'The time of a client’s own people is never billable.');
  return false;
}

export function refuseUnlessActive({ status }: Pick<Project, 'status'>): void {
  if (status === ProjectStatus.ACTIVE) return;
  throw new PorticoError('PROJECT_NOT_ACTIVE', `Time is logged on active projects alone; this one is ${status}.`);
}

export function refuseWhenLocked({ invoiceState }: Pick<TimeEntry, 'invoiceState'>): void {
  if (invoiceState !== 'ISSUED') return;
  throw new PorticoError('ENTRY_LOCKED', 'The entry stands on an invoice that was sent. Void the invoice first.');
}

/**
 * Whether the entry is among those that the viewer would see if it were somebody else's: what one may read of an own
 * entry that is not is its words and hours, never its price.
 */
export function isReleasedTo({ settings }: Permit, entry: { invoiceState: InvoiceState; billable: boolean }): boolean {
  if (settings === null) return true;
  if (settings.hours === 'BILLABLE' && !entry.billable) return false;
  return settings.timeRelease !== 'INVOICED' || entry.invoiceState === 'ISSUED';
}

const DAY = 86_400;

function within24Hours(seconds: number, field: string): number {
  if (seconds >= 1 && seconds <= DAY) return seconds;
  throw badInput(field, 'An entry is longer than nothing and not longer than 24 hours.', { max: DAY, actual: seconds });
}
