import { setTimeout as sleep } from 'node:timers/promises';
import type { RequestHandler } from 'express';
import type { Bus } from '../events/bus';
import type { Database } from '../platform/database';
import { pendingMigrations } from '../platform/open-database';

/** `starting`: the database is being prepared. `stopping`: what is under way is finished, nothing new is taken. */
type Phase = 'starting' | 'ready' | 'stopping';

export interface Health {
  phase: Phase;
}

/** The process answers. */
export const healthz: RequestHandler = (_request, response) => {
  response.json({ status: 'ok' });
};

/** The server can do its work: the database answers and knows all migrations. Without Redis it does it more slowly. */
export const readyz = (health: Health, { database, bus }: { database: Database; bus: Bus }): RequestHandler => {
  let migrated = false;
  const check = async (): Promise<string | undefined> => {
    if (health.phase !== 'ready') return health.phase;
    if (migrated) await database.rows('SELECT 1');
    else if ((await pendingMigrations(database)).length > 0) return 'migrations are pending';
    migrated = true;
    return undefined;
  };
  return async (_request, response) => {
    const late = sleep(PATIENCE_MS, 'the database does not answer', { ref: false });
    const reason = await Promise.race([check().catch(() => 'the database does not answer'), late]);
    const degraded = bus.trouble();
    const answer = reason ? { status: 'not ready', reason } : { status: 'ready', ...(degraded ? { degraded } : {}) };
    response.status(reason ? 503 : 200).json(answer);
  };
};

const PATIENCE_MS = 2000;
