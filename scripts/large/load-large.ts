import { needsSetUp } from '../../src/domains/auth/set-up';
import { findStaleRollups } from '../../src/domains/time/rollups.repository';
import type { Database, Tx } from '../../src/platform/database';
import { DatabaseUnavailable } from '../../src/platform/open-database';
import { bareTable } from './bare-table';
import { loadEntries, prepareEntries, STEPS } from './entries';
import { loadInvoices } from './invoices';
import { loadOrganisations, loadPeople } from './people';
import type { LargePlan } from './plan';
import { loadProjects, loadTasks } from './projects';

/** Told what was done, in words. */
export type Say = (what: string) => void;

/**
 * Fills an empty, migrated database. All or nothing: a run that is killed leaves it empty.
 * @throws DatabaseUnavailable when it holds people already.
 */
export async function loadLarge(database: Database, plan: LargePlan, say: Say = () => {}): Promise<void> {
  if (!(await needsSetUp(database))) throw new DatabaseUnavailable(HOLDS_DATA);
  await database.transaction(async (tx) => {
    await tx.rows(`set local maintenance_work_mem = '256MB'`);
    await tx.rows(`set local work_mem = '64MB'`);
    await loadPeople(tx, plan);
    await loadOrganisations(tx, plan);
    await loadProjects(tx, plan);
    await loadTasks(tx, plan);
    say(`${plan.team} of the team, ${plan.organisations} clients, ${plan.entries.length} projects with their tasks`);
    await loadWork(tx, plan, say);
    await addUp(tx);
    say('rollups, equal to what the entries add up to');
  });
  // Reads measured afterwards neither pay for what this leaves behind, nor are planned without knowing it.
  await database.rows('vacuum (analyze)');
  say('vacuumed and analysed');
}

const HOLDS_DATA =
  'The database holds data. Create an empty one for this: afterwards everybody knows how to sign in to it.';

/** Entries, and invoices made of them. */
async function loadWork(tx: Tx, plan: LargePlan, say: Say): Promise<void> {
  await prepareEntries(tx, plan);
  say('the dice are thrown');
  const putBack = await bareTable(tx, 'time_entry');
  for (let step = 0; step < STEPS; step++) {
    await loadEntries(tx, plan, step);
    say(`time entries: ${step + 1} of ${STEPS} parts`);
  }
  await loadInvoices(tx, plan);
  say('invoices with lines and payments');
  await putBack(tx);
  say('keys, indexes and triggers of the entries');
}

/** By the product's own function, and compared with the entries by its own question. */
async function addUp(tx: Tx): Promise<void> {
  await tx.rows('analyze time_entry');
  await tx.rows('select repair_project_rollups(id) from project');
  const stale = await findStaleRollups(tx);
  if (stale.length > 0)
    throw new Error(`The rollups of ${stale.length} projects are not what their entries add up to.`);
}
