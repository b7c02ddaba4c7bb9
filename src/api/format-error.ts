import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { ErrorCode } from '../platform/errors';
import type { Logger } from '../platform/logger';
import { requestIdOf } from './request-info';

const CODES = new Set<string>(Object.values(ErrorCode));

/**
 * The last word on every error: our own refusals go out as they are, what graphql-js refuses is bad input, and
 * everything else is masked. The cause stands in the log alone, under the request's id.
 */
export const formatError =
  (logger: Logger, { suggestions }: { suggestions: boolean }) =>
  (formatted: GraphQLFormattedError, error: unknown, requestId = requestIdOf(error)): GraphQLFormattedError => {
    const { stacktrace: _never, ...extensions } = formatted.extensions ?? {};
    const refusal = suggestions ? formatted : { ...formatted, message: withoutSuggestion(formatted.message) };
    if (CODES.has(String(extensions.code)) && extensions.code !== ErrorCode.INTERNAL) return { ...refusal, extensions };
    const cause = unwrapResolverError(error);
    if (isRefusalOfGraphQL(cause, extensions.code)) {
      return { ...refusal, extensions: { code: ErrorCode.BAD_USER_INPUT } };
    }
    logger.error({ err: cause, requestId, path: formatted.path }, 'A request failed for a reason of ours');
    const message = 'Something failed on our side. The request id finds the cause in the log.';
    return { message, path: formatted.path, extensions: { code: ErrorCode.INTERNAL, requestId } };
  };

/** Apollo hides the schema in what it says of a document, but not in what it says of variables (L-13). */
const withoutSuggestion = (message: string): string => message.replace(/ Did you mean [^?]*\?/g, '');

/** Syntax, validation and variables: what is wrong with the document itself, in graphql-js's own words. */
function isRefusalOfGraphQL(cause: unknown, code: unknown): boolean {
  if (!(cause instanceof GraphQLError) || code === 'INTERNAL_SERVER_ERROR') return false;
  // Apollo wraps what graphql-js says once more.
  return cause.originalError === undefined || cause.originalError instanceof GraphQLError;
}
