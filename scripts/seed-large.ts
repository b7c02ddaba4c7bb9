import { parseArgs } from 'node:util';
import { needsSetUp } from '../src/domains/auth/set-up';
import { migrate, openDatabase } from '../src/platform/open-database';
import { giveUp } from '../src/start/give-up';
import { loadLarge } from './large/load-large';
import { tokenOf } from './large/people';
import { planAtScale } from './large/plan';

/**
 * `npm run seed:large`: fills the empty PostgreSQL database of DATABASE_URL with 2,000 projects and two million entries;
 * `-- --scale 0.1` with a tenth. For measuring, never for people: its sessions have tokens that everybody knows.
 */
async function main(): Promise<void> {
  const scale = scaleAsked();
  const databaseUrl = process.env.DATABASE_URL;
  if (!databaseUrl)
    return refuse('Set DATABASE_URL to an empty PostgreSQL database: this one is too large to be embedded.');
  const { database, close } = await openDatabase({ databaseUrl, poolSize: 1 });
  await migrate(database, { databaseUrl });
  if (!(await needsSetUp(database))) {
    return refuse(
      'The database of DATABASE_URL holds data. Create an empty one: its people would be signed in by anybody.',
    );
  }
  await loadLarge(database, planAtScale(scale), (what) => {
    console.log(`${process.uptime().toFixed(1).padStart(7)} s  ${what}`);
  });
  await close();
  console.log(
    `Sign in for 30 days with the bearer tokens ${tokenOf('client', 1)} … 100, ${tokenOf('manager', 1)} … 100, ` +
      `and ${tokenOf('owner', 1)}.\nAnybody can: this database is for measuring, never for people.`,
  );
}

function scaleAsked(): number {
  const { values } = parseArgs({ args: process.argv.slice(3), options: { scale: { type: 'string', default: '1' } } });
  const scale = Number(values.scale);
  if (scale > 0 && scale <= 10) return scale;
  return refuse('--scale is a number above 0 and up to 10; 1 makes two million entries.');
}

function refuse(words: string): never {
  console.error(words);
  process.exit(1);
}

main().catch(giveUp);
