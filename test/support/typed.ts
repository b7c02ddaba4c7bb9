import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { print } from 'graphql';
import type { TestServer } from './server';

/** Asks with a generated document: the compiler checks what goes in by its types, and what is read of the answer. */
export function typed<Result, Variables extends Record<string, unknown>>(
  server: TestServer,
  who: Parameters<TestServer['data']>[0],
  document: TypedDocumentNode<Result, Variables>,
  variables: Variables,
): Promise<Result> {
  return server.data<Result>(who, print(document), variables);
}
