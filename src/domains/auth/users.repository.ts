import type { Sql } from '../../platform/database';
import { unauthenticated } from '../../platform/errors';
import type { Viewer } from './viewer.types';

export async function findViewer(db: Sql, userId: string): Promise<Viewer> {
  const viewer = await db.row<Viewer>(
    'select id, email, display_name, phone, locale, timezone from app_user where id = $1',
    [userId],
  );
  if (!viewer) throw unauthenticated();
  return viewer;
}
