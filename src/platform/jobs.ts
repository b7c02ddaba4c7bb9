import type { Transactional, Tx } from './database';
import type { Logger } from './logger';

/**
 * Work that is due by the clock: a sweep over tables that say themselves what is due. Every process runs it every few
 * seconds; rows are claimed or locked, so that each thing happens once (docs/decisions/011).
 */
export interface Job {
  name: string;
  /** Does what is due. A long run ends early, between two things, once `stopping` says so. */
  run(stopping: AbortSignal): Promise<void>;
  /** What it does not wait for the clock with: `wake` has it run at once. Gives back what ends it. */
  wokenBy?(wake: () => void): () => void;
}

export interface Jobs {
  /** Runs all of them once more, after the runs under way. Fails when one fails, once the others are through. */
  runNow(): Promise<void>;
  /** Begins nothing more, and waits for what is under way. */
  stop(): Promise<void>;
}

interface JobOptions {
  logger: Logger;
  /** Without it nothing runs by itself. */
  everyMs?: number;
}

const PIECE = 100;

/** Does what is due in pieces, each in a transaction of its own, until a piece finds less than it could take. */
export async function inPieces(
  database: Transactional,
  stopping: AbortSignal,
  piece: (tx: Tx, most: number) => Promise<number>,
): Promise<void> {
  while (!stopping.aborted && (await database.transaction((tx) => piece(tx, PIECE))) === PIECE);
}

/**
 * Does it for each workspace, one after the other: one for which it fails holds up no other. Fails when it has failed
 * for some, once all are through.
 */
export async function inEach(
  workspaceIds: readonly string[],
  stopping: AbortSignal,
  work: (workspaceId: string) => Promise<void>,
): Promise<void> {
  const failed = new Map<string, unknown>();
  for (const id of workspaceIds) {
    if (stopping.aborted) break;
    await work(id).catch((error: unknown) => failed.set(id, error));
  }
  if (failed.size === 0) return;
  const where = [...failed.keys()].join(', ');
  throw new AggregateError(failed.values(), `${failed.size} of ${workspaceIds.length} workspaces failed: ${where}`);
}

/** Each job by itself: none waits for another, and none meets itself in this process. */
export function startJobs(jobs: readonly Job[], { logger, everyMs }: JobOptions): Jobs {
  const stopping = new AbortController();
  const runners = jobs.map((job) => new Runner(job, stopping.signal, logger));
  // Failures are in the log by then.
  const tick = (runner: Runner) => void runner.runUnlessBusy().catch(() => undefined);
  const timer = everyMs === undefined ? undefined : setInterval(() => runners.forEach(tick), everyMs).unref();
  const sleep = runners.map((runner) => runner.job.wokenBy?.(() => runner.wake()));
  return {
    runNow: async () => {
      const ends = await Promise.allSettled(runners.map((runner) => runner.runAgain()));
      const failed = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason] : []));
      if (failed.length > 0) throw new AggregateError(failed, `${failed.length} of ${jobs.length} jobs failed`);
    },
    stop: async () => {
      clearInterval(timer);
      for (const end of sleep) end?.();
      stopping.abort();
      await Promise.allSettled(runners.map((runner) => runner.underWay));
    },
  };
}

class Runner {
  underWay: Promise<void> | undefined;

  private isWoken = false;

  constructor(
    readonly job: Job,
    private readonly stopping: AbortSignal,
    private readonly logger: Logger,
  ) {}

  runUnlessBusy(): Promise<void> {
    this.underWay ??= this.run().finally(() => {
      this.underWay = undefined;
    });
    return this.underWay;
  }

  /** Whoever asks while it runs wants what is due by now: the run under way may be past it. */
  async runAgain(): Promise<void> {
    while (this.underWay) await this.underWay.catch(() => undefined);
    await this.runUnlessBusy();
  }

  /** Runs soon: once, however often it is woken until then. */
  wake(): void {
    if (this.isWoken) return;
    this.isWoken = true;
    const run = async () => {
      while (this.underWay) await this.underWay.catch(() => undefined);
      this.isWoken = false;
      await this.runUnlessBusy();
    };
    // Failures are in the log by then.
    void run().catch(() => undefined);
  }

  private async run(): Promise<void> {
    if (this.stopping.aborted) return;
    try {
      await this.job.run(this.stopping);
    } catch (error) {
      this.logger.error({ err: error, job: this.job.name }, 'A job failed: it is tried again');
      throw error;
    }
  }
}
