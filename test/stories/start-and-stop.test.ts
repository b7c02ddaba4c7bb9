import { once } from 'node:events';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildServer, freePort, ServerProcess } from '../support/process';
import { SECRET_KEY } from '../support/server';
import { until } from '../support/until';

const SIGN_IN = 'mutation { signIn(input: { email: "clara@demo.test", password: "portal-demo" }) { token } }';
const PROJECTS = '{ projects { totalCount nodes { id name } } }';

/** And the token in it. */
const SETUP_LINK = /Set up\s+http:\S+\/setup\?token=(\S{43})/;

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
    const second = await (await start({ NODE_ENV: 'production' })).ready();
    expect(await second.ask(PROJECTS, token)).toEqual(before);
    // It is the demo's own world: there is nothing to hide.
    expect((await fetch(`${second.url}/compare`)).status).toBe(200);
  }, 120_000);

  it('refuses a second process on the same folder in words', async () => {
    await startWithoutDemo();
    expect(await refusal({ DEMO: 'off' })).toMatch(/^Another Portico is running on the data folder .* DATA_DIR\.\n$/);
  }, 120_000);

  it('shows in production nobody’s mails, whatever DEMO says, when the database holds what people keep', async () => {
    const first = await startWithoutDemo();
    const input = `{ token: "${SETUP_LINK.exec(preparedSaid)![1]}", email: "nina@example.com", displayName: "Nina", password: "a long enough one", workspaceName: "Nina" }`;
    expect(await first.ask(`mutation { setUp(input: ${input}) { token } }`)).toHaveProperty('data.setUp.token');
    await first.kill('SIGTERM');

    const second = await (await start({ NODE_ENV: 'production', DEMO: 'on' })).ready();
    for (const path of ['/', '/compare', '/dev/mail', '/dev/mail.json', '/pages/cast.json']) {
      expect({ path, status: (await fetch(second.url + path)).status }).toEqual({ path, status: 404 });
    }
    expect(await second.ask('{ __schema { queryType { name } } }')).toHaveProperty('errors');
    expect(second.output).not.toMatch(/Inbox|demo\.test/);
  }, 120_000);

  it('answers what is under way when it is told to stop, and waits for no connection after that', async () => {
    const server = await startWithoutDemo();
    const body = JSON.stringify({ query: '{ viewer { id } }' });
    const socket = net.connect(Number(new URL(server.url).port), '127.0.0.1');
    let heard = '';
    socket.on('data', (chunk) => {
      heard += chunk;
    });
    socket.write(
      `POST /graphql HTTP/1.1\r\nHost: portico\r\nContent-Type: application/json\r\nExpect: 100-continue\r\n` +
        `Content-Length: ${body.length}\r\n\r\n`,
    );
    await until(() => heard.includes('100 Continue'));
    const from = performance.now();
    server.signal('SIGTERM');
    await until(() => server.output.includes('"stopping"'));
    socket.write(body);
    expect(await server.ended).toBe(0);
    expect(performance.now() - from).toBeLessThan(2000);
    expect(heard).toContain('"UNAUTHENTICATED"');
    socket.destroy();
  }, 60_000);

  it('exits 0 when it is told to stop before its port is open', async () => {
    const server = await start({ DEMO: 'off' });
    const files = () => readdir(join(folder, 'data')).catch(() => []);
    await until(async () => (await files()).some((name) => name.startsWith('lock-')));
    expect({ code: await server.kill('SIGTERM'), output: server.output }).toEqual({ code: 0, output: '' });
  }, 60_000);

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

  it('prints a link that makes the first owner when the database is empty and there is no demo, once', async () => {
    expect(preparedSaid).toMatch(SETUP_LINK);
    const again = await startWithoutDemo();
    expect(again.output).toMatch(/Set up\s+by the link that was printed already; `npm run setup-link`/);
    expect(again.output).not.toMatch(SETUP_LINK);
  }, 60_000);

  it('logs JSON lines without secrets', () => {
    const lines = preparedSaid.split('\n').filter((line) => line.startsWith('{'));
    const asked = lines.map((line) => JSON.parse(line)).find((line) => line.operation === 'query Secretive');
    expect(asked).toMatchObject({ level: 'info', requestId: expect.any(String), status: 200, ms: expect.any(Number) });
    expect(preparedSaid).not.toContain('s3cret');
  });
});
