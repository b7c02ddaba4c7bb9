import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import './node-22.mjs';
import { pool } from './pool.mjs';
import { SETTINGS } from './row-security.mjs';

const { postgraphile } = await import('postgraphile');
const { PostGraphileAmberPreset } = await import('postgraphile/presets/amber');
const { makePgService } = await import('postgraphile/adaptors/pg');
const { grafserv } = await import('postgraphile/grafserv/node');

/**
 * A peer: PostGraphile 5 over row level security, tuned. The session and what its user holds are read in one prepared
 * statement for each request and set for its transactions; totals come from the same rollups.
 */
const preset = {
  extends: [PostGraphileAmberPreset],
  // Its global ids would take the name of ours.
  disablePlugins: ['NodePlugin'],
  pgServices: [makePgService({ pool, schemas: ['bench_pg'] })],
  // As the indexes are.
  schema: { pgOrderByNullsLast: true },
  grafserv: { graphqlPath: '/graphql', graphiql: false, watch: false },
  grafast: {
    explain: false,
    context: async ({ node }) => ({ pgSettings: await settingsOf(node?.req.headers.authorization) }),
  },
};

const server = createServer();
const instance = postgraphile(preset).createServ(grafserv);
await instance.addTo(server);
server.listen(Number(process.env.PORT), '127.0.0.1');

async function settingsOf(authorization) {
  const hash = createHash('sha256')
    .update(authorization?.slice('Bearer '.length) ?? '')
    .digest('hex');
  const { rows } = await pool.query({ name: 'settings', text: SETTINGS, values: [hash] });
  if (rows.length === 0) throw new Error('Sign in first.');
  return { role: 'bench_pg_viewer', ...rows[0] };
}
