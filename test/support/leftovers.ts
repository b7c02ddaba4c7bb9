import { randomBytes } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { hours } from '../../src/platform/clock';

/** Longer than any run of the tests takes. */
const OLD_MS = hours(1);
const NAME = /^portico_(?:test|template)_(\d{10})_[0-9a-f]{12}$/;
/** Of the embedded database's template. */
export const FOLDER = 'portico-template-';

/** A database's name says when it was made: the server does not tell everybody. */
export const newName = (kind: 'test' | 'template', madeAt = new Date()): string =>
  `portico_${kind}_${Math.floor(madeAt.getTime() / 1000)}_${randomBytes(6).toString('hex')}`;

/** A clone's name says of which template it is, by the half of the random digits that they share. */
export const cloneName = (template: string): string =>
  `${newName('test').slice(0, -12)}${template.slice(-12, -6)}${randomBytes(3).toString('hex')}`;

/** For SQL's LIKE. */
export const clonesOf = (template: string): string => `portico\\_test\\_%\\_${template.slice(-12, -6)}______`;

/** Removes what runs that were killed have left behind, on the server or in the folder for temporary files. */
export async function removeLeftovers(server: string | undefined): Promise<void> {
  await removeFolders();
  if (server) await dropDatabases(server);
}

const isOld = (madeAt: number): boolean => Date.now() - madeAt > OLD_MS;

async function removeFolders(): Promise<void> {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(FOLDER));
  for (const folder of names.map((name) => join(tmpdir(), name))) {
    const madeAt = await stat(folder).then(({ mtimeMs }) => mtimeMs, gone);
    if (isOld(madeAt)) await rm(folder, { recursive: true, force: true });
  }
}

const gone = (): number => Number.POSITIVE_INFINITY;

/** Without force: whatever somebody still looks into stays, and another run may be quicker. */
async function dropDatabases(server: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  const { rows } = await client.query<{ datname: string }>(`
    select datname from pg_database d where datname like 'portico\\_t%'
      and not exists (select from pg_stat_activity a where a.datname = d.datname)`);
  for (const { datname } of rows) {
    const madeAt = Number(NAME.exec(datname)?.[1]) * 1000;
    if (isOld(madeAt)) await client.query(`drop database if exists ${datname}`).catch(() => undefined);
  }
  await client.end();
}
