import { hashOf } from '../asking/random';
import { type MemberKey, memberOf } from '../personas';
import { dayOf } from './book';
import type { InvoicedLines } from './invoices';
import { STAMPS } from './people';
import type { ProjectPage } from './projects';
import { seesTask, shownOn, teamOf } from './sight';
import { TASKS, type TaskKey, WORK, type WorkSpec } from './specs';

/** A time entry of one of the worlds, before it is a row. */
interface Entry extends Omit<WorkSpec, 'who'> {
  person: MemberKey;
  /** Minor units. */
  amount: number;
  /** What one may see of it, see `kindOf`. */
  kind: Kind;
  /** The amount is in a sum that is shown. */
  isTold: boolean;
}

/**
 * Time is hidden by degrees. `own`: one wrote it. `row`: the entry is shown. `sum`: hours by day and task are shown.
 * `amount`: what it comes to is in a total, the hours are not. `nothing`: it might as well not be there.
 */
type Kind = 'own' | 'row' | 'sum' | 'amount' | 'nothing';

const RATE = 9000;
const ALWAYS = TASKS.filter((task) => !task.only);

export function writeWork(page: ProjectPage, lines: InvoicedLines): void {
  const plain = WORK.flatMap((spec) => entryOf(page, spec));
  const entries = page.book.side === 'A' ? plain : otherwise(page, plain);
  const costs = costsOf(page, entries);
  for (const [i, entry] of entries.entries()) writeEntry(page, entry, { lines, cost: costs[i] });
}

function entryOf(page: ProjectPage, spec: WorkSpec): Entry[] {
  const person = workerOf(page, spec.who);
  if (!person) return [];
  const isPaid = spec.billable && page.spec.billing === undefined;
  const amount = isPaid ? (spec.seconds * RATE) / 3600 : 0;
  const isTold = isPaid && page.sight.financials !== 'HIDE' && isReleased(page, spec);
  return [{ ...spec, person, amount, isTold, kind: kindOf(page, { ...spec, person, isTold }) }];
}

const isReleased = ({ sight }: ProjectPage, { state }: Pick<Entry, 'state'>): boolean =>
  sight.unreleased || state === 'ISSUED';

function workerOf({ spec }: ProjectPage, who: WorkSpec['who']): MemberKey | null {
  if (who === 'tess' || who === 'vera') return spec.grants[who]?.trackTime ? who : null;
  return teamOf(spec)[['first', 'second', 'third'].indexOf(who)];
}

function kindOf(page: ProjectPage, entry: Omit<Entry, 'kind' | 'amount'>): Kind {
  const { sight } = page;
  if (sight.tracks && entry.person === sight.me) return 'own';
  const isShown = sight.hours === 'FULL' || (sight.hours === 'BILLABLE' && entry.billable);
  if (isShown && isReleased(page, entry)) return sight.entries === 'DETAILED' ? 'row' : 'sum';
  return entry.isTold ? 'amount' : 'nothing';
}

/** The same work as it is in world B: whatever adds up to what is shown. */
function otherwise(page: ProjectPage, plain: Entry[]): Entry[] {
  const kept = plain.filter(({ kind }) => kind === 'own' || kind === 'row').map((entry) => alteredRow(page, entry));
  const summed = groupsOf(
    plain.filter(({ kind }) => kind === 'sum' || kind === 'amount'),
    (entry) => sumKey(page, entry),
  ).flatMap((group) => splitOtherwise(page, group));
  const free = plain.filter(({ kind }) => kind === 'nothing').flatMap((entry) => anything(page, entry));
  return moveAmounts(page, [...kept, ...summed, ...free]);
}

/** The row stays; of what it hides the person and the task may be others. */
function alteredRow(page: ProjectPage, entry: Entry): Entry {
  if (entry.kind === 'own') return entry;
  const { person, task } = entry;
  return { ...entry, person: maskedPerson(page, person), task: hiddenTask(page, task) };
}

