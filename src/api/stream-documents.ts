import {
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
  NoSchemaIntrospectionCustomRule,
  print,
  specifiedRules,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import type { ContextParts } from './contexts';
import { Operation } from './shared-operation';

/** A document that was found good. */
interface Known {
  document: DocumentNode;
  /** As it is answered, event by event: which part of the stream somebody wants is no part of it. */
  told: DocumentNode;
  text: string;
  /** The variables that stand in it. */
  variables: readonly string[];
}

const MAX_VALIDATION_ERRORS = 5;
const MOST_CHARACTERS = 1024 * 1024;
const MOST_OPERATIONS = 1000;

/** Documents of streams, each read once: a thousand who ask alike keep one. */
export class StreamDocuments {
  private readonly known = new LRUCache<string, Known>({
    maxSize: MOST_CHARACTERS,
    sizeCalculation: (_known, source) => source.length + 1,
  });
  private readonly operations = new LRUCache<string, Operation>({ max: MOST_OPERATIONS });
  private readonly rules;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly parts: ContextParts,
    introspection: boolean,
  ) {
    this.rules = introspection ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule];
  }

  /** The document of a text that was found good before. */
  documentOf(source: string): DocumentNode | undefined {
    return this.known.get(source)?.document;
  }

  /** What is wrong with a document; nothing when it may be asked. */
  check(source: string, document: DocumentNode): readonly GraphQLError[] {
    if (this.known.has(source)) return [];
    const errors = validate(this.schema, document, this.rules, { maxErrors: MAX_VALIDATION_ERRORS });
    if (errors.length === 0) this.known.set(source, { document, ...this.asTold(document) });
    return errors;
  }

  /** What somebody asks by a document that was checked: the same thing for whoever asks the same. */
  operation(source: string, operationName: string | undefined, values: Record<string, unknown>): Operation {
    const { told, text, variables } = this.known.get(source)!;
    const used = variables.filter((name) => Object.hasOwn(values, name)).map((name) => [name, values[name]]);
    const key = JSON.stringify([operationName, used, text]);
    const known = this.operations.get(key);
    if (known) return known;
    const asked = { schema: this.schema, document: told, operationName, variableValues: Object.fromEntries(used) };
    const operation = new Operation(key, asked, this.parts);
    this.operations.set(key, operation);
    return operation;
  }

  private asTold(document: DocumentNode): Pick<Known, 'told' | 'text' | 'variables'> {
    const types = new TypeInfo(this.schema);
    const root = this.schema.getSubscriptionType();
    const isRoot = () => types.getParentType() === root;
    const withoutArguments = visit(
      document,
      visitWithTypeInfo(types, { Field: (field) => (isRoot() ? { ...field, arguments: [] } : undefined) }),
    );
    const variables = new Set<string>();
    visit(withoutArguments, {
      VariableDefinition: () => false,
      Variable: ({ name }) => void variables.add(name.value),
    });
    const told = visit(withoutArguments, {
      VariableDefinition: ({ variable }) => (variables.has(variable.name.value) ? undefined : null),
    });
    return { told, text: print(told), variables: [...variables].sort() };
  }
}
