import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

interface Call {
  nth: number;
  name: string;
  argument: unknown;
}
type Answer = { nth: number; value: unknown } | { nth: number; failure: string };

/** A process of its own, that answers calls by name. */
export class Child {
  private readonly waiting = new Map<number, (answer: Answer) => void>();
  private calls = 0;

  private constructor(private readonly child: ChildProcess) {
    child.on('message', (answer: Answer) => this.waiting.get(answer.nth)?.(answer));
    child.on('exit', (code) => {
      for (const [nth, tell] of this.waiting) tell({ nth, failure: `The process ended with ${code}.` });
    });
  }

  /** Runs one of the programs of this folder. */
  static start(program: string, env: Record<string, string> = {}): Child {
    const run = path.join(__dirname, '../../scripts/run.cjs');
    return new Child(
      fork(run, [path.join(__dirname, program)], {
        serialization: 'advanced',
        execArgv: ['--expose-gc'],
        env: { ...process.env, NODE_ENV: 'production', ...env },
      }),
    );
  }

  call<T>(name: string, argument?: unknown): Promise<T> {
    const nth = this.calls++;
    return new Promise((resolve, reject) => {
      this.waiting.set(nth, (answer) => {
        this.waiting.delete(nth);
        if ('failure' in answer) reject(new Error(answer.failure));
        else resolve(answer.value as T);
      });
      this.child.send({ nth, name, argument } satisfies Call);
    });
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    this.child.disconnect();
    await once(this.child, 'exit');
  }
}

/** Has this process answer calls, until whoever started it goes away. */
// biome-ignore lint/suspicious/noExplicitAny: what is called says what it takes
export function answer(handlers: Record<string, (argument: any) => unknown>): void {
  process.on('message', async ({ nth, name, argument }: Call) => {
    try {
      process.send!({ nth, value: await handlers[name](argument) } satisfies Answer);
    } catch (error) {
      process.send!({ nth, failure: String((error as Error).stack) } satisfies Answer);
    }
  });
  process.on('disconnect', () => process.exit());
}

/** What every server answers besides. */
export const usage = {
  /** CPU time of this process so far, in µs. */
  cpu: () => {
    const { user, system } = process.cpuUsage();
    return user + system;
  },
  /** Bytes on its heap that are in use. */
  heap: () => {
    for (let i = 0; i < 3; i++) (globalThis as unknown as { gc(): void }).gc();
    return process.memoryUsage().heapUsed;
  },
};

/** The same in every process of this machine, in ms. */
export const moment = (): number => Number(process.hrtime.bigint()) / 1e6;
