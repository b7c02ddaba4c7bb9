import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type FragmentSpreadNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  type InlineFragmentNode,
  isInterfaceType,
  isIntrospectionType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionNode,
  type SelectionSetNode,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
} from 'graphql';
import { listSize, type VariableValues, variableValues } from './cost-list-size';
import type { Limits } from './limits';

/** What a selection set adds up to with its fragments expanded. Sums stop at `Number.MAX_SAFE_INTEGER`. */
export interface QueryTotals {
  /** Fields inside one another, those of introspection not counted. */
  readonly depth: number;
  readonly introspectionDepth: number;
  readonly cost: number;
  readonly introspectionCost: number;
  readonly selections: number;
  /** Fields that stand beside another of the same name or alias. */
  readonly repeats: number;
  readonly aliases: number;
  readonly directives: number;
  readonly authMutations: number;
  /** Fields at the top, whichever fragments they stand in. */
  readonly rootFields: number;
}

interface Measured {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly limits: Limits;
}

export function measureOperation(
  input: Measured & { readonly operation: OperationDefinitionNode; readonly variables: Record<string, unknown> },
): QueryTotals {
  const { operation, schema } = input;
  const meter = new QueryMeter(input, variableValues(operation, input.variables));
  const totals = meter.selectionSet(operation.selectionSet, schema.getRootType(operation.operation) ?? undefined);
  const declared = operation.variableDefinitions ?? [];
  const directives = [operation, ...declared].reduce((sum, node) => sum + (node.directives?.length ?? 0), 0);
  return { ...totals, directives: add(totals.directives, directives) };
}

/** Every fragment for itself, also those that nothing spreads; one at a time, so that the first refusal is the end. */
export function* measureFragments(input: Measured): Generator<QueryTotals> {
  const meter = new QueryMeter(input, new Map());
  for (const definition of input.document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) yield meter.fragment(definition);
  }
}

/** The type a selection set is about, or undefined where the schema knows none: validation will say so. */
type Parent = GraphQLNamedType | undefined;

/** Totals while their selection set is being added up; shared ones (`nothing`, a fragment's) stay as they are. */
type Tally = { -readonly [K in keyof QueryTotals]: QueryTotals[K] };

const endless = Number.MAX_SAFE_INTEGER;

const nothing: QueryTotals = {
  depth: 0,
  introspectionDepth: 0,
  cost: 0,
  introspectionCost: 0,
  selections: 0,
  repeats: 0,
  aliases: 0,
  directives: 0,
  authMutations: 0,
  rootFields: 0,
};

/** Measures each fragment once and multiplies from there: 2^22 spreads take 22 steps. */
class QueryMeter {
  private readonly fragments = new Map<string, FragmentDefinitionNode>();
  private readonly measured = new Map<FragmentDefinitionNode, QueryTotals>();
  private nesting = 0;

  constructor(
    private readonly input: Measured,
    private readonly variables: VariableValues,
  ) {
    for (const definition of input.document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.fragments.set(definition.name.value, definition);
    }
  }

  fragment(node: FragmentDefinitionNode): QueryTotals {
    const known = this.measured.get(node);
    if (known) return known;
    // Found again before it is measured, the fragment spreads itself, and that has no end.
    this.measured.set(node, { ...nothing, depth: endless });
    const type = this.input.schema.getType(node.typeCondition.name.value);
    const inner = this.selectionSet(node.selectionSet, type);
    const totals = { ...inner, directives: add(inner.directives, node.directives?.length ?? 0) };
    this.measured.set(node, totals);
    return totals;
  }

  /** A tally of its own each time, for the caller to go on with. */
  selectionSet(node: SelectionSetNode, parent: Parent): Tally {
    if (this.nesting >= this.input.limits.nesting) return { ...nothing, depth: endless };
    this.nesting += 1;
    const totals: Tally = { ...nothing, repeats: repeatedFields(node) };
    for (const selection of node.selections) {
      addTo(totals, this.expanded(selection, parent));
      totals.selections = add(totals.selections, 1);
      totals.directives = add(totals.directives, selection.directives?.length ?? 0);
    }
    this.nesting -= 1;
    return totals;
  }

