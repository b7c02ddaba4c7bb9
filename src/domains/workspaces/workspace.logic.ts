import { badInput } from '../../platform/errors';

/** A colour as it is kept, `#rrggbb` in lower case; null clears it. Nothing else gets into a page. */
export function cleanColour(value: string | null | undefined, field: string): string | null | undefined {
  if (value == null) return value;
  const colour = value.trim().toLowerCase();
  if (!COLOUR.test(colour)) throw badInput(field, 'This is no colour: write it like #1f6f8b.');
  return colour;
}

const COLOUR = /^#[0-9a-f]{6}$/;
