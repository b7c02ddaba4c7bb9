import type { RequestHandler } from 'express';
import helmet from 'helmet';
import type { Logger } from '../platform/logger';
import { refuse } from './http-errors';
import { type RequestInfo, requestIdFrom } from './request-info';

/** Gives each request its id and, when it is over, its line in the log: never the query string, never a body. */
export const logRequests =
  (logger: Logger): RequestHandler =>
  (request, response, next) => {
    const info: RequestInfo = { requestId: requestIdFrom(request.headers['x-request-id']) };
    const { method, path } = request;
    const started = performance.now();
    response.setHeader('x-request-id', info.requestId);
    response.on('close', () => {
      const ms = Math.round((performance.now() - started) * 10) / 10;
      const line = { ...info, method, path, status: response.statusCode, ms };
      if (QUIET.has(path)) logger.debug(line, 'request');
      else logger.info(response.writableFinished ? line : { ...line, aborted: true }, 'request');
    });
    response.locals.info = info;
    next();
  };

/** Everything of a page comes from this server. The editor's library writes style elements, so styles may be inline. */
export const secureHeaders = (options: { https: boolean }): RequestHandler =>
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: options.https,
  });

/** What depends on who asks is kept by nobody in between. */
export const neverCached: RequestHandler = (_request, response, next) => {
  response.setHeader('cache-control', 'no-store, private');
  next();
};

/** Browsers of the listed origins alone may read answers. No cookies are used, so none are allowed. */
export const allowOrigins = (origins: readonly string[]): RequestHandler => {
  const allowed = new Set(origins);
  return (request, response, next) => {
    const { origin } = request.headers;
    if (allowed.size > 0) response.vary('origin');
    if (origin !== undefined && allowed.has(origin)) {
      response.setHeader('access-control-allow-origin', origin);
      response.setHeader('access-control-expose-headers', 'x-request-id');
    }
    if (request.method !== 'OPTIONS') return next();
    response.setHeader('access-control-allow-methods', 'GET, POST');
    response.setHeader(
      'access-control-allow-headers',
      'authorization, content-type, apollo-require-preflight, x-request-id',
    );
    response.setHeader('access-control-max-age', '600');
    response.status(204).end();
  };
};

/** Bodies are JSON in UTF-8: a form or plain text can be sent from any web page, and odd charsets have cost servers dearly. */
export const jsonOnly: RequestHandler = (request, response, next) => {
  if (request.method !== 'POST' || JSON_IN_UTF8.test(request.headers['content-type'] ?? '')) return next();
  refuse(response, {
    status: 415,
    code: 'BAD_USER_INPUT',
    message: 'Send the body as content-type: application/json, in UTF-8.',
  });
};

const QUIET = new Set(['/healthz', '/readyz']);
const JSON_IN_UTF8 = /^application\/json\s*(;\s*charset\s*=\s*("utf-8"|utf-8)\s*)?;?$/i;
