import { loadLarge } from '../../scripts/large/load-large';
import { tokenOf } from '../../scripts/large/people';
import { planFor, skewed } from '../../scripts/large/plan';
import { createApi } from '../../src/api/server';
import { systemClock } from '../../src/platform/clock';
import { createLogger } from '../../src/platform/logger';
import { openTestDatabase, type TestDatabase } from '../support/database';
import { operation } from '../support/operations';
import { rowsLookedAt } from '../support/rows-looked-at';
import { SECRET_KEY, SETTINGS } from '../support/server';

/**
 * What the database looks at for a page follows from what is on the page, and not from how much history lies behind it.
 * The same people hold the same 20 of 400 projects in two worlds; in one of them four times as much has been done.
 */
const PROJECTS = 400;
const SIZES = [
  { entries: 20_000, invoices: 12 },
  { entries: 80_000, invoices: 48 },
];

const worlds: World[] = [];
beforeAll(async () => {
  for (const size of SIZES) worlds.push(await aWorld(size));
}, 120_000);
afterAll(() => Promise.all(worlds.map(({ close }) => close())));

interface World extends TestDatabase {
  ask(query: string, token: string, variables: object): Promise<any>;
}

async function aWorld({ entries, invoices }: (typeof SIZES)[number]): Promise<World> {
  const opened = await openTestDatabase();
  const { database } = opened;
  await loadLarge(database, { ...planFor(skewed(PROJECTS, entries), { personas: 2 }), invoices, periodDays: 14 });
  await database.rows('analyze');
  const logger = createLogger('silent');
  const options = { database, clock: systemClock, logger, settings: SETTINGS, introspection: false };
  const api = createApi({ ...options, secretKey: SECRET_KEY });
  const ask = async (query: string, token: string, variables: object): Promise<any> => {
    const contextValue = await api.contextFor({ id: 'flat', ip: '127.0.0.1', token }, { source: query });
    const { body } = await api.apollo.executeOperation<any>({ query, variables: variables as any }, { contextValue });
    const { data, errors } = body.kind === 'single' ? body.singleResult : {};
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  };
  return { ...opened, ask };
}

describe('how many rows the database looks at for a page does not follow the length of the history:', () => {
  it.each([
    ['the dashboard: 20 projects with totals', 'Dashboard', { first: 20 }, { grows: 1.2, most: 4000 }],
    ['a project page: tasks, people, totals', 'ProjectPage', { first: 100 }, { grows: 1.2, most: 3000 }],
    ['100 time entries', 'TimeEntries', { first: 100 }, { grows: 1.2, most: 1000 }],
    ['5 invoices', 'Invoices', { first: 5 }, { grows: 1.2, most: 1000 }],
  ])('%s', async (_what, name, page, limits) => {
    // How many there are in all is counted, up to 10,001: what that costs is not what a page costs.
    const query = operation(name).replaceAll('totalCount', '');
    for (const who of ['client', 'manager', 'owner'] as const) {
      const counts: number[] = [];
      for (const { database, ask } of worlds) {
        const token = tokenOf(who, 1);
        const id = await largestOf(ask, token);
        counts.push(await rowsLookedAt(database, () => ask(query, token, { id, projectId: id, ...page })));
      }
      expect({ who, counts, grows: counts[1] > limits.grows * counts[0] }).toEqual({ who, counts, grows: false });
      // A plan may be as bad in both.
      expect(Math.max(...counts)).toBeLessThan(limits.most);
    }
  });
});

async function largestOf(ask: World['ask'], token: string): Promise<string> {
  const query = '{ projects(first: 50) { nodes { id totals { totalTime { seconds } } } } }';
  const { projects } = await ask(query, token, {});
  const bySize = [...projects.nodes].sort((a, b) => b.totals.totalTime.seconds - a.totals.totalTime.seconds);
  return bySize[0].id;
}
