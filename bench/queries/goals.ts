import { table } from '../growth/report';
import { cpuOf, type Figures, meanOver } from './figures';
import { OPERATIONS, type OperationName } from './personas';
import type { ServerName } from './processes';
import type { Measured } from './report';

/** What Portico is to reach, and whether it does; nothing when somebody is missing who it is measured against. */
export function goals(
  { servers, statements }: Pick<Measured, 'servers' | 'statements'>,
  at: (server: ServerName, operation: OperationName) => Figures,
): string[] {
  const needed: ServerName[] = ['limit', 'portico', 'bare', 'postgraphile', 'mercurius'];
  if (needed.some((name) => !servers.includes(name))) return [];
  const mean = (server: ServerName) => meanOver((operation) => at(server, operation).ratio);
  const least = Math.min(
    ...OPERATIONS.map((operation) => at('portico', operation).rate / at('postgraphile', operation).rate),
  );
  const most = Math.max(...OPERATIONS.flatMap((operation) => Object.values(statements.portico![operation])));
  const access = 1 - meanOver((operation) => cpuOf(at('bare', operation)) / cpuOf(at('portico', operation)));
  const lines: [words: string, found: string, isMet: boolean][] = [
    ['at least 0.40 of the limit, as a mean', mean('portico').toFixed(2), mean('portico') >= 0.4],
    [
      'ahead of Mercurius + JIT, as a mean',
      `${(mean('portico') / mean('mercurius')).toFixed(2)}×`,
      mean('portico') > mean('mercurius'),
    ],
    ['at least 2× PostGraphile on each operation', `${least.toFixed(2)}× on the least`, least >= 2],
    ['at most 3 statements for each request', `${most} at most`, most <= 3],
    ['at most 15 % of the CPU for the access layer', `${Math.round(100 * access)} %`, access <= 0.15],
  ];
  return [
    'Goals, at 16 connections:',
    table(
      ['goal', 'found', ''],
      lines.map(([words, found, isMet]) => [words, found, isMet ? 'met' : '**missed**']),
    ),
  ];
}
