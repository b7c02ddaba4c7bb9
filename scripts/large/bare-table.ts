import type { Sql, Tx } from '../../src/platform/database';

/** Puts back what was taken off. */
export type PutBack = (sql: Sql) => Promise<void>;

/** Takes triggers, indexes and keys off a table: what is written by the million is checked and indexed once, at the end. */
export const bareTable = (tx: Tx, table: string): Promise<PutBack> =>
  takeOff(tx, table, [FOREIGN, TRIGGERS, INDEXES, UNIQUE]);

/** Takes the triggers off a table alone. */
export const withoutTriggers = (tx: Tx, table: string): Promise<PutBack> => takeOff(tx, table, [TRIGGERS]);

const constraints = (types: string): string => `
  select format('alter table %s drop constraint %I', conrelid::regclass, conname) as off,
    format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as back
  from pg_constraint where conrelid = $1::regclass and contype in (${types}) order by conname`;

const FOREIGN = constraints(`'f'`);
const UNIQUE = constraints(`'p', 'u'`);

const TRIGGERS = `
  select format('drop trigger %I on %s', tgname, tgrelid::regclass) as off, pg_get_triggerdef(oid) as back
  from pg_trigger where tgrelid = $1::regclass and not tgisinternal order by tgname`;

const INDEXES = `
  select format('drop index %s', indexrelid::regclass) as off, pg_get_indexdef(indexrelid) as back
  from pg_index i where indrelid = $1::regclass and not exists (
    select from pg_constraint c where c.conindid = i.indexrelid and c.conrelid = i.indrelid)`;

async function takeOff(tx: Tx, table: string, kinds: readonly string[]): Promise<PutBack> {
  const parts: { off: string; back: string }[] = [];
  for (const kind of kinds) parts.push(...(await tx.rows<{ off: string; back: string }>(kind, [table])));
  // What is checked at the end of a transaction keeps a table from being altered before.
  await tx.rows('set constraints all immediate');
  for (const { off } of parts) await tx.rows(off);
  return async (sql) => {
    for (const { back } of parts.reverse()) await sql.rows(back);
  };
}
