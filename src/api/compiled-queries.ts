import { type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import type { GraphQLSchema } from 'graphql';
import { type CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit';
import { LRUCache } from 'lru-cache';
import type { Context } from '../context';

const MOST_KEPT = 500;

interface Known {
  asked: number;
  /** Null: graphql-jit cannot. */
  compiled?: CompiledQuery | null;
}

/**
 * Queries that are asked again and again are run by code made for them (graphql-jit), through the same resolvers and
 * rules. graphql-js stays the reference: whatever ends with an error is asked of it again, so that every error is its own.
 */
export function compiledQueries(schema: GraphQLSchema, compileAt: number): ApolloServerPlugin<Context> {
  const known = new LRUCache<string, Known>({ max: MOST_KEPT });
  return {
    requestDidStart: async () => ({
      responseForOperation: async ({ queryHash, document, operation, operationName, request, contextValue }) => {
        // A document without the operation that is named comes here too; graphql-js says so.
        if (operation?.operation !== 'query') return null;
        const key = `${queryHash} ${operationName ?? ''}`;
        const query = known.get(key) ?? { asked: 0 };
        known.set(key, query);
        if (++query.asked < compileAt) return null;
        if (query.compiled === undefined) {
          const compiled = compileQuery<Record<string, unknown>>(schema, document, operationName ?? '');
          query.compiled = isCompiledQuery(compiled) ? compiled : null;
        }
        const result = await query.compiled?.query(undefined, contextValue, request.variables);
        if (!result || result.errors) return null;
        return { http: { headers: new HeaderMap() }, body: { kind: 'single', singleResult: { data: result.data } } };
      },
    }),
  };
}
