import { isDeepStrictEqual } from 'node:util';
import { type Answer, ask } from './ask';
import type { Body, OperationName } from './personas';
import type { Running } from './processes';

/** Everybody must say the same before anybody is timed; and what it costs the company is for managers alone. */
export async function refuseUnequal(
  servers: readonly Running[],
  bodies: Record<OperationName, Body[]>,
  sample: number,
): Promise<void> {
  for (const [operation, all] of Object.entries(bodies) as [OperationName, Body[]][]) {
    for (const body of spread(all, sample)) {
      const [first, ...others] = await Promise.all(
        servers.map(async (server) => ({ server, answer: await ask(server, operation, body) })),
      );
      const expected = sound(first.answer, first.server, operation, body);
      for (const { server, answer } of others) {
        const actual = sound(answer, server, operation, body);
        const where = difference(expected, actual, operation);
        if (where) throw new Error(`${server.name} and ${first.server.name} differ at ${where}\n${inWords(body)}`);
      }
    }
  }
}

/**
 * A client who asks for costs gets none from anybody who has an access layer, neither in the answer nor in its errors; a
 * manager who asks gets some from everybody.
 */
export async function refuseLeaks(
  servers: readonly Running[],
  bodies: Record<OperationName, Body[]>,
  sample: number,
): Promise<{ refused: number; shown: number }> {
  const told = { refused: 0, shown: 0 };
  for (const server of servers) {
    for (const operation of ['Dashboard', 'ProjectPage'] as const) {
      for (const body of spread(bodies[operation], sample)) {
        const withCosts = { ...body, variables: { ...body.variables, costs: true } };
        const { data, errors } = await ask(server, operation, withCosts);
        const costs = numbersIn(data, COST);
        const isClient = body.persona === 'client';
        if (isClient && [...costs, ...numbersIn(errors, COST)].length > 0)
          throw new Error(`${server.name} showed a client a cost: ${costs}\n${inWords(body)}`);
        if (!isClient && costs.length === 0)
          throw new Error(`${server.name} kept a cost from a manager.\n${inWords(body)}`);
        told[isClient ? 'refused' : 'shown'] += 1;
      }
    }
  }
  return told;
}

const COST = /cost/i;

/** Every n-th, so that both personas are among them. */
function spread<T>(all: readonly T[], sample: number): T[] {
  const step = Math.max(1, Math.floor(all.length / sample)) | 1;
  return all.filter((_, i) => i % step === 0);
}

function sound(answer: Answer, { name }: Running, operation: OperationName, body: Body): unknown {
  if (answer.status === 200 && answer.errors === undefined && answer.data) return canonical(answer.data);
  throw new Error(`${name} failed at ${operation} (${answer.status}): ${JSON.stringify(answer)}\n${inWords(body)}`);
}

type Flat = Record<string, unknown>;

/**
 * The same for equal answers, whoever gave them: objects are flat (`totals_totalTime_hours`), what is null is not there,
 * and numbers are numbers also where they come as text. A key that begins with `_` stands for nothing.
 */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value === 'string') return NUMBER.test(value) ? Number(value) : value;
  if (typeof value !== 'object' || value === null) return value;
  const flat: Flat = {};
  for (const [key, inner] of Object.entries(value)) {
    const own = canonical(inner);
    const isObject = typeof own === 'object' && own !== null && !Array.isArray(own);
    const prefix = key.startsWith('_') ? '' : key;
    if (!isObject) {
      if (own !== null && own !== undefined) flat[key] = own;
      continue;
    }
    for (const [name, cell] of Object.entries(own)) flat[prefix ? `${prefix}_${name}` : name] = cell;
  }
  return Object.fromEntries(Object.entries(flat).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The first place where two canonical answers differ, in words; undefined when they are equal. */
function difference(expected: unknown, actual: unknown, at: string): string | undefined {
  if (isDeepStrictEqual(expected, actual)) return undefined;
  if (typeof expected === 'object' && typeof actual === 'object' && expected && actual) {
    for (const key of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
      const inside = difference((expected as Flat)[key], (actual as Flat)[key], `${at}.${key}`);
      if (inside) return inside;
    }
  }
  return `${at}:\n  ${JSON.stringify(expected)}\n  ${JSON.stringify(actual)}`;
}

/** Every number, also as text, that stands somewhere under such a name. */
function numbersIn(value: unknown, name: RegExp, named = false): unknown[] {
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, inner]) => numbersIn(inner, name, named || name.test(key)));
  }
  const isNumber = typeof value === 'number' || (typeof value === 'string' && NUMBER.test(value));
  return named && isNumber ? [value] : [];
}

const NUMBER = /^-?\d+(\.\d+)?$/;

const inWords = ({ persona, token, variables }: Body): string =>
  `asked by a ${persona} (${token}): ${JSON.stringify(variables)}`;
