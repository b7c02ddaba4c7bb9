import type { Sql } from '../../platform/database';

/** When the oldest event happened that has been told. */
export async function oldestEvent(db: Sql): Promise<Date | null> {
  const row = await db.row<{ occurredAt: Date }>(
    'select occurred_at from event where seq is not null order by occurred_at limit 1',
  );
  return row?.occurredAt ?? null;
}
