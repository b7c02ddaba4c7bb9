import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import type { ErrorCode } from '../platform/errors';
import type { Logger } from '../platform/logger';
import { requestInfoOf } from './request-info';

interface Refusal {
  readonly status: number;
  readonly code: keyof typeof ErrorCode;
  readonly message: string;
  readonly extensions?: Record<string, unknown>;
}

/** When to come again, while the server or its database starts or stops. */
export const RETRY_AFTER_SECONDS = '2';

/** Whatever goes wrong outside of GraphQL is answered in GraphQL's shape: never HTML, never a stack. */
export function refuse(response: Response, refusal: Refusal): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.status(refusal.status).type('application/json').send(bodyOf(refusal));
}

export const nothingHere: RequestHandler = (request, response) =>
  refuse(response, {
    status: 404,
    code: 'NOT_FOUND',
    message: `There is nothing at ${request.path}. GraphQL is at /graphql.`,
  });

export const answerErrors =
  (logger: Logger): ErrorRequestHandler =>
  (error: HttpError, _request, response, _next) => {
    const { requestId } = requestInfoOf(response);
    const refusal = refusalFor(error, requestId);
    if (refusal.status >= 500) logger.error({ requestId, err: error }, 'request failed');
    refuse(response, refusal);
  };

/** What is no HTTP request, or does not arrive in time, never reaches express. */
export function refuseBrokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return;
  const status = RAW_STATUS[error.code ?? ''] ?? 400;
  const code = status === 408 ? 'TIMEOUT' : 'BAD_USER_INPUT';
  const body = bodyOf({ status, code, message: `${STATUS_CODES[status]}.` });
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Type: application/json; charset=utf-8\r\n` +
      `Cache-Control: no-store, private\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

/** What body-parser and the router throw. */
interface HttpError extends Error {
  status?: number;
  type?: string;
  limit?: number;
}

const RAW_STATUS: Record<string, number> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };

const bodyOf = ({ code, message, extensions }: Refusal): string =>
  JSON.stringify({ errors: [{ message, extensions: { ...extensions, code } }] });

function refusalFor(error: HttpError, requestId: string): Refusal {
  switch (error.type) {
    case 'entity.too.large':
      return {
        status: 413,
        code: 'LIMIT_EXCEEDED',
        message: `The request is larger than ${error.limit} bytes.`,
        extensions: { limit: error.limit },
      };
    case 'entity.parse.failed':
      return { status: 400, code: 'BAD_USER_INPUT', message: 'The body of the request is not valid JSON.' };
    case 'encoding.unsupported':
      return { status: 415, code: 'BAD_USER_INPUT', message: 'Send the body uncompressed.' };
    default:
      return fallback(error, requestId);
  }
}

function fallback(error: HttpError, requestId: string): Refusal {
  const status = error.status ?? 500;
  if (status < 500) return { status, code: 'BAD_USER_INPUT', message: 'The request cannot be read.' };
  return { status: 500, code: 'INTERNAL', message: 'The server failed.', extensions: { requestId } };
}
