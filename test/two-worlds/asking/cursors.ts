import { ID_PREFIXES, type IdKind, prefixOf } from '../../../src/platform/ids';
import type { Random } from './random';

/** Cursors that somebody was given, by the kind of thing they point at. */
export class Cursors {
  private readonly byPrefix = new Map<string, string[]>();

  copy(): Cursors {
    const copy = new Cursors();
    for (const [prefix, cursors] of this.byPrefix) copy.byPrefix.set(prefix, [...cursors]);
    return copy;
  }

  harvest(body: string): void {
    for (const [, cursor] of body.matchAll(/"\w*[cC]ursor\w*":"([\w-]{20,})"/g)) {
      const prefix = prefixOf(idIn(cursor) ?? '');
      if (!prefix) continue;
      const known = this.byPrefix.get(prefix) ?? [];
      this.byPrefix.set(prefix, known);
      if (known.length < MOST && !known.includes(cursor)) known.push(cursor);
    }
  }

  pick(kind: IdKind | undefined, random: Random): string | undefined {
    const cursors = kind && this.byPrefix.get(ID_PREFIXES[kind]);
    return cursors && random.pick(cursors);
  }
}

const MOST = 300;

export const sealed = (parts: readonly unknown[]): string => Buffer.from(JSON.stringify(parts)).toString('base64url');

export const unsealed = (cursor: string): unknown[] =>
  JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];

function idIn(cursor: string): string | undefined {
  try {
    const parts = unsealed(cursor);
    return Array.isArray(parts) ? String(parts.at(-1)) : undefined;
  } catch {
    return undefined;
  }
}
