import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { statements } from './limit-sql.mjs';
import { pool } from './pool.mjs';

/**
 * The limit: what these four operations cost when nothing stands between HTTP and PostgreSQL. One prepared statement
 * for each, which checks the session and the permissions and gives the answer as text. It reads no GraphQL: the name of
 * the operation says what is asked.
 */
const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    answer(request, Buffer.concat(chunks).toString()).then(
      (body) => {
        response.writeHead(body ? 200 : 401, {
          'content-type': 'application/json; charset=utf-8',
          'content-length': Buffer.byteLength(body ?? ''),
        });
        response.end(body);
      },
      (error) => response.writeHead(500).end(String(error)),
    );
  });
});
server.listen(Number(process.env.PORT), '127.0.0.1');

async function answer(request, body) {
  const { operationName, variables } = JSON.parse(body);
  const token = request.headers.authorization?.slice('Bearer '.length) ?? '';
  const { text, values } = statements[operationName];
  const { rows } = await pool.query({
    name: `${operationName}${variables.costs ?? ''}`,
    text: text[String(variables.costs)],
    values: [createHash('sha256').update(token).digest('hex'), ...values(variables)],
  });
  return rows[0]?.body;
}
