import type { Context } from '../../context';
import { badInput, forbidden, notFound, PorticoError } from '../../platform/errors';
import { newId } from '../../platform/ids';
import { parseMinor } from '../../platform/money';
import type { Connection, PageArgs } from '../../platform/paging';
import { loadOrganisation } from '../clients/clients.loaders';
import { loadPerson } from '../people/people.loaders';
import { Side } from '../people/person.entity';
import type { Project } from '../projects/project.entity';
import { loadProject } from '../projects/projects.loaders';
import { loadTask } from '../tasks/tasks.loaders';
import { todayIn } from '../workspaces/today';
import type { Workspace } from '../workspaces/workspace.entity';
import { loadWorkspace } from '../workspaces/workspace.loaders';
import { type Rate, RateScope } from './rate.entity';
import type { RateFilter, RemoveRateInput, SetRateInput } from './rate.inputs';
import { tellingOfRates } from './rate-events';
import { loadRate, loadRatesOfWorkspace } from './rates.loaders';
import { deleteRate, saveRate } from './rates.repository';

interface RateList {
  filter: RateFilter | null;
  page: PageArgs;
}

/** A filter that names what the viewer does not see is refused before any row is read. */
export async function listRates(
  context: Context,
  workspace: Workspace,
  { filter, page }: RateList,
): Promise<Connection<Rate>> {
  const { projectId, personId, clientOrganisationId } = filter ?? {};
  if (projectId != null) await projectOf(context, projectId, 'filter.projectId');
  if (personId != null && !(await loadPerson(context, personId))) throw notFound('filter.personId');
  if (clientOrganisationId != null && !(await loadOrganisation(context, clientOrganisationId))) {
    throw notFound('filter.clientOrganisationId');
  }
  return loadRatesOfWorkspace(context, workspace.id, { ...page, filter });
}

/**
 * Sets what an hour costs from a day on. Time that is logged already keeps its snapshot. Refuses people of clients, who
 * have no rates, and for projects any currency but their own.
 */
export async function setRate(context: Context, input: SetRateInput): Promise<Rate> {
  const subject = await subjectOf(context, input);
  if (!context.access.isAdmin(subject.workspaceId)) throw forbidden(['role:ADMIN']);
  const now = context.clock.now();
  const rate = {
    ...NOTHING,
    ...subject.of,
    id: newId('Rate'),
    workspaceId: subject.workspaceId,
    scope: input.scope,
    kind: input.kind,
    ...priceOf(input, subject),
    validFrom: input.validFrom ?? todayIn(context, subject.workspaceId),
    createdAt: now,
    updatedAt: now,
  };
  const id = await context.db.transaction((tx) => tellingOfRates(tx, context, rate, () => saveRate(tx, rate)));
  return (await loadRate(context, id))!;
}

export async function removeRate(context: Context, { rateId }: RemoveRateInput): Promise<string> {
  const rate = (await loadRate(context, rateId))!;
  await context.db.transaction((tx) => tellingOfRates(tx, context, rate, () => deleteRate(tx, rateId)));
  return rateId;
}

type RateOf = Pick<Rate, 'ofTaskId' | 'ofProjectId' | 'ofPersonId' | 'ofOrganisationId'>;

interface RateSubject {
  workspaceId: string;
  currency: string;
  /** Whether another currency would make a rate that no entry could ever have. */
  currencyIsFixed: boolean;
  of: Partial<RateOf>;
}

const NOTHING: RateOf = { ofTaskId: null, ofProjectId: null, ofPersonId: null, ofOrganisationId: null };
const HIGHEST = 100_000_000_000n;

/** The ids that each scope names; a rate that names more would be read as something else than was meant. */
const NAMES: Record<RateScope, readonly (keyof SetRateInput)[]> = {
  [RateScope.TASK]: ['taskId'],
  [RateScope.PROJECT_PERSON]: ['projectId', 'personId'],
  [RateScope.PROJECT]: ['projectId'],
  [RateScope.PERSON]: ['personId'],
  [RateScope.CLIENT]: ['clientOrganisationId'],
};

async function subjectOf(context: Context, input: SetRateInput): Promise<RateSubject> {
  const { scope, projectId, personId, taskId, clientOrganisationId } = input;
  const ids = { taskId, projectId, personId, clientOrganisationId };
  for (const [name, id] of Object.entries(ids)) {
    const isNamed = NAMES[scope].includes(name as keyof SetRateInput);
    if (isNamed && id == null) throw badInput(name, `A rate of scope ${scope} names its ${name}.`);
    if (!isNamed && id != null) throw badInput(name, `A rate of scope ${scope} names no ${name}.`);
  }
  if (scope === RateScope.CLIENT) return ofClient(context, clientOrganisationId!);
  if (scope === RateScope.PERSON) return ofPerson(context, personId!);
  if (scope === RateScope.TASK) return ofTask(context, taskId!);
  const project = await projectOf(context, projectId!, 'projectId');
  if (scope === RateScope.PROJECT) return ofProject(project, { ofProjectId: project.id });
  const person = await ofPerson(context, personId!);
  if (person.workspaceId !== project.workspaceId) throw notFound('personId');
  return ofProject(project, { ofProjectId: project.id, ...person.of });
}

const ofProject = ({ workspaceId, currency }: Project, of: Partial<RateOf>): RateSubject => ({
  workspaceId,
  currency,
  currencyIsFixed: true,
  of,
});

async function ofTask(context: Context, id: string): Promise<RateSubject> {
  const task = await loadTask(context, id);
  if (!task) throw notFound('taskId');
  return ofProject(await projectOf(context, task.projectId, 'taskId'), { ofTaskId: task.id });
}

async function projectOf(context: Context, id: string, field: string): Promise<Project> {
  const project = await loadProject(context, id);
  if (!project) throw notFound(field);
  return project;
}

async function ofPerson(context: Context, id: string): Promise<RateSubject> {
  const person = await loadPerson(context, id);
  if (!person) throw notFound('personId');
  const { workspaceId } = person;
  if (!context.access.isAdmin(workspaceId)) throw forbidden(['role:ADMIN']);
  if (person.side === Side.CLIENT) throw badInput('personId', 'People of clients have no rates.');
  const workspace = (await loadWorkspace(context, workspaceId))!;
  return { workspaceId, currency: workspace.defaultCurrency, currencyIsFixed: false, of: { ofPersonId: person.id } };
}

async function ofClient(context: Context, id: string): Promise<RateSubject> {
  const client = await loadOrganisation(context, id);
  if (!client) throw notFound('clientOrganisationId');
  const { workspaceId, currency } = client;
  return { workspaceId, currency: currency!, currencyIsFixed: false, of: { ofOrganisationId: client.id } };
}

function priceOf(
  { amount, currencyCode }: SetRateInput,
  subject: RateSubject,
): Pick<Rate, 'minorPerHour' | 'currency'> {
  const currency = currencyCode ?? subject.currency;
  if (subject.currencyIsFixed && currency !== subject.currency) {
    const message = `The project is billed in ${subject.currency}: a rate in ${currency} would never count.`;
    throw new PorticoError('CURRENCY_MISMATCH', message, { field: 'currencyCode' });
  }
  const minorPerHour = parseMinor(amount, currency);
  if (minorPerHour === null || minorPerHour < 0n || minorPerHour > HIGHEST) {
    throw badInput('amount', `A rate is an amount of 0 or more in ${currency}, with its decimals at most.`);
  }
  return { minorPerHour, currency };
}
