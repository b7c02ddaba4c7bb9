import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

/** The server as its users start it: built, in a process of its own. */
export class ServerProcess {
  output = '';
  readonly ended: Promise<number | null>;

  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {
    child.stdout?.on('data', (chunk) => this.hear(chunk));
    child.stderr?.on('data', (chunk) => this.hear(chunk));
    this.ended = once(child, 'close').then(([code]) => code as number | null);
  }

  /** `env` is all it is told besides its port; it starts in `cwd`, where it finds no settings file. */
  static async start(cwd: string, env: Record<string, string>, program = 'dist/src/main.js'): Promise<ServerProcess> {
    const port = env.PORT ?? String(await freePort());
    const { PATH = '' } = process.env;
    const child = spawn(process.execPath, [join(ROOT, program)], { cwd, env: { PATH, PORT: port, ...env } });
    return new ServerProcess(child, `http://127.0.0.1:${port}`);
  }

  /** Waits for the block that says where it is; fails with what it said instead. */
  async ready(): Promise<this> {
    const dead = this.ended.then((code) => {
      throw new Error(`The server ended with ${code} and said:\n${this.output}`);
    });
    while (!this.output.includes('ready in')) await Promise.race([this.heard, dead]);
    dead.catch(() => undefined);
    return this;
  }

  get pid(): number {
    return this.child.pid!;
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Ends it and answers with what code it exited. */
  async kill(signal: NodeJS.Signals): Promise<number | null> {
    this.child.kill(signal);
    return this.ended;
  }

  async ask<T>(query: string, token?: string): Promise<T> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: JSON.stringify({ query }),
    });
    return (await response.json()) as T;
  }

  private wake: () => void = () => undefined;
  private heard = new Promise<void>((resolve) => {
    this.wake = resolve;
  });

  private hear(chunk: unknown): void {
    this.output += chunk;
    this.wake();
    this.heard = new Promise((resolve) => {
      this.wake = resolve;
    });
  }
}

/** Builds as `npm start` would. */
export function buildServer(): void {
  execFileSync(process.execPath, [join(ROOT, 'scripts/build.cjs')], { cwd: ROOT });
}

export async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
