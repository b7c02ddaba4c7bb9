import pg from 'pg';
import type { Database } from '../../src/platform/database';
import { askedFor, poolOf } from './statements';

/** How many rows of its tables and indexes the database looks at for the requests of `work`, by the plans that are kept. */
export async function rowsLookedAt(database: Database, work: () => Promise<unknown>): Promise<number> {
  const asked = await askedFor(database, work);
  const client = await poolOf(database).connect();
  try {
    let total = 0;
    for (const { text, values } of asked) {
      await client.query(`prepare looked_at as ${text}`);
      const { rows } = await client.query(`explain (analyze, format json) execute looked_at${literals(values)}`);
      total += rowsOf(rows[0]['QUERY PLAN'][0].Plan);
      await client.query('deallocate looked_at');
    }
    return total;
  } finally {
    client.release();
  }
}

const literals = (values: readonly unknown[]): string =>
  values.length === 0 ? '' : `(${values.map((value) => literal(value)).join(', ')})`;

function literal(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return pg.escapeLiteral(`{${value.map((item) => JSON.stringify(item)).join(',')}}`);
  return pg.escapeLiteral(value instanceof Date ? value.toISOString() : String(value));
}

interface Plan {
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Index Recheck'?: number;
  Plans?: Plan[];
}

/** Rows are told per loop; a node with a relation reads it. */
function rowsOf(plan: Plan): number {
  const removed = (plan['Rows Removed by Filter'] ?? 0) + (plan['Rows Removed by Index Recheck'] ?? 0);
  const own = plan['Relation Name'] ? (plan['Actual Rows'] + removed) * plan['Actual Loops'] : 0;
  return own + (plan.Plans ?? []).reduce((sum, child) => sum + rowsOf(child), 0);
}
