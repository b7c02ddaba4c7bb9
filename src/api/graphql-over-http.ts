import type { ApolloServerPlugin, BaseContext } from '@apollo/server';
import { currentRequest } from './current-request';

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

/** Tells the request's log line which operation it was and how it was refused. */
export const operationForLog = <C extends BaseContext>(): ApolloServerPlugin<C> => ({
  requestDidStart: async () => ({
    didResolveOperation: async ({ operationName, operation }) => {
      const info = currentRequest();
      if (info && operation)
        info.operation = `${operation.operation} ${operationName?.slice(0, LONGEST_NAME) ?? 'unnamed'}`;
    },
    willSendResponse: async ({ response }) => {
      const info = currentRequest();
      const errors = response.body.kind === 'single' ? response.body.singleResult.errors : undefined;
      if (info && errors) info.codes = [...new Set(errors.map((error) => String(error.extensions?.code)))];
    },
  }),
});

const LONGEST_NAME = 100;
