import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes what was generated; with `--check` compares it with the committed file instead, and fails where they differ. */
export function writeOrCheck(file: string, content: string, command: string): void {
  const path = join(__dirname, '..', file);
  if (!process.argv.includes('--check')) {
    writeFileSync(path, content);
    return;
  }
  const committed = existsSync(path) ? readFileSync(path, 'utf8') : '';
  if (committed === content) return;
  console.error(`${file} is not what the code says. Run \`${command}\` and commit it. First difference:`);
  console.error(firstDifference(committed, content));
  process.exitCode = 1;
}

function firstDifference(committed: string, generated: string): string {
  const [before, after] = [committed.split('\n'), generated.split('\n')];
  const line = after.findIndex((text, i) => text !== before[i]);
  const at = line === -1 ? after.length : line;
  return `  line ${at + 1}\n  - ${before[at] ?? '(end)'}\n  + ${after[at] ?? '(end)'}`;
}
