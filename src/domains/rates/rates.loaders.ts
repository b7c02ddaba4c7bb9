import type { Context } from '../../context';
import { batched, batchedById, groupedBy } from '../../platform/batch';
import type { Sql } from '../../platform/database';
import { type Money, toMoney } from '../../platform/money';
import { batchedPages, type Connection } from '../../platform/paging';
import type { Rate, RateKind } from './rate.entity';
import {
  findPersonRates,
  findProjectRates,
  findRates,
  findTaskRates,
  pageRates,
  type RateListArgs,
  type RateNow,
  type RatesAsked,
} from './rates.repository';

/** Rates that the viewer may see, by id. */
export const loadRate = batchedById<Context, Rate>('Rate', ({ db, access }, ids) => findRates(db, access, ids));

/** A page of the rates of a workspace, as far as the viewer may see them. */
export const loadRatesOfWorkspace: (
  context: Context,
  workspaceId: string,
  args: RateListArgs,
) => Promise<Connection<Rate>> = batchedPages(({ db, access }: Context, workspaceIds, args: RateListArgs) =>
  pageRates(db, access, { workspaceIds, args }),
);

interface RateKey {
  /** Of the project, person or task. */
  id: string;
  kind: RateKind;
  on: string;
}

/** What an hour costs on a project, of a person, on a task: on one day. */
export const loadProjectRate = ratesBy(findProjectRates);
export const loadPersonRate = ratesBy(findPersonRates);
export const loadTaskRate = ratesBy(findTaskRates);

function ratesBy(find: (db: Sql, asked: RatesAsked) => Promise<RateNow[]>) {
  const questionOf = ({ kind, on }: RateKey) => `${kind} ${on}`;
  return batched<Context, RateKey, Money | null>(
    async ({ db }, keys) => {
      const found = new Map<RateKey, Money>();
      for (const same of groupedBy([...new Set(keys.map(questionOf))], keys, questionOf)) {
        const { kind, on } = same[0];
        const rates = await find(db, { ids: same.map(({ id }) => id), kind, on });
        const byId = new Map(rates.map((rate) => [rate.id, toMoney(rate.minorPerHour, rate.currency)]));
        for (const key of same) found.set(key, byId.get(key.id)!);
      }
      return keys.map((key) => found.get(key) ?? null);
    },
    (key) => `${key.id} ${questionOf(key)}`,
  );
}
