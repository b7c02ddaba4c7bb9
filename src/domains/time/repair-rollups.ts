import type { Transactional } from '../../platform/database';
import { findStaleRollups, rebuildRollups } from './rollups.repository';

/**
 * Adds up anew whatever differs from its entries, and answers the projects that did: none, unless somebody wrote around
 * the triggers. Every total is read from these sums.
 */
export async function repairRollups(db: Transactional): Promise<string[]> {
  const stale = await findStaleRollups(db);
  for (const projectId of stale) await db.transaction((tx) => rebuildRollups(tx, projectId));
  return stale;
}
