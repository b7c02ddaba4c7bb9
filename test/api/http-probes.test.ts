import { gzipSync } from 'node:zlib';
import { HeaderMap } from '@apollo/server';
import { createApi } from '../../src/api/server';
import { ErrorCode } from '../../src/platform/errors';
import { createLogger } from '../../src/platform/logger';
import { aProject } from '../support/builders';
import { SECRET_KEY, SETTINGS, TestServer } from '../support/server';
import { INTROSPECTION, MISSPELT, TOO_COMPLEX, times, wrapped } from '../support/too-complex';

/** Attacks on the running server. Whatever is sent: a quick no in our own words, and nobody else waits. */
let server: TestServer;
let closedServer: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
  closedServer = await TestServer.start({ introspection: false, seed: 'closed' });
  await aProject(server);
});
afterAll(() => Promise.all([server.close(), closedServer.close()]));

const MAX_BODY = 2048;
const CODES = new Set<string>(Object.values(ErrorCode));

const JSON_TYPE = { 'content-type': 'application/json' };
const post = (body: string | Buffer, headers: Record<string, string> = JSON_TYPE, at = server) =>
  fetch(`${at.url}/graphql`, { method: 'POST', headers: { authorization: 'Bearer token-of-clara', ...headers }, body });
const ask = (query: string, variables?: unknown, at = server) =>
  post(JSON.stringify({ query, variables }), { ...JSON_TYPE, accept: 'application/graphql-response+json' }, at);

