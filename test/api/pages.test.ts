import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { ApolloServer } from '@apollo/server';
import { transformSync } from '@swc/core';
import { buildSchema, parse, validate } from 'graphql';
import { pino } from 'pino';
import { developmentInbox } from '../../src/api/dev-mail';
import { createHttpApp, type HttpApp } from '../../src/api/http';
import { linkPages, toolPages } from '../../src/api/pages';
import { LocalBus } from '../../src/events/bus';
import { Cursors } from '../../src/events/cursor';
import { systemClock } from '../../src/platform/clock';
import { openTestDatabase, type TestDatabase } from '../support/database';

const PAGES = join(__dirname, '../../src/api/pages');
const CONFIG = { publicUrl: 'http://portal.test', trustProxy: 0, corsOrigins: [], bodyLimitBytes: 1024 };

describe('the pages for people', () => {
  let test: TestDatabase;
  let apollo: ApolloServer;
  const apps: HttpApp[] = [];

  beforeAll(async () => {
    test = await openTestDatabase();
    apollo = new ApolloServer({ typeDefs: 'type Query { hello: String }', stopOnTerminationSignals: false });
    await apollo.start();
  });
  afterAll(async () => {
    for (const { server } of apps) {
      server.closeAllConnections();
      server.close();
    }
    await apollo.stop();
    await test.close();
  });

  async function serve(options: { tools: boolean }): Promise<string> {
    const { database } = test;
    const settings = { publicUrl: CONFIG.publicUrl, invitationsPerDay: 1 };
    const inbox = developmentInbox({ database, clock: systemClock, settings, cursors: new Cursors('a key') });
    const pages = options.tools ? [linkPages(), toolPages(), inbox] : [linkPages()];
    const logger = pino({ level: 'silent' });
    const app = createHttpApp({ config: CONFIG, database, bus: new LocalBus(), logger });
    app.serve({ apollo, contextOf: async () => ({}), pages });
    apps.push(app);
    app.server.listen(0, '127.0.0.1');
    await once(app.server, 'listening');
    return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  }

  it('load nothing from any other host, and run no script that stands in the page', async () => {
    const base = await serve({ tools: true });
    for (const path of ['/', '/compare', '/dev/mail', '/setup', '/reset-password', '/accept-invitation']) {
      const response = await fetch(base + path);
      const html = await response.text();
      expect({ path, status: response.status }).toEqual({ path, status: 200 });
      const links = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link]) => link);
      expect(links.filter((link) => !link.startsWith('/'))).toEqual([]);
      for (const link of links)
        expect({ link, status: (await fetch(base + link)).status }).toEqual({ link, status: 200 });
      expect(html).not.toMatch(/<script(?![^>]*\bsrc=)|\son\w+=/);
    }
  });

  it('know the people of the demo, and who they are', async () => {
    const base = await serve({ tools: true });
    const { people } = (await (await fetch(`${base}/pages/cast.json`)).json()) as { people: { name: string }[] };
    expect(people).toContainEqual({
      name: 'carl',
      displayName: 'Carl Costs',
      email: 'carl@demo.test',
      who: 'client of Acme',
      about: 'client of Acme: client view, internal costs',
    });
  });

  it('begin with the project that the story is about, to which Ivan is invited', async () => {
    const base = await serve({ tools: true });
    const { project } = (await (await fetch(`${base}/pages/cast.json`)).json()) as { project: string };
    expect(project).toBe('ACME-WEB');
    const { storyOf } = load<{ storyOf: (projects: object[], code: string) => object | undefined }>('portico.js');
    const [ended, app, website] = [
      { code: 'ACME-OLD', status: 'COMPLETED' },
      { code: null, status: 'ACTIVE' },
      { code: project, status: 'ACTIVE' },
    ];
    expect(storyOf([ended, app, website], project)).toBe(website);
    expect(storyOf([ended, app], project)).toBe(app);
    expect(storyOf([], project)).toBeUndefined();
  });

  it('show the mails that would have been sent, none at first', async () => {
    const base = await serve({ tools: true });
    expect(await (await fetch(`${base}/dev/mail.json`)).json()).toEqual([]);
  });

  it('are not there without the tools, but links from mails still lead somewhere', async () => {
    const base = await serve({ tools: false });
    for (const path of [
      '/',
      '/compare',
      '/dev/mail',
      '/dev/mail.json',
      '/pages/cast.json',
      '/pages/libraries/react.js',
    ]) {
      expect({ path, status: (await fetch(base + path)).status }).toEqual({ path, status: 404 });
    }
    expect((await fetch(`${base}/accept-invitation?token=x`)).status).toBe(200);
  });
});

