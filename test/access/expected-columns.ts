import type { SettingKey, VisibilitySettings } from '../../src/access/visibility';

/**
 * The columns of the specification in its order; then T, M and P with internal costs; then internal people who track time
 * alone (w) and who hold nothing at all (0); last, N once more as somebody of the project's own client (n).
 */
export const COLUMNS = ['N', 'B', 'T', 'V', 'C', 'M', 'P', 'A', 't', 'm', 'p', 'w', '0', 'n'] as const;
export type Column = (typeof COLUMNS)[number];

const CLIENTS: readonly Column[] = ['N', 'B', 'T', 'V', 'C', 't', 'n'];
export const isClient = (column: Column): boolean => CLIENTS.includes(column);

/** What a column holds, in the words of `requires`. */
const HOLDS: Record<Column, string> = {
  N: '',
  B: '',
  T: 'trackTime',
  V: 'clientView',
  C: 'clientView internalCosts',
  M: 'trackTime clientView role:MEMBER',
  P: 'trackTime clientView managesProject role:MEMBER role:MANAGER membersSeeBillRates',
  A: 'trackTime clientView internalCosts managesProject role:MEMBER role:MANAGER role:ADMIN membersSeeBillRates',
  t: 'trackTime clientView internalCosts',
  m: 'trackTime clientView internalCosts role:MEMBER',
  p: 'trackTime clientView internalCosts managesProject role:MEMBER role:MANAGER membersSeeBillRates',
  w: 'trackTime role:MEMBER',
  0: 'role:MEMBER',
  n: '',
};

/** One cell row of the matrix, written by hand. */
export interface Line {
  cells: string;
  /** What clients and what internal people must have: permissions, roles and, for clients, settings at least so. */
  client: string[];
  team: string[];
  /** Columns that are not asked the settings: it is their own. */
  ownOf: string;
  /** `edge`: who is not shown is null and not told as withheld. `nothing`: there is nothing, and nothing is withheld. */
  kind: 'field' | 'edge' | 'nothing';
  /** For clients there is nothing as long as the hours are not released, and nothing is withheld. */
  nothingUnreleased?: true;
  /** Where what is told as missing is more than what is asked. */
  tells?: (has: (what: string) => boolean) => string[];
}

/** `cells` in the order of COLUMNS, with any spaces; n is as N where it is left out. `client` and `team` in words. */
export function line(
  cells: string,
  client = '',
  more: Partial<Omit<Line, 'client' | 'team'>> & { team?: string } = {},
): Line {
  const given = cells.replaceAll(' ', '');
  const written = given.length === COLUMNS.length - 1 ? given + given[0] : given;
  if (written.length !== COLUMNS.length) throw new Error(`${cells} has ${written.length} cells.`);
  const words = (text: string): string[] => text.split(' ').filter(Boolean);
  const {
    team = words(client)
      .filter((word) => !isSetting(word))
      .join(' '),
    ...rest
  } = more;
  return { ownOf: '', kind: 'field', ...rest, cells: written, client: words(client), team: words(team) };
}

export const edge = (cells: string, client = '', more: Parameters<typeof line>[2] = {}): Line =>
  line(cells, client, { ...more, kind: 'edge' });

export interface Block {
  /** The kind of thing, and which of them: `Task of another`. */
  thing: string;
  type: string;
  /** How it is asked for where it has no id of its own: the fields from the project down to it. */
  under?: { thing: string; path: string };
  /** Who is given the row at all. Who is not gets null, and is not told. */
  rows: Line;
  fields: [names: string, line: Line][];
}

export type Verdict = { shown: true } | { shown: false; requires: string[] };

/** What the line says for a column while the settings stand so. */
export function judge(of: Line, column: Column, settings: VisibilitySettings): Verdict {
  const held = HOLDS[column].split(' ');
  const has = (what: string): boolean =>
    isSetting(what) ? !isClient(column) || (column !== 'n' && isOpen(what, settings)) : held.includes(what);
  const asked = isClient(column) ? of.client : of.team;
  const closed = asked.some((what) => isSetting(what) && !of.ownOf.includes(column) && !has(what));
  if (of.cells[COLUMNS.indexOf(column)] === '+' && !closed) return { shown: true };
  const missing = of.tells ? of.tells(has) : asked.filter((what) => !has(what));
  return { shown: false, requires: missing.sort() };
}

/** From widest to narrowest, written by hand like the rest. */
const WIDTHS: Record<SettingKey, string[]> = {
  hours: ['FULL', 'BILLABLE', 'HIDE'],
  timeEntries: ['DETAILED', 'DAILY', 'HIDE'],
  timeRelease: ['ALL', 'INVOICED'],
  financials: ['FULL', 'SUMMARY', 'HIDE'],
  billRates: ['SHOW', 'HIDE'],
  invoices: ['FULL', 'SUMMARY', 'HIDE'],
  tasks: ['SHOW', 'HIDE'],
  people: ['ALL', 'CLIENT_FACING', 'HIDE'],
};

const isSetting = (word: string): boolean => word.split(':')[0] in WIDTHS;

function isOpen(word: string, settings: VisibilitySettings): boolean {
  const [key, least] = word.split(':') as [SettingKey, string];
  const value = key === 'timeEntries' && settings.hours === 'HIDE' ? 'HIDE' : settings[key];
  return WIDTHS[key].indexOf(value) <= WIDTHS[key].indexOf(least);
}
