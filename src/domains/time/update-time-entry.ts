import type { Context } from '../../context';
import type { Tx } from '../../platform/database';
import { forbidden, notFound } from '../../platform/errors';
import { expectVersion } from '../../platform/versioned';
import type { Project } from '../projects/project.entity';
import { loadProject } from '../projects/projects.loaders';
import { resolveRates } from '../rates/resolve-rates';
import { isClientWhoTracks, refuseUnlessForOthers, taskOf, warningsFor, wordsOf } from './log-time';
import type { DeleteTimeEntryInput, UpdateTimeEntryInput, UpdateTimeEntryPayload } from './time.inputs';
import { loadTimeEntry } from './time.loaders';
import { decideBillable, priced, refuseUnlessActive, refuseWhenLocked, roundedSeconds, timeSpent } from './time.logic';
import { deleteEntry, findWorker, holdProject, lockTimeEntry } from './time.repository';
import { TimeEntry } from './time-entry.entity';
import { emitCorrected, emitGone } from './time-events';

/**
 * Corrects an entry: its author, and managers. Rates are looked up anew when person, task, project or date change, and
 * kept otherwise; hours are rounded anew when they change. An entry on an issued invoice is locked; one on a draft
 * changes the draft, which is read again when it is sent. What somebody worked before they became a client is history:
 * theirs to read, and worth what it was (docs/decisions/007).
 */
export async function updateTimeEntry(context: Context, input: UpdateTimeEntryInput): Promise<UpdateTimeEntryPayload> {
  const before = (await loadTimeEntry(context, input.timeEntryId))!;
  const to = await projectOf(context, before, input);
  const changes = await changesOf(context, { before, to, input });
  const entry = await context.db.transaction(async (tx) => {
    const { project, entry } = await lockWithProjects(context, tx, { before, toProjectId: to.id });
    expectVersion(entry.version, input.expectedVersion);
    return correct(context, tx, { entry, project, changes });
  });
  return { timeEntry: (await loadTimeEntry(context, entry.id))!, warnings: warningsFor(context.access, entry) };
}

/** Takes an entry back: an entry that is on no sent invoice is a draft of one, so nothing of it is kept. */
export async function deleteTimeEntry(context: Context, input: DeleteTimeEntryInput): Promise<string> {
  const before = (await loadTimeEntry(context, input.timeEntryId))!;
  await context.db.transaction(async (tx) => {
    const { entry } = await lockWithProjects(context, tx, { before, toProjectId: before.projectId });
    expectVersion(entry.version, input.expectedVersion);
    await deleteEntry(tx, entry.id);
    await emitGone(tx, context, entry);
  });
  return before.id;
}

type Changes = Partial<Omit<TimeEntry, 'id'>>;

/** Where the entry goes: where it is, or another project for who manages both. */
async function projectOf(context: Context, before: TimeEntry, { projectId }: UpdateTimeEntryInput): Promise<Project> {
  const project = await loadProject(context, projectId ?? before.projectId);
  if (!project) throw notFound('projectId');
  if (project.id === before.projectId) return project;
  if (project.workspaceId !== before.workspaceId) throw notFound('projectId');
  context.access.require('manager', before);
  context.access.require('manager', project);
  return project;
}

interface Correction {
  before: TimeEntry;
  to: Project;
  input: UpdateTimeEntryInput;
}

/** What the input changes, as far as it can be said before the entry is locked. */
async function changesOf(context: Context, { before, to, input }: Correction): Promise<Changes> {
  const { personId, taskId, date, billable } = input;
  const { description, internalNote } = wordsOf(input);
  if (personId != null && personId !== before.personId) await refuseUnlessForOthers(context, to, personId);
  const changes: Changes = {
    projectId: to.id,
    ...(to.id === before.projectId ? {} : { taskId: null }),
    ...(personId == null ? {} : { personId }),
    ...(taskId === undefined ? {} : { taskId: taskId === null ? null : (await taskOf(context, to.id, taskId)).id }),
    ...(date == null ? {} : { date }),
    ...(billable == null ? {} : { billable }),
    ...timeSpent(input),
    ...(description === undefined ? {} : { description: description ?? '' }),
    ...(internalNote === undefined ? {} : { internalNote }),
  };
  return changes;
}

interface Locked {
  before: TimeEntry;
  toProjectId: string;
}

/** The rule has asked about the entry as it was read; the locked one may be another's, or invoiced, by now. */
async function lockWithProjects({ access }: Context, tx: Tx, { before, toProjectId }: Locked) {
  const held = new Map<string, Project>();
  for (const id of [...new Set([before.projectId, toProjectId])].sort()) held.set(id, await holdProject(tx, id));
  for (const project of held.values()) refuseUnlessActive(project);
  const entry = await lockTimeEntry(tx, before);
  const { settings } = access.require('entryInside', entry);
  const isClient = settings !== null;
  if (isClient && (await findWorker(tx, entry)).wasOfTeam) throw forbidden(['managesProject']);
  refuseWhenLocked(entry);
  return { project: held.get(toProjectId)!, entry };
}

async function correct(
  context: Context,
  tx: Tx,
  { entry, project, changes }: { entry: TimeEntry; project: Project; changes: Changes },
) {
  const given = { ...entry, ...changes };
  const moved = given.projectId !== entry.projectId;
  const handedOver = given.personId !== entry.personId;
  if (moved || handedOver) {
    await isClientWhoTracks(tx, { personId: given.personId, projectId: project.id, now: context.clock.now() });
  }
  const worker = await findWorker(tx, given);
  const isHistory = worker.wasOfTeam && !handedOver;
  const ofClient = worker.isClient && !isHistory;
  const facts = { ...given, billable: decideBillable({ told: changes.billable, asUsual: entry.billable, ofClient }) };
  const isOtherWork = moved || REPRICED.some((key) => facts[key] !== entry[key]);
  const keepsRates = !isOtherWork || (isHistory && project.currency === entry.currency);
  const [rates] = keepsRates ? [entry] : await resolveRates(tx, [facts]);
  const billedSeconds =
    moved || facts.rawSeconds !== entry.rawSeconds ? roundedSeconds(facts.rawSeconds, project) : entry.billedSeconds;
  const { billRateMinor, costRateMinor } = rates;
  const measured = { ...facts, billedSeconds, billRateMinor, costRateMinor };
  const written = {
    ...only(measured, EDITED),
    ...priced(measured, project.billing),
    // Another project's invoice, or one of billable work: the draft that it stood on is neither any more.
    ...(moved || !facts.billable ? { invoiceState: 'NONE' as const, invoiceLineId: null } : {}),
  };
  const stamps = { version: entry.version + 1, updatedAt: context.clock.now() };
  await tx.update(TimeEntry, { id: entry.id }, { ...written, ...stamps });
  await emitCorrected(tx, context, entry, { ...entry, ...written });
  return { ...measured, billing: project.billing };
}

/** What rates depend on. */
const REPRICED = ['personId', 'taskId', 'date'] as const;

const EDITED = [
  'projectId',
  'taskId',
  'personId',
  'date',
  'rawSeconds',
  'startedAt',
  'endedAt',
  'billedSeconds',
  'billable',
  'description',
  'internalNote',
  'billRateMinor',
  'costRateMinor',
] as const satisfies readonly (keyof TimeEntry)[];

function only<T, K extends keyof T>(from: T, keys: readonly K[]): Pick<T, K> {
  return Object.fromEntries(keys.map((key) => [key, from[key]])) as Pick<T, K>;
}
