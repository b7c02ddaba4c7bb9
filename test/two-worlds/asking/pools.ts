import { ID_PREFIXES, type IdKind, prefixOf } from '../../../src/platform/ids';
import type { Book } from '../world/book';
import { type Cursors, sealed, unsealed } from './cursors';
import type { Random } from './random';

/** What arguments are taken from: above all what the one who asks may not know. */
export class Pools {
  private visible = new Map<string, string[]>();
  private hidden = new Map<string, string[]>();
  /** Of things that stand in one of the worlds alone. */
  private readonly oneSided = new Map<string, string[]>();
  private readonly texts: string[];
  /** The words of the texts. */
  private readonly words: string[];
  private readonly names: string[];
  private readonly emails: string[];
  private readonly numbers: number[];
  private readonly dates: string[];
  readonly knownIds: ReadonlySet<string>;

  constructor(
    books: readonly Book[],
    private cursors: Cursors,
  ) {
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
    this.dates = cells.filter(isText).filter((text) => /^\d{4}-\d\d-\d\d$/.test(text));
    this.texts = strings.filter((text) => !OPAQUE.test(text));
    this.words = [...new Set(this.texts.flatMap((text) => text.split(' ')))].filter((word) => word !== '');
    this.numbers = [...new Set(cells.filter((cell): cell is number => typeof cell === 'number' && cell > 100))];
  }

  /** What is learnt from now on, one of the two learns alone. */
  copy(): Pools {
    const copy: Pools = Object.assign(Object.create(Pools.prototype), this);
    copy.visible = copyOf(this.visible);
    copy.hidden = copyOf(this.hidden);
    copy.cursors = this.cursors.copy();
    return copy;
  }

  private isVisible(id: string): void {
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

  /** What an answer gave: ids that are visible then, and cursors. In the words of an error either may be chance. */
  learn(body: string): void {
    const given = JSON.stringify((JSON.parse(body) as { data?: unknown }).data ?? null);
    for (const [id] of given.matchAll(ID)) this.isVisible(id);
    this.cursors.harvest(given);
  }

  /** Of something that may be seen in so many of a hundred cases; else mostly of what may not be. */
  id(kind: IdKind | undefined, random: Random, visible = 55): string {
    const prefix = kind ? ID_PREFIXES[kind] : random.pick([...this.hidden.keys()]);
    const chance = random.below(100);
    const known = this.visible.get(prefix);
    if (known && chance < visible) return random.pick(known);
    if (chance > 96) return random.pick(MALFORMED_IDS);
    if (chance > 94) return this.id(undefined, random);
    const apart = this.oneSided.get(prefix);
    const ids = (apart && random.percent(40) ? apart : this.hidden.get(prefix)) ?? known ?? [];
    return ids.length > 0 ? random.pick(ids) : random.pick(MALFORMED_IDS);
  }

  /** Of a list of these things: given to anybody, or put together out of what is not to be known. */
  cursor(kind: IdKind | undefined, random: Random): string {
    const cursor = this.cursors.pick(kind, random);
    if (!cursor || random.percent(8)) return random.pick(['', 'bm9uZQ', this.forged(kind, random)]);
    if (random.percent(70)) return cursor;
    const [sort, value] = unsealed(cursor);
    return sealed([sort, random.percent(50) ? value : null, this.id(kind, random)]);
  }

  private forged(kind: IdKind | undefined, random: Random): string {
    const value = random.pick([null, this.text(random), String(this.number(random)), this.date(random)]);
    return sealed([random.pick(['NAME', 'DATE', 'CODE', 'POSITION']), value, this.id(kind, random)]);
  }

  /** A text that stands somewhere, or a part of it: a letter or two is in many, and yet not in all. */
  text(random: Random): string {
    if (random.percent(8))
      return random.pick(['', ' ', '%', '_', "'", '\u0000', '\u200b', 'CNRY', 'cnry', 'Ä'.repeat(300)]);
    if (random.percent(15)) return random.pick(this.texts);
    const word = random.pick(this.words);
    if (random.percent(20)) return word;
    const start = random.below(word.length);
    return word.slice(start, start + random.pick([1, 1, 2, 2, 3, 5]));
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
    return random.percent(1) ? random.pick(['2026-02-30', '0001-01-01', 'today']) : random.pick(this.dates);
  }
}

/** Ids, hashes, moments and constants: nobody searches for them. */
const OPAQUE = /^\$argon|^[0-9a-f]{64}$|^[a-z]{3}_\w{22}$|^\d{4}-|^[A-Z_]+$|^https:/;
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

export const ID = /\b[a-z]{3}_[1-9A-HJ-NP-Za-km-z]{22}\b/g;

const isText = (cell: unknown): cell is string => typeof cell === 'string';

const copyOf = (lists: Map<string, string[]>) => new Map([...lists].map(([key, list]) => [key, [...list]]));

function add(map: Map<string, string[]>, key: string, value: string): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}
