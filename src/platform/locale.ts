import { badInput, type PorticoError } from './errors';

/** An IANA time zone such as `Europe/Oslo`, which this machine knows. Offsets such as `+02:00` are none. */
export function cleanTimeZone(value: string, field = 'timezone'): string {
  const zone = value.trim();
  if (NAME.test(zone) && isKnown(() => new Intl.DateTimeFormat('en', { timeZone: zone }))) return zone;
  throw unknownTimeZone(field);
}

export const unknownTimeZone = (field: string): PorticoError =>
  badInput(field, 'This is no known time zone: write it like Europe/Oslo.');

/** A BCP 47 language tag in its usual spelling: `en`, `de-AT`. */
export function cleanLocale(value: string, field = 'locale'): string {
  const tag = value.trim();
  if (tag.length <= LONGEST_TAG && isKnown(() => Intl.getCanonicalLocales(tag))) {
    const [canonical] = Intl.getCanonicalLocales(tag);
    if (canonical) return canonical;
  }
  throw badInput(field, 'This is no language tag: write it like en or de-AT.');
}

const NAME = /^[A-Za-z][\w+/-]{1,63}$/;
const LONGEST_TAG = 35;

function isKnown(ask: () => unknown): boolean {
  try {
    ask();
    return true;
  } catch {
    return false;
  }
}
