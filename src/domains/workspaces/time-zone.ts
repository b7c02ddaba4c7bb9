import type { Sql } from '../../platform/database';
import { cleanTimeZone, unknownTimeZone } from '../../platform/locale';
import { findTimeZone } from './workspaces.repository';

/** A time zone that the database knows too, as it spells it: days are reckoned here and there, and neither knows all zones of the other. */
export async function knownTimeZone(db: Sql, value: string): Promise<string> {
  const known = await findTimeZone(db, cleanTimeZone(value));
  if (known === null) throw unknownTimeZone('timezone');
  return known;
}
