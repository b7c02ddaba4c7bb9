import { parseArgs } from 'node:util';
import { ConfigError } from '../src/config';
import { DatabaseUnavailable, migrate, openDatabase } from '../src/platform/open-database';
import { giveUp } from '../src/start/give-up';
import { loadLarge } from './large/load-large';
import { tokenOf } from './large/people';
import { planAtScale } from './large/plan';

/**
 * `npm run seed:large`: fills the empty PostgreSQL database of DATABASE_URL with 2,000 projects and two million entries;
 * `-- --scale 0.1` with a tenth. For measuring, never for people: its sessions have tokens that everybody knows.
 */
async function main(): Promise<void> {
  const plan = planAtScale(scaleAsked());
  const databaseUrl = process.env.DATABASE_URL;
  if (!databaseUrl) throw new DatabaseUnavailable(NO_DATABASE);
  const { database, close } = await openDatabase({ databaseUrl, poolSize: 1 });
  await migrate(database, { databaseUrl });
  await loadLarge(database, plan, (what) => console.log(`${process.uptime().toFixed(1).padStart(7)} s  ${what}`));
  await close();
  console.log(
    `For 30 days these are bearer tokens: ${tokenOf('client', 1)} … 100, ${tokenOf('manager', 1)} … 100, ` +
      `${tokenOf('owner', 1)}.\nEverybody knows them: this database is for measuring, never for people.`,
  );
}

const NO_DATABASE = 'Set DATABASE_URL to an empty PostgreSQL database: this is too much for the embedded one.';

function scaleAsked(): number {
  const { values } = parseArgs({ args: process.argv.slice(3), options: { scale: { type: 'string', default: '1' } } });
  const scale = Number(values.scale);
  if (scale > 0 && scale <= 10) return scale;
  throw new ConfigError(['--scale: give a number above 0 and up to 10; 1 makes two million entries']);
}

main().catch(giveUp);