function maskedPerson({ sight, spec, book }: ProjectPage, person: MemberKey): MemberKey {
  if (shownOn(sight, person) || memberOf(person).type === 'CLIENT') return person;
  const others = teamOf(spec).filter((key) => !shownOn(sight, key));
  return book.one(false, person, others, `${spec.key}/${person}`);
}

const isHidden = ({ sight, spec }: ProjectPage, key: TaskKey | null): boolean =>
  key === null || !seesTask(sight, spec, TASKS.find((task) => task.key === key)!);

/** A task that is hidden, and no task: the two look alike. */
function hiddenTask(page: ProjectPage, key: TaskKey | null): TaskKey | null {
  if (!isHidden(page, key)) return key;
  const others = [null, ...ALWAYS.map((task) => task.key).filter((task) => isHidden(page, task))];
  return others[(others.indexOf(key) + 1) % others.length];
}

/** What a shown sum may be taken of: the day, the task, and whether it is billable or invoiced. */
function sumKey(page: ProjectPage, { kind, day, task, billable, state }: Entry): string {
  const isByTask = kind === 'sum' || page.sight.amountsInDetail;
  const shown = isByTask && !isHidden(page, task) ? task : 'other';
  return [kind, day, shown, billable, state === 'ISSUED'].join(' ');
}

/** One entry more than there were, by others and of other lengths; together they are the same. */
function splitOtherwise(page: ProjectPage, group: Entry[]): Entry[] {
  const { book, spec } = page;
  const [first] = group;
  const total = (of: (entry: Entry) => number): number => group.reduce((sum, entry) => sum + of(entry), 0);
  const parts = [...group, { ...first, key: `${first.key}x` }];
  const seconds = split(
    total((entry) => entry.seconds),
    parts.length,
  );
  const amounts = split(
    total((entry) => entry.amount),
    parts.length,
  );
  const team = teamOf(spec);
  return parts.map((entry, i) => ({
    ...entry,
    person: team[hashOf(entry.key) % 3],
    task: hiddenTask(page, entry.task),
    seconds: entry.kind === 'sum' ? seconds[i] : 600 + book.chance(entry.key, 9000),
    amount: amounts[i],
  }));
}

/** Into uneven parts: half, a quarter, … and the rest. */
function split(total: number, parts: number): number[] {
  const out: number[] = [];
  for (let rest = total; out.length < parts; rest -= out[out.length - 1]) {
    out.push(out.length === parts - 1 ? rest : Math.floor(rest / 2));
  }
  return out;
}

/** Not there at all, or twice, or on another day with other figures. */
function anything(page: ProjectPage, entry: Entry): Entry[] {
  const { book, spec, sight } = page;
  const mayBePaid = !isReleased(page, entry) || (sight.hours === 'HIDE' && sight.financials === 'HIDE');
  const billedAt = (key: string) => {
    const billable = mayBePaid && book.chance(key, 2) === 0;
    return { billable, amount: billable && !spec.billing ? book.chance(`amount ${key}`, 90_000) : 0 };
  };
  const other = (key: string): Entry => ({
    ...entry,
    ...billedAt(key),
    key,
    day: dayOf(entry.day, book.chance(key, 9)),
    task: book.one(false, entry.task, [null, ...ALWAYS.map((task) => task.key)], key),
    person: book.one(false, entry.person, teamOf(spec), `${spec.key}/${key}`),
    seconds: 60 + book.chance(key, 20_000),
  });
  if (book.isLess(`${spec.key}/${entry.key}`)) return [];
  return book.chance(entry.key, 2) === 0 ? [other(entry.key)] : [other(entry.key), other(`${entry.key}x`)];
}

