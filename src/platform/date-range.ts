import { badInput } from './errors';

/** Days from one to another, both included; without one of them it is open there. */
export interface DateRange {
  from?: string | null;
  to?: string | null;
}

/** Names the start: where the end is today because none was given, the start is what the caller can change. */
export function refuseInverted({ from, to }: DateRange, field = 'from'): void {
  if (from != null && to != null && from > to) {
    throw badInput(field, `The range ends (${to}) before it begins (${from}).`);
  }
}
