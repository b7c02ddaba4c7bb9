import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { GraphQLError, type GraphQLSchema, getOperationAST, OperationTypeNode } from 'graphql';
import { KeptAccess } from '../access/kept-access';
import type { Context, RequestFacts, ServerSettings } from '../context';
import { Cursors } from '../events/cursor';
import type { Clock } from '../platform/clock';
import type { Database } from '../platform/database';
import { badInput, PorticoError } from '../platform/errors';
import type { Logger } from '../platform/logger';
import { atTheDoor } from './at-the-door';
import { compiledQueries } from './compiled-queries';
import { completeResult } from './complete-result';
import { type ContextParts, contextFor } from './contexts';
import { Documents } from './documents';
import { formatError } from './format-error';
import { operationForLog, statusForOldClients } from './graphql-over-http';
import { defaultLimits, gate, type Limits } from './limits';
import type { Asked } from './request-facts';
import { belongsTo } from './request-info';
import { servedSchema } from './schema';

interface ApiOptions {
  database: Database;
  clock: Clock;
  logger: Logger;
  settings: ServerSettings;
  /** Seals what callers keep for us. */
  secretKey: string;
  /** GraphiQL asks for the schema; production tells nobody but who has the file. */
  introspection: boolean;
  limits?: Limits;
  /** The how manieth time a query is asked it is compiled: that takes a millisecond, and pays for what comes again. */
  compileAt?: number;
  /** For tests of the guards themselves: a schema made otherwise. */
  schema?: GraphQLSchema;
}

export interface Api {
  /** Not started yet. */
  apollo: ApolloServer<Context>;
  /** For transports that do not go through Apollo: the same schema under the same limits. */
  schema: GraphQLSchema;
  limits: Limits;
  introspection: boolean;
  parts: ContextParts;
  /** Refuses what asks for too much. Without `asked` there is nothing to run: Apollo says why. */
  contextFor(request: RequestFacts, asked: Asked | undefined): Promise<Context>;
}

/** The GraphQL server, whatever transport stands before it. */
export function createApi(options: ApiOptions): Api {
  const { database, clock, settings, logger, introspection } = options;
  const { schema = servedSchema(), limits = defaultLimits, compileAt = 2 } = options;
  const apollo = new ApolloServer<Context>({
    schema,
    introspection,
    hideSchemaDetailsFromClientErrors: !introspection,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    allowBatchedHttpRequests: false,
    csrfPrevention: true,
    // By its hash alone a query would come past the limits.
    persistedQueries: false,
    // What `costWithin` refuses never comes here; should it once, validation still finds an end.
    parseOptions: { maxTokens: limits.tokens },
    maxRecursiveSelections: true,
    formatError: formatError(logger, { suggestions: introspection }),
    logger: logger as never,
    plugins: [
      // Its hook would wrap every field of the schema; answers are per viewer and never cached anyway.
      ApolloServerPluginCacheControlDisabled(),
      onlyMeasured,
      tellCost(limits),
      tellWithheld,
      operationForLog,
      statusForOldClients(),
      compiledQueries(schema, compileAt),
    ],
  });
  const documents = new Documents(limits);
  const parts = { database, clock, settings, cursors: new Cursors(options.secretKey) };
  const kept = new KeptAccess(database, clock);
  return {
    apollo,
    schema,
    limits,
    introspection,
    parts,
    contextFor: async (request, asked) => {
      try {
        const cost = asked ? costWithin({ limits, schema, documents }, asked) : 0;
        return await contextFor(parts, kept, { request, cost, source: asked?.source });
      } catch (error) {
        const refusal = atTheDoor(error, logger);
        belongsTo(request.id, refusal as Error);
        throw refusal;
      }
    },
  };
}

interface Gated {
  limits: Limits;
  schema: GraphQLSchema;
  documents: Documents;
}

/**
 * Before anything is validated or read: graphql-js's own rules can be made to work for minutes. It
 * stands where the context is made, because Apollo answers 500 to whatever its hooks before validation throw.
 */
function costWithin({ limits, schema, documents }: Gated, { source, operationName, variables }: Asked): number {
  try {
    const document = documents.read(source);
    const { cost } = gate({ schema, document, operationName, variables, limits });
    const operation = getOperationAST(document, operationName);
    if (operation?.operation === OperationTypeNode.SUBSCRIPTION) throw socketsOnly();
    return cost;
  } catch (error) {
    // What cannot be parsed is refused by Apollo itself in a moment.
    if (error instanceof GraphQLError && !(error instanceof PorticoError)) return 0;
    throw error;
  }
}

const socketsOnly = () => badInput('query', 'Subscriptions go over a socket at the same address. See docs/events.md.');

/** Should Apollo ever read a request otherwise than `asked` does: nothing of it is parsed, let alone run. */
const onlyMeasured: ApolloServerPlugin<Context> = {
  requestDidStart: async () => ({
    didResolveSource: async ({ source, contextValue }) => {
      if (source !== contextValue.source) throw new Error('Apollo has read another document than was measured.');
    },
  }),
};

/** `extensions.cost`: what the operation asked for, and what it may. */
const tellCost = (limits: Limits): ApolloServerPlugin<Context> => ({
  requestDidStart: async () => ({
    willSendResponse: async ({ response: { body }, contextValue: { cost } }) => {
      if (body.kind !== 'single' || !cost) return;
      body.singleResult.extensions = { ...body.singleResult.extensions, cost: { requested: cost, limit: limits.cost } };
    },
  }),
});

/** `extensions.withheld`, and no more errors than a person can read. */
const tellWithheld: ApolloServerPlugin<Context> = {
  requestDidStart: async () => ({
    willSendResponse: async ({ response, contextValue }) => {
      if (response.body.kind === 'single') completeResult(response.body.singleResult, contextValue);
    },
  }),
};
