import {
  type FieldNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLOutputType,
  getNamedType,
  getNullableType,
  isListType,
  Kind,
  type OperationDefinitionNode,
  type ValueNode,
} from 'graphql';
import type { Limits } from './limits';

/** The variables as the operation will read them: what was sent, else what it declares as default. */
export type VariableValues = ReadonlyMap<string, unknown>;

export function variableValues(operation: OperationDefinitionNode, sent: Record<string, unknown>): VariableValues {
  const values = new Map<string, unknown>();
  for (const { variable, defaultValue } of operation.variableDefinitions ?? []) {
    const name = variable.name.value;
    values.set(name, Object.hasOwn(sent, name) ? sent[name] : defaultValue && plainValue(defaultValue, values));
  }
  return values;
}

interface ListField {
  readonly node: FieldNode;
  readonly definition: GraphQLField<unknown, unknown>;
  readonly parent: GraphQLNamedType | undefined;
  readonly variables: VariableValues;
  readonly limits: Limits;
}

/**
 * How many items the field may answer, 1 where it is no list. Never less than 1, so that nothing below a list is free.
 * A connection is counted once, at the field that takes `first`; its `edges` and `nodes` are the same items again.
 */
export function listSize(field: ListField): number {
  const { definition, parent, limits } = field;
  const levels = listLevels(definition.type);
  if (isConnectionType(getNamedType(definition.type))) {
    return (pageSize(field) ?? limits.defaultPageSize) * limits.listSize ** levels;
  }
  if (levels === 0 || isPageOf(parent, definition.name)) return 1;
  return idCount(field) ?? pageSize(field) ?? listOf(definition, limits) ** levels;
}

const isConnectionType = (type: GraphQLNamedType): boolean => type.name.endsWith('Connection');

const isPageOf = (parent: GraphQLNamedType | undefined, name: string): boolean =>
  parent !== undefined && isConnectionType(parent) && (name === 'edges' || name === 'nodes');

const takes = (definition: GraphQLField<unknown, unknown>, name: string): boolean =>
  definition.args.some((argument) => argument.name === name);

/** A list that could be paged and isn't is one default page. */
const listOf = (definition: GraphQLField<unknown, unknown>, limits: Limits): number =>
  takes(definition, 'first') || takes(definition, 'last') ? limits.defaultPageSize : limits.listSize;

/** `first` or `last`, the larger where both are given; undefined where neither is. */
function pageSize(field: ListField): number | undefined {
  const sizes = [argumentValue(field, 'first'), argumentValue(field, 'last')].filter(
    (value) => value !== undefined && value !== null,
  );
  if (sizes.length === 0) return undefined;
  return Math.max(...sizes.map((size) => countedPage(size, field.limits.pageSize)));
}

/** What isn't a whole number is refused later and counts as the largest page until then. */
const countedPage = (size: unknown, largest: number): number =>
  typeof size === 'number' && Number.isInteger(size) ? Math.min(Math.max(size, 1), largest) : largest;

/** `nodes(ids:)` answers one item for each id. */
function idCount(field: ListField): number | undefined {
  const ids = argumentValue(field, 'ids');
  if (ids === undefined || ids === null) return undefined;
  return Array.isArray(ids) ? Math.max(ids.length, 1) : 1;
}

function argumentValue({ node, definition, variables }: ListField, name: string): unknown {
  const argument = definition.args.find((known) => known.name === name);
  if (!argument) return undefined;
  const written = node.arguments?.find((given) => given.name.value === name);
  const value = written && plainValue(written.value, variables);
  return value === undefined ? argument.defaultValue : value;
}

/** Enough of a value to count with: numbers, null and the length of lists. */
function plainValue(value: ValueNode, variables: VariableValues): unknown {
  if (value.kind === Kind.VARIABLE) return variables.get(value.name.value);
  if (value.kind === Kind.INT || value.kind === Kind.FLOAT) return Number(value.value);
  if (value.kind === Kind.LIST) return value.values;
  return value.kind === Kind.NULL ? null : value;
}

function listLevels(type: GraphQLOutputType): number {
  const nullable = getNullableType(type);
  return isListType(nullable) ? 1 + listLevels(nullable.ofType) : 0;
}
