import { randomBytes } from 'node:crypto';
import type { Response } from 'express';

/** What the log says about a request when it is over. Nothing here decides who may see what. */
export interface RequestInfo {
  /** In the answer's `x-request-id`, in the log, and in the extensions of an `INTERNAL` error. */
  readonly requestId: string;
  /** The operation as the document names it. */
  operation?: string;
  /** `extensions.code` of what was refused. */
  codes?: string[];
}

/**
 * It goes along with the response, and to resolvers with the context. An AsyncLocalStorage would make every promise of
 * every query a third dearer (docs/decisions/015).
 */
export const requestInfoOf = (response: Response): RequestInfo => response.locals.info as RequestInfo;

/** A caller or a proxy may bring an id of its own, so that one search finds both logs. */
export const requestIdFrom = (header: string | string[] | undefined): string =>
  typeof header === 'string' && /^[\w-]{8,64}$/.test(header) ? header : randomBytes(12).toString('base64url');

/** Errors go to Apollo's formatting alone: this says of which request they are. */
const requestIds = new WeakMap<object, string>();

export function belongsTo(requestId: string, error: object): void {
  requestIds.set(error, requestId);
}

export function requestIdOf(error: unknown): string | undefined {
  for (let at = error; at instanceof Error; at = (at as { originalError?: unknown }).originalError) {
    const id = requestIds.get(at);
    if (id) return id;
  }
  return undefined;
}
