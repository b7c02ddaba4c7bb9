import type { TestServer } from './server';

/** Counts of tries are kept whatever becomes of the try; readers follow in their own time. */
const NOT_THE_DATA = ['rate_limit', 'migrations', 'event_stream', 'event_reader', 'notification', 'budget_alert'];

/** The relay numbers an event in its own time after it was written. */
const AS_WRITTEN: Record<string, string> = {
  event: `select id, kind, subject_id, changed from event where kind <> 'notification.created'`,
  mail_outbox: `select * from mail_outbox where kind not in ('NOTIFICATION', 'DIGEST')`,
};

/**
 * One hash for each table over all that stands in it: a refused operation leaves every one as it was, and a failing
 * test names the tables that changed.
 */
export async function fingerprint({ database }: TestServer): Promise<Record<string, string>> {
  const tables = await database.rows<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public' and not tablename = any($1::text[]) order by 1`,
    [NOT_THE_DATA],
  );
  const each = tables.map(
    ({ name }) =>
      `select '${name}' as name, md5(coalesce(string_agg(x::text, '|' order by x::text), '')) as hash
       from (${AS_WRITTEN[name] ?? `select * from "${name}"`}) x`,
  );
  const rows = await database.rows<{ name: string; hash: string }>(each.join(' union all '));
  return Object.fromEntries(rows.map(({ name, hash }) => [name, hash]));
}
