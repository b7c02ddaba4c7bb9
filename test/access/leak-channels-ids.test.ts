import { isInterfaceType } from 'graphql';
import { bareSchema } from '../../src/api/schema';
import type { CastName } from '../../src/demo/cast';
import { newId } from '../../src/platform/ids';
import { aProject } from '../support/builders';
import { TestServer } from '../support/server';
import { elsewhere, type ForeignIds } from './foreign-world';

let server: TestServer;
let hidden: ForeignIds;
beforeAll(async () => {
  server = await TestServer.start();
  await aProject(server);
  hidden = await elsewhere(server);
}, 120_000);
afterAll(() => server.close());

/** Nobody of these sees anything of Eve's other workspace, whatever they are in this one. */
const PEOPLE = ['bo', 'tess', 'clara', 'carl', 'wim', 'max', 'ada', 'olga', null] as const;

const schema = bareSchema();
const node = schema.getType('Node');
const NODE_TYPES = isInterfaceType(node)
  ? schema.getPossibleTypes(node).map((type) => type.name as keyof ForeignIds)
  : [];
/** A session has an id too, though nobody asks for one by it. */
const KINDS: (keyof ForeignIds)[] = [...NODE_TYPES, 'Session'];

/** Every way from an id to a thing, in one question. */
const ASK = `query ($id: ID!) {
  node(id: $id) { __typename id ${NODE_TYPES.map((type) => `... on ${type} { __typename }`).join(' ')} }
  nodes(ids: [$id]) { __typename id }
  project(id: $id) { id name }
  invoice(id: $id) { id number }
  clientOrganisation(id: $id) { id name } }`;

const malformed = (id: string): string[] => [
  ...['', ' ', 'x', '\u0000', '\ud800', '\u200b', '__proto__', 'null', 'x'.repeat(5000)],
  ...[id.slice(0, 4), id.slice(0, -1), `${id}x`, ` ${id}`, `${id}\u0000`, id.toUpperCase(), `${id}' or true --`],
];

describe('L-11: what one may not see, what never was and what is no id at all are one answer, to the byte', () => {
  it('for every kind of thing that has an id', () => {
    expect(Object.keys(hidden).sort()).toEqual([...KINDS].sort());
  });

  it.each(PEOPLE.map((who) => [who] as const))('asked by %s', async (who) => {
    const unknown = await bodyOf(who, newId('Project'));
    for (const kind of KINDS) {
      for (const id of [newId(kind), hidden[kind]])
        expect({ id, body: await bodyOf(who, id) }).toEqual({ id, body: unknown });
    }
    for (const id of [...malformed(hidden.Project), ...malformed(hidden.Invoice)]) {
      expect({ id, body: await bodyOf(who, id) }).toEqual({ id, body: unknown });
    }
  });
});

/** What comes over the wire. */
async function bodyOf(who: CastName | null, id: string): Promise<string> {
  const headers = { 'content-type': 'application/json', ...(who ? { authorization: `Bearer token-of-${who}` } : {}) };
  const body = JSON.stringify({ query: ASK, variables: { id } });
  const response = await fetch(`${server.url}/graphql`, { method: 'POST', headers, body });
  return `${response.status} ${response.headers.get('content-length')} ${await response.text()}`;
}
