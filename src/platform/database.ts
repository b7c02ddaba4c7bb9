import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import {
  type DataSource,
  DefaultNamingStrategy,
  type EntityManager,
  type EntityTarget,
  type ObjectLiteral,
  type QueryDeepPartialEntity,
} from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver';
import { PorticoError } from './errors';
import type { PreparedNames } from './prepared-names';
import { type Answer, ReadsAtOnce, type Statement } from './reads-at-once';

// A calendar date stays text (node-pg would make local midnight of it); 64-bit numbers stay exact.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);
pg.types.setTypeParser(pg.types.builtins.INT8, BigInt);
// The runtime reads ISO 8601 itself, several times as fast as node-pg's own reader, which keeps the rest (BC, infinity).
const IN_UTC = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?\+00$/;
const readMoment: (text: string) => unknown = pg.types.getTypeParser(pg.types.builtins.TIMESTAMPTZ, 'text');
pg.types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, (text) =>
  IN_UTC.test(text) ? new Date(`${text.slice(0, 10)}T${text.slice(11, -3)}Z`) : readMoment(text),
);

export type SqlValue = string | number | bigint | boolean | Date | null | readonly unknown[] | object;

/** Asks the database. Columns come back in camelCase; 64-bit numbers as `bigint`; dates as `YYYY-MM-DD`. */
export interface Sql {
  rows<T>(sql: string, values?: readonly SqlValue[]): Promise<T[]>;
  /** The first row, or null. */
  row<T>(sql: string, values?: readonly SqlValue[]): Promise<T | null>;
}

/** A transaction at work. Inside it nothing else may be asked: the embedded database has one connection. */
export interface Tx extends Sql {
  insert<E extends ObjectLiteral>(entity: EntityTarget<E>, values: Partial<E> | readonly Partial<E>[]): Promise<void>;
  update<E extends ObjectLiteral>(entity: EntityTarget<E>, where: Partial<E>, values: Partial<E>): Promise<void>;
  /** Has the listeners of `onAnnounced` called once this is committed. */
  announce(): void;
}

/** Where a use case works: it asks, and opens transactions. */
export interface Transactional extends Sql {
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
}

interface DatabaseOptions {
  /** Of a server that keeps plans; the embedded database has none. */
  prepared?: PreparedNames;
  listeners?: Set<() => void>;
  /** Of one request: is told when what was read before may have changed. */
  afterTransaction?: () => void;
}

export class Database implements Transactional {
  private readonly pool: pg.Pool;
  private readonly listeners: Set<() => void>;
  private readonly readsAtOnce: ReadsAtOnce | undefined;

  constructor(
    readonly dataSource: DataSource,
    private readonly options: DatabaseOptions = {},
  ) {
    this.pool = (dataSource.driver as PostgresDriver).master as pg.Pool;
    this.listeners = options.listeners ?? new Set();
    if (options.afterTransaction) this.readsAtOnce = new ReadsAtOnce((statement) => this.ask(statement));
  }

  /** The same database, for one request: what it reads at once is read in one statement. */
  forRequest(afterTransaction: () => void): Database {
    return new Database(this.dataSource, { ...this.options, listeners: this.listeners, afterTransaction });
  }

  /** Calls `listener` after each commit of this process that announced something. Gives back what ends it. */
  onAnnounced(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async rows<T>(text: string, values: readonly SqlValue[] = []): Promise<T[]> {
    const statement = { text, values };
    const isRead = this.readsAtOnce !== undefined && READ.test(text);
    return asRows<T>(await (isRead ? this.readsAtOnce!.read(statement) : this.ask(statement)));
  }

  async row<T>(sql: string, values: readonly SqlValue[] = []): Promise<T | null> {
    return (await this.rows<T>(sql, values))[0] ?? null;
  }

  private ask(statement: Statement): Promise<Answer> {
    return askFor(this.pool, statement, this.options.prepared?.nameOf(statement.text));
  }

  /** Runs `work` in one transaction, again when the database asks for it (deadlock, serialisation): it must be repeatable. */
  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      let announced = false;
      const announce = () => {
        announced = true;
      };
      try {
        const result = await this.dataSource.transaction((manager) => work(transactionOf(manager, announce)));
        if (announced) for (const listener of this.listeners) listener();
        return result;
      } catch (error) {
        if (attempt > MAX_RETRIES || !RETRYABLE.has(codeOf(error) ?? '')) throw translate(error);
        await sleep(Math.random() * 20 * attempt);
      } finally {
        this.options.afterTransaction?.();
      }
    }
  }
}

/** Columns are snake_case, properties camelCase; TypeORM has no such strategy of its own. */
export class SnakeCaseNames extends DefaultNamingStrategy {
  override columnName(propertyName: string, customName: string | undefined): string {
    return customName ?? snakeCase(propertyName);
  }
}

