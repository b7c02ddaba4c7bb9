import { hashPassword } from '../domains/auth/password';
import { findWorkspaces } from '../domains/workspaces/workspaces.repository';
import { after, type Clock, days, today } from '../platform/clock';
import type { Database } from '../platform/database';
import { derivedId } from '../platform/ids';
import { PASSWORD, WORKSPACE } from './cast';
import { loadCast } from './load-cast';
import { loadInvitation } from './load-invitation';
import { loadInvoices } from './load-invoices';
import { loadProjects, type Today } from './load-projects';
import { loadTime, tellRecentWork } from './load-time';

const SEED = 'demo';
const WORKSPACE_ID = derivedId('Workspace', SEED, WORKSPACE.key);

/**
 * Fills an empty database with Fjord Studio: its people, clients, projects, months of time, invoices, an invitation. All or
 * nothing: a start that is killed on the way leaves an empty database.
 */
export async function loadDemo(database: Database, clock: Clock): Promise<void> {
  const passwordHash = await hashPassword(PASSWORD);
  const dates = datesAround(clock.now());
  await database.transaction(async (tx) => {
    const cast = await loadCast(tx, { seed: SEED, now: dates.now, passwordHash });
    await loadProjects(tx, cast, dates);
    await loadTime(tx, cast, dates);
    await loadInvoices(tx, cast, dates);
    await tellRecentWork(tx, cast, dates);
    await loadInvitation(tx, cast, dates);
  });
}

/** Whether it was loaded into this database, however long ago: nobody else makes a workspace of this id. */
export const isDemo = async (database: Database): Promise<boolean> =>
  (await findWorkspaces(database, [WORKSPACE_ID])).length > 0;

const datesAround = (now: Date): Today => ({
  now,
  day: (offset) => today({ now: () => after(now, days(offset)) }, WORKSPACE.timezone),
});
