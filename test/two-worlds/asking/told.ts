import {
  type DocumentNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
  Kind,
  parse,
  type SelectionSetNode,
} from 'graphql';
import { fieldItem, type Item } from './coverage';

/** Which fields have an answer for the one who asks. Behind what is never told there is nothing to find. */
export class Told {
  private readonly counts = new Map<Item, { asked: number; told: number }>();

  constructor(private readonly schema: GraphQLSchema) {}

  /** Of one answer: what was asked of something that is there, and what of it was told. */
  learn(query: string, data: unknown): void {
    if (typeof data !== 'object' || data === null) return;
    const document = parse(query);
    const operation = document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION)!;
    const root = this.schema.getRootType(operation.operation);
    this.walk({ document, type: root!, things: [data as Thing] }, operation.selectionSet);
  }

  /** Asked often enough, and never told. */
  isClosed(item: Item): boolean {
    const count = this.counts.get(item);
    return count !== undefined && count.told === 0 && count.asked >= 3;
  }

  get everTold(): Item[] {
    return [...this.counts].filter(([, { told }]) => told > 0).map(([item]) => item);
  }

  private walk(at: At, selectionSet: SelectionSetNode): void {
    for (const node of selectionSet.selections) {
      if (node.kind === Kind.FIELD) {
        this.field(at, { key: (node.alias ?? node.name).value, name: node.name.value, inside: node.selectionSet });
        continue;
      }
      const fragment = node.kind === Kind.FRAGMENT_SPREAD ? fragmentNamed(at.document, node.name.value) : node;
      const condition = fragment.typeCondition?.name.value;
      const type = condition ? this.schema.getType(condition) : at.type;
      if (isObjectType(type)) this.walk({ ...at, type }, fragment.selectionSet);
    }
  }

  private field(at: At, { key, name, inside }: { key: string; name: string; inside?: SelectionSetNode }): void {
    const asked = at.things.filter((thing) => key in thing);
    const definition = isObjectType(at.type) ? at.type.getFields()[name] : undefined;
    if (!definition || asked.length === 0) return;
    const told = asked.flatMap((thing) => thing[key]).filter((value) => value !== null);
    this.count(fieldItem(at.type.name, name), told.length > 0);
    const type = getNamedType(definition.type) as GraphQLObjectType;
    if (inside) this.walk({ ...at, type, things: told as Thing[] }, inside);
  }

  private count(item: Item, isTold: boolean): void {
    const count = this.counts.get(item) ?? { asked: 0, told: 0 };
    count.asked++;
    if (isTold) count.told++;
    this.counts.set(item, count);
  }
}

type Thing = Record<string, unknown>;

interface At {
  document: DocumentNode;
  type: GraphQLObjectType;
  things: readonly Thing[];
}

function fragmentNamed(document: DocumentNode, name: string) {
  const found = document.definitions.find(
    (definition) => definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === name,
  );
  if (found?.kind !== Kind.FRAGMENT_DEFINITION) throw new Error(`No fragment ${name}.`);
  return found;
}
