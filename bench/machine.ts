import { execFileSync } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';

/** On what, with what and when something was measured: one line for a report. */
export function measuredOn(postgresVersion: string): string {
  const cpus = os.cpus();
  const gib = Math.round(os.totalmem() / 2 ** 30);
  const day = new Date().toISOString().slice(0, 10);
  return (
    `${day}, commit ${commit()}: ${cpus.length} cores (${cpus[0].model.trim()}), ${gib} GiB, ${os.type()}, ` +
    `Node ${process.versions.node}, PostgreSQL ${postgresVersion}; server, database and load on the same machine.`
  );
}

/** With a `+` when the files are not those of the commit. */
function commit(): string {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: path.join(__dirname, '..'), encoding: 'utf8' });
  try {
    const changed = git('status', '--porcelain', '--untracked-files=no', '--', '.', ':!bench/RESULTS.md').trim() !== '';
    return git('rev-parse', '--short', 'HEAD').trim() + (changed ? '+' : '');
  } catch {
    return 'unknown';
  }
}
