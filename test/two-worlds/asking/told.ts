import {
  type ASTNode,
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  isInputObjectType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
} from 'graphql';
import type { Question } from '../running-worlds';
import { argumentItem, fieldItem, type Item } from './coverage';

/**
 * Which fields have an answer for the one who asks, and on which things; with which arguments they have one. Behind
 * what is never told is little to find.
 */
export class Told {
  private readonly counts = new Map<Item, { asked: number; told: number; ids: Set<string> }>();

  constructor(private readonly schema: GraphQLSchema) {}

  /** Of one answer: what was asked of something that is there, what of it was told, and what was refused. */
  learn({ query, variables }: Question, { data, errors = [] }: Said): void {
    if (typeof data !== 'object' || data === null) return;
    const document = parse(query);
    const operation = document.definitions.find(isOperation)!;
    const type = this.schema.getRootType(operation.operation)!;
    const at = { document, variables, type };
    this.walk({ ...at, things: [{ thing: data as Thing, ids: [] }] }, operation.selectionSet);
    for (const { path = [] } of errors.filter((error) => isIn(data, error.path ?? []))) {
      this.refuse(at, { path: path.filter(isKey), in: operation.selectionSet });
    }
  }

  /** Asked often enough, and never told. */
  isClosed(item: Item): boolean {
    const count = this.counts.get(item);
    return count !== undefined && count.told === 0 && count.asked >= 2;
  }

  /** How often it had an answer; undefined when it was asked of nothing that is there. */
  timesTold(item: Item): number | undefined {
    return this.counts.get(item)?.told;
  }

  /** The things of a kind that it was told of, or of something inside them. */
  idsFor(item: Item, prefix: string): string[] {
    return [...(this.counts.get(item)?.ids ?? [])].filter((id) => id.startsWith(prefix));
  }

  private walk(at: At & { things: readonly Found[] }, selectionSet: SelectionSetNode): void {
    for (const { type, node } of this.fieldsOf(at, selectionSet)) {
      const key = keyOf(node);
      const definition = type.getFields()[node.name.value];
      const asked = at.things.filter(({ thing }) => key in thing);
      if (!definition || asked.length === 0) continue;
      const told = asked.filter(({ thing }) => isSomething(thing[key]));
      this.count(fieldItem(type.name, node.name.value), told);
      if (told.length > 0) for (const item of inputsOf({ ...at, type }, definition, node)) this.count(item, told);
      if (!node.selectionSet) continue;
      const things = told.flatMap(({ thing, ids }) => [thing[key]].flat().flatMap((value) => foundIn(value, ids)));
      this.walk({ ...at, type: getNamedType(definition.type), things }, node.selectionSet);
    }
  }

  /** Along the path of an error, to the field that gave it: its arguments were not welcome. */
  private refuse(at: At, { path: [key, ...rest], in: inside }: { path: string[]; in: SelectionSetNode }): void {
    for (const { type, node } of this.fieldsOf(at, inside).filter((field) => keyOf(field.node) === key)) {
      const definition = type.getFields()[node.name.value];
      if (!definition) continue;
      const next = { ...at, type: getNamedType(definition.type) };
      if (rest.length > 0 && node.selectionSet) this.refuse(next, { path: rest, in: node.selectionSet });
      if (rest.length === 0) for (const item of inputsOf({ ...at, type }, definition, node)) this.count(item, []);
    }
  }

  /** The fields of a selection set, those of its fragments too, each with the type it is asked of. */
  private fieldsOf(at: At, selectionSet: SelectionSetNode): { type: GraphQLObjectType; node: FieldNode }[] {
    return selectionSet.selections.flatMap((node) => {
      if (node.kind === Kind.FIELD) return isObjectType(at.type) ? [{ type: at.type, node }] : [];
      const fragment = node.kind === Kind.FRAGMENT_SPREAD ? fragmentNamed(at.document, node.name.value) : node;
      const condition = fragment.typeCondition?.name.value;
      const type = condition ? this.schema.getType(condition) : at.type;
      return this.fieldsOf({ ...at, type }, fragment.selectionSet);
    });
  }

  private count(item: Item, told: readonly Found[]): void {
    const count = this.counts.get(item) ?? { asked: 0, told: 0, ids: new Set() };
    count.asked++;
    if (told.length > 0) count.told++;
    for (const id of told.flatMap(({ ids }) => ids)) count.ids.add(id);
    this.counts.set(item, count);
  }
}

/** An answer, read. */
export interface Said {
  data?: unknown;
  errors?: readonly { path?: readonly (string | number)[] }[];
}

type Thing = Record<string, unknown>;

/** A thing of an answer, with the ids of those it stands in and its own. */
interface Found {
  thing: Thing;
  ids: readonly string[];
}

interface At {
  document: DocumentNode;
  variables: Question['variables'];
  type: unknown;
}

const isOperation = (node: ASTNode): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION;
export const isKey = (part: string | number): part is string => typeof part === 'string';
const keyOf = (node: FieldNode): string => (node.alias ?? node.name).value;

/**
 * Whether the place of an error is there in the answer. Where it is not, it took more with it than itself, and which of
 * the fields that failed there came first is chance: nothing is learnt from that.
 */
function isIn(data: unknown, [key, ...rest]: readonly (string | number)[]): boolean {
  if (key === undefined) return true;
  return typeof data === 'object' && data !== null && key in data && isIn((data as Thing)[key], rest);
}

const isSomething = (value: unknown): boolean => value !== null && !(Array.isArray(value) && value.length === 0);

function foundIn(value: unknown, ids: readonly string[]): Found[] {
  if (value === null) return [];
  const thing = value as Thing;
  return [{ thing, ids: typeof thing.id === 'string' ? [...ids, thing.id] : ids }];
}

/** The arguments of a field, and what is given in them. */
function inputsOf(
  { type, variables }: At & { type: GraphQLObjectType },
  definition: GraphQLField<unknown, unknown>,
  node: FieldNode,
): Item[] {
  const given = getArgumentValues(definition, node, variables);
  return definition.args
    .filter(({ name }) => given[name] !== undefined)
    .flatMap((argument) => [
      argumentItem(type.name, definition.name, argument.name),
      ...inputsIn(argument.type, given[argument.name]),
    ]);
}

function inputsIn(type: GraphQLInputType, value: unknown): Item[] {
  const named = getNamedType(type);
  if (!isInputObjectType(named) || typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    fieldItem(named.name, key),
    ...inputsIn(named.getFields()[key].type, inner),
  ]);
}

function fragmentNamed(document: DocumentNode, name: string) {
  const found = document.definitions.find(
    (definition) => definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === name,
  );
  if (found?.kind !== Kind.FRAGMENT_DEFINITION) throw new Error(`No fragment ${name}.`);
  return found;
}
