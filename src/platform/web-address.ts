import { badInput } from './errors';
import { cleanOptionalText } from './text';

const LONGEST = 2000;

/** The address of a picture, as it is kept; null clears it. Refuses what a browser would run instead of fetch. */
export function cleanWebAddress(value: string | null | undefined, field: string): string | null | undefined {
  const text = cleanOptionalText(value, { field, max: LONGEST });
  if (text == null) return text;
  const url = URL.canParse(text) ? new URL(text) : null;
  const plain = url && (url.protocol === 'https:' || url.protocol === 'http:') && !url.username && !url.password;
  if (!plain) throw badInput(field, 'This is no web address: write it like https://example.com/logo.png.');
  return url.href;
}
