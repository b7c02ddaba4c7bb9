import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DocumentNode, Kind, parse, print, separateOperations } from 'graphql';

const FOLDER = join(__dirname, '../../schema/operations');

/** The named operations of schema/operations, each with the fragments that it spreads. */
export const OPERATIONS: ReadonlyMap<string, DocumentNode> = readOperations();

/** The text of one of them, as a front end would send it. */
export function operation(name: string): string {
  const document = OPERATIONS.get(name);
  if (!document) throw new Error(`schema/operations has no ${name}.`);
  return print(document);
}

function readOperations(): Map<string, DocumentNode> {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.graphql'));
  const all = parse(files.map((name) => readFileSync(join(FOLDER, name), 'utf8')).join('\n'));
  const unnamed = all.definitions.some((d) => d.kind === Kind.OPERATION_DEFINITION && d.name === undefined);
  if (unnamed) throw new Error('An operation of schema/operations has no name.');
  return new Map(Object.entries(separateOperations(all)));
}
