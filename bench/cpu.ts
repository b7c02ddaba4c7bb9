import { readdirSync, readFileSync } from 'node:fs';

/**
 * The CPU time that processes of this machine have used so far, all threads together, in ms. Undefined where the system
 * does not tell (Linux does), or where they run elsewhere.
 */
export function cpuMsOf(pids: readonly number[]): number | undefined {
  try {
    return pids.reduce((sum, pid) => sum + cpuMs(pid), 0);
  } catch {
    return undefined;
  }
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
