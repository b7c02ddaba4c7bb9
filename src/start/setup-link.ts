import { loadSettingsFile, readConfig } from '../config';
import { needsSetUp } from '../domains/auth/set-up';
import { systemClock } from '../platform/clock';
import { migrate, openDatabase } from '../platform/open-database';
import { newSetupLink } from './fill-empty';
import { giveUp } from './give-up';

/** `npm run setup-link`: a new link for the first owner; the one before ends. */
async function main(): Promise<void> {
  loadSettingsFile();
  const { databaseUrl, dataDir, publicUrl } = readConfig();
  const { database, close } = await openDatabase({ databaseUrl, dataDir, poolSize: 2 });
  await migrate(database, { databaseUrl });
  if (await needsSetUp(database)) {
    console.log(await newSetupLink({ publicUrl, database, clock: systemClock }));
  } else {
    console.log('This server has its owner already. New people come by invitation; a lost password is reset by mail.');
  }
  await close();
}

main().catch(giveUp);
