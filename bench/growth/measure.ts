/** Something that is measured: `run` once, as often as `times` in each round. */
export interface Case {
  name: string;
  times: number;
  run(nth: number): Promise<unknown>;
}

/** CPU time used so far, in ms. */
export interface Cpu {
  node?: number;
  postgres?: number;
}

/** Milliseconds for one run: as long as it took, and as much CPU as it cost. */
export interface Figures {
  p50: number;
  p99: number;
  node?: number;
  postgres?: number;
}

/**
 * One after the other, and all cases in every round, each time beginning with another one: what disturbs the machine
 * disturbs them alike. The first round warms up and does not count.
 */
export async function interleave(cases: readonly Case[], rounds: number, cpu?: () => Promise<Cpu>): Promise<Figures[]> {
  const taken = cases.map((): number[] => []);
  const used = cases.map((): Cpu => ({ node: 0, postgres: 0 }));
  for (let round = 0; round <= rounds; round++) {
    for (let i = 0; i < cases.length; i++) {
      const at = (i + round) % cases.length;
      const before = await cpu?.();
      const times = await timesOf(cases[at]);
      const after = await cpu?.();
      if (round === 0) continue;
      taken[at].push(...times);
      used[at] = { node: grown(used[at], before, after, 'node'), postgres: grown(used[at], before, after, 'postgres') };
    }
  }
  return cases.map((_, at) => {
    const each = (sum: number | undefined) => (sum === undefined ? undefined : sum / taken[at].length);
    return {
      p50: quantile(taken[at], 0.5),
      p99: quantile(taken[at], 0.99),
      node: each(used[at].node),
      postgres: each(used[at].postgres),
    };
  });
}

export function quantile(numbers: readonly number[], share: number): number {
  const inOrder = [...numbers].sort((one, other) => one - other);
  return inOrder[Math.min(inOrder.length - 1, Math.floor(inOrder.length * share))];
}

export const median = (numbers: readonly number[]): number => quantile(numbers, 0.5);

async function timesOf({ times, run }: Case): Promise<number[]> {
  const taken: number[] = [];
  for (let nth = 0; nth < times; nth++) {
    const begun = performance.now();
    await run(nth);
    taken.push(performance.now() - begun);
  }
  return taken;
}

function grown(used: Cpu, before: Cpu | undefined, after: Cpu | undefined, of: keyof Cpu): number | undefined {
  const [sum, from, to] = [used[of], before?.[of], after?.[of]];
  return sum === undefined || from === undefined || to === undefined ? undefined : sum + to - from;
}
