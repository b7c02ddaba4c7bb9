import type { Request } from 'express';
import type { Context, RequestFacts } from '../context';
import { currentRequest } from './current-request';

/** From an HTTP request to the context of its operation. */
export const contextOfRequest =
  (contextFor: (request: RequestFacts) => Promise<Context>) =>
  (request: Request): Promise<Context> =>
    contextFor(requestFacts(request));

/** What an HTTP request tells of itself. */
export const requestFacts = (request: Request): RequestFacts => ({
  id: currentRequest()?.requestId ?? '',
  ip: request.ip ?? '',
  userAgent: request.headers['user-agent']?.slice(0, 200),
  token: bearerToken(request.headers.authorization),
});

const bearerToken = (header: string | undefined): string | undefined =>
  /^Bearer ([\w.~+/-]{1,500}=*)$/i.exec(header ?? '')?.[1];