/** The name of the constraint that a write broke, or undefined: lets a use case answer a race in words. */
export const brokenConstraint = (error: unknown): string | undefined => {
  const cause = driverError(error);
  return cause && INTEGRITY.test(cause.code ?? '') ? cause.constraint : undefined;
};

/** The database takes no connection, or has dropped ours. */
export const isDatabaseAway = (error: unknown): boolean =>
  AWAY.test(codeOf(error) ?? '') || (error instanceof Error && DROPPED.test(error.message));

const MAX_RETRIES = 5;
const RETRYABLE = new Set(['40001', '40P01']);
const INTEGRITY = /^23/;
/** Class 22, data exceptions: NUL in a text, a number beyond its column, a date that is none. */
const UNSTORABLE = /^22/;
/** What the operating system, the server (08, 53300, 57P…) and the driver, which has no codes, say of a connection. */
const AWAY = /^(08|53300|57P0|ECONN|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|EPIPE)/;
const DROPPED = /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection)/;
const STATEMENT_TIMEOUT = '57014';
const PLAN_IS_OLD = '0A000';
const READ = /^\s*select\b/i;

type Queryable = Pick<pg.Pool, 'query'>;

async function askFor(on: Queryable, { text, values }: Statement, name?: string): Promise<Answer> {
  try {
    return await on.query<unknown[]>({ text, values: values as unknown[], rowMode: 'array', name });
  } catch (error) {
    // A table has other columns since it was prepared: another version of the server migrates beside this one.
    if (name && codeOf(error) === PLAN_IS_OLD) return askFor(on, { text, values });
    throw translate(error);
  }
}

function asRows<T>({ fields, rows }: Answer): T[] {
  if (rows.length === 0) return [];
  const toRow = rowMakerOf(fields.map((field) => camelCase(field.name)));
  return rows.map((cells) => toRow(cells) as T);
}

type RowMaker = (cells: readonly unknown[]) => object;

/**
 * What makes a row of these columns: an object literal with their names, made once. Rows that are put together column by
 * column take ten times as long.
 */
function rowMakerOf(names: readonly string[]): RowMaker {
  const key = names.join();
  let maker = rowMakers.get(key);
  if (!maker) {
    const cells = names.map((name, i) => `${JSON.stringify(name)}: cells[${i}]`);
    maker = new Function('cells', `return { ${cells.join(', ')} }`) as RowMaker;
    if (rowMakers.size < MOST_KNOWN) rowMakers.set(key, maker);
  }
  return maker;
}

function transactionOf(manager: EntityManager, announce: () => void): Tx {
  // The runner is connected already and gives the connection of its transaction each time.
  const connection = (): Promise<pg.PoolClient> => manager.queryRunner!.connect();
  const rows = async <T>(text: string, values: readonly SqlValue[] = []) =>
    asRows<T>(await askFor(await connection(), { text, values }));
  return {
    announce,
    rows,
    row: async <T>(sql: string, values: readonly SqlValue[] = []) => (await rows<T>(sql, values))[0] ?? null,
    insert: async <E extends ObjectLiteral>(entity: EntityTarget<E>, values: Partial<E> | readonly Partial<E>[]) => {
      if (Array.isArray(values) && values.length === 0) return;
      await manager.insert(entity, values as QueryDeepPartialEntity<E>);
    },
    update: async (entity, where, values) => {
      await manager.update(entity, where, values as QueryDeepPartialEntity<typeof values>);
    },
  };
}

interface DriverError {
  code?: string;
  constraint?: string;
}

function driverError(error: unknown): DriverError | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  return 'driverError' in error ? (error.driverError as DriverError) : (error as DriverError);
}

const codeOf = (error: unknown): string | undefined => driverError(error)?.code;

/** What the caller can act on becomes a refusal in words; the rest goes on as it is and is masked at the door. */
function translate(error: unknown): unknown {
  if (codeOf(error) === STATEMENT_TIMEOUT) {
    return new PorticoError('TIMEOUT', 'This took too long and was stopped. Ask for a shorter range or fewer things.');
  }
  if (UNSTORABLE.test(codeOf(error) ?? '')) {
    return new PorticoError(
      'BAD_USER_INPUT',
      'A value cannot be stored: it has a forbidden character or is out of range.',
    );
  }
  return error;
}

const MOST_KNOWN = 10_000;
const rowMakers = new Map<string, RowMaker>();
const camelNames = new Map<string, string>();

function camelCase(column: string): string {
  let name = camelNames.get(column);
  if (name === undefined) {
    name = column.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
    if (camelNames.size < MOST_KNOWN) camelNames.set(column, name);
  }
  return name;
}

const snakeCase = (property: string): string => property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
