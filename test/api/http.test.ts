import { once } from 'node:events';
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import { ApolloServer } from '@apollo/server';
import { pino } from 'pino';
import { operationForLog } from '../../src/api/graphql-over-http';
import { createHttpApp, type HttpApp } from '../../src/api/http';
import { requestFacts } from '../../src/api/request-facts';
import type { RequestFacts } from '../../src/context';
import { LocalBus } from '../../src/events/bus';
import { openTestDatabase, type TestDatabase } from '../support/database';

const ORIGIN = 'https://app.example.com';
const JSON_BODY = { 'content-type': 'application/json' };

describe('the HTTP side of the server', () => {
  const log: Record<string, unknown>[] = [];
  let test: TestDatabase;
  let apollo: ApolloServer<{ request: RequestFacts }>;
  let app: HttpApp;
  let base: string;

  beforeAll(async () => {
    test = await openTestDatabase();
    apollo = new ApolloServer<{ request: RequestFacts }>({
      typeDefs: 'type Query { hello(name: String): String, fails: String } type Mutation { change: String }',
      resolvers: {
        Query: { hello: (_, { name }: { name?: string }) => `hello ${name ?? 'world'}` },
        Mutation: { change: () => 'changed' },
      },
      introspection: true,
      plugins: [operationForLog],
      stopOnTerminationSignals: false,
    });
    await apollo.start();
    const sink = new Writable({
      write(chunk, _encoding, done) {
        log.push(JSON.parse(String(chunk)));
        done();
      },
    });
    app = createHttpApp({
      config: { publicUrl: 'http://localhost', trustProxy: 0, corsOrigins: [ORIGIN], bodyLimitBytes: 256 * 1024 },
      database: test.database,
      bus: new LocalBus(),
      logger: pino(sink),
    });
    app.serve({ apollo, contextOf: async (request) => ({ request: requestFacts(request) }) });
    app.server.listen(0, '127.0.0.1');
    await once(app.server, 'listening');
    base = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  });

  afterAll(async () => {
    app.server.closeAllConnections();
    app.server.close();
    await apollo.stop();
    await test.close();
  });

  const post = (body: string, headers: Record<string, string> = JSON_BODY) =>
    fetch(`${base}/graphql`, { method: 'POST', body, headers });

  async function expectRefusal(response: Response, status: number, code: string): Promise<void> {
    const text = await response.text();
    expect({ status: response.status, text }).toMatchObject({ status });
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    expect(response.headers.get('cache-control')).toBe('no-store, private');
    expect(JSON.parse(text)).toMatchObject({ errors: [{ message: expect.any(String), extensions: { code } }] });
    expect(text).not.toMatch(/node_modules|at \w+ \(/);
  }

  it('answers an unknown address in the same shape', async () => {
    await expectRefusal(await fetch(`${base}/admin.php?token=secret`), 404, 'NOT_FOUND');
    await expectRefusal(await fetch(`${base}/%`), 404, 'NOT_FOUND');
  });

  it('lets the listed origin read answers, and no other', async () => {
    const ask = (origin: string, method: string) =>
      fetch(`${base}/graphql`, { method, headers: { ...JSON_BODY, origin } });
    const allowed = await ask(ORIGIN, 'OPTIONS');
    expect(allowed.status).toBe(204);
    expect(allowed.headers.get('access-control-allow-origin')).toBe(ORIGIN);
    expect(allowed.headers.get('access-control-allow-headers')).toContain('authorization');
    expect(allowed.headers.get('access-control-allow-credentials')).toBeNull();
    for (const stranger of ['https://evil.example', `${ORIGIN}.evil.example`, 'null']) {
      expect((await ask(stranger, 'OPTIONS')).headers.get('access-control-allow-origin')).toBeNull();
    }
  });

  it('forbids pages to load anything from elsewhere, and to be framed', async () => {
    const policy = (await fetch(`${base}/healthz`)).headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
  });

  describe('keeps a log', () => {
    const lineOf = async (requestId: string) => {
      while (!log.some((line) => line.requestId === requestId)) await new Promise((resolve) => setImmediate(resolve));
      return log.find((line) => line.requestId === requestId);
    };

    it('with the operation and the id that the answer carries', async () => {
      const body = JSON.stringify({ query: 'query Greeting { hello }' });
      const response = await post(body, { ...JSON_BODY, 'x-request-id': 'clara-asked-1' });
      expect(response.headers.get('x-request-id')).toBe('clara-asked-1');
      expect(await lineOf('clara-asked-1')).toMatchObject({
        operation: 'query Greeting',
        path: '/graphql',
        status: 200,
        ms: expect.any(Number),
      });
    });

    it('without tokens, passwords or variables', async () => {
      const query = 'query Greeting($name: String) { hello(name: $name) }';
      const body = JSON.stringify({ query, variables: { name: 'portal-demo' } });
      await post(body, { ...JSON_BODY, authorization: 'Bearer s3cret', 'x-request-id': 'quiet-post' });
      const search = new URLSearchParams({ query, variables: '{"name":"portal-demo"}' });
      const headers = { 'apollo-require-preflight': '1', authorization: 'Bearer s3cret', 'x-request-id': 'quiet-get' };
      await fetch(`${base}/graphql?${search}`, { headers });
      const lines = JSON.stringify([await lineOf('quiet-post'), await lineOf('quiet-get')]);
      expect(lines).not.toMatch(/s3cret|portal-demo/);
    });

    it('takes no id from the caller that could forge a line', async () => {
      const response = await fetch(`${base}/healthz`, { headers: { 'x-request-id': '"} {"level":"fatal' } });
      expect(response.headers.get('x-request-id')).toMatch(/^[\w-]{16}$/);
    });
  });

  describe('tells whether it can work', () => {
    const ready = async () => {
      const response = await fetch(`${base}/readyz`);
      return { status: response.status, body: await response.json() };
    };

    it('is alive and ready', async () => {
      expect((await fetch(`${base}/healthz`)).status).toBe(200);
      expect(await ready()).toEqual({ status: 200, body: { status: 'ready' } });
    });

    it.each(['starting', 'stopping'] as const)(
      'is alive but not ready while %s, and takes no queries',
      async (phase) => {
        app.health.phase = phase;
        expect((await fetch(`${base}/healthz`)).status).toBe(200);
        expect(await ready()).toEqual({ status: 503, body: { status: 'not ready', reason: phase } });
        expect((await post('{"query":"{ hello }"}')).status).toBe(503);
        app.health.phase = 'ready';
      },
    );
  });

  describe('does not wait for whoever sends slowly', () => {
    it('has timeouts, and an end to its connections', () => {
      const { headersTimeout, requestTimeout, maxConnections } = app.server;
      expect({ headersTimeout, requestTimeout, maxConnections }).toEqual({
        headersTimeout: 10_000,
        requestTimeout: 15_000,
        maxConnections: 5000,
      });
    });

    it('answers what is no HTTP in JSON', async () => {
      const socket = net.connect((app.server.address() as AddressInfo).port, '127.0.0.1');
      socket.write('NONSENSE\r\n\r\n');
      let answer = '';
      for await (const chunk of socket) answer += chunk;
      expect(answer).toMatch(/^HTTP\/1.1 400 Bad Request\r\n.*\r\n\r\n\{"errors":/s);
    });

    it('answers headers that are too large in JSON', async () => {
      const request = http.get(`${base}/healthz`, { headers: { 'x-large': 'x'.repeat(20_000) } });
      const [response] = (await once(request, 'response')) as [http.IncomingMessage];
      expect(response.statusCode).toBe(431);
      response.resume();
    });
  });
});
