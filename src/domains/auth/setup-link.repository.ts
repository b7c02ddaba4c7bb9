import type { Sql } from '../../platform/database';

interface SetupLink {
  tokenHash: string;
  createdAt: Date;
  expiresAt: Date;
}

/** One at a time, to the end of the transaction: of two first owners there must be none. */
export async function lockSetup(tx: Sql): Promise<void> {
  await tx.rows('lock table setup_link in exclusive mode');
}

/** The one link that there is. */
export async function replaceSetupLink(tx: Sql, { tokenHash, createdAt, expiresAt }: SetupLink): Promise<void> {
  await tx.rows('delete from setup_link');
  await tx.rows('insert into setup_link (token_hash, created_at, expires_at) values ($1, $2, $3)', [
    tokenHash,
    createdAt,
    expiresAt,
  ]);
}

/** Whether the link behind this hash still works. Nothing is used up: that is for `useSetupLink`. */
export async function isSetupOpen(db: Sql, tokenHash: string, now: Date): Promise<boolean> {
  return (
    (await db.row(`select 1 as found from setup_link where token_hash = $1 and ${OPEN}`, [tokenHash, now])) !== null
  );
}

/** Whether any link still works. */
export async function isAnySetupOpen(db: Sql, now: Date): Promise<boolean> {
  return (await db.row('select 1 as found from setup_link where used_at is null and expires_at > $1', [now])) !== null;
}

/** Uses the link up and says whether it still worked. */
export async function useSetupLink(tx: Sql, tokenHash: string, now: Date): Promise<boolean> {
  const sql = `update setup_link set used_at = $2 where token_hash = $1 and ${OPEN} returning token_hash`;
  return (await tx.row(sql, [tokenHash, now])) !== null;
}

const OPEN = 'used_at is null and expires_at > $2';
