import { createHash } from 'node:crypto';
import { Billing, RoundingMode } from '../domains/projects/project.enums';
import { priced, roundedSeconds } from '../domains/time/time.logic';
import { TimeEntry } from '../domains/time/time-entry.entity';
import { emitLogged } from '../domains/time/time-events';
import { doneBy } from '../events/outbox';
import type { Tx } from '../platform/database';
import type { CastName } from './cast';
import type { LoadedCast } from './load-cast';
import { minor, projectId, type Today, taskId } from './load-projects';
import { COST_RATES, DESCRIPTIONS, type DemoProject, type DemoTask, PROJECTS } from './world';

/** Months of believable days: nobody works on weekends, hours differ, and the same seed has the same days. */
export async function loadTime(tx: Tx, cast: LoadedCast, today: Today): Promise<void> {
  for (const project of PROJECTS) {
    const entries = workOn(project, cast, today);
    for (let i = 0; i < entries.length; i += BATCH) await tx.insert(TimeEntry, entries.slice(i, i + BATCH));
  }
}

/** What was worked these days is told as it would have been: the first look at the activity of a project shows some. */
export async function tellRecentWork(tx: Tx, cast: LoadedCast, today: Today): Promise<void> {
  const since = today.day(-RECENT_DAYS);
  const recent = PROJECTS.flatMap((project) => workOn(project, cast, today)).filter(({ date }) => date >= since);
  const inOrder = recent.sort((one, other) => one.date.localeCompare(other.date));
  for (const entry of inOrder) await emitLogged(tx, doneBy(entry.personId, new Date(`${entry.date}T15:00:00Z`)), entry);
}

const RECENT_DAYS = 10;
const BATCH = 200;
const QUARTER = 900;

const workOn = (project: DemoProject, cast: LoadedCast, today: Today): TimeEntryRow[] =>
  daysOf(project).flatMap((daysAgo) => entriesOf(project, daysAgo, cast, today));

const daysOf = ({ began, ended = 1 }: DemoProject): number[] =>
  Array.from({ length: began - ended + 1 }, (_, i) => began - i);

type TimeEntryRow = Omit<TimeEntry, 'currency'>;

function entriesOf(project: DemoProject, daysAgo: number, cast: LoadedCast, today: Today): TimeEntryRow[] {
  const date = today.day(-daysAgo);
  const weekday = new Date(`${date}T12:00:00Z`).getUTCDay();
  if (weekday === 0 || weekday === 6) return [];
  return Object.entries(project.workers).flatMap(([name, usual]) => {
    const chance = dice(`${project.key}/${name}/${daysAgo}`);
    if (chance() < 0.2) return [];
    const worked = usual * (0.5 + chance());
    const rawSeconds = Math.max(QUARTER, Math.round((worked * 3600) / 300) * 300 + Math.floor(chance() * 5) * 60);
    const task = project.tasks[Math.floor(chance() * project.tasks.length)];
    const description = DESCRIPTIONS[Math.floor(chance() * DESCRIPTIONS.length)];
    return [entry({ project, name: name as CastName, date, rawSeconds, task, description }, cast, today)];
  });
}

interface Work {
  project: DemoProject;
  name: CastName;
  date: string;
  rawSeconds: number;
  task: DemoTask;
  description: string;
}

function entry(work: Work, cast: LoadedCast, { now }: Today): TimeEntryRow {
  const { project, name, date, rawSeconds, task, description } = work;
  const rounding = project.rounding ?? { mode: RoundingMode.NONE, minutes: 1 };
  const facts = {
    rawSeconds,
    billedSeconds: roundedSeconds(rawSeconds, { roundingMode: rounding.mode, roundingMinutes: rounding.minutes }),
    billable: (task.billable ?? true) && project.billing !== Billing.NON_BILLABLE,
    billRateMinor: project.billRate === undefined ? null : minor(project.billRate),
    costRateMinor: minor(COST_RATES[name] ?? 0),
  };
  return {
    id: cast.id('TimeEntry', `${project.key}/${name}/${date}`),
    workspaceId: cast.workspaceId,
    projectId: projectId(cast, project),
    taskId: taskId(cast, project, task.title),
    personId: cast.people[name],
    date,
    startedAt: null,
    endedAt: null,
    ...facts,
    ...priced(facts, project.billing),
    description,
    internalNote: null,
    invoiceState: 'NONE',
    invoiceLineId: null,
    createdById: cast.people[name],
    version: 1,
    createdAt: now,
    updatedAt: now,
  };
}

/** Numbers between 0 and 1 that look thrown and are always the same for the same key. Eight of them. */
function dice(key: string): () => number {
  const bytes = createHash('sha256').update(key).digest();
  let thrown = 0;
  return () => bytes.readUInt32BE(4 * (thrown++ % 8)) / 2 ** 32;
}
