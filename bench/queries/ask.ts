import { type Body, documentOf, OPERATIONS, type OperationName } from './personas';
import { type Running, SERVERS, type ServerName } from './processes';

export interface Request {
  path: string;
  headers: Record<string, string>;
  body: string;
}

/** A body as it is sent to a server, ready to be sent many times. */
export function requestOf(server: ServerName, operation: OperationName, { token, variables }: Body): Request {
  const query = (server === 'postgraphile' ? POSTGRAPHILE_DOCUMENTS : DOCUMENTS)[operation];
  return {
    path: SERVERS[server].path,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, operationName: operation, variables }),
  };
}

export interface Answer {
  status: number;
  data: unknown;
  errors: unknown;
  bytes: number;
}

export async function ask(server: Running, operation: OperationName, body: Body): Promise<Answer> {
  const { path, ...request } = requestOf(server.name, operation, body);
  const response = await fetch(`http://127.0.0.1:${server.port}${path}`, { method: 'POST', ...request });
  const text = await response.text();
  const { data, errors } = JSON.parse(text) as { data?: unknown; errors?: unknown };
  return { status: response.status, data, errors, bytes: Buffer.byteLength(text) };
}

const documentsIn = (folder: string) =>
  Object.fromEntries(OPERATIONS.map((name) => [name, documentOf(name, folder)])) as Record<OperationName, string>;
const DOCUMENTS = documentsIn('operations');
const POSTGRAPHILE_DOCUMENTS = documentsIn('operations/postgraphile');
