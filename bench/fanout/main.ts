import { parseArgs } from 'node:util';
import { postgresVersion } from '../growth/world';
import { measuredOn } from '../machine';
import { writeSection } from '../results';
import { type Figures, measure, type ServerName } from './measure';
import { reportOf } from './report';
import { World } from './world';

/**
 * `npm run bench:fanout`: one event to many sockets, against a bare broadcast and graphql-ws as it is, into the section
 * `fanout` of bench/RESULTS.md. `-- --quick` tries it with fewer, and prints.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    args: process.argv.slice(3),
    options: { quick: { type: 'boolean', default: false } },
  });
  const server = process.env.DATABASE_URL;
  if (!server) throw new Error('Set DATABASE_URL to a PostgreSQL server where databases may be made.');
  const sizes = values.quick ? [200, 1000] : [1000, 5000];
  const often = values.quick ? { rounds: 2, singles: 5, burst: 10 } : { rounds: 7, singles: 10, burst: 20 };
  const world = await World.make(server, Math.max(...sizes));
  const all = new Map<number, Record<ServerName, Figures>>();
  try {
    for (const sockets of sizes) all.set(sockets, await measure(sockets, often, world));
  } finally {
    await world.drop();
  }
  const markdown = reportOf(measuredOn(await postgresVersion(server)), all);
  console.log(markdown);
  if (!values.quick) writeSection('fanout', markdown);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
