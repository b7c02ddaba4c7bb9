import type { Sql, Tx } from '../../platform/database';

/** Projects whose rollups are not what their entries add up to. Nothing should ever make it answer one. */
export async function findStaleRollups(sql: Sql): Promise<string[]> {
  const rows = await sql.rows<{ projectId: string }>(
    `select distinct x.project_id from (${unlike(DAYS_ADDED_UP, DAYS_KEPT)} union all ${unlike(TOTALS_ADDED_UP, TOTALS_KEPT)}) x
     order by x.project_id`,
  );
  return rows.map((row) => row.projectId);
}

/** Adds a project up anew. Writers of entries wait for the end of the transaction. */
export async function rebuildRollups(tx: Tx, projectId: string): Promise<void> {
  await tx.rows('select repair_project_rollups($1)', [projectId]);
}

const MEASURES = [
  'entries',
  'raw_seconds',
  'billed_seconds',
  'billable_seconds',
  'billable_amount_minor',
  'cost_amount_minor',
].join(', ');

const addedUp = (keys: string) => `
  select ${keys}, count(*)::bigint as entries, sum(raw_seconds)::bigint as raw_seconds, sum(billed_seconds)::bigint as billed_seconds,
    coalesce(sum(billed_seconds) filter (where billable), 0)::bigint as billable_seconds,
    sum(billable_amount_minor)::bigint as billable_amount_minor, sum(cost_amount_minor)::bigint as cost_amount_minor
  from time_entry group by ${keys}`;

/** A key whose entries are all gone keeps a row of zeros: as good as none. */
const kept = (table: string, keys: string) =>
  `select ${keys}, ${MEASURES} from ${table} where (${MEASURES}) <> (0, 0, 0, 0, 0, 0)`;

const DAY_KEYS = 'project_id, date, invoice_state';
const TOTAL_KEYS = 'project_id, invoice_state';
const DAYS_ADDED_UP = addedUp(DAY_KEYS);
const DAYS_KEPT = kept('project_day', DAY_KEYS);
const TOTALS_ADDED_UP = addedUp(TOTAL_KEYS);
const TOTALS_KEPT = kept('project_total', TOTAL_KEYS);

const unlike = (one: string, other: string) => `
  select project_id from ((${one}) except (${other})) missing
  union all select project_id from ((${other}) except (${one})) invented`;
