import { Field, ObjectType } from 'type-graphql';
import { badInput } from './errors';
import { CurrencyCodeScalar, DecimalScalar } from './scalars';

/** An amount as the API gives it. Inside the server amounts are signed 64-bit minor units (`bigint`). */
@ObjectType('Money', {
  simpleResolvers: true,
  description: 'An amount of one currency. Amounts are never converted, and never floating-point numbers.',
})
export class Money {
  @Field(() => DecimalScalar, {
    description: 'The amount as a decimal string with the digits of its currency: `"1234.50"`, `"-3.00"`, JPY `"120"`.',
  })
  amount: string;

  @Field(() => CurrencyCodeScalar, { description: 'ISO 4217 code, such as `EUR`.' })
  currencyCode: string;
}

const MAX_MINOR = 2n ** 63n - 1n;
/** Sums and products of what people type stay far within 64 bits. */
const LARGEST_INPUT = 10n ** 15n;

/** How many decimals a currency has: JPY 0, EUR 2, KWD 3 (ISO 4217, as the runtime knows it). */
function decimalsOf(currency: string): number {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  return format.resolvedOptions().maximumFractionDigits ?? 2;
}

export function toMoney(minor: bigint, currency: string): Money {
  const decimals = digits(currency);
  const text = (minor < 0n ? -minor : minor).toString().padStart(decimals + 1, '0');
  const sign = minor < 0n ? '-' : '';
  const amount = decimals === 0 ? text : `${text.slice(0, -decimals)}.${text.slice(-decimals)}`;
  return { amount: sign + amount, currencyCode: currency };
}

export const toMoneyOrNull = (minor: bigint | null, currency: string): Money | null =>
  minor === null ? null : toMoney(minor, currency);

/** Reads a decimal string into minor units; null when it has too many decimals or leaves 64 bits. */
export function parseMinor(amount: string, currency: string): bigint | null {
  const match = /^(-?)(\d{1,19})(?:\.(\d*))?$/.exec(amount);
  if (!match) return null;
  const fraction = match[3] ?? '';
  const decimals = digits(currency);
  if (fraction.length > decimals) return null;
  const minor = BigInt(match[2] + fraction.padEnd(decimals, '0'));
  if (minor > MAX_MINOR) return null;
  return match[1] ? -minor : minor;
}

/** The minor units of an amount that a caller gave; refuses what the currency cannot express, naming the field. */
export function minorOf(amount: string, currency: string, field: string): bigint {
  const minor = parseMinor(amount, currency);
  if (minor === null || minor > LARGEST_INPUT || minor < -LARGEST_INPUT) {
    const decimals = digits(currency);
    throw badInput(field, `An amount in ${currency} has at most ${decimals} decimals and fifteen digits in all.`);
  }
  return minor;
}

/** `seconds` at a rate per hour, rounded half away from zero to the minor unit. */
export function amountFor(seconds: bigint, minorPerHour: bigint): bigint {
  const product = seconds * minorPerHour;
  const size = product < 0n ? -product : product;
  const rounded = (2n * size + 3600n) / 7200n;
  return product < 0n ? -rounded : rounded;
}

/** A share of an amount in basis points (tax), rounded half away from zero to the minor unit. */
export function shareOf(minor: bigint, basisPoints: bigint): bigint {
  const product = minor * basisPoints;
  const size = product < 0n ? -product : product;
  const rounded = (size + 5000n) / 10000n;
  return product < 0n ? -rounded : rounded;
}

/** `used` as a percentage of `total` with two decimals, cut off; null when there is no total. */
export function percentOf(used: bigint, total: bigint): number | null {
  if (total === 0n) return null;
  const scaled = used * 10000n;
  const floor = scaled / total - (scaled % total !== 0n && scaled < 0n !== total < 0n ? 1n : 0n);
  return Number(floor) / 100;
}

const known = new Map<string, number>();

function digits(currency: string): number {
  const value = known.get(currency) ?? decimalsOf(currency);
  known.set(currency, value);
  return value;
}
