import { derivedId, type IdKind } from '../../../src/platform/ids';
import { hashOf } from '../asking/random';
import type { Persona } from '../personas';

export type Side = 'A' | 'B';
export type Cell = string | number | bigint | boolean | null | readonly string[] | Record<string, unknown>;
export type Row = Record<string, Cell>;

/** The moment at which both worlds are asked. */
export const NOW = '2026-03-16T10:00:00.000Z';
const SEED = 'two-worlds';

/** Both worlds, and those of all personas, have the same ids. */
const known = new Map<string, string>();

/** Of what stands in one of the worlds at least. */
export const knownId = (kind: IdKind, key: string): string | undefined => known.get(`${kind}/${key}`);

/** No visible text has it, so that no answer may. */
export const CANARY = 'CNRY';

/**
 * The rows of one of the two worlds, for one pair of eyes. What these eyes may see is written alike in both; of all
 * else nothing is the same on the two sides but the id, and not even which row comes before which.
 */
export class Book {
  readonly tables = new Map<string, Row[]>();
  readonly ids = new Set<string>();

  constructor(
    readonly side: Side,
    readonly persona: Persona,
  ) {}

  id(kind: IdKind, key: string): string {
    const name = `${kind}/${key}`;
    const id = known.get(name) ?? derivedId(kind, SEED, key);
    known.set(name, id);
    this.ids.add(id);
    return id;
  }

  add(table: string, row: Row): void {
    const rows = this.tables.get(table);
    if (rows) rows.push(row);
    else this.tables.set(table, [row]);
  }

  /** As it is for those who may see it; for the others a text that shows a leak and sorts otherwise on each side. */
  text(seen: boolean, plain: string, key = plain): string {
    return seen ? plain : `${this.chance(key, 0xffff).toString(16)} ${CANARY} ${key} ${this.side}`;
  }

  /** The same, where there may also be nothing on one of the sides. */
  textOrNull(seen: boolean, plain: string, key = plain): string | null {
    return !seen && this.isLess(key) ? null : this.text(seen, plain, key);
  }

  number(seen: boolean, plain: number, key: string): number {
    return seen ? plain : 1 + this.chance(key, 2 * plain + 10);
  }

  one<T>(seen: boolean, plain: T, others: readonly T[], key: string): T {
    return seen || others.length === 0 ? plain : others[(hashOf(key) + (this.side === 'A' ? 0 : 1)) % others.length];
  }

  /** A number that depends on the side. */
  chance(key: string, below: number): number {
    return hashOf(`${key}/${this.side}`) % below;
  }

  /** True for the same third of all keys on one side, another third on the other. */
  isLess(key: string): boolean {
    return hashOf(key) % 3 === (this.side === 'A' ? 0 : 1);
  }
}

export const dayOf = (text: string, days: number): string =>
  new Date(Date.parse(`${text}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
