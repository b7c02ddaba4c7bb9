import { DatabaseUnavailable, migrate, openDatabase, pendingMigrations } from '../../src/platform/open-database';
import { createEmptyDatabase, onPostgres, openTestDatabase, type TestDatabase } from '../support/database';
import { newName } from '../support/leftovers';
import { onServer } from '../support/template';

describe('opening the database', () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await openTestDatabase();
  });
  afterAll(() => test.close());

  it('gives every test file a migrated database of its own', async () => {
    expect(await pendingMigrations(test.database)).toEqual([]);
    expect(await migrate(test.database, test)).toEqual([]);
  });

  it('answers many questions at once', async () => {
    const asked = Array.from({ length: 50 }, (_, i) => test.database.row<{ n: number }>('SELECT $1::int AS n', [i]));
    expect((await Promise.all(asked)).map((row) => row?.n)).toEqual(Array.from({ length: 50 }, (_, i) => i));
  });

  it('keeps calendar dates as text and reads moments in UTC', async () => {
    const row = await test.database.row(
      `SELECT date '2026-03-29' AS day, timestamptz '2026-03-29 00:30+00'::date AS utc`,
    );
    expect(row).toEqual({ day: '2026-03-29', utc: '2026-03-29' });
  });

  it.each([
    ['postgres://nobody:secret@127.0.0.1:1/portico', 'Nothing answers as the PostgreSQL server at 127.0.0.1:1.'],
    [
      'postgres://nobody:secret@no-such-host.invalid/portico',
      'The host of the PostgreSQL server at no-such-host.invalid',
    ],
  ])('says in a sentence that %s cannot be reached, and never the password', async (databaseUrl, sentence) => {
    const refusal = await openDatabase({ databaseUrl }).catch((error: Error) => error.message);
    expect(refusal).toContain(sentence);
    expect(refusal).not.toContain('secret');
  });

  if (onPostgres) {
    describe('as a user of PostgreSQL who was given too little', () => {
      const user = newName('test');
      let empty: Awaited<ReturnType<typeof createEmptyDatabase>>;
      let databaseUrl: string;
      beforeAll(async () => {
        empty = await createEmptyDatabase();
        await onServer(empty.databaseUrl, `CREATE ROLE ${user} LOGIN PASSWORD 'secret'`);
        const url = new URL(empty.databaseUrl);
        databaseUrl = Object.assign(url, { username: user, password: 'secret' }).href;
      });
      afterAll(async () => {
        await empty.drop();
        await onServer(process.env.TEST_DATABASE_URL!, `DROP ROLE ${user}`);
      });

      const refusal = async (): Promise<unknown> => {
        const { database, close } = await openDatabase({ databaseUrl, poolSize: 1 });
        const error = await migrate(database, { databaseUrl }).catch((reason: unknown) => reason);
        await close();
        return error;
      };

      it('says that they may not make tables, and what gives them the right', async () => {
        const error = await refusal();
        expect(error).toBeInstanceOf(DatabaseUnavailable);
        expect((error as Error).message).toMatch(/may not make tables .* GRANT CREATE ON SCHEMA public TO/);
      });

      it('says that the server has no connection left', async () => {
        await onServer(empty.databaseUrl, `ALTER ROLE ${user} CONNECTION LIMIT 1`);
        const error = await refusal();
        expect(error).toBeInstanceOf(DatabaseUnavailable);
        expect((error as Error).message).toContain('has no connection left');
      });
    });

    it('stops a statement that runs longer than it may, in words', async () => {
      const { database, close } = await openDatabase({ databaseUrl: test.databaseUrl, statementTimeoutMs: 100 });
      await expect(database.rows('SELECT pg_sleep(5)')).rejects.toMatchObject({ extensions: { code: 'TIMEOUT' } });
      await close();
    });
  }
});
