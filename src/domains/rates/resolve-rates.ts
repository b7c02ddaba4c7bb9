import type { Sql } from '../../platform/database';
import { findRatesFor, type RateQuestion } from './rates.repository';

interface RatesFound {
  billRateMinor: bigint | null;
  costRateMinor: bigint | null;
}

/**
 * The rates of many entries in one statement, in the order of the questions: the first scope that has one, of that the
 * latest that is valid on the day, in the currency of the project. People of clients never have one.
 */
export async function resolveRates(sql: Sql, questions: readonly RateQuestion[]): Promise<RatesFound[]> {
  const found = questions.map((): RatesFound => ({ billRateMinor: null, costRateMinor: null }));
  for (const { nth, kind, minorPerHour } of await findRatesFor(sql, questions)) {
    found[nth - 1][kind === 'BILL' ? 'billRateMinor' : 'costRateMinor'] = minorPerHour;
  }
  return found;
}
