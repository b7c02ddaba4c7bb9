import type { ViewerSession } from '../../access/project-access';
import { after, type Clock, minutes } from '../../platform/clock';
import type { Sql } from '../../platform/database';

const IDLE_PRECISION_MS = minutes(5);

/** Notes that a session is in use, at most every 5 minutes: reading must not mean writing. */
export async function touchSession(db: Sql, clock: Clock, { sessionId, lastUsedAt }: ViewerSession): Promise<void> {
  const now = clock.now();
  if (lastUsedAt > after(now, -IDLE_PRECISION_MS)) return;
  await db.rows('update session set last_used_at = $2 where id = $1 and last_used_at < $2', [sessionId, now]);
}
