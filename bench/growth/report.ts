import type { Figures } from './measure';

/** A table in Markdown; the first column is words, the others are numbers. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}

/** Milliseconds with as many digits as tell something. */
export const ms = (value: number | undefined): string =>
  value === undefined ? '–' : value.toFixed(value < 1 ? 3 : value < 100 ? 2 : 0);

export const times = (ratio: number): string => `${ratio.toFixed(2)}×`;

export const percent = (share: number): string => `${Math.round(100 * share)} %`;

/** 1000 as `1k`, 1000000 as `1M`. */
export const short = (count: number): string => (count >= 1e6 ? `${count / 1e6}M` : `${count / 1e3}k`);

/** Whether a figure is within what it is to be. */
export const verdict = (value: number, most: number, words: string): string =>
  `${words} ${value <= most ? '(met)' : '(**missed**)'}`;

/** The CPU of one run, in the first case and in the last. */
export const cpuGrowth = (figures: readonly Figures[]): string =>
  `${ms(figures[0].cpu)} → ${ms(figures[figures.length - 1].cpu)}`;

/** How much longer the last case takes than the first. */
export const growthOf = (figures: readonly Figures[]): number => figures[figures.length - 1].p50 / figures[0].p50;
