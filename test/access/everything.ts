import {
  type GraphQLField,
  type GraphQLObjectType,
  getNamedType,
  isLeafType,
  isNonNullType,
  isObjectType,
  parse,
} from 'graphql';
import { defaultLimits, gate } from '../../src/api/limits';
import { bareSchema } from '../../src/api/schema';
import type { CastName } from '../../src/demo/cast';
import type { TestServer } from '../support/server';

const schema = bareSchema();
const typeOf = (name: string) => schema.getType(name) as GraphQLObjectType;

/** From where one looks at everything: a field of the root, and the type that it gives. */
type Root = [ask: string, type: string];

/** All that somebody can read from here, field by field of the schema and two things deep, as it comes over the wire. */
export async function everything(server: TestServer, who: CastName, projectIds: readonly string[]): Promise<string[]> {
  const bodies: string[] = [];
  for (const query of queriesFor(rootsOf(server, projectIds))) bodies.push(await bodyOf(server, who, query));
  return bodies;
}

const rootsOf = ({ cast }: TestServer, projectIds: readonly string[]): Root[] => [
  ['viewer', 'Viewer'],
  ['projects(first: 5)', 'ProjectConnection'],
  ['timeEntries(first: 20)', 'TimeEntryConnection'],
  ['invoices(first: 20)', 'InvoiceConnection'],
  [`node(id: "${cast.workspaceId}") { ... on Workspace`, 'Workspace'],
  ...Object.values(cast.clients).map((id): Root => [`clientOrganisation(id: "${id}")`, 'ClientOrganisation']),
  ...projectIds.map((id): Root => [`project(id: "${id}")`, 'Project']),
];

/** As few questions as the limits of one allow. */
function queriesFor(roots: readonly Root[]): string[] {
  const pieces = roots.flatMap(([ask, type]) => piecesOf(ask, typeOf(type)));
  const queries: string[][] = [[]];
  for (const piece of pieces) {
    const last = queries.at(-1)!;
    if (last.length < defaultLimits.rootFields && costOf([...last, piece]) <= defaultLimits.cost) last.push(piece);
    else queries.push([piece]);
  }
  return queries.map(asQuery);
}

const asQuery = (pieces: readonly string[]): string => `{ ${pieces.map((piece, i) => `p${i}: ${piece}`).join(' ')} }`;

function costOf(pieces: readonly string[]): number {
  const limits = { ...defaultLimits, cost: Number.MAX_SAFE_INTEGER };
  return gate({ schema, document: parse(asQuery(pieces)), limits }).cost;
}

/** What is said in a word together, and each branch by itself. */
function piecesOf(ask: string, type: GraphQLObjectType): string[] {
  const close = ask.includes('... on') ? ' }' : '';
  const fields = Object.values(type.getFields()).map((field) => selected(field, 1));
  const [words, branches] = [fields.filter((field) => /^\w+$/.test(field)), fields.filter((field) => / /.test(field))];
  const questions = isList(type) ? [fields.join(' ')] : [words.join(' '), ...branches];
  return questions.map((question) => `${ask} { ${question} }${close}`);
}

const isList = (type: GraphQLObjectType): boolean => /Connection$/.test(type.name);

function selected(field: GraphQLField<unknown, unknown>, depth: number): string {
  if (field.args.some((arg) => isNonNullType(arg.type) && arg.defaultValue === undefined)) return '';
  const type = getNamedType(field.type);
  // Sealed anew each time it is given: there is nothing to compare.
  if (type.name === 'Cursor') return '';
  if (isLeafType(type)) return field.name;
  if (!isObjectType(type)) return '';
  const isPaged = field.args.some((arg) => arg.name === 'first');
  if (depth < 0 && !isValue(type)) return '';
  const inner = Object.values(type.getFields())
    .filter((one) => !(type.name.endsWith('Edge') && one.name === 'node'))
    .map((one) => selected(one, isValue(type) || /Connection$|Edge$/.test(type.name) ? depth : depth - 1))
    .filter((one) => one !== '');
  if (inner.length === 0) return '';
  return `${field.name}${isPaged ? '(first: 8)' : ''} { ${inner.join(' ')} }`;
}

/** Money, a duration: what has no things in it. */
const isValue = (type: GraphQLObjectType): boolean =>
  Object.values(type.getFields()).every((field) => isLeafType(getNamedType(field.type)));

/** Status, data, errors and extensions; not the id of the request, which stands in a header. */
export async function bodyOf(
  server: TestServer,
  who: CastName | null,
  query: string,
  variables: object = {},
): Promise<string> {
  const headers = { 'content-type': 'application/json', ...(who ? { authorization: `Bearer token-of-${who}` } : {}) };
  const body = JSON.stringify({ query, variables });
  const response = await fetch(`${server.url}/graphql`, { method: 'POST', headers, body });
  return `${response.status} ${await response.text()}`;
}

/** All that a type says of itself, and the values and things it leads to, one deep. */
export const allOf = (typeName: string): string =>
  Object.values(typeOf(typeName).getFields())
    .map((field) => selected(field, 0))
    .filter((field) => field !== '')
    .join(' ');
