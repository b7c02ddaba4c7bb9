import { POLICY } from '../src/access/policy';
import { COLUMNS, type MatrixRow, matrixOf, type OperationRow, operationsOf } from '../src/access/who-sees-what';
import { writeOrCheck } from './generated-file';

const HEAD = `# Who sees what

Generated from \`src/access/policy.ts\` by \`npm run matrix\`; \`test/access/who-sees-what.test.ts\` proves it on the running server
against an expectation written by hand. A changed permission is a changed cell here.

| Column | Who |
|---|---|
| N | a client of another organisation |
| B | a client of the project with all four permissions off |
| T | a client who tracks time, and no more |
| V | a client with client view: what an invited client starts with |
| C | a client with client view and internal costs |
| M | an internal member: track time and client view |
| P | manages the project, without internal costs |
| A | admin or owner of the workspace |
| T+c, M+c, P+c | the same with internal costs |

● visible · – withheld, or the row is absent · o own rows alone · r only where one is assignee · t likewise, and open tasks to log time on ·
m where the workspace shows its team bill rates, m(o) then on own rows · k with the role MANAGER · b with the business role BILLING.
The gate is asked of clients alone: the settings of the project that must be so. Hours count once they are released (\`timeRelease\`).
A rate of cost, and what a client as a whole pays, are rows for A alone.
A type that is not here holds values that are seen by whoever sees the field that leads to them.`;

const types = [...new Set(matrixOf(POLICY).map((row) => row.type))].sort();
const page = [
  HEAD,
  ...types.map((type) =>
    typeTable(
      type,
      matrixOf(POLICY).filter((row) => row.type === type),
    ),
  ),
  operationTable(operationsOf(POLICY)),
];
writeOrCheck('docs/who-sees-what.md', `${page.join('\n\n')}\n`, 'npm run matrix');

function typeTable(type: string, rows: MatrixRow[]): string {
  const lines = rows.map(({ field, condition, cells, gate }) => [
    condition ? `${field} (${condition})` : field,
    ...COLUMNS.map((column) => cells[column]),
    gate.join(', '),
  ]);
  return `## ${type}\n\n${table(['Field', ...COLUMNS, 'Gate for clients'], lines)}`;
}

function operationTable(rows: OperationRow[]): string {
  const columns = COLUMNS.filter((column) => column !== 'N');
  const lines = rows.map(({ type, field, cells, about }) => [
    type === 'Mutation' ? field : `${type}.${field}`,
    ...columns.map((column) => (cells ? cells[column] : '')),
    about,
  ]);
  const head = ['Operation', ...columns, 'Asked about'];
  return `## Who may do what\n\nAbout a thing that the caller sees; else it is NOT_FOUND.\n\n${table(head, lines)}`;
}

function table(head: readonly string[], lines: string[][]): string {
  const rule = head.map((_, i) => (i === 0 || i === head.length - 1 ? '---' : ':-:'));
  return [head, rule, ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
