import { type GraphQLObjectType, getNamedType, isLeafType, isObjectType } from 'graphql';
import type { VisibilitySettings } from '../../src/access/visibility';
import { bareSchema } from '../../src/api/schema';
import type { CastName } from '../../src/demo/cast';
import { EXPECTED, VALUES } from './expected';
import { type Block, COLUMNS, type Column, isClient, judge, type Line } from './expected-columns';
import { MatrixWorld, PERSONAS, SETTINGS_TRIED } from './matrix-world';

/**
 * Who sees what, by behaviour: for every column and for the settings all open, all closed and each narrowed alone,
 * generated queries ask for every field of every type on the running server, and get what the expectation says.
 */
const schema = bareSchema();
let world: MatrixWorld;
beforeAll(async () => {
  world = await MatrixWorld.build();
}, 60_000);
afterAll(() => world.server.close());

describe.each(COLUMNS.map((column) => [column, PERSONAS[column].who, PERSONAS[column].holds] as const))(
  'column %s: %s with %p',
  (column) => {
    it.each(Object.keys(SETTINGS_TRIED).filter((name) => isClient(column) || name.startsWith('everything')))(
      'sees what is expected with %s',
      async (name) => {
        const who = await world.stand(column);
        await world.set(SETTINGS_TRIED[name]);
        const wrong: string[] = [];
        for (const asked of queries(who)) wrong.push(...(await differences(who, column, asked, SETTINGS_TRIED[name])));
        expect(wrong).toEqual([]);
      },
    );
  },
);

describe('the expectation', () => {
  const objects = Object.values(schema.getTypeMap()).filter(
    (type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith('__'),
  );
  const written = (type: string): string[] =>
    EXPECTED.filter((block) => block.type === type).flatMap(({ fields }) => fields.flatMap(([names]) => words(names)));

  it('has every field of the schema', () => {
    const needed = objects.filter(({ name }) => !VALUES.includes(name) && !/(Connection|Edge|Payload)$/.test(name));
    const missing = needed
      .filter(({ name }) => !['Query', 'Mutation', 'Subscription'].includes(name))
      .flatMap((type) => Object.keys(type.getFields()).map((field) => [type.name, field]))
      .filter(([type, field]) => !written(type).includes(field));
    expect(missing).toEqual([]);
  });

  it('has no field that the schema lacks', () => {
    const known = (type: string) =>
      Object.keys((schema.getType(type) as GraphQLObjectType | undefined)?.getFields() ?? {});
    const unknown = EXPECTED.flatMap(({ type }) => written(type).filter((field) => !known(type).includes(field)));
    expect(unknown).toEqual([]);
    expect(VALUES.filter((type) => !schema.getType(type))).toEqual([]);
  });
});

const words = (text: string): string[] => text.split(' ');

interface Asked {
  block: Block;
  alias: string;
  path: string[];
  selection: string;
}

/** As many things at once as the limits of the server let through. */
const ROOT_FIELDS = 10;

function queries(who: CastName): Asked[][] {
  const all = EXPECTED.flatMap((block) => ask(block, who) ?? []);
  return Array.from({ length: Math.ceil(all.length / ROOT_FIELDS) }, (_, i) =>
    all.slice(i * ROOT_FIELDS, (i + 1) * ROOT_FIELDS),
  );
}

async function differences(
  who: CastName,
  column: Column,
  asked: Asked[],
  settings: VisibilitySettings,
): Promise<string[]> {
  const answer = await world.server.ask(who, `{ ${asked.map(({ selection }) => selection).join(' ')} }`);
  if (answer.errors) return [JSON.stringify(answer.errors)];
  const withheld = new Map(answer.extensions?.withheld?.map(({ path, requires }) => [path.join('.'), requires]));
  return asked.flatMap(({ block, alias, path }) => {
    const found = rowsAt(answer.data[alias], path);
    const rows = judge(block.rows, column, settings);
    if (!rows.shown) return found.length === 0 ? [] : [`${block.thing} is shown and should be absent`];
    if (found.length === 0) return [`${block.thing} is absent and should be shown`];
    const at = [alias, ...path].join('.');
    return block.fields.flatMap(([names, line]) =>
      words(names).flatMap((field) => {
        const value = found.map((row) => row[field]).find((one) => one !== null);
        const problem = wrongWith({ line, value, told: withheld.get(`${at}.${field}`) }, column, settings);
        return problem ? [`${block.thing}.${field} ${problem}`] : [];
      }),
    );
  });
}

function ask(block: Block, who: CastName): Asked[] | undefined {
  const alias = `t${EXPECTED.indexOf(block)}`;
  const fields = block.fields
    .flatMap(([names]) => words(names))
    .map((field) => `${field}${subselection(block, field)}`);
  const steps = block.under ? words(block.under.path) : [];
  const body = steps.reduceRight((inner, step) => `{ ${step} ${inner} }`, `{ ${fields.join(' ')} }`);
  const path = steps.map((step) => step.replace(/\(.*/, ''));
  const thing = block.under?.thing ?? block.thing;
  if (thing === '') return [{ block, alias, path: path.slice(1), selection: `${alias}: ${body.slice(1, -1)}` }];
  const id = world.idOf(thing, who);
  if (!id) return undefined;
  const on = block.under ? thing.split(' ')[0] : block.type;
  return [{ block, alias, path, selection: `${alias}: node(id: "${id}") { ... on ${on} ${body} }` }];
}

function subselection({ type }: Block, field: string): string {
  const of = (schema.getType(type) as GraphQLObjectType).getFields()[field];
  return isLeafType(getNamedType(of.type)) ? '' : ' { __typename }';
}

function rowsAt(from: unknown, path: string[]): Record<string, unknown>[] {
  const rows = [from].flat().filter((row) => row !== null) as Record<string, unknown>[];
  if (path.length === 0) return rows;
  return rows.flatMap((row) => rowsAt(row[path[0]], path.slice(1)));
}

interface Answered {
  line: Line;
  value: unknown;
  told: string[] | undefined;
}

function wrongWith({ line, value, told }: Answered, column: Column, settings: VisibilitySettings): string | undefined {
  const verdict = judge(line, column, settings);
  if (verdict.shown) {
    if (told) return `is withheld (${told}) and should be shown`;
    const unreleased = line.nothingUnreleased && isClient(column) && settings.timeRelease === 'INVOICED';
    if (line.kind === 'nothing' || unreleased) return value === undefined ? undefined : 'is not null';
    return value === undefined ? 'is null and should be shown' : undefined;
  }
  if (value !== undefined) return `is shown and should not be: ${JSON.stringify(value)}`;
  if (line.kind === 'edge') return told ? `is told as withheld (${told})` : undefined;
  if (!told) return `is null, but not told as withheld (${verdict.requires})`;
  return `${told}` === `${verdict.requires}` ? undefined : `requires ${told} instead of ${verdict.requires}`;
}
