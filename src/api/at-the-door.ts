import { HeaderMap } from '@apollo/server';
import { GraphQLError } from 'graphql';
import { isDatabaseAway } from '../platform/database';
import { ErrorCode, PorticoError } from '../platform/errors';
import type { Logger } from '../platform/logger';
import { RETRY_AFTER_SECONDS } from './http-errors';

/** What keeps an operation from beginning, with the status that says so to a client: Apollo would answer 500. */
export function atTheDoor(error: unknown, logger: Logger): unknown {
  if (isDatabaseAway(error)) {
    logger.warn({ err: error }, 'The database does not answer');
    const away = new PorticoError('RETRY_LATER', 'The database does not answer. Try again in a moment.');
    return withStatus(away, 503, [['retry-after', RETRY_AFTER_SECONDS]]);
  }
  if (!(error instanceof PorticoError)) return error;
  return withStatus(error, error.extensions.code === ErrorCode.TIMEOUT ? 408 : 400);
}

function withStatus(error: PorticoError, status: number, headers: [string, string][] = []): GraphQLError {
  return new GraphQLError(error.message, {
    extensions: { ...error.extensions, http: { status, headers: new HeaderMap(headers) } },
  });
}