/** The one refusal that an answer holds, after checking what is true of every refusal. */
async function refusal(response: Response): Promise<{ status: number; code: string; reason?: string; text: string }> {
  const text = await response.text();
  expect(response.status).toBeLessThan(500);
  expect(response.headers.get('content-type')).toMatch(/^application\/(graphql-response\+)?json/);
  expect(response.headers.get('cache-control')).toContain('private');
  expect(text.length).toBeLessThanOrEqual(MAX_BODY);
  expect(text).not.toMatch(/node_modules|\.ts:\d|at \w+ \(|select .* from/i);
  const { errors, data } = JSON.parse(text);
  expect(data ?? null).toBeNull();
  for (const { message, extensions } of errors) {
    expect(message).toEqual(expect.any(String));
    expect(CODES).toContain(extensions.code);
  }
  return { status: response.status, code: errors[0].extensions.code, reason: errors[0].extensions.reason, text };
}

describe('an attacker asks for too much', () => {
  it.each(TOO_COMPLEX)('%s', async (_name, query, reason) => {
    const others = ask('{ projects { totalCount } }').then(async (r) => ({
      body: (await r.json()) as { data: unknown },
      at: performance.now(),
    }));
    const start = performance.now();
    const refused = await refusal(await ask(query));
    expect(refused).toMatchObject({ status: 400, code: 'QUERY_TOO_COMPLEX', reason });
    expect(performance.now() - start).toBeLessThan(2000);
    const { body, at } = await others;
    expect(body.data).toEqual({ projects: { totalCount: 1 } });
    expect(at - start).toBeLessThan(2000);
  });

  it('variables 40,000 levels deep', async () => {
    const body = `{"query":"query ($ids: [ID!]!) { nodes(ids: $ids) { id } }","variables":{"ids":${wrapped(40_000, '[', '', ']')}}}`;
    expect(await refusal(await post(body))).toMatchObject({ code: 'QUERY_TOO_COMPLEX', reason: 'variables' });
  });

  it('variables of more than 64 kB', async () => {
    const variables = { ids: ['x'.repeat(70_000)] };
    const refused = await refusal(await ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', variables));
    expect(refused).toMatchObject({ code: 'QUERY_TOO_COMPLEX', reason: 'variables' });
  });

  it.each(['first: 0', 'first: -1', 'first: 101', 'last: 101', 'first: 5, last: 5'])('a page of %s', async (args) => {
    expect(await refusal(await ask(`{ projects(${args}) { totalCount } }`))).toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  it.each(['x', '', 'eyJhIjoxfQ==', '" or 1=1 --', '𝔊'.repeat(100)])('a page after the cursor %p', async (cursor) => {
    const refused = await refusal(
      await ask('query ($c: String) { projects(after: $c) { totalCount } }', { c: cursor }),
    );
    expect(refused.code).toBe('INVALID_CURSOR');
  });

  it('101 nodes at once', async () => {
    const ids = Array.from({ length: 101 }, (_, i) => `prj_${i}`);
    const refused = await refusal(await ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids }));
    expect(refused.code).toBe('BAD_USER_INPUT');
  });

  it('many mistakes at once, and is told five of them', async () => {
    const response = await ask(`{ ${times(20, (i) => `nope${i}`)} }`.replace(/nope(\d+)/g, 'viewer { nope$1 }'));
    const { text } = await refusal(response);
    expect(JSON.parse(text).errors.length).toBeLessThanOrEqual(5);
  });
});

/** The rest is longer than an address can be. */
const IN_AN_ADDRESS = TOO_COMPLEX.filter(([, query]) => encodeURIComponent(query).length < 12_000);

describe.each([
  ['alone', ''],
  ['behind a thousand empty keys', 'a&'.repeat(1000)],
])('an attacker asks for too much in the address, %s', (_how, junk) => {
  const get = (search: string) =>
    fetch(`${server.url}/graphql?${junk}${search}`, {
      headers: { accept: 'application/graphql-response+json', 'apollo-require-preflight': '1' },
    });

  it.each(IN_AN_ADDRESS)('%s', async (_name, query, reason) => {
    const refused = await refusal(await get(`query=${encodeURIComponent(query)}`));
    expect(refused).toMatchObject({ status: 400, code: 'QUERY_TOO_COMPLEX', reason });
  });

  it('variables 40 levels deep', async () => {
    const query = encodeURIComponent('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }');
    const variables = encodeURIComponent(`{"ids":${wrapped(40, '[', '', ']')}}`);
    const refused = await refusal(await get(`query=${query}&variables=${variables}`));
    expect(refused).toMatchObject({ code: 'QUERY_TOO_COMPLEX', reason: 'variables' });
  });

  it('two questions, of which one is measured', async () => {
    const refused = await refusal(await get('query={viewer{id}}&query={__typename}'));
    expect(refused).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' });
  });
});

describe('a server that measures another question than Apollo reads', () => {
  it('runs neither', async () => {
    const api = createApi({
      database: server.database,
      clock: server.clock,
      logger: createLogger('silent'),
      settings: SETTINGS,
      secretKey: SECRET_KEY,
      introspection: true,
    });
    await api.apollo.start();
    const { status, body } = await api.apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        method: 'POST',
        headers: new HeaderMap([['content-type', 'application/json']]),
        search: '',
        body: { query: '{ projects { totalCount } }' },
      },
      context: () => api.contextFor({ id: 'same', ip: '' }, undefined),
    });
    await api.apollo.stop();
    expect(status).toBe(500);
    expect(body).toMatchObject({ string: expect.stringContaining('"INTERNAL"') });
  });
});

describe('a client asks for a stream by HTTP', () => {
  const query = 'subscription { portalEvents { kind } }';

  it.each<[string, () => Promise<Response>]>([
    ['POST', () => ask(query)],
    [
      'GET',
      () =>
        fetch(`${server.url}/graphql?query=${encodeURIComponent(query)}`, {
          headers: { 'apollo-require-preflight': '1', authorization: 'Bearer token-of-clara' },
        }),
    ],
  ])('%s, and is told of the socket', async (_method, send) => {
    const { status, code, text } = await refusal(await send());
    expect({ status, code }).toEqual({ status: 400, code: 'BAD_USER_INPUT' });
    expect(text).toContain('over a socket');
  });
});

