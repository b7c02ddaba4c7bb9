import type { Sql } from '../../platform/database';

interface Count {
  key: string;
  now: Date;
  /** When a window that begins now ends. One that is open keeps its end. */
  expiresAt: Date;
  /** Where the count stops: what is refused is not held against the successes among it. */
  atMost: number;
}

/** Counts one, in one statement: of many at once each gets a number of its own. */
export async function countUp(
  db: Sql,
  { key, now, expiresAt, atMost }: Count,
): Promise<{ points: number; expiresAt: Date }> {
  const counted = await db.row<{ points: number; expiresAt: Date }>(
    `insert into rate_limit as r (key, points, expires_at) values ($1, 1, $3)
     on conflict (key) do update set
       points = case when r.expires_at <= $2 then 1 else least(r.points + 1, $4::int) end,
       expires_at = case when r.expires_at <= $2 then $3 else r.expires_at end
     returning points, expires_at`,
    [key, now, expiresAt, atMost],
  );
  return counted!;
}

export async function countDown(db: Sql, keys: readonly string[]): Promise<void> {
  await db.rows('update rate_limit set points = points - 1 where key = any($1::text[]) and points > 0', [keys]);
}

/** Forgets one count, and some of those whose window is long over. */
export async function forget(db: Sql, key: string, now: Date): Promise<void> {
  await db.rows(
    `delete from rate_limit where key = $1 or key = any(array(
       select key from rate_limit where expires_at <= $2 limit 100 for update skip locked))`,
    [key, now],
  );
}
