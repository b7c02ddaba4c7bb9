import type { ApolloServerPlugin, BaseContext } from '@apollo/server';
import type { Context } from '../context';
import { belongsTo } from './request-info';

/**
 * GraphQL over HTTP to the letter: a client that does not know `application/graphql-response+json` gets status 200
 * for a document that cannot be run, because for it another status means "no GraphQL server answered".
 */
export const statusForOldClients = <C extends BaseContext>(): ApolloServerPlugin<C> => ({
  requestDidStart: async () => ({
    willSendResponse: async ({ request, response }) => {
      const accept = request.http?.headers.get('accept') ?? '';
      if (accept.includes('application/graphql-response+json')) return;
      const refused = response.body.kind === 'single' && response.http.status === 400;
      if (refused && request.query) response.http.status = 200;
    },
  }),
});

/** Tells the request's log line which operation it was and how it was refused, and its errors whose they are. */
export const operationForLog: ApolloServerPlugin<Pick<Context, 'request'>> = {
  requestDidStart: async () => ({
    didResolveOperation: async ({ operationName, operation, contextValue: { request } }) => {
      if (request.log && operation)
        request.log.operation = `${operation.operation} ${operationName?.slice(0, LONGEST_NAME) ?? 'unnamed'}`;
    },
    didEncounterErrors: async ({ errors, contextValue: { request } }) => {
      for (const error of errors) belongsTo(request.id, error);
    },
    willSendResponse: async ({ response, contextValue: { request } }) => {
      const errors = response.body.kind === 'single' ? response.body.singleResult.errors : undefined;
      if (request.log && errors)
        request.log.codes = [...new Set(errors.map((error) => String(error.extensions?.code)))];
    },
  }),
};

const LONGEST_NAME = 100;