describe('an attacker sends what is no JSON body', () => {
  const query = JSON.stringify({ query: '{ viewer { id } }' });
  const bomb = gzipSync(Buffer.alloc(10 * 1024 * 1024, ' '));
  const as = (type: string, body = query) => post(Buffer.from(body), { 'content-type': type });
  const [TOO_LARGE, OTHER, BROKEN] = ['413 LIMIT_EXCEEDED', '415 BAD_USER_INPUT', '400 BAD_USER_INPUT'];

  it.each<[string, string, () => Promise<Response>]>([
    ['more than 256 kB', TOO_LARGE, () => post(padded(256 * 1024 + 1))],
    ['10 MB in 10 kB of gzip', OTHER, () => post(bomb, { ...JSON_TYPE, 'content-encoding': 'gzip' })],
    [
      'what would be right without gzip',
      OTHER,
      () => post(gzipSync(query), { ...JSON_TYPE, 'content-encoding': 'gzip' }),
    ],
    ['plain text', OTHER, () => as('text/plain')],
    ['a form', OTHER, () => as('application/x-www-form-urlencoded', 'query=%7Bviewer%7Bid%7D%7D')],
    ['a multipart form', OTHER, () => as('multipart/form-data; boundary=b')],
    ['GraphQL without JSON', OTHER, () => as('application/graphql')],
    ['the charset of another JSON', OTHER, () => as('application/json; charset=utf-16')],
    ['the charset of a mainframe', OTHER, () => as('application/json; charset=ibm037')],
    ['a charset that every object has', OTHER, () => as('application/json; charset=constructor')],
    ['no type at all', OTHER, () => as('')],
    ['half a JSON', BROKEN, () => post('{"query":')],
    ['a number', BROKEN, () => post('7')],
    ['null', BROKEN, () => post('null')],
    ['an empty list', BROKEN, () => post('[]')],
    ['a batch', BROKEN, () => post(`[${query},${query}]`)],
    ['no query', BROKEN, () => post('{}')],
    ['a query that is an object', BROKEN, () => post('{"query":{}}')],
    ['variables that are a list', BROKEN, () => post('{"query":"{ viewer { id } }","variables":[]}')],
  ])('%s', async (_name, expected, send) => {
    const response = await send();
    expect(response.headers.get('cache-control')).toBe('no-store, private');
    const { status, code } = await refusal(response);
    expect(`${status} ${code}`).toBe(expected);
  });

  it('a persisted query that nobody knows', async () => {
    const response = await post('{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"abc"}}}');
    expect(await refusal(response)).toMatchObject({ status: 200 });
  });

  it.each([
    ['JSON', 'application/json'],
    ['JSON in UTF-8', 'application/json; charset=utf-8'],
    ['JSON in UTF-8, said in another way', 'application/json;charset="UTF-8"'],
  ])('and Clara, who sends %s, is answered', async (_what, type) => {
    expect(await (await as(type)).json()).toMatchObject({ data: { viewer: { id: server.cast.users.clara } } });
  });

  it('and Clara, who sends all of 256 kB, is answered', async () => {
    expect(await (await post(padded(256 * 1024))).json()).toMatchObject({
      data: { viewer: { id: server.cast.users.clara } },
    });
  });

  const padded = (length: number) => query + ' '.repeat(length - query.length);

  it('a query in the address, as any web page could', async () => {
    const response = await fetch(`${server.url}/graphql?query={viewer{id}}`);
    expect(await refusal(response)).toMatchObject({ status: 400 });
  });

  it('a change in the address', async () => {
    const change = encodeURIComponent('mutation { signOut { __typename } }');
    const headers = { 'apollo-require-preflight': '1', authorization: 'Bearer token-of-clara' };
    const response = await fetch(`${server.url}/graphql?query=${change}`, { headers });
    expect([400, 405]).toContain((await refusal(response)).status);
  });
});

describe('a stranger asks what there is', () => {
  const silent = (query: string) => ask(query, undefined, closedServer);

  it.each(INTROSPECTION)('and learns nothing by %s', async (query) => {
    expect(await refusal(await silent(query))).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' });
  });

  it.each(MISSPELT)('and no name is suggested for %s', async (query) => {
    const { text } = await refusal(await silent(query));
    expect(text).not.toMatch(/did you mean/i);
  });

  it('while who develops is helped', async () => {
    expect(await (await ask('{ projcts { totalCount } }')).text()).toContain('Did you mean');
    const { data } = await server.ask(null, '{ __type(name: "Project") { name } }');
    expect(data).toEqual({ __type: { name: 'Project' } });
  });
});
