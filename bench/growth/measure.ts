import { type CpuTimes, cpuBetween } from '../cpu';

/** Something that is measured: `run` once, as often as `times` in each round. */
export interface Case {
  name: string;
  times: number;
  run(nth: number): Promise<unknown>;
}

/** Milliseconds for one run: as long as it took, and as much CPU as it cost. */
export interface Figures {
  p50: number;
  p99: number;
  cpu?: number;
}

/**
 * One after the other, and all cases in every round, each time beginning with another one: what disturbs the machine
 * disturbs them alike. The first round warms up and does not count.
 */
export async function interleave(
  cases: readonly Case[],
  rounds: number,
  cpuTimes: () => Promise<CpuTimes | undefined> = async () => undefined,
): Promise<Figures[]> {
  const taken = cases.map((): number[] => []);
  const spent = cases.map((): (number | undefined)[] => []);
  for (let round = 0; round <= rounds; round++) {
    for (let i = 0; i < cases.length; i++) {
      const at = (i + round) % cases.length;
      const before = await cpuTimes();
      const times = await timesOf(cases[at]);
      const cpu = cpuBetween(before, await cpuTimes());
      if (round === 0) continue;
      taken[at].push(...times);
      spent[at].push(cpu === undefined ? undefined : cpu / times.length);
    }
  }
  return cases.map((_, at) => ({
    p50: median(taken[at]),
    p99: quantile(taken[at], 0.99),
    cpu: medianIfKnown(spent[at]),
  }));
}

export function quantile(numbers: readonly number[], share: number): number {
  const inOrder = [...numbers].sort((one, other) => one - other);
  return inOrder[Math.min(inOrder.length - 1, Math.floor(inOrder.length * share))];
}

export const median = (numbers: readonly number[]): number => quantile(numbers, 0.5);

export const medianIfKnown = (numbers: readonly (number | undefined)[]): number | undefined =>
  numbers.includes(undefined) ? undefined : median(numbers as number[]);

async function timesOf({ times, run }: Case): Promise<number[]> {
  const taken: number[] = [];
  for (let nth = 0; nth < times; nth++) {
    const begun = performance.now();
    await run(nth);
    taken.push(performance.now() - begun);
  }
  return taken;
}
