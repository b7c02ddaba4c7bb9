import { loadLarge } from '../../scripts/large/load-large';
import { tokenOf } from '../../scripts/large/people';
import { planFor, skewed } from '../../scripts/large/plan';
import { createApi } from '../../src/api/server';
import { repairRollups } from '../../src/domains/time/repair-rollups';
import { priced } from '../../src/domains/time/time.logic';
import type { TimeEntry } from '../../src/domains/time/time-entry.entity';
import { systemClock } from '../../src/platform/clock';
import { createLogger } from '../../src/platform/logger';
import { openTestDatabase, type TestDatabase } from '../support/database';
import { SECRET_KEY, SETTINGS } from '../support/server';

let opened: TestDatabase;
let ask: (query: string, token: string) => Promise<any>;
beforeAll(async () => {
  opened = await openTestDatabase();
  await loadLarge(opened.database, planFor(skewed(40, 4000), { personas: 2 }));
  const { database } = opened;
  const logger = createLogger('silent');
  const api = createApi({
    database,
    clock: systemClock,
    logger,
    settings: SETTINGS,
    introspection: true,
    secretKey: SECRET_KEY,
  });
  ask = async (query, token) => {
    const contextValue = await api.contextFor({ id: 'large', ip: '127.0.0.1', token }, { source: query });
    const { body } = await api.apollo.executeOperation<any>({ query }, { contextValue });
    return body.kind === 'single' ? body.singleResult : undefined;
  };
}, 60_000);
afterAll(() => opened.close());

const [CLIENT, MANAGER] = [tokenOf('client', 1), tokenOf('manager', 1)];

describe('the large world that is measured', () => {
  it('has prices and totals as if its people had logged it all', async () => {
    const entries = await opened.database.rows<TimeEntry & { billing: any }>(
      'select e.*, p.billing from time_entry e join project p on p.id = e.project_id order by e.id limit 500',
    );
    for (const entry of entries) {
      const { billableAmountMinor, costAmountMinor } = entry;
      expect({ billableAmountMinor, costAmountMinor }).toEqual(priced(entry, entry.billing));
    }
    expect(await repairRollups(opened.database)).toEqual([]);
  });

  it('shows a client their twenty projects with everything that clients may see, and a cost to their manager alone', async () => {
    const projects = `{ projects(first: 50) { nodes { totals { totalTime { hours } internalCost { amount } }
      timeEntries(first: 1) { nodes { billableAmount { amount } } } invoices(first: 1) { nodes { lines { id } } } } } }`;
    const [ofClient, ofManager] = [await ask(projects, CLIENT), await ask(projects, MANAGER)].map(
      ({ data }) => data.projects.nodes,
    );
    expect(ofClient).toHaveLength(20);
    expect(ofManager).toHaveLength(20);
    for (const [i, project] of ofClient.entries()) {
      expect(project.totals.totalTime.hours).toBeGreaterThan(0);
      expect(project.totals.internalCost).toBeNull();
      expect(Number(ofManager[i].totals.internalCost.amount)).toBeGreaterThan(0);
      expect(project.timeEntries.nodes[0].billableAmount).not.toBeNull();
      expect(project.invoices.nodes[0].lines.length).toBeGreaterThan(0);
    }
  });

  it('has a draft that the manager sends: it is numbered on, and asks for what its work adds up to', async () => {
    const { data } = await ask('{ invoices(first: 1) { nodes { id total { amount } } } }', MANAGER);
    const [draft] = data.invoices.nodes;
    const sent = await ask(
      `mutation { sendInvoice(input: { invoiceId: "${draft.id}" }) { invoice { number status total { amount } } } }`,
      MANAGER,
    );
    expect(sent.data.sendInvoice.invoice).toMatchObject({ status: 'SENT', total: draft.total });
    expect(await repairRollups(opened.database)).toEqual([]);
  });

  it('is never put into a database that holds people', async () => {
    await expect(loadLarge(opened.database, planFor(skewed(20, 100)))).rejects.toThrow('holds data');
  });
});
