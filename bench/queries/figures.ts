import { median } from '../growth/measure';
import type { Cell } from './measure';
import { OPERATIONS, type OperationName } from './personas';
import type { ServerName } from './processes';

/** Of one server, one operation and so many connections, over all rounds. */
export interface Figures {
  rate: number;
  /** To the limit in the same round: the median, the least and the most. */
  ratio: number;
  least: number;
  most: number;
  p50: number;
  p99: number;
  nodeMs?: number;
  postgresMs?: number;
  loadMs: number;
}

export interface Which {
  server: ServerName;
  operation: OperationName;
  connections: number;
}

export function figuresOf(cells: readonly Cell[], which: Which): Figures {
  const own = cellsOf(cells, which);
  const limit = cellsOf(cells, { ...which, server: 'limit' });
  const ratios = limit.length === 0 ? [Number.NaN] : own.map((cell, round) => cell.rate / limit[round].rate);
  return {
    rate: median(own.map((cell) => cell.rate)),
    ratio: median(ratios),
    least: Math.min(...ratios),
    most: Math.max(...ratios),
    p50: median(own.map((cell) => cell.p50)),
    p99: median(own.map((cell) => cell.p99)),
    nodeMs: medianOf(own, 'nodeMs'),
    postgresMs: medianOf(own, 'postgresMs'),
    loadMs: median(own.map((cell) => cell.loadMs)),
  };
}

/** Over the four operations, as one number. */
export const meanOver = (value: (operation: OperationName) => number): number =>
  Math.exp(OPERATIONS.reduce((sum, operation) => sum + Math.log(value(operation)), 0) / OPERATIONS.length);

/** Node and PostgreSQL together, in ms for each answer; NaN where it was not measured. */
export const cpuOf = ({ nodeMs, postgresMs }: Figures): number => (nodeMs ?? Number.NaN) + (postgresMs ?? Number.NaN);

const cellsOf = (cells: readonly Cell[], { server, operation, connections }: Which): Cell[] =>
  cells.filter((cell) => cell.server === server && cell.operation === operation && cell.connections === connections);

function medianOf(cells: readonly Cell[], key: 'nodeMs' | 'postgresMs'): number | undefined {
  const values = cells.map((cell) => cell[key]).filter((value) => value !== undefined);
  return values.length > 0 ? median(values) : undefined;
}
