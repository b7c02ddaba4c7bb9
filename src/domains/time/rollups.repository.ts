import type { Sql, Tx } from '../../platform/database';

/** Projects whose rollups are not what their entries add up to. Nothing should ever make it answer one. */
export async function findStaleRollups(sql: Sql): Promise<string[]> {
  const rows = await sql.rows<{ projectId: string }>(
    `select distinct x.project_id from (${ROLLUPS.map(unlike).join(' union all ')}) x order by x.project_id`,
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

const ROLLUPS: [table: string, keys: string][] = [
  ['project_day', 'project_id, date, invoice_state'],
  ['project_total', 'project_id, invoice_state'],
  ['task_total', 'project_id, task_id, invoice_state'],
  ['person_total', 'project_id, person_id, invoice_state'],
];

const unlike = ([table, keys]: (typeof ROLLUPS)[number]) => `
  select project_id from ((${addedUp(keys)}) except (${kept(table, keys)})) missing
  union all select project_id from ((${kept(table, keys)}) except (${addedUp(keys)})) invented`;
