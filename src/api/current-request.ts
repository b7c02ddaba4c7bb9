import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';

/** What the log and a masked error say about the request at work. Nothing here decides who may see what. */
export interface RequestInfo {
  /** In the answer's `x-request-id`, in the log, and in the extensions of an `INTERNAL` error. */
  readonly requestId: string;
  /** The operation as the document names it. */
  operation?: string;
  /** `extensions.code` of what was refused. */
  codes?: string[];
}

/** The request that the running code works for; undefined outside of one. */
export const currentRequest = (): RequestInfo | undefined => requests.getStore();

export const withRequest = <T>(info: RequestInfo, work: () => T): T => requests.run(info, work);

/** A caller or a proxy may bring an id of its own, so that one search finds both logs. */
export const requestIdFrom = (header: string | string[] | undefined): string =>
  typeof header === 'string' && /^[\w-]{8,64}$/.test(header) ? header : randomBytes(12).toString('base64url');

const requests = new AsyncLocalStorage<RequestInfo>();
