import {
  type DocumentNode,
  type GraphQLError,
  NoSchemaIntrospectionCustomRule,
  print,
  specifiedRules,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { Documents } from './documents';
import type { Api } from './server';
import { Operation } from './shared-operation';

/** A document as it is answered, event by event: which part of the stream somebody wants is no part of it. */
interface Told {
  document: DocumentNode;
  text: string;
  /** The variables that stand in it. */
  variables: readonly string[];
}

const MAX_VALIDATION_ERRORS = 5;
const MOST_OPERATIONS = 1000;

/** Documents of streams, each read once: a thousand who ask alike keep one. */
export class StreamDocuments {
  private readonly documents: Documents;
  /** Of those that were found good. */
  private readonly told = new WeakMap<DocumentNode, Told>();
  private readonly operations = new LRUCache<string, Operation>({ max: MOST_OPERATIONS });
  private readonly rules;

  constructor(private readonly api: Pick<Api, 'schema' | 'limits' | 'introspection' | 'parts'>) {
    this.documents = new Documents(api.limits);
    this.rules = api.introspection ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule];
  }

  /** @throws PorticoError what cannot be read. */
  read(source: string): DocumentNode {
    return this.documents.read(source);
  }

  /** What is wrong with a document; nothing when it may be asked. */
  errorsOf(document: DocumentNode): readonly GraphQLError[] {
    if (this.told.has(document)) return [];
    const errors = validate(this.api.schema, document, this.rules, { maxErrors: MAX_VALIDATION_ERRORS });
    if (errors.length === 0) this.told.set(document, this.asTold(document));
    return errors;
  }

  /** What somebody asks by a document without errors: the same thing for whoever asks the same. */
  operation(document: DocumentNode, operationName: string | undefined, values: Record<string, unknown>): Operation {
    const { schema, parts } = this.api;
    const told = this.told.get(document)!;
    const used = told.variables.filter((name) => Object.hasOwn(values, name)).map((name) => [name, values[name]]);
    const key = JSON.stringify([operationName, used, told.text]);
    const asked = { schema, document: told.document, operationName, variableValues: Object.fromEntries(used) };
    const operation = this.operations.get(key) ?? new Operation(key, asked, parts);
    this.operations.set(key, operation);
    return operation;
  }

  private asTold(document: DocumentNode): Told {
    const { schema } = this.api;
    const types = new TypeInfo(schema);
    const isRoot = () => types.getParentType() === schema.getSubscriptionType();
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
    return { document: told, text: print(told), variables: [...variables].sort() };
  }
}
