import { setTimeout as sleep } from 'node:timers/promises';
import { type Job, type Jobs, startJobs } from '../../src/platform/jobs';
import { createLogger } from '../../src/platform/logger';
import { until } from '../support/until';

const logger = createLogger('silent');
const running: Jobs[] = [];
afterEach(() => Promise.all(running.splice(0).map((jobs) => jobs.stop())));

function start(jobs: Job[], options: { everyMs?: number; logger?: typeof logger } = {}): Jobs {
  const started = startJobs(jobs, { logger, ...options });
  running.push(started);
  return started;
}

/** A job that waits in each run until it is let go. */
function held() {
  const waiting: (() => void)[] = [];
  let most = 0;
  const job: Job = {
    name: 'held',
    run: (stopping) =>
      new Promise((resolve) => {
        waiting.push(resolve);
        stopping.addEventListener('abort', () => resolve());
        most = Math.max(most, waiting.length);
      }),
  };
  const letGo = () => {
    for (const resolve of waiting.splice(0)) resolve();
  };
  return { job, waiting, letGo, most: () => most };
}

const counting = () => {
  const counted = { name: 'counting', runs: 0, run: async () => void counted.runs++ };
  return counted;
};

describe('jobs', () => {
  it('run again and again, each at its own pace: one that hangs holds up no other and is not begun twice', async () => {
    const slow = held();
    const quick = counting();
    start([slow.job, quick], { everyMs: 5 });
    await until(() => quick.runs >= 4);
    expect(slow.waiting).toHaveLength(1);
    slow.letGo();
    await until(() => slow.waiting.length > 0);
    expect(slow.most()).toBe(1);
  });

  it('that fail are in the log by name, are tried again, and stop no other', async () => {
    const lines: string[] = [];
    const quick = counting();
    let failures = 0;
    const failing: Job = {
      name: 'failing',
      run: async () => {
        failures += 1;
        throw Object.assign(new Error('no luck'), { parameters: ['s3cret'], detail: 'Key (token)=(s3cret)' });
      },
    };
    start([failing, quick], { everyMs: 5, logger: createLogger('info', { write: (line) => void lines.push(line) }) });
    await until(() => failures >= 2 && quick.runs >= 2);
    expect(lines[0]).toContain('"job":"failing"');
    expect(lines[0]).toContain('no luck');
    expect(lines.join()).not.toContain('s3cret');
  });

  it('run by hand tell who runs them of a failure, once the others are through', async () => {
    const quick = counting();
    const failing: Job = { name: 'failing', run: () => Promise.reject(new Error('no luck')) };
    const jobs = start([failing, quick]);
    await expect(jobs.runNow()).rejects.toThrow('1 of 2 jobs failed');
    expect(quick.runs).toBe(1);
  });

  it('run by hand come after the run under way, which may be past what is due by now', async () => {
    const slow = held();
    const jobs = start([slow.job], { everyMs: 5 });
    await until(() => slow.waiting.length > 0);
    let done = false;
    const byHand = jobs.runNow().then(() => {
      done = true;
    });
    slow.letGo();
    await until(() => slow.waiting.length > 0);
    expect(done).toBe(false);
    slow.letGo();
    await byHand;
  });

  it('are told of a stop, which waits for what is under way and begins nothing more', async () => {
    const quick = counting();
    let stopping: AbortSignal | undefined;
    let isOver = false;
    const patient: Job = {
      name: 'patient',
      run: async (signal) => {
        stopping = signal;
        while (!signal.aborted) await sleep(2);
        await sleep(20);
        isOver = true;
      },
    };
    const jobs = start([patient, quick], { everyMs: 5 });
    await until(() => stopping);
    await jobs.stop();
    expect(isOver).toBe(true);
    const { runs } = quick;
    await sleep(30);
    await jobs.runNow();
    expect(quick.runs).toBe(runs);
  });
});
