import type { Config } from '../config';
import { emailOf } from '../demo/cast';
import { loadDemo } from '../demo/load-demo';
import { issueSetupLink, needsSetUp } from '../domains/auth/set-up';
import { findByEmail } from '../domains/auth/users.repository';
import type { Clock } from '../platform/clock';
import type { Database } from '../platform/database';

export interface Filling {
  /** The demo people are in the database, from now or from before. */
  demo: boolean;
  /** Makes the first owner: for who starts a server that has nobody. */
  setupLink?: string;
}

export interface FillOptions {
  config: Pick<Config, 'demo' | 'publicUrl'>;
  database: Database;
  clock: Clock;
}

/** An empty database gets the demo world, or a link that makes the first owner. One that holds data is left alone. */
export async function fillEmpty({ config, database, clock }: FillOptions): Promise<Filling> {
  if (!(await needsSetUp(database))) return { demo: config.demo && (await hasDemo(database)) };
  if (config.demo) {
    await loadDemo(database, clock);
    return { demo: true };
  }
  return { demo: false, setupLink: await newSetupLink({ publicUrl: config.publicUrl, database, clock }) };
}

/** Ends the link before it, and every other process that has printed one keeps a dead one. */
export async function newSetupLink(options: { publicUrl: string; database: Database; clock: Clock }): Promise<string> {
  const token = await issueSetupLink(options.database, options.clock);
  return `${options.publicUrl}/setup?token=${token}`;
}

const hasDemo = async (database: Database): Promise<boolean> => (await findByEmail(database, emailOf('olga'))) !== null;
