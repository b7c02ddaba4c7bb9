import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import { loadAccess } from '../access/project-access';
import { Withheld } from '../access/withheld';
import type { Context, RequestFacts, ServerSettings } from '../context';
import { touchSession } from '../domains/auth/sessions.repository';
import type { Clock } from '../platform/clock';
import type { Database } from '../platform/database';
import { PorticoError } from '../platform/errors';
import type { Logger } from '../platform/logger';
import { formatError } from './format-error';
import { operationForLog, statusForOldClients } from './graphql-over-http';
import { defaultLimits, gate, type Limits, parseWithin } from './limits';
import { loadNode } from './nodes';
import type { Asked } from './request-facts';
import { servedSchema } from './schema';

export interface ApiOptions {
  database: Database;
  clock: Clock;
  logger: Logger;
  settings: ServerSettings;
  /** GraphiQL asks for the schema; production tells nobody but who has the file. */
  introspection: boolean;
  limits?: Limits;
  /** For tests of the guards themselves: a schema made otherwise. */
  schema?: GraphQLSchema;
}

export interface Api {
  /** Not started yet. */
  apollo: ApolloServer<Context>;
  /** Refuses what asks for too much. Without `asked` there is nothing to run: Apollo says why. */
  contextFor(request: RequestFacts, asked: Asked | undefined): Promise<Context>;
}

/** The GraphQL server, whatever transport stands before it. */
export function createApi(options: ApiOptions): Api {
  const { database, clock, settings, logger, introspection } = options;
  const { schema = servedSchema(), limits = defaultLimits } = options;
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
    formatError: formatError(logger, { suggestions: introspection }),
    logger: logger as never,
    plugins: [
      // Its hook would wrap every field of the schema; answers are per viewer and never cached anyway.
      ApolloServerPluginCacheControlDisabled(),
      tellCost(limits),
      tellWithheld,
      operationForLog(),
      statusForOldClients(),
    ],
  });
  return {
    apollo,
    contextFor: async (request, asked) => {
      const cost = asked ? costWithin(limits, schema, asked) : 0;
      return contextFor({ request, cost }, { database, clock, settings });
    },
  };
}

const MAX_ERRORS = 5;

async function contextFor(
  { request, cost }: { request: RequestFacts; cost: number },
  { database, clock, settings }: { database: Database; clock: Clock; settings: ServerSettings },
): Promise<Context> {
  const access = await loadAccess(database, clock, request.token);
  if (access.session) await touchSession(database, clock, access.session);
  const context: Context = Object.assign(sharedWithCopies({ access, reads: {} }), {
    withheld: new Withheld(),
    node: (id: string) => loadNode(context, id),
    db: database.forRequest(() => {
      context.reads = {};
    }),
    clock,
    request,
    cost,
    settings,
  });
  return context;
}

type Changing = Pick<Context, 'access' | 'reads'>;

/**
 * Apollo hands the resolvers a copy of the context, made property by property. What changes while an operation runs
 * lies behind accessors of the prototype, which the copy keeps: else the copy would go on reading what was before.
 */
function sharedWithCopies(state: Changing): Changing {
  return Object.create({
    get access() {
      return state.access;
    },
    set access(access) {
      state.access = access;
    },
    get reads() {
      return state.reads;
    },
    set reads(reads) {
      state.reads = reads;
    },
  } satisfies Changing);
}

/**
 * Before anything is validated or read: graphql-js's own rules can be made to work for minutes (security.md §3). It
 * stands where the context is made, because Apollo answers 500 to whatever its hooks before validation throw.
 */
function costWithin(limits: Limits, schema: GraphQLSchema, { source, operationName, variables }: Asked): number {
  try {
    return gate({ schema, document: parseWithin(source, limits), operationName, variables, limits }).cost;
  } catch (error) {
    // What cannot be parsed is refused by Apollo itself in a moment.
    if (error instanceof PorticoError) throw asBadRequest(error);
    return 0;
  }
}

function asBadRequest(error: PorticoError): GraphQLError {
  return new GraphQLError(error.message, { extensions: { ...error.extensions, http: { status: 400 } } });
}

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
      if (response.body.kind !== 'single') return;
      const result = response.body.singleResult;
      if (result.errors && result.errors.length > MAX_ERRORS) result.errors = result.errors.slice(0, MAX_ERRORS);
      const withheld = contextValue.withheld?.list(result.data);
      if (withheld) result.extensions = { ...result.extensions, withheld };
    },
  }),
};