  private expanded(node: SelectionNode, parent: Parent): QueryTotals {
    if (node.kind === Kind.FIELD) return this.field(node, parent);
    if (node.kind === Kind.FRAGMENT_SPREAD) return this.spread(node);
    return this.selectionSet(node.selectionSet, this.narrowed(node, parent));
  }

  private spread(node: FragmentSpreadNode): QueryTotals {
    const fragment = this.fragments.get(node.name.value);
    return fragment ? this.fragment(fragment) : nothing;
  }

  private narrowed(node: InlineFragmentNode, parent: Parent): Parent {
    return node.typeCondition ? this.input.schema.getType(node.typeCondition.name.value) : parent;
  }

  private field(node: FieldNode, parent: Parent): QueryTotals {
    const { limits, schema } = this.input;
    const definition = fieldDefinition({ schema, parent, name: node.name.value });
    const totals: Tally = node.selectionSet
      ? this.selectionSet(node.selectionSet, definition && getNamedType(definition.type))
      : { ...nothing };
    totals.rootFields = 1;
    if (node.alias) totals.aliases = add(totals.aliases, 1);
    if (isIntrospective(definition, parent)) return introspected(totals, definition);

    const items = definition ? listSize({ node, definition, parent, variables: this.variables, limits }) : 1;
    totals.depth = add(totals.depth, 1);
    totals.cost = add(times(totals.cost, items), 1);
    totals.introspectionCost = times(totals.introspectionCost, items);
    if (parent === schema.getMutationType() && limits.authMutationNames.includes(node.name.value)) {
      totals.authMutations = add(totals.authMutations, 1);
    }
    return totals;
  }
}

/**
 * One point a field for `extensions.cost`, since its answers are the same few for everyone. But aliases and lists in
 * one another still multiply what is sent, so a second sum counts each list as ten. Ordinary fields hidden in here
 * (invalid, but not yet known to be) keep all that they cost.
 */
function introspected(totals: Tally, definition: GraphQLField<unknown, unknown> | undefined): QueryTotals {
  const isList = definition !== undefined && isListType(getNullableType(definition.type));
  totals.introspectionDepth = add(totals.introspectionDepth, 1);
  totals.cost = add(totals.cost, 1);
  totals.introspectionCost = add(times(totals.introspectionCost, isList ? 10 : 1), 1);
  return totals;
}

/** By the schema, never by name: a query called `IntrospectionQuery` or an alias `__schema` gains nothing. */
const isIntrospective = (definition: GraphQLField<unknown, unknown> | undefined, parent: Parent): boolean =>
  definition === SchemaMetaFieldDef ||
  definition === TypeMetaFieldDef ||
  (parent !== undefined && isIntrospectionType(parent));

interface FieldLookup {
  readonly schema: GraphQLSchema;
  readonly parent: Parent;
  readonly name: string;
}

function fieldDefinition({ schema, parent, name }: FieldLookup): GraphQLField<unknown, unknown> | undefined {
  if (name === TypeNameMetaFieldDef.name) return TypeNameMetaFieldDef;
  if (parent === schema.getQueryType() && name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
  if (parent === schema.getQueryType() && name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
  return isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
}

function repeatedFields(node: SelectionSetNode): number {
  const names = new Set<string>();
  let fields = 0;
  for (const selection of node.selections) {
    if (selection.kind !== Kind.FIELD) continue;
    fields += 1;
    names.add((selection.alias ?? selection.name).value);
  }
  return fields - names.size;
}

function addTo(totals: Tally, part: QueryTotals): void {
  totals.depth = Math.max(totals.depth, part.depth);
  totals.introspectionDepth = Math.max(totals.introspectionDepth, part.introspectionDepth);
  totals.cost = add(totals.cost, part.cost);
  totals.introspectionCost = add(totals.introspectionCost, part.introspectionCost);
  totals.selections = add(totals.selections, part.selections);
  totals.repeats = add(totals.repeats, part.repeats);
  totals.aliases = add(totals.aliases, part.aliases);
  totals.directives = add(totals.directives, part.directives);
  totals.authMutations = add(totals.authMutations, part.authMutations);
  totals.rootFields = add(totals.rootFields, part.rootFields);
}

const add = (a: number, b: number): number => Math.min(a + b, endless);
const times = (a: number, b: number): number => Math.min(a * b, endless);
