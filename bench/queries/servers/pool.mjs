import pg from 'pg';

/**
 * Connections as the limit and the peers are best served: kept, as many as Portico's, and without PostgreSQL's own
 * compiling of statements, which takes longer than any statement here.
 */
export const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  max: 10,
  idleTimeoutMillis: 0,
  options: '-c jit=off -c random_page_cost=1.1 -c plan_cache_mode=force_generic_plan',
});
