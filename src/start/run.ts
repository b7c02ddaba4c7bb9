import { loadSettingsFile, readConfig } from '../config';
import { createLogger } from '../platform/logger';
import { giveUp } from './give-up';
import { openPortico } from './server';
import type { Signals } from './shutdown';
import { startBlock } from './start-block';

/** Starts the server, or says why not and ends the process. */
export const run = (signals: Signals): Promise<void> => start(signals).catch(giveUp);

async function start(signals: Signals): Promise<void> {
  loadSettingsFile();
  const config = readConfig();
  const logger = createLogger(config.logLevel);
  const portico = await openPortico(config, logger);
  signals.stopWith(portico.stop, logger);
  const prepared = await portico.prepare().catch((error: unknown) => {
    // A stop in the middle of a migration cuts it off; that is no failure.
    if (signals.stopping()) return undefined;
    throw error;
  });
  if (prepared === undefined || signals.stopping()) return;
  const { migrated, ...rest } = prepared;
  console.log(startBlock({ config, readyAfterMs: process.uptime() * 1000, ...rest }));
  logger.info({ url: config.publicUrl, migrated }, 'ready');
}