/** Where amounts are told of a day as a whole, or not at all, those of its entries are not what they were. */
function moveAmounts({ sight, spec, book }: ProjectPage, entries: Entry[]): Entry[] {
  if (sight.amountsInDetail || spec.billing) return entries;
  const moved = new Map<Entry, number>();
  for (const entry of entries) {
    if (entry.billable && !entry.isTold) moved.set(entry, book.chance(`amount ${entry.key}`, 90_000));
  }
  const told = entries.filter((entry) => entry.isTold);
  for (const group of groupsOf(told, ({ day, state }) => `${day} ${state === 'ISSUED'}`)) {
    const by = Math.min(...group.map((entry) => entry.amount)) >> 1;
    for (const [i, entry] of group.entries()) {
      const isPaired = i % 2 === 1 || i + 1 < group.length;
      if (isPaired) moved.set(entry, entry.amount + (i % 2 === 0 ? by : -by));
    }
  }
  return entries.map((entry) => ({ ...entry, amount: moved.get(entry) ?? entry.amount }));
}

/** No entry tells what it cost. Where the project's cost is told, the sum is the same: of its life, a month or a day. */
function costsOf(page: ProjectPage, entries: Entry[]): number[] {
  const { sight, spec, book } = page;
  const costs = entries.map((entry) => 1 + book.chance(`cost ${spec.key}/${entry.key}`, 9000));
  if (sight.costs === 'NONE') return costs;
  const counted = entries.filter((entry) => isReleased(page, entry));
  const span = sight.costs === 'DATED' ? 10 : spec.costBudget === 'MONTHLY' ? 7 : 0;
  for (const group of groupsOf(counted, ({ day }) => day.slice(0, span))) {
    const others = group.slice(1).reduce((sum, entry) => sum + costs[entries.indexOf(entry)], 0);
    costs[entries.indexOf(group[0])] = 500_000 - others;
  }
  return costs;
}

function writeEntry(page: ProjectPage, entry: Entry, { lines, cost }: { lines: InvoicedLines; cost: number }): void {
  const { book, spec, sight } = page;
  const key = `${spec.key}/${entry.key}`;
  const row = entry.kind === 'row' || entry.kind === 'own';
  const inside = entry.kind === 'own' || sight.manages;
  const state = stateOf(page, entry, lines);
  const raw = book.number(inside, 60, `raw ${key}`);
  const rate = book.number(row && sight.amountsInDetail && sight.rates, RATE, `rate of ${key}`);
  book.add('time_entry', {
    id: book.id('TimeEntry', key),
    workspace_id: page.workspaceId,
    project_id: page.id,
    task_id: page.task(entry.task),
    person_id: page.person(entry.person),
    date: entry.day,
    started_at: row || !book.isLess(key) ? `${entry.day}T08:00:00Z` : null,
    ended_at: row ? `${entry.day}T12:00:00Z` : null,
    raw_seconds: Math.max(1, entry.seconds - raw),
    billed_seconds: entry.seconds,
    billable: entry.billable,
    description: book.text(row, `Did ${key}`),
    internal_note: book.textOrNull(inside, `Inside ${key}`),
    bill_rate_minor: rate,
    cost_rate_minor: book.isLess(key) ? null : 1 + book.chance(`cost rate ${key}`, 9000),
    billable_amount_minor: entry.amount,
    cost_amount_minor: cost,
    invoice_state: state,
    invoice_line_id: state === 'NONE' ? null : state === 'DRAFT' ? lines.draft : lines.issued,
    created_by: page.person(book.one(inside, entry.person, teamOf(spec), key)),
    version: book.number(inside, 1, `version of ${key}`),
    ...STAMPS,
  });
}

const STATES = ['NONE', 'ISSUED', 'DRAFT'] as const;

/** That something is drafted is told to nobody; that it is invoiced where invoices or what is left to invoice are. */
function stateOf(page: ProjectPage, entry: Entry, { draft }: InvoicedLines): Entry['state'] {
  const { book, spec, sight } = page;
  const isTold = sight.invoices !== 'HIDE' || entry.isTold || !sight.unreleased || entry.kind === 'own';
  const state = isTold ? entry.state : book.one<Entry['state']>(false, entry.state, STATES, spec.key + entry.key);
  if (state === 'ISSUED' || sight.drafts) return state;
  return draft && book.chance(`state ${spec.key}/${entry.key}`, 2) === 0 ? 'DRAFT' : 'NONE';
}

function groupsOf<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups.values()];
}