describe('who is chosen on a page', () => {
  const KEPT = 'portico-token-clara';
  const kept = new Map<string, string>();
  const asked: (string | undefined)[] = [];

  /** A server that has forgotten every session but the one that it opens. */
  const answer = async (path: string, { headers = {} }: { headers?: Record<string, string> } = {}) => {
    if (path === '/pages/cast.json') return { json: () => ({ people: [{ name: 'clara', email: 'clara@demo.test' }] }) };
    asked.push(headers.authorization);
    if (!headers.authorization) return { json: () => ({ data: { signIn: { token: 'new' } } }) };
    const ended = { errors: [{ message: 'Sign in first.', extensions: { code: 'UNAUTHENTICATED' } }] };
    return { json: () => (headers.authorization === 'Bearer new' ? { data: { viewer: { id: 'usr_1' } } } : ended) };
  };
  const sessionStorage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  };
  const { tokenOf } = load<{ tokenOf: (name: string) => Promise<string> }>('portico.js', {
    fetch: answer,
    sessionStorage,
  });

  it('is signed in again when the server no longer knows the token that the tab has kept', async () => {
    kept.set(KEPT, 'of the demo before');
    expect(await tokenOf('clara')).toBe('new');
    expect(kept.get(KEPT)).toBe('new');
  });

  it('is not when it does', async () => {
    asked.length = 0;
    expect(await tokenOf('clara')).toBe('new');
    expect(asked).toEqual(['Bearer new']);
  });
});

describe('what the pages ask', () => {
  const schema = buildSchema(readFileSync(join(__dirname, '../../schema/schema.graphql'), 'utf8'));
  const { READY_QUERIES } = load<{ READY_QUERIES: { query: string }[] }>('ready-queries.js');
  const { QUESTIONS } = load<{ QUESTIONS: { title: string; query: string }[] }>('questions.js');
  const written = readdirSync(PAGES)
    .filter((name) => name.endsWith('.js'))
    .flatMap((name) => [
      ...readFileSync(join(PAGES, name), 'utf8').matchAll(/(?:`|')((?:query|mutation) \w+[^`']*)(?:`|')/g),
    ])
    .map(([, query]) => query);

  it.each([...READY_QUERIES, ...QUESTIONS].map(({ query }) => query).concat(written))(
    'is in the schema: %s',
    (query) => {
      expect(validate(schema, parse(query)).map((error) => error.message)).toEqual([]);
    },
  );
});

interface Row {
  label: string;
  cells: { kind: string; text?: string; requires?: string[] }[];
}

describe('the table that lays answers side by side', () => {
  const { rowsOf } = load<{ rowsOf: (answers: object[]) => Row[] }>('answer-table.js');
  const project = (fields: object) => ({ data: { project: { name: 'Portal', ...fields } } });

  it('tells withheld, absent and empty apart', () => {
    const clara = {
      ...project({ totals: { internalCost: null }, tasks: { nodes: [{ id: 'a', title: 'Design' }] }, endDate: null }),
      extensions: { withheld: [{ path: ['project', 'totals', 'internalCost'], requires: ['internalCosts'] }] },
    };
    const max = project({
      totals: { internalCost: { amount: '1234.50', currencyCode: 'EUR' } },
      tasks: {
        nodes: [
          { id: 'a', title: 'Design' },
          { id: 'b', title: 'Secret' },
        ],
      },
      endDate: null,
    });
    const rows = new Map(rowsOf([clara, max]).map(({ label, cells }) => [label, cells]));
    expect(rows.get('Internal cost')).toEqual([
      { kind: 'withheld', requires: ['internalCosts'] },
      { kind: 'value', text: '€1,234.50' },
    ]);
    expect(rows.get('Secret')?.[0]).toEqual({ kind: 'absent' });
    expect(rows.get('End date')?.map(({ kind }) => kind)).toEqual(['none', 'none']);
    expect(rows.get('Name')?.map(({ text }) => text)).toEqual(['Portal', 'Portal']);
  });
});

/** The pages are modules for browsers; here they become one that node can load. */
function load<T>(name: string, browser: Record<string, unknown> = {}): T {
  const source = readFileSync(join(PAGES, name), 'utf8');
  const { code } = transformSync(source, { module: { type: 'commonjs' }, swcrc: false });
  const exports = {} as T;
  new Function('exports', ...Object.keys(browser), code)(exports, ...Object.values(browser));
  return exports;
}
