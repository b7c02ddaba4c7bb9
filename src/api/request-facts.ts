import type { Request } from 'express';
import type { Context, RequestFacts } from '../context';
import { requestInfoOf } from './request-info';

/** The operation as it arrived, not yet read. */
export interface Asked {
  source: string;
  operationName?: string;
  variables?: Record<string, unknown>;
}

/** From an HTTP request to the context of its operation. */
export const contextOfRequest =
  (contextFor: (request: RequestFacts, asked: Asked | undefined) => Promise<Context>) =>
  (request: Request): Promise<Context> =>
    contextFor(requestFacts(request), asked(request));

/** What an HTTP request tells of itself. */
export function requestFacts(request: Request): RequestFacts {
  const info = requestInfoOf(request.res!);
  return {
    id: info.requestId,
    ip: request.ip ?? '',
    userAgent: request.headers['user-agent']?.slice(0, 200),
    token: bearerToken(request.headers.authorization),
    log: info,
  };
}

export const bearerToken = (header: string | undefined): string | undefined =>
  /^Bearer ([\w.~+/-]{1,500}=*)$/i.exec(header ?? '')?.[1];

/** The same parameters stand in the body of a POST and, as text, in the address of a GET. */
function asked({ method, body, query }: Request): Asked | undefined {
  const { query: source, operationName, variables } = (method === 'GET' ? query : body) ?? {};
  if (typeof source !== 'string') return undefined;
  const named = typeof operationName === 'string' ? operationName : undefined;
  return { source, operationName: named, variables: typeof variables === 'string' ? fromJson(variables) : variables };
}

/** Broken JSON is refused by Apollo. */
function fromJson(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
