import type { Config } from '../config';
import { isDemo, loadDemo } from '../demo/load-demo';
import { hasSetupLink, issueSetupLink, needsSetUp } from '../domains/auth/set-up';
import type { Clock } from '../platform/clock';
import type { Database } from '../platform/database';

export interface Filling {
  /** The demo people are in the database, from now or from before. */
  demo: boolean;
  /** Makes the first owner: for who starts a server that has nobody. Null: one that was printed before still works. */
  setupLink?: string | null;
}

interface FillOptions {
  config: Pick<Config, 'demo' | 'publicUrl'>;
  database: Database;
  clock: Clock;
}

/** An empty database gets the demo world, or a link that makes the first owner. One that holds data is left alone. */
export async function fillEmpty({ config, database, clock }: FillOptions): Promise<Filling> {
  if (!(await needsSetUp(database))) return { demo: config.demo && (await isDemo(database)) };
  if (config.demo) {
    await loadDemo(database, clock);
    return { demo: true };
  }
  if (await hasSetupLink(database, clock)) return { demo: false, setupLink: null };
  return { demo: false, setupLink: await newSetupLink({ publicUrl: config.publicUrl, database, clock }) };
}

/** Ends the link before it, whichever process has printed that. */
export async function newSetupLink(options: { publicUrl: string; database: Database; clock: Clock }): Promise<string> {
  const token = await issueSetupLink(options.database, options.clock);
  return `${options.publicUrl}/setup?token=${token}`;
}
