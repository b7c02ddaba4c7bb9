import {
  createSourceEventStream,
  type ExecutionArgs,
  type ExecutionResult,
  GraphQLError,
  getOperationAST,
  OperationTypeNode,
} from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import type { Context, RequestFacts } from '../context';
import type { Delivery, Outlet } from '../events/delivery';
import type { Live, LiveStream } from '../events/open-stream';
import { badInput, ErrorCode, PorticoError } from '../platform/errors';
import type { Logger } from '../platform/logger';
import { contextWith } from './contexts';
import { formatError } from './format-error';
import { gate } from './limits';
import type { Api } from './server';
import type { Operation } from './shared-operation';
import { StreamDocuments } from './stream-documents';

/** Who asks on a socket. */
export interface SocketCaller {
  request: RequestFacts;
  live: Live<Context>;
  /** Where the answers of the stream with this id go. */
  outletOf(id: string): Outlet;
  /** Streams that are being opened. A client that ends one meanwhile does not end the work for it. */
  opening: number;
}

interface SocketOperations {
  /** Reads one operation under the limits that hold for HTTP. Throws, or gives errors, for whatever is refused. */
  prepare(
    caller: SocketCaller,
    id: string,
    payload: SubscribePayload,
  ): Promise<ExecutionArgs | readonly GraphQLError[]>;
  run(args: ExecutionArgs): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult>;
  format(error: GraphQLError, requestId: string): ReturnType<ReturnType<typeof formatError>>;
}

/** graphql-ws knows nothing of what stands before Apollo: the same gate, words and masks, put before it again. */
export function socketOperations(api: Api, logger: Logger): SocketOperations {
  const { schema, limits, introspection, parts } = api;
  const inWords = formatError(logger, { suggestions: introspection });
  const format = (error: GraphQLError, requestId: string) => inWords(error.toJSON(), error, requestId);
  const documents = new StreamDocuments(api);
  return {
    format,
    prepare: async (caller, id, { query, operationName: name, variables }) => {
      const { request, live } = caller;
      const operationName = name ?? undefined;
      const document = documents.read(query);
      const { cost } = gate({ schema, document, operationName, variables, limits });
      const wanted = getOperationAST(document, operationName);
      if (!wanted) throw badInput('operationName', 'The document has no such operation, or several to choose from.');
      if (wanted.operation !== OperationTypeNode.SUBSCRIPTION) throw subscriptionsOnly();
      const errors = documents.errorsOf(document);
      if (errors.length > 0) return errors;
      const operation = documents.operation(document, operationName, variables ?? {});
      const access = await live.hub.accessOf(live.token);
      const stream: LiveStream<Context> = { ...live, operation, outlet: caller.outletOf(id) };
      const contextValue = contextWith(parts, { request, cost, live: stream }, access);
      return { schema, document, operationName, variableValues: variables, contextValue };
    },
    run: async (args) => {
      const { live } = args.contextValue as Context;
      const source = await createSourceEventStream(args);
      // graphql-ws keeps what it is given for as long as the stream is open, and this is done with.
      args.contextValue = undefined;
      if (!(Symbol.asyncIterator in source)) return source;
      return new Answers(source as AsyncIterableIterator<Delivery<Context>>, live!);
    },
  };
}

/**
 * Each event answered in a context of its own. A refusal that ends the stream is its last answer; when the server itself
 * cannot go on the socket closes, and whoever comes again with their last cursor misses nothing. Errors are put into
 * words when they are sent: graphql-ws wants them as they are.
 */
class Answers implements AsyncIterableIterator<ExecutionResult> {
  private isOver = false;

  constructor(
    private readonly source: AsyncIterableIterator<Delivery<Context>>,
    private readonly stream: LiveStream<Context>,
  ) {}

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<ExecutionResult>> {
    if (this.isOver) return OVER;
    const { hub, operation, outlet } = this.stream;
    try {
      const { done, value } = await this.source.next();
      if (done) return OVER;
      const answered = await hub.answerTurn(() => (operation as Operation).answerTo(value.context, value));
      value.given();
      return { done: false, value: answered };
    } catch (error) {
      this.isOver = true;
      if (isRefusal(error)) return { done: false, value: { errors: [error] } };
      outlet.failed(error);
      return OVER;
    }
  }

  async return(): Promise<IteratorResult<ExecutionResult>> {
    this.isOver = true;
    await this.source.return?.();
    return OVER;
  }
}

const OVER: IteratorResult<ExecutionResult> = { done: true, value: undefined };

/** Said to the caller for a reason of theirs; that the database took too long is none. */
const isRefusal = (error: unknown): error is PorticoError =>
  error instanceof PorticoError && error.extensions.code !== ErrorCode.TIMEOUT;

export const asGraphQL = (error: unknown): GraphQLError =>
  error instanceof GraphQLError ? error : new GraphQLError('', { originalError: error as Error });

const subscriptionsOnly = () =>
  badInput('query', 'Over a socket there are subscriptions alone. Send questions and changes by HTTP.');
