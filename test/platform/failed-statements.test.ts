import { openTestDatabase, type TestDatabase } from '../support/database';

let test: TestDatabase;
beforeAll(async () => {
  test = await openTestDatabase();
});
afterAll(() => test.close());

const ask = (n: number) => test.database.row<{ n: number }>('select $1::int as n', [n]);
const fail = (n: number) => test.database.rows('select $1::int / 0', [n]);
const breakConstraint = () =>
  test.database.rows(`insert into workspace (id, name, slug, timezone, default_currency, created_at, updated_at)
    values ('wsp_1', '', 'x', 'UTC', 'EUR', now(), now())`);

describe('after a statement that failed', () => {
  it('the next one gets its own answer, one after the other', async () => {
    for (let n = 0; n < 5; n++) {
      await expect(fail(n)).rejects.toThrow();
      expect(await ask(n)).toEqual({ n });
      await expect(breakConstraint()).rejects.toThrow('workspace_name_check');
      expect(await ask(n + 100)).toEqual({ n: n + 100 });
    }
  });

  it('everyone gets their own answer, all at once', async () => {
    const answers = await Promise.allSettled(Array.from({ length: 60 }, (_, n) => (n % 3 === 0 ? fail(n) : ask(n))));
    const given = answers.map((answer) => (answer.status === 'fulfilled' ? answer.value : 'failed'));
    expect(given).toEqual(Array.from({ length: 60 }, (_, n) => (n % 3 === 0 ? 'failed' : { n })));
  });

  it('a transaction that failed leaves nothing behind it', async () => {
    const { database } = test;
    const broken = database.transaction(async (tx) => {
      await tx.rows('select 1');
      await tx.rows('select 1 / 0');
    });
    await expect(broken).rejects.toThrow();
    expect(await database.transaction((tx) => tx.row('select $1::int as n', [7]))).toEqual({ n: 7 });
    expect(await ask(8)).toEqual({ n: 8 });
  });
});
