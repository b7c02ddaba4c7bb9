import { Line } from '../support/line';
import { TestServer } from '../support/server';

/** Before an operation begins its caller is read: what becomes of it when that fails is their business, and no fault. */
describe('while the database', () => {
  let server: TestServer;
  let line: Line;
  beforeAll(async () => {
    server = await TestServer.start();
    line = await Line.to(server.databaseUrl!);
  });
  afterAll(async () => {
    await line.close();
    await server.close();
  });

  it('is too slow to say who she is, Clara is told that it took too long', async () => {
    const slow = await server.beside({ statementTimeoutMs: 100 });
    const answer = await server.database.transaction(async (tx) => {
      await tx.rows('lock table session in access exclusive mode');
      return slow.ask('clara', '{ viewer { id } }');
    });
    expect(answer).toMatchObject({ status: 408, errors: [{ extensions: { code: 'TIMEOUT' } }] });
    await slow.close();
  });

  it('cannot be reached, Clara is told when to come again', async () => {
    const databaseUrl = new URL(server.databaseUrl!);
    databaseUrl.host = new URL(line.url).host;
    const far = await server.beside({ databaseUrl: databaseUrl.href });
    await far.data('clara', '{ viewer { id } }');
    await line.close();
    const answer = await far.ask('clara', '{ viewer { id } }');
    expect(answer).toMatchObject({ status: 503, errors: [{ extensions: { code: 'RETRY_LATER' } }] });
    expect(answer.headers.get('retry-after')).toBe('2');
    await far.close();
  });
});
