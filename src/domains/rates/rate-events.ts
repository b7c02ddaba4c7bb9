import type { Context } from '../../context';
import type { EventKind } from '../../events/event-types';
import { emit, emitAll, type Happening } from '../../events/outbox';
import type { Sql, Tx } from '../../platform/database';
import { todayIn } from '../workspaces/today';
import { type Rate, RateKind, RateScope } from './rate.entity';
import {
  findPersonRates,
  findProjectRates,
  findTaskRates,
  projectsOfRate,
  type RateNow,
  type RatesAsked,
} from './rates.repository';

type RateOf = Pick<
  Rate,
  'workspaceId' | 'scope' | 'kind' | 'ofTaskId' | 'ofProjectId' | 'ofPersonId' | 'ofOrganisationId'
>;

/**
 * Changes a rate, and tells of it wherever one is shown beside the list of rates. What counts from another day on, or for
 * nobody because a nearer rate does, changes nothing there: of that those hear alone who read the list.
 */
export async function tellingOfRates<T>(tx: Tx, context: Context, rate: RateOf, change: () => Promise<T>): Promise<T> {
  const { workspaceId, kind } = rate;
  const shown = await shownBy(tx, rate);
  const read = async () => (shown ? shown.read(tx, { ids: shown.ids, kind, on: todayIn(context, workspaceId) }) : []);
  const before = await read();
  const done = await change();
  const moved = changedIds(before, await read());
  await emit(tx, context, 'workspace.updated', { workspaceId, changed: ['Workspace.rates'] });
  if (shown) await emitAll(tx, context, shown.kind, moved.map(shown.happening));
  return done;
}

interface Shown {
  ids: readonly string[];
  kind: EventKind;
  read(db: Sql, asked: RatesAsked): Promise<RateNow[]>;
  happening(id: string): Happening;
}

/** Of whom or what the rate is shown; nowhere that of a person on one project. */
async function shownBy(tx: Tx, rate: RateOf): Promise<Shown | null> {
  const { workspaceId, scope } = rate;
  const field = rate.kind === RateKind.BILL ? 'billRate' : 'costRate';
  if (scope === RateScope.PERSON) {
    const happening = (id: string) => ({ workspaceId, id, changed: [`Person.${field}`] });
    return { ids: [rate.ofPersonId!], kind: 'person.updated', read: findPersonRates, happening };
  }
  if (scope === RateScope.TASK) {
    if (rate.kind === RateKind.COST) return null;
    const [projectId] = await projectsOfRate(tx, rate);
    const happening = (id: string) => ({ workspaceId, projectId, id, changed: ['Task.billRate'] });
    return { ids: [rate.ofTaskId!], kind: 'task.updated', read: findTaskRates, happening };
  }
  if (scope === RateScope.PROJECT_PERSON) return null;
  const happening = (projectId: string) => ({ workspaceId, projectId, changed: [`RateCard.${field}`] });
  return { ids: await projectsOfRate(tx, rate), kind: 'project.updated', read: findProjectRates, happening };
}

function changedIds(before: readonly RateNow[], after: readonly RateNow[]): string[] {
  const inWords = (rates: readonly RateNow[]) => new Map(rates.map((r) => [r.id, `${r.minorPerHour} ${r.currency}`]));
  const [was, is] = [inWords(before), inWords(after)];
  return [...new Set([...was.keys(), ...is.keys()])].filter((id) => was.get(id) !== is.get(id));
}
