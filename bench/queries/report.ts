import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type pg from 'pg';
import { table } from '../growth/report';
import { measuredOn } from '../machine';
import type { StatementCounts } from './count-statements';
import { cpuOf, type Figures, figuresOf, meanOver } from './figures';
import { goals } from './goals';
import type { Cell } from './measure';
import { OPERATIONS, type OperationName } from './personas';
import { SERVERS, type ServerName } from './processes';

export interface Measured {
  db: pg.Client;
  scale: number;
  servers: readonly ServerName[];
  cells: readonly Cell[];
  rounds: number;
  seconds: number;
  connections: readonly number[];
  statements: StatementCounts;
  costs: { refused: number; shown: number };
  compared: number;
}

/** Where servers are compared: enough to keep two cores busy, and no queue yet. */
const BUSY = 16;

/** All that was measured, as the section `queries` of bench/RESULTS.md. */
export async function report(measured: Measured): Promise<string> {
  const { cells, servers, connections } = measured;
  const at = (server: ServerName, operation: OperationName) =>
    figuresOf(cells, { server, operation, connections: BUSY });
  const byOperation = (cell: (figures: Figures) => string) =>
    servers.map((server) => [SERVERS[server].title, ...OPERATIONS.map((operation) => cell(at(server, operation)))]);
  const head = (first: string) => [first, ...OPERATIONS];
  const parts = [
    '## Queries',
    await conditions(measured),
    `${BUSY} connections: answers a second, and the ratio to the limit.`,
    table(
      [...head('server'), 'mean', 'CPU', 'MB'],
      servers.map((server) => throughput(measured, server)),
    ),
    'p50 / p99 in ms.',
    table(
      head('server'),
      byOperation(({ p50, p99 }) => `${digits(p50)} / ${digits(p99)}`),
    ),
    'CPU in ms for each answer: node + PostgreSQL.',
    table(
      head('server'),
      byOperation(({ nodeMs, postgresMs }) => `${digits(nodeMs)} + ${digits(postgresMs)}`),
    ),
    ...(connections.length > 1 ? ratios(measured) : []),
    'Statements for each request, asked one after the other (client / manager); BEGIN and COMMIT are counted.',
    table(
      head('server'),
      servers.map((server) => statementsOf(measured, server)),
    ),
    ...goals(measured, at),
  ];
  return parts.join('\n\n');
}

async function conditions({ db, scale, rounds, seconds, costs, compared, cells }: Measured): Promise<string> {
  const setting = async (name: string) => (await db.query(`show ${name}`)).rows[0][name] as string;
  const { rows } = await db.query(
    'select count(*) as projects, (select sum(entries) from project_total) as entries from project',
  );
  const settings = ['shared_buffers', 'jit', 'max_parallel_workers_per_gather', 'fsync', 'synchronous_commit'];
  const said: string[] = [];
  for (const name of settings) said.push(`${name} ${await setting(name)}`);
  const load = Math.max(...cells.map((cell) => (cell.loadMs * cell.rate) / 1000));
  return [
    `${measuredOn((await setting('server_version')).split(' ')[0])} Load average at the end: ${os.loadavg()[0].toFixed(1)}.`,
    `PostgreSQL: ${said.join(', ')}; every server sets jit off, random_page_cost 1.1 and plan_cache_mode force_generic_plan for itself. Peers: ${peers().join(', ')}. PostGraphile 5 asks for Node 22` +
      (Number(process.versions.node.split('.')[0]) < 22
        ? ', and ran with `Promise.withResolvers` put in by hand.'
        : '.'),
    `Data: ${rows[0].projects} projects, ${rows[0].entries} time entries (scale ${scale}). 200 bodies for each operation, ` +
      'of 100 clients with client view and 100 managers with internal costs in turn. Everybody reads the same tables, totals from rollups where Portico has them.',
    `${rounds} interleaved rounds of about ${seconds} s for each cell, medians; whoever is not measured stands still. The load came ` +
      `from a process of its own, which kept at most ${load.toFixed(2)} of a core busy.`,
    `Before that: ${compared} bodies of each operation answered equally by all; of clients who asked for costs ` +
      `${costs.refused} were refused by everybody with an access layer, of managers ${costs.shown} got them.`,
  ].join('\n');
}

/** As they are installed. */
const peers = (): string[] =>
  ['postgraphile', 'mercurius', 'graphql-jit', 'fastify', 'pg', 'autocannon'].map((name) => {
    const file = path.join(__dirname, '../node_modules', name, 'package.json');
    return `${name} ${(JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version}`;
  });

function throughput({ cells }: Measured, server: ServerName): string[] {
  const at = (operation: OperationName) => figuresOf(cells, { server, operation, connections: BUSY });
  const limitAt = (operation: OperationName) => figuresOf(cells, { server: 'limit', operation, connections: BUSY });
  const memory = Math.max(
    ...cells.filter((cell) => cell.server === server).map((cell) => cell.residentMb ?? Number.NaN),
  );
  return [
    SERVERS[server].title,
    ...OPERATIONS.map((operation) => `${Math.round(at(operation).rate)} (${at(operation).ratio.toFixed(2)})`),
    `**${meanOver((operation) => at(operation).ratio).toFixed(2)}**`,
    `${digits(meanOver((operation) => cpuOf(at(operation)) / cpuOf(limitAt(operation))))}×`,
    Number.isNaN(memory) ? 'not measured' : memory.toFixed(0),
  ];
}

function ratios({ cells, servers, connections }: Measured): string[] {
  const ratio = (server: ServerName, operation: OperationName) =>
    connections.map((n) => figuresOf(cells, { server, operation, connections: n }).ratio.toFixed(2)).join(' / ');
  const mean = (server: ServerName) =>
    connections
      .map((n) => meanOver((operation) => figuresOf(cells, { server, operation, connections: n }).ratio).toFixed(2))
      .join(' / ');
  return [
    `Ratio to the limit at ${connections.join(' / ')} connections.`,
    table(
      ['server', ...OPERATIONS, 'mean'],
      servers.map((server) => [
        SERVERS[server].title,
        ...OPERATIONS.map((operation) => ratio(server, operation)),
        mean(server),
      ]),
    ),
  ];
}

const statementsOf = ({ statements }: Measured, server: ServerName): string[] => [
  SERVERS[server].title,
  ...OPERATIONS.map((operation) => {
    const { client = '–', manager = '–' } = statements[server]![operation];
    return `${client} / ${manager}`;
  }),
];

const digits = (value: number | undefined): string =>
  value === undefined || Number.isNaN(value) ? 'not measured' : value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);
