import { existsSync } from 'node:fs';
import { mkdtemp, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { hours } from '../../src/platform/clock';
import { onPostgres } from '../support/database';
import { newName, removeLeftovers } from '../support/leftovers';
import { onServer, urlOf } from '../support/template';

const TWO_HOURS_AGO = new Date(Date.now() - hours(2));

describe('what a killed run of the tests leaves behind', () => {
  it('in the folder for temporary files goes with the next run, and what another run uses stays', async () => {
    const [old, young, foreign] = [
      await mkdtemp(join(tmpdir(), 'portico-template-')),
      await mkdtemp(join(tmpdir(), 'portico-template-')),
      await mkdtemp(join(tmpdir(), 'portico-else-')),
    ];
    for (const folder of [old, foreign]) await utimes(folder, TWO_HOURS_AGO, TWO_HOURS_AGO);
    await removeLeftovers(undefined);
    expect([old, young, foreign].map((folder) => existsSync(folder))).toEqual([false, true, true]);
  });

  if (onPostgres) {
    it('on the server goes with the next run: old and without a visitor, and nothing else', async () => {
      const server = process.env.TEST_DATABASE_URL!;
      const old = [newName('test', TWO_HOURS_AGO), newName('template', TWO_HOURS_AGO)];
      const kept = [newName('test'), newName('template'), newName('test', TWO_HOURS_AGO), `${old[0]}_mine`];
      for (const name of [...old, ...kept]) await onServer(server, `create database ${name} template template0`);
      await onServer(server, `alter database ${old[1]} allow_connections false`);
      const visitor = new pg.Client({ connectionString: urlOf(server, kept[2]) });
      await visitor.connect();
      await Promise.all([removeLeftovers(server), removeLeftovers(server)]);
      await visitor.end();
      const left = (await onServer(server, 'select datname from pg_database')).map(({ datname }) => datname);
      for (const name of [...old, ...kept]) await onServer(server, `drop database if exists ${name}`);
      expect(left.filter((name) => old.includes(name))).toEqual([]);
      expect(left.filter((name) => kept.includes(name)).sort()).toEqual([...kept].sort());
    });
  }
});
