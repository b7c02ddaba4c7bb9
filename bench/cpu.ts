import { readdirSync, readFileSync } from 'node:fs';

/** The CPU time that processes have used so far, all their threads together: ms by process id. */
export type CpuTimes = ReadonlyMap<number, number>;

/** Of processes of this machine. Undefined where the system does not tell (Linux does), or where they run elsewhere. */
export function cpuTimesOf(pids: readonly number[]): CpuTimes | undefined {
  try {
    return new Map(pids.map((pid) => [pid, cpuMs(pid)]));
  } catch {
    return undefined;
  }
}

/** The ms between two looks. Processes may come and go: what one used that is gone is not known. */
export function cpuBetween(before: CpuTimes | undefined, after: CpuTimes | undefined): number | undefined {
  if (!before || !after) return undefined;
  return [...after].reduce((sum, [pid, ms]) => sum + ms - (before.get(pid) ?? 0), 0);
}

/** The memory that a process holds, in MB. */
export function residentMb(pid: number): number | undefined {
  try {
    const [, kb] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))!;
    return Number(kb) / 1024;
  } catch {
    return undefined;
  }
}

function cpuMs(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`).map((thread) => `/proc/${pid}/task/${thread}/schedstat`);
  const nanoseconds = threads.map((file) => Number(readFileSync(file, 'utf8').split(' ')[0]));
  return nanoseconds.reduce((sum, ns) => sum + ns, 0) / 1e6;
}
