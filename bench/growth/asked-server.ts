import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ServerProcess } from '../../test/support/process';

/** An operation as it is sent. */
export interface Body {
  query: string;
  variables?: Record<string, unknown>;
}

/** The server as it ships, in a process of its own, asked over HTTP. */
export class AskedServer {
  private readonly agent = new http.Agent({ keepAlive: true });

  private constructor(
    private readonly process: ServerProcess,
    private readonly folder: string,
  ) {}

  /** `settings` names its database. */
  static async start(
    settings: { DATABASE_URL: string; PROCESSES?: string } | { DATA_DIR: string },
    program?: string,
  ): Promise<AskedServer> {
    const folder = await mkdtemp(path.join(tmpdir(), 'portico-bench-'));
    const quiet = { NODE_ENV: 'production', DEMO: 'off', LOG_LEVEL: 'error', OPERATION_TIMEOUT_MS: '120000' };
    const env = { ...quiet, SECRET_KEY: randomBytes(32).toString('hex'), ...settings };
    return new AskedServer(await (await ServerProcess.start(folder, env, program)).ready(), folder);
  }

  get pid(): number {
    return this.process.pid;
  }

  /** Answers the data; what goes wrong ends the measurement. */
  ask<T>({ query, variables }: Body, token: string): Promise<T> {
    const body = JSON.stringify({ query, variables });
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    };
    return new Promise((resolve, reject) => {
      const request = http.request(`${this.process.url}/graphql`, { method: 'POST', agent: this.agent, headers });
      request.on('error', reject);
      request.on('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('end', () => {
          const { data, errors } = JSON.parse(Buffer.concat(chunks).toString());
          if (errors) reject(new Error(`The server answers ${JSON.stringify(errors)}`));
          else resolve(data as T);
        });
      });
      request.end(body);
    });
  }

  async stop(): Promise<void> {
    this.agent.destroy();
    await this.process.kill('SIGTERM');
    await rm(this.folder, { recursive: true, force: true });
  }
}
