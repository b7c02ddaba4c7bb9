import pg from 'pg';

/**
 * As many connections as Portico has, and with what its sessions say of how statements are planned and run: else the
 * peers would be measured against PostgreSQL's defaults and not against Portico. None is given up while another server
 * has its turn: the next turn would pay for a new one.
 */
export const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  max: 10,
  idleTimeoutMillis: 0,
  options: '-c jit=off -c random_page_cost=1.1 -c plan_cache_mode=force_generic_plan',
});
