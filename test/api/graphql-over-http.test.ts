import { serverAudits } from 'graphql-http';
import { TestServer } from '../support/server';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.close());

/** What a browser cannot send to another origin unasked: our guard against forged requests stays on. */
const withPreflight: typeof fetch = (input, init) =>
  fetch(input, { ...init, headers: { ...init?.headers, 'apollo-require-preflight': '1' } });

const audits = serverAudits({ url: () => `${server.url}/graphql`, fetchFn: withPreflight });

describe('the served API, by the audits of the specification GraphQL over HTTP', () => {
  it('is asked all 61', () => {
    expect(audits).toHaveLength(61);
  });

  it.each(audits.map((audit) => [audit.id, audit.name, audit] as const))('%s %s', async (_id, _name, audit) => {
    const { status, ...rest } = await audit.fn();
    expect({ status, reason: 'reason' in rest ? rest.reason : undefined }).toEqual({ status: 'ok' });
  });
});
