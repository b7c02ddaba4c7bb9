import { once } from 'node:events';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildServer, freePort, ServerProcess } from '../support/process';
import { SECRET_KEY } from '../support/server';

const SIGN_IN = 'mutation { signIn(input: { email: "clara@demo.test", password: "portal-demo" }) { token } }';
const PROJECTS = '{ projects { totalCount nodes { id name } } }';

interface SignedIn {
  data: { signIn: { token: string } };
}

describe('starting and stopping', () => {
  let folder: string;
  const running: ServerProcess[] = [];

  /** A data folder that a server without the demo has left: copied, it saves each test the making of a database. */
  let prepared: string;
  let preparedSaid: string;

  beforeAll(async () => {
    buildServer();
    prepared = await mkdtemp(join(tmpdir(), 'portico-prepared-'));
    const server = await ServerProcess.start(prepared, { DATA_DIR: prepared, DEMO: 'off' });
    await server.ready();
    await server.ask('query Secretive { viewer { id } }', 's3cret-token');
    expect(await server.kill('SIGTERM')).toBe(0);
    preparedSaid = server.output;
  }, 120_000);
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'portico-start-'));
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((server) => server.kill('SIGKILL')));
    await rm(folder, { recursive: true, force: true });
  });
  afterAll(() => rm(prepared, { recursive: true, force: true }));

  async function start(env: Record<string, string> = {}): Promise<ServerProcess> {
    const server = await ServerProcess.start(folder, { DATA_DIR: join(folder, 'data'), ...env });
    running.push(server);
    return server;
  }

  async function startWithoutDemo(env: Record<string, string> = {}): Promise<ServerProcess> {
    await cp(prepared, join(folder, 'data'), { recursive: true });
    return (await start({ DEMO: 'off', ...env })).ready();
  }

  /** What a server says that does not start: it must be words, and exit 1. */
  async function refusal(env: Record<string, string>): Promise<string> {
    const server = await start(env);
    expect({ code: await server.ended, output: server.output }).toMatchObject({ code: 1 });
    expect(server.output).not.toMatch(/\n\s+at /);
    return server.output;
  }

  it('starts with nothing but a folder, says where it is, and keeps its data through kill -9', async () => {
    const first = await (await start()).ready();
    for (const said of [`${first.url}/compare`, 'clara, carl, max or ada @demo.test', 'portal-demo', 'Ask  ']) {
      expect(first.output).toContain(said);
    }
    expect((await fetch(`${first.url}/healthz`)).status).toBe(200);
    expect((await fetch(`${first.url}/readyz`)).status).toBe(200);
    const { token } = (await first.ask<SignedIn>(SIGN_IN)).data.signIn;
    const before = await first.ask(PROJECTS, token);
    expect(before).toMatchObject({ data: { projects: { totalCount: expect.any(Number) } } });

    await first.kill('SIGKILL');
    const second = await (await start()).ready();
    expect(await second.ask(PROJECTS, token)).toEqual(before);
  }, 120_000);

  it('refuses a second process on the same folder in words', async () => {
    await startWithoutDemo();
    expect(await refusal({ DEMO: 'off' })).toMatch(/^Another Portico is running on the data folder .* DATA_DIR\.\n$/);
  }, 120_000);

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'finishes and exits 0 on %s, with a connection still open',
    async (signal) => {
      const server = await startWithoutDemo();
      const idle = net.connect(Number(new URL(server.url).port), '127.0.0.1');
      await once(idle, 'connect');
      expect(await server.kill(signal)).toBe(0);
      idle.destroy();
    },
    60_000,
  );

  it('says that the port is taken, and how to choose another', async () => {
    const port = await freePort();
    const other = net.createServer().listen(port, '127.0.0.1');
    await once(other, 'listening');
    const said = await refusal({ PORT: String(port), DEMO: 'off' });
    expect(said).toContain(`Port ${port} is taken`);
    expect(said).toContain(`PORT=${port + 1} npm start`);
    other.close();
  }, 120_000);

  it('says all that is wrong with the settings at once', async () => {
    const said = await refusal({ PORT: 'abc', HOST: '0.0.0.0', LOG_LEVEL: 'loud', DATABASE_POOL_SIZE: '0' });
    for (const setting of ['PORT: ', 'LOG_LEVEL: ', 'DATABASE_POOL_SIZE: ', 'DEMO: ']) expect(said).toContain(setting);
  });

  it('says in one sentence that PostgreSQL cannot be reached', async () => {
    const said = await refusal({ SECRET_KEY, DATABASE_URL: 'postgres://portico:s3cret@127.0.0.1:1/portico' });
    expect(said).toMatch(/^Nothing answers as the PostgreSQL server at 127\.0\.0\.1:1\. .*DATABASE_URL\.\n$/);
    expect(said).not.toContain('s3cret');
  });

  it('prints a link that makes the first owner when the database is empty and there is no demo', () => {
    expect(preparedSaid).toMatch(/Set up\s+http:\S+\/setup\?token=\S{43}/);
  });

  it('logs JSON lines without secrets', () => {
    const lines = preparedSaid.split('\n').filter((line) => line.startsWith('{'));
    const asked = lines.map((line) => JSON.parse(line)).find((line) => line.operation === 'query Secretive');
    expect(asked).toMatchObject({ level: 'info', requestId: expect.any(String), status: 200, ms: expect.any(Number) });
    expect(preparedSaid).not.toContain('s3cret');
  });
});
