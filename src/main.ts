import { loadSettingsFile, readConfig } from './config';
import { createLogger } from './platform/logger';
import { giveUp } from './start/give-up';
import { openPortico } from './start/server';
import { stopOnSignals } from './start/shutdown';
import { startBlock } from './start/start-block';

async function main(): Promise<void> {
  loadSettingsFile();
  const config = readConfig();
  const logger = createLogger(config.logLevel);
  const portico = await openPortico(config, logger);
  const signals = stopOnSignals(portico.stop, logger);
  const prepared = await portico.prepare().catch((error: unknown) => {
    // A stop in the middle of a migration cuts it off; that is no failure.
    if (signals.stopping()) return undefined;
    throw error;
  });
  if (prepared === undefined || signals.stopping()) return;
  const { migrated, ...filling } = prepared;
  console.log(startBlock({ config, readyAfterMs: process.uptime() * 1000, ...filling }));
  logger.info({ url: config.publicUrl, migrated }, 'ready');
}

main().catch(giveUp);
