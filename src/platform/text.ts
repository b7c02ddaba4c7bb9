import { badInput } from './errors';

interface TextRule {
  /** The path in the input, named in the refusal: `name`, `lines.0.description`. */
  field: string;
  /** At most so many characters, counted as Unicode code points. */
  max: number;
  /** At least so many; 1 unless told otherwise: a text that is given is not blank. */
  min?: number;
}

/**
 * What a person typed, as it is kept: NFC, without white space around it. Lengths count Unicode code points after
 * that. Refuses with `BAD_USER_INPUT` naming the field, `max` and `actual`, and no NUL, which no database can keep.
 */
export function cleanText(value: string, { field, max, min = 1 }: TextRule): string {
  const text = value.normalize('NFC').trim();
  const actual = lengthOf(text);
  if (text.includes('\0')) throw badInput(field, 'This text has a character that cannot be stored.');
  if (min > 0 && INVISIBLE.test(text)) throw badInput(field, 'This may not be blank.', { max, actual });
  if (actual < min) throw badInput(field, `This is shorter than ${min} characters.`, { max, actual });
  if (actual > max) throw badInput(field, `This is longer than ${max} characters.`, { max, actual });
  return text;
}

/** A text that may be cleared: null and blank mean "none", undefined means "leave as it is". */
export function cleanOptionalText(value: string | null | undefined, rule: TextRule): string | null | undefined {
  if (value === undefined || value === null) return value;
  return cleanText(value, { ...rule, min: 0 }) || null;
}

/** One person, one spelling: trimmed, NFC, lower case. For looking somebody up; `cleanEmail` also refuses. */
export const normalEmail = (email: string): string => email.normalize('NFC').trim().toLowerCase().normalize('NFC');

/** An e-mail address as it is kept. Refuses what no mail could be sent to. */
export function cleanEmail(value: string, field = 'email'): string {
  const email = normalEmail(cleanText(value, { field, max: LONGEST_EMAIL }));
  if (!EMAIL.test(email)) throw badInput(field, 'This is no e-mail address: write it like anna@example.com.');
  return email;
}

/** In Unicode code points, as a person counts letters rather than as UTF-16 does. */
export const lengthOf = (text: string): number => [...text].length;

/** Nothing to read: no text, or zero-width characters alone. */
const INVISIBLE = /^[\p{Z}\p{C}]*$/u;
const LONGEST_EMAIL = 254;
/** Something before and after one @, a dot in the domain, and nothing that could start another header or address. */
const EMAIL = /^[^\s@<>"(),:;\\[\]\p{C}]{1,64}@[^\s@<>"(),:;\\[\]\p{C}.]+(\.[^\s@<>"(),:;\\[\]\p{C}.]+)+$/u;
