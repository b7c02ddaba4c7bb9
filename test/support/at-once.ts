import { codeOf } from './answers';
import type { Answer } from './server';

/** The same work so many times at the same time. */
export const times = <T>(n: number, work: (i: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: n }, (_, i) => work(i)));

/** How the answers came out, in an order that does not tell who was first. */
export const codesOf = (answers: Answer[]): string[] => answers.map(codeOf).sort();

/** How often each word was said. */
export const countEach = (words: string[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
};
