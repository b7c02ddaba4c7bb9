import { ID_PREFIXES, type IdKind, prefixOf } from '../../../src/platform/ids';
import type { Book } from '../world/book';
import type { Random } from './random';

/** What arguments are taken from: above all what the one who asks may not know. */
export class Pools {
  private visible = new Map<string, string[]>();
  private hidden = new Map<string, string[]>();
  private cursors = new Map<string, string[]>();
  /** Of things that stand in one of the worlds alone. */
  private readonly oneSided = new Map<string, string[]>();
  private readonly texts: string[];
  private readonly names: string[];
  private readonly emails: string[];
  private readonly numbers: number[];
  private readonly dates: string[];
  readonly knownIds: ReadonlySet<string>;

  constructor(books: readonly Book[]) {
    this.knownIds = new Set(books.flatMap((book) => [...book.ids]));
    for (const id of this.knownIds) {
      add(this.hidden, prefixOf(id)!, id);
      if (!books.every((book) => book.ids.has(id))) add(this.oneSided, prefixOf(id)!, id);
    }
    const rows = books.flatMap((book) => [...book.tables].flatMap(([, some]) => some));
    this.names = [...new Set(rows.flatMap((row) => NAMES.map((column) => row[column])).filter(isText))];
    const cells = rows.flatMap(Object.values);
    const strings = [...new Set(cells.filter(isText))];
    this.emails = strings.filter((text) => /^[\w.]+@[\w.]+$/.test(text));
    this.dates = strings.filter((text) => /^\d{4}-\d\d-\d\d$/.test(text)).sort();
    this.texts = strings.filter((text) => !OPAQUE.test(text));
    this.numbers = [...new Set(cells.filter((cell): cell is number => typeof cell === 'number' && cell > 100))];
  }

  /** What is learnt from now on, one of the two learns alone. */
  copy(): Pools {
    const copy: Pools = Object.assign(Object.create(Pools.prototype), this);
    copy.visible = copyOf(this.visible);
    copy.hidden = copyOf(this.hidden);
    copy.cursors = copyOf(this.cursors);
    return copy;
  }

  /** What an answer gave: from now on these ids count as visible. */
  isVisible(id: string): void {
    const prefix = prefixOf(id)!;
    const ids = this.hidden.get(prefix);
    const at = ids?.indexOf(id) ?? -1;
    if (at < 0) return;
    ids!.splice(at, 1);
    add(this.visible, prefix, id);
  }

  isKnown(id: string): boolean {
    return this.knownIds.has(id);
  }

  harvest(body: string): void {
    for (const [, cursor] of body.matchAll(/"\w*[cC]ursor\w*":"([\w-]{20,})"/g)) {
      const prefix = prefixOf(idIn(cursor) ?? '');
      const known = prefix && this.cursors.get(prefix);
      if (prefix && !(known && (known.includes(cursor) || known.length >= MOST_CURSORS)))
        add(this.cursors, prefix, cursor);
    }
  }

  id(kind: IdKind | undefined, random: Random): string {
    const prefix = kind ? ID_PREFIXES[kind] : random.pick([...this.hidden.keys()]);
    const chance = random.below(100);
    if (chance < 4) return random.pick(MALFORMED_IDS);
    if (chance < 7) return this.id(undefined, random);
    const apart = this.oneSided.get(prefix);
    if (apart && chance < 22) return random.pick(apart);
    const [first, second] = chance < 75 ? [this.visible, this.hidden] : [this.hidden, this.visible];
    const ids = first.get(prefix) ?? second.get(prefix) ?? [];
    return ids.length > 0 ? random.pick(ids) : random.pick(MALFORMED_IDS);
  }

  /** Of a list of these things: given to anybody, or put together out of what is not to be known. */
  cursor(kind: IdKind | undefined, random: Random): string {
    const cursors = (kind && this.cursors.get(ID_PREFIXES[kind])) ?? [];
    if (cursors.length === 0 || random.percent(8)) return random.pick(['', 'bm9uZQ', this.forged(kind, random)]);
    const cursor = random.pick(cursors);
    if (random.percent(70)) return cursor;
    const [sort, value] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [string, string | null];
    return written([sort, random.percent(50) ? value : null, this.id(kind, random)]);
  }

  private forged(kind: IdKind | undefined, random: Random): string {
    const value = random.pick([null, this.text(random), String(this.number(random)), this.date(random)]);
    return written([random.pick(['NAME', 'DATE', 'CODE', 'POSITION']), value, this.id(kind, random)]);
  }

  /** A text that stands somewhere, whole or a part of it. */
  text(random: Random): string {
    if (random.percent(8))
      return random.pick(['', ' ', '%', '_', "'", '\u0000', '\u200b', 'CNRY', 'cnry', 'Ä'.repeat(300)]);
    const text = random.pick(this.texts);
    if (random.percent(40)) return text;
    const words = text.split(' ');
    return random.pick(words).slice(0, 1 + random.below(12));
  }

  /** What something is called, whole. */
  name(random: Random): string {
    return random.percent(70) ? random.pick(this.names) : this.text(random);
  }

  email(random: Random): string {
    return random.percent(10)
      ? random.pick(['nobody@demo.test', 'not an address', 'ADA@DEMO.TEST'])
      : random.pick(this.emails);
  }

  /** A figure that stands somewhere, or one beside it. */
  number(random: Random): number {
    return random.pick(this.numbers) + random.below(3) - 1;
  }

  date(random: Random): string {
    return random.percent(4) ? random.pick(['2026-02-30', '0001-01-01', 'today']) : random.pick(this.dates);
  }
}

/** Ids, hashes, moments and constants: nobody searches for them. */
const OPAQUE = /^\$argon|^[0-9a-f]{64}$|^[a-z]{3}_\w{22}$|^\d{4}-|^[A-Z_]+$|@|^https:/;
const MOST_CURSORS = 300;
const MALFORMED_IDS = [
  '',
  'x',
  'prj_',
  `prj_${'1'.repeat(22)}`,
  `tsk_${'z'.repeat(22)}`,
  `inv_${'0'.repeat(22)}`,
  'null',
];

const NAMES = ['name', 'title', 'display_name', 'code', 'number', 'slug'];

const isText = (cell: unknown): cell is string => typeof cell === 'string';

const written = (cursor: unknown[]): string => Buffer.from(JSON.stringify(cursor)).toString('base64url');

function idIn(cursor: string): string | undefined {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(parts) ? String(parts.at(-1)) : undefined;
  } catch {
    return undefined;
  }
}

const copyOf = (lists: Map<string, string[]>) => new Map([...lists].map(([key, list]) => [key, [...list]]));

function add(map: Map<string, string[]>, key: string, value: string): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}
