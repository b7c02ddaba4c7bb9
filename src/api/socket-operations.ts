import {
  createSourceEventStream,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  GraphQLError,
  getOperationAST,
  NoSchemaIntrospectionCustomRule,
  OperationTypeNode,
  specifiedRules,
  validate,
} from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import type { Context, RequestFacts } from '../context';
import type { Live } from '../events/open-stream';
import type { Delivery } from '../events/subscriber';
import { badInput, ErrorCode, PorticoError } from '../platform/errors';
import type { Logger } from '../platform/logger';
import { completeResult } from './complete-result';
import { contextWith } from './contexts';
import { formatError } from './format-error';
import { gate, parseWithin } from './limits';
import type { Api } from './server';

/** Who asks on a socket. */
export interface SocketCaller {
  request: RequestFacts;
  live: Live<Context>;
  /** Streams that are being opened. A client that ends one meanwhile does not end the work for it. */
  opening: number;
}

export interface SocketOperations {
  /** Reads one operation under the limits that hold for HTTP. Throws, or gives errors, for whatever is refused. */
  prepare(caller: SocketCaller, payload: SubscribePayload): Promise<ExecutionArgs | readonly GraphQLError[]>;
  run(args: ExecutionArgs): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult>;
  format(error: GraphQLError, requestId: string): ReturnType<ReturnType<typeof formatError>>;
}

const MAX_VALIDATION_ERRORS = 5;

/** graphql-ws knows nothing of what stands before Apollo: the same gate, words and masks, put before it again. */
export function socketOperations({ schema, limits, introspection, parts }: Api, logger: Logger): SocketOperations {
  const inWords = formatError(logger, { suggestions: introspection });
  const format = (error: GraphQLError, requestId: string) => inWords(error.toJSON(), error, requestId);
  const rules = introspection ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule];
  return {
    format,
    prepare: async ({ request, live }, { query, operationName, variables }) => {
      const document = parseWithin(query, limits);
      const { cost } = gate({ schema, document, operationName, variables, limits });
      const operation = getOperationAST(document, operationName);
      if (!operation) throw badInput('operationName', 'The document has no such operation, or several to choose from.');
      if (operation.operation !== OperationTypeNode.SUBSCRIPTION) throw subscriptionsOnly();
      const errors = validate(schema, document, rules, { maxErrors: MAX_VALIDATION_ERRORS });
      if (errors.length > 0) return errors;
      const access = await live.hub.accessOf(live.token);
      const contextValue = contextWith(parts, { request, cost, live }, access);
      return { schema, document, operationName, variableValues: variables, contextValue };
    },
    run: async (args) => {
      const source = await createSourceEventStream(args);
      if (!(Symbol.asyncIterator in source)) return source;
      return answers(source as AsyncIterableIterator<Delivery<Context>>, args, (args.contextValue as Context).live!);
    },
  };
}

/**
 * Each event answered in a context of its own. A refusal that ends the stream is its last answer; when the server itself
 * cannot go on the socket closes, and whoever comes again with their last cursor misses nothing. Errors are put into
 * words when they are sent: graphql-ws wants them as they are.
 */
function answers(
  source: AsyncIterableIterator<Delivery<Context>>,
  args: ExecutionArgs,
  { hub, failed }: Live<Context>,
): AsyncIterableIterator<ExecutionResult> {
  let isOver = false;
  const answer = async (delivery: Delivery<Context>): Promise<ExecutionResult> => {
    const own = { ...args, rootValue: delivery, contextValue: delivery.context };
    const result = await hub.turn(async () => execute(own));
    completeResult(result, delivery.context);
    return result;
  };
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: async () => {
      if (isOver) return { done: true, value: undefined };
      try {
        const { done, value } = await source.next();
        if (done) return { done: true, value: undefined };
        const answered = await answer(value);
        value.given();
        return { done: false, value: answered };
      } catch (error) {
        isOver = true;
        if (isRefusal(error)) return { done: false, value: { errors: [error] } };
        failed(error);
        return { done: true, value: undefined };
      }
    },
    return: async () => {
      isOver = true;
      await source.return?.();
      return { done: true, value: undefined };
    },
  };
}

/** Said to the caller for a reason of theirs; that the database took too long is none. */
const isRefusal = (error: unknown): error is PorticoError =>
  error instanceof PorticoError && error.extensions.code !== ErrorCode.TIMEOUT;

export const asGraphQL = (error: unknown): GraphQLError =>
  error instanceof GraphQLError ? error : new GraphQLError('', { originalError: error as Error });

const subscriptionsOnly = () =>
  badInput('query', 'Over a socket there are subscriptions alone. Send questions and changes by HTTP.');
