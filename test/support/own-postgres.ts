import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from './process';

const run = promisify(execFile);
const FOLDERS = ['/usr/lib/postgresql', '/usr/pgsql', '/opt/homebrew/opt', '/usr/local/opt'];

/** Where the programs of PostgreSQL are; undefined where it is not installed. */
export function postgresPrograms(): string | undefined {
  for (const folder of FOLDERS) {
    for (const name of namesIn(folder).reverse()) {
      const programs = join(folder, name, 'bin');
      if (namesIn(programs).includes('pg_ctl') && namesIn(programs).includes('initdb')) return programs;
    }
  }
  return undefined;
}

/** A PostgreSQL of one's own, that may be stopped in the middle of its work. */
export class OwnPostgres {
  private constructor(
    private readonly programs: string,
    private readonly folder: string,
    private readonly port: number,
  ) {}

  static async start(programs: string): Promise<OwnPostgres> {
    const folder = mkdtempSync(join(tmpdir(), 'portico-postgres-'));
    chmodSync(folder, 0o755);
    if (isRoot) chownSync(folder, idOf('-u'), idOf('-g'));
    const own = new OwnPostgres(programs, folder, await freePort());
    await own.as('initdb', '-D', own.data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8');
    await own.control('start');
    return own;
  }

  get url(): string {
    return `postgres://postgres@127.0.0.1:${this.port}/postgres`;
  }

  /** As after a crash: nothing is finished, every connection ends, what was committed is recovered. */
  async restart(): Promise<void> {
    await this.control('restart', '-m', 'immediate');
  }

  async remove(): Promise<void> {
    await this.control('stop', '-m', 'immediate');
    rmSync(this.folder, { recursive: true, force: true });
  }

  private get data(): string {
    return join(this.folder, 'data');
  }

  private control(...words: string[]): Promise<void> {
    const options = `-p ${this.port} -c listen_addresses=127.0.0.1 -c max_connections=60 -k ${this.folder}`;
    return this.as('pg_ctl', '-D', this.data, '-l', join(this.folder, 'log'), '-w', '-o', options, ...words);
  }

  /** PostgreSQL refuses to run as root. */
  private async as(program: string, ...args: string[]): Promise<void> {
    const path = join(this.programs, program);
    const quoted = [path, ...args].map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
    if (isRoot) await run('su', ['postgres', '-s', '/bin/sh', '-c', `cd / && ${quoted}`]);
    else await run(path, args);
  }
}

const isRoot = process.getuid?.() === 0;
const idOf = (flag: '-u' | '-g'): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
