import { median } from '../growth/measure';
import { ask } from './ask';
import { type Data, databaseOf } from './database';
import { type Body, OPERATIONS, type OperationName, type Persona } from './personas';
import { type ServerName, startServer } from './processes';
import { openDoor } from './statements';

/** How many statements a request carries out, one after the other on a warm server. */
export type StatementCounts = Partial<Record<ServerName, Record<OperationName, Partial<Record<Persona, number>>>>>;

/** So many requests of each, asked before: what a server asks its database by itself, now and then, is not in the median. */
const ASKED = 9;

export async function countStatements(
  names: readonly ServerName[],
  data: Data,
  bodies: Record<OperationName, Body[]>,
): Promise<StatementCounts> {
  const counts: StatementCounts = {};
  for (const name of names) counts[name] = await countOf(name, data, bodies);
  return counts;
}

async function countOf(name: ServerName, data: Data, bodies: Record<OperationName, Body[]>) {
  const door = await openDoor(databaseOf(name, data));
  const server = await startServer(name, door.url);
  try {
    const counts = {} as Record<OperationName, Partial<Record<Persona, number>>>;
    for (const operation of OPERATIONS) {
      counts[operation] = {};
      for (const persona of ['client', 'manager'] as const) {
        const own = bodies[operation].filter((body) => body.persona === persona).slice(0, ASKED);
        const each: number[] = [];
        for (const body of own) {
          await ask(server, operation, body);
          const before = door.count();
          await ask(server, operation, body);
          each.push(door.count() - before);
        }
        if (own.length > 0) counts[operation][persona] = median(each);
      }
    }
    return counts;
  } finally {
    await server.stop();
    door.close();
  }
}
