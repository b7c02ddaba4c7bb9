import { LRUCache } from 'lru-cache';
import pg from 'pg';
import type { SqlValue } from './database';
import { isTimeout } from './errors';

/** A statement as the pool takes it. */
export interface Statement {
  text: string;
  values: readonly SqlValue[];
}

/** What the database answered: the names and types of the columns, and the cells of each row. */
export interface Answer {
  fields: readonly pg.FieldDef[];
  rows: readonly (readonly unknown[])[];
}

type Ask = (statement: Statement) => Promise<Answer>;

/** Of which it is known what it answers. */
interface Known extends Waiting {
  fields: readonly pg.FieldDef[];
}

interface Waiting extends Statement {
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

/** The columns that a statement answers, known once it has been asked alone. The parameters are no part of a text. */
const known = new LRUCache<string, readonly pg.FieldDef[]>({ max: 5000 });

/**
 * Reads that are asked for at once go to the database in one statement: what stands side by side in a query, in however
 * many lists, costs one round trip. One for each request, so that nothing of one viewer is read with another's.
 */
export class ReadsAtOnce {
  private waiting: Waiting[] = [];

  constructor(private readonly ask: Ask) {}

  read(statement: Statement): Promise<Answer> {
    return new Promise((resolve, reject) => {
      // The batches of one level are all asked for before the next turn of the loop.
      if (this.waiting.push({ ...statement, resolve, reject }) === 1) setImmediate(() => this.go());
    });
  }

  private go(): void {
    const waiting = this.waiting;
    this.waiting = [];
    const together: Known[] = [];
    const alone: Waiting[] = [];
    for (const each of waiting) {
      const fields = known.get(each.text);
      if (fields) together.push({ ...each, fields });
      else alone.push(each);
    }
    if (together.length > 1) this.askTogether(together);
    else alone.push(...together);
    for (const each of alone) this.askAlone(each);
  }

  private askAlone({ resolve, reject, ...statement }: Waiting): void {
    this.ask(statement).then((answer) => {
      known.set(statement.text, answer.fields);
      resolve(answer);
    }, reject);
  }

  /** Where one of them fails, each says for itself what is wrong; but what took too long is not begun again. */
  private askTogether(together: Known[]): void {
    this.ask(inOne(together)).then(
      ({ rows: [cells] }) => {
        for (const [i, { fields, resolve }] of together.entries()) resolve(answerOf(fields, cells[i]));
      },
      (error: unknown) => {
        for (const each of together) isTimeout(error) ? each.reject(error) : this.askAlone(each);
      },
    );
  }
}

/** Each statement as one cell: the list of its rows, with every value as PostgreSQL would send it. */
function inOne(statements: readonly Known[]): Statement {
  const values: SqlValue[] = [];
  const cells = statements.map((statement) => {
    const columns = statement.fields.map((_, i) => `c${i}`);
    const text = statement.text.replace(/\$(\d+)/g, (_, nth) => `$${values.length + Number(nth)}`);
    values.push(...statement.values);
    const row = columns.map((column) => `r.${column}::text`).join(', ');
    return `(select json_agg(array[${row}]) from (${text}) as r (${columns.join(', ')}))`;
  });
  return { text: `select ${cells.join(', ')}`, values };
}

function answerOf(fields: readonly pg.FieldDef[], cell: unknown): Answer {
  const parsers = fields.map((field) => pg.types.getTypeParser(field.dataTypeID, 'text'));
  const rows = (cell as (string | null)[][] | null) ?? [];
  return { fields, rows: rows.map((row) => row.map((text, i) => (text === null ? null : parsers[i](text)))) };
}
