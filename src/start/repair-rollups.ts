import { loadSettingsFile, readConfig } from '../config';
import { repairRollups } from '../domains/time/repair-rollups';
import { migrate, openDatabase } from '../platform/open-database';
import { giveUp } from './give-up';

/** `npm run repair-rollups`: compares every project's totals with its entries, and adds up anew what differs. */
async function main(): Promise<void> {
  loadSettingsFile();
  const { databaseUrl, dataDir } = readConfig();
  const { database, close } = await openDatabase({ databaseUrl, dataDir, poolSize: 2 });
  await migrate(database, { databaseUrl });
  const repaired = await repairRollups(database);
  if (repaired.length === 0) console.log('All totals are what their entries add up to.');
  else console.log(`Added up anew: ${repaired.join(', ')}.`);
  await close();
}

main().catch(giveUp);
