import { Field, ID, InterfaceType } from 'type-graphql';
import { ID_PREFIXES, prefixOf } from './ids';

/** Whatever has an id of its own and can be asked for by it (Relay). */
@InterfaceType({
  description: 'Whatever has an id of its own and can be asked for by it.',
  resolveType: (value: { id: string }) => typeNameOf(value.id),
})
export abstract class Node {
  @Field(() => ID, { description: 'Globally unique; it tells the kind of thing and nothing else.' })
  id: string;
}

const TYPE_NAMES = new Map<string, string>(Object.entries(ID_PREFIXES).map(([name, prefix]) => [prefix, name]));

export function typeNameOf(id: string): string {
  const name = TYPE_NAMES.get(prefixOf(id) ?? '');
  if (!name) throw new Error('A node has an id without a known prefix.');
  return name;
}
